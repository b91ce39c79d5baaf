package io.espalier.metric;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How often each class was answered for each right class: entry {@code [expected][answer]}, as in scikit-learn's
 * {@code confusion_matrix}. Immutable.
 */
public final class ConfusionMatrix {
    private final Tallies tallies;
    private final Map<Long, Long> confused;

    /** Keeps both; what is right is on the diagonal, which the tallies have, so that only errors need a pair. */
    ConfusionMatrix(Tallies tallies, Map<Long, Long> confused) {
        this.tallies = tallies;
        this.confused = confused;
    }

    /** The pairs in order of their keys, so that the same scores have the same text. */
    void write(NumberText text) {
        text.put(confused.size());
        new TreeMap<>(confused).forEach((pair, count) -> text.put(pair).put(count));
    }

    static ConfusionMatrix read(NumberText text, Tallies tallies) {
        Map<Long, Long> confused = new HashMap<>();
        for (long left = text.count(); left > 0; left--) {
            long pair = text.count();
            Objects.checkIndex((int) (pair >>> Integer.SIZE), tallies.size());
            Objects.checkIndex((int) pair, tallies.size());
            confused.put(pair, text.count());
        }
        return new ConfusionMatrix(tallies, Map.copyOf(confused));
    }

    static long key(int expected, int answer) {
        return (long) expected << Integer.SIZE | answer;
    }

    /**
     * The number of classes.
     *
     * @return rows and columns, at least 1
     */
    public int classes() {
        return tallies.size();
    }

    /**
     * How many examples of a class were given an answer.
     *
     * @param expected the right class, from 0
     * @param answer the class that was answered, from 0
     * @return at least 0
     * @throws IndexOutOfBoundsException if a class is not in {@code 0 .. classes - 1}
     */
    public long count(int expected, int answer) {
        Objects.checkIndex(expected, classes());
        Objects.checkIndex(answer, classes());
        return expected == answer ? tallies.correct(expected) : confused.getOrDefault(key(expected, answer), 0L);
    }

    /**
     * The wrong answers that were given most often.
     *
     * @param limit the most to return, at least 0
     * @return the most frequent first, equally frequent ones by class; fewer where fewer pairs were confused
     * @throws IllegalArgumentException if the limit is negative
     */
    public List<Confusion> mostConfused(int limit) {
        return confused.entrySet().stream()
                .map(each -> new Confusion(
                        (int) (each.getKey() >>> Integer.SIZE), each.getKey().intValue(), each.getValue()))
                .sorted(Comparator.comparingLong(Confusion::count)
                        .reversed()
                        .thenComparingInt(Confusion::expected)
                        .thenComparingInt(Confusion::answer))
                .limit(limit)
                .toList();
    }

    /**
     * The whole matrix, a line for each right class and a column for each answer, headed by the class's number.
     *
     * @param names the classes' names, in the order of their indices
     * @return lines that end in {@code \n}
     * @throws IllegalArgumentException if there is not one name for each class
     */
    public String table(List<String> names) {
        if (names.size() != classes()) {
            throw new IllegalArgumentException(
                    "There are " + classes() + " classes, but " + names.size() + " names for them");
        }
        String corner = "right \\ answer";
        int numberWidth = Integer.toString(classes() - 1).length();
        int width = corner.length();
        long largest = classes() - 1L;
        for (int c = 0; c < classes(); c++) {
            width = Math.max(width, numberWidth + 1 + names.get(c).length());
            largest = Math.max(largest, tallies.support(c));
        }
        String cell = "  %" + Long.toString(largest).length() + "d";
        String head = "%-" + width + "s";
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, head, corner));
        for (int answer = 0; answer < classes(); answer++) {
            table.append(String.format(Locale.ROOT, cell, answer));
        }
        table.append('\n');
        for (int expected = 0; expected < classes(); expected++) {
            String name = String.format(Locale.ROOT, "%" + numberWidth + "d %s", expected, names.get(expected));
            table.append(String.format(Locale.ROOT, head, name));
            for (int answer = 0; answer < classes(); answer++) {
                table.append(String.format(Locale.ROOT, cell, count(expected, answer)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    /**
     * A pair of classes of which one was taken for the other.
     *
     * @param expected the right class
     * @param answer the class that was answered instead
     * @param count how often, at least 1
     */
    public record Confusion(int expected, int answer, long count) {}
}
