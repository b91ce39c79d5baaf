package io.espalier.store;

import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import io.espalier.store.Header.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a file's header against the network that is to load it, and tells all that differs at once. */
final class Comparison {
    private static final int SHOWN_ITEMS = 20;

    private final Path file;
    private final Header header;

    Comparison(Path file, Header header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Compares names and shapes, and the fingerprint if there is one on both sides.
     *
     * @param parameters of the network that is to load the file
     * @param fingerprint of that network; null to go by names and shapes alone
     * @param network that network's description, to tell what differs; null if it is not known
     */
    void check(Parameters parameters, @Nullable String fingerprint, @Nullable String network)
            throws WeightFormatException {
        List<String> differences = parameterDifferences(parameters);
        String written = header.metadata().get(WeightFile.FINGERPRINT);
        if (fingerprint != null && written != null && !fingerprint.equals(written)) {
            boolean fits = differences.isEmpty();
            String other = header.metadata().get(WeightFile.NETWORK);
            if (network != null && other != null) {
                addLines(differences, "only in the file's network", other, network);
                addLines(differences, "only in this network", network, other);
            }
            throw new WeightFormatException(
                    file,
                    "metadata '" + WeightFile.FINGERPRINT + "'",
                    "the file was written by another network (" + WeightFormatException.shown(written)
                            + ", this one is " + fingerprint
                            + "), which differs"
                            + (differences.isEmpty()
                                    ? " in its operations, their order or the loss"
                                    : list(differences))
                            + (fits
                                    ? "\nAll names and shapes match: WeightFile.loadByName takes it all the same."
                                    : ""));
        }
        if (!differences.isEmpty()) {
            throw new WeightFormatException(
                    file, "header", "its tensors are not this network's parameters" + list(differences));
        }
    }

    private List<String> parameterDifferences(Parameters parameters) {
        Map<String, Entry> entries = header.byName();
        List<String> missing = new ArrayList<>();
        List<String> shapes = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Parameter parameter : parameters) {
            known.add(parameter.name());
            Entry entry = entries.get(parameter.name());
            if (entry == null) {
                missing.add(parameter.name() + " " + Arrays.toString(parameter.shape()));
            } else if (!Arrays.equals(entry.shape(), parameter.shape())) {
                shapes.add(parameter.name() + " is " + Arrays.toString(entry.shape()) + ", expected "
                        + Arrays.toString(parameter.shape()));
            }
        }
        List<String> superfluous = entries.values().stream()
                .filter(entry -> !known.contains(entry.name()))
                .map(entry -> entry.name() + " " + Arrays.toString(entry.shape()))
                .toList();
        List<String> differences = new ArrayList<>();
        add(differences, "missing", missing);
        add(differences, "superfluous", superfluous);
        add(differences, "of another shape", shapes);
        return differences;
    }

    private static void addLines(List<String> differences, String what, String text, String other) {
        // Parameters have been compared above, and better.
        Set<String> others = new HashSet<>(other.lines().toList());
        add(
                differences,
                what,
                text.lines()
                        .filter(line -> !line.startsWith("parameter ") && !others.contains(line))
                        .toList());
    }

    private static void add(List<String> differences, String what, List<String> items) {
        items.stream()
                .limit(SHOWN_ITEMS)
                .forEach(item -> differences.add(what + ": " + WeightFormatException.shown(item)));
        if (items.size() > SHOWN_ITEMS) {
            differences.add(what + ": " + (items.size() - SHOWN_ITEMS) + " more");
        }
    }

    private static String list(List<String> differences) {
        return ":\n  " + String.join("\n  ", differences);
    }
}
