package io.espalier.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Picks, for a name that does not exist, those that its writer may have meant. */
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    /**
     * The nearest names by the number of characters to insert, delete or replace (Levenshtein's distance), nearest
     * first; of equally near ones those that come first in {@code names}.
     */
    static List<String> nearest(String wanted, Collection<String> names) {
        return names.stream()
                .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
                .limit(SHOWN)
                .toList();
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] finished = current;
            current = previous;
            previous = finished;
        }
        return previous[b.length()];
    }
}
