package io.espalier.processor.lint;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What the writer of a name that does not exist may have meant. */
public final class NearName {
    private NearName() {}

    /**
     * The question to put behind the statement that a name does not exist.
     *
     * @param wanted the name that was written
     * @param names those that exist
     * @return {@code " Did you mean X?"}, with the nearest name, empty if none is near
     */
    public static String question(String wanted, Collection<String> names) {
        return of(wanted, names).map(name -> " Did you mean " + name + "?").orElse("");
    }

    /**
     * The nearest name by the number of characters to insert, delete or replace (Levenshtein's distance), whatever their
     * case; none if that takes more than a third of them.
     */
    static Optional<String> of(String wanted, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(wanted, name) <= name.length() / 3)
                .min(Comparator.comparingInt(name -> distance(wanted, name)));
    }

    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
