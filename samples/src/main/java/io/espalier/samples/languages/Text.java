package io.espalier.samples.languages;

import java.text.Normalizer;
import java.util.Locale;

/** What of a name's spelling counts, for the features and wherever two names are compared. */
final class Text {
    private Text() {}

    /**
     * Lower-case letters with their marks, composed (NFC), and one space for whatever stands between words: digits,
     * brackets and dashes tell nothing about the language ("(1944–1991)").
     *
     * @param name any string
     * @return words separated by single spaces; empty if there is no letter
     */
    static String normalize(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        StringBuilder words = new StringBuilder(composed.length());
        boolean space = false;
        for (int i = 0; i < composed.length(); ) {
            int c = composed.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetter(c) || isMark(c)) {
                if (space && !words.isEmpty()) {
                    words.append(' ');
                }
                words.appendCodePoint(c);
                space = false;
            } else {
                space = true;
            }
        }
        return words.toString();
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
