package io.espalier.samples.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Digests as lines of text, sorted: width, network, batch and variant, a colon, and digests or why there are none. */
final class DigestLines {
    /** What stands in place of digests where a network could not be driven; the reason follows. */
    static final String SKIPPED = "skipped, ";

    /** What stands before digests that differ between numbers of threads. */
    static final String DIVIDED = "threads differ, ";

    private static final String COLON = ": ";

    private DigestLines() {}

    static void write(SortedMap<String, String> lines, Path file) throws IOException {
        Files.write(
                file,
                lines.entrySet().stream()
                        .map(line -> line.getKey() + COLON + line.getValue().replace('\n', ' '))
                        .toList());
    }

    static SortedMap<String, String> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(COLON, 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> b, TreeMap::new));
    }

    /** The lines whose digests are none, or not those of any number of threads. */
    static List<String> of(String kind, Map<String, String> lines) {
        return lines.entrySet().stream()
                .filter(line -> line.getValue().startsWith(kind))
                .map(line -> line.getKey() + COLON + line.getValue())
                .toList();
    }

    /**
     * How new lines differ from old ones, at the widths that both have.
     *
     * @param widths the widths in common
     * @param otherWidths those that only one of the two has
     * @param equal how many lines are the same
     * @param different both lines of those that are not
     * @param missing old lines without a new one
     * @param added new lines without an old one
     */
    record Comparison(
            Set<String> widths,
            Set<String> otherWidths,
            int equal,
            List<String> different,
            List<String> missing,
            List<String> added) {
        static Comparison of(SortedMap<String, String> before, SortedMap<String, String> now) {
            Set<String> widths = widths(before);
            widths.retainAll(widths(now));
            Set<String> otherWidths = widths(before);
            otherWidths.addAll(widths(now));
            otherWidths.removeAll(widths);
            int equal = 0;
            List<String> different = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            List<String> added = new ArrayList<>();
            Set<String> keys = new TreeSet<>(before.keySet());
            keys.addAll(now.keySet());
            keys.removeIf(key -> !widths.contains(width(key)));
            for (String key : keys) {
                String is = now.get(key);
                String was = before.get(key);
                if (was == null || was.startsWith(SKIPPED)) {
                    // What could not be driven then has no bits to keep.
                    if (is != null && !is.equals(was)) {
                        added.add(key + COLON + is);
                    }
                } else if (is == null) {
                    missing.add(key + COLON + was);
                } else if (is.equals(was)) {
                    equal++;
                } else {
                    different.add(key + "\n  was " + was + "\n  is  " + is);
                }
            }
            return new Comparison(widths, otherWidths, equal, different, missing, added);
        }

        private static Set<String> widths(Map<String, String> lines) {
            return lines.keySet().stream().map(Comparison::width).collect(Collectors.toCollection(TreeSet::new));
        }

        private static String width(String key) {
            return key.substring(0, key.indexOf(' '));
        }

        /** Whether the bits are those of before: something was compared, all was equal, and nothing was gone. */
        boolean same() {
            return equal > 0 && different.isEmpty() && missing.isEmpty();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(
                    "with vectors of " + String.join(", ", widths) + " bytes, " + equal + " lines are the same");
            if (!otherWidths.isEmpty()) {
                text.append("; of ")
                        .append(String.join(", ", otherWidths))
                        .append(" bytes, there is nothing to compare");
            }
            list(text, "differ", different);
            list(text, "are missing now", missing);
            list(text, "are new", added);
            return text.toString();
        }

        private static void list(StringBuilder text, String what, List<String> lines) {
            if (!lines.isEmpty()) {
                text.append("\n").append(lines.size()).append(' ').append(what).append(":\n");
                text.append(String.join("\n", lines));
            }
        }
    }
}
