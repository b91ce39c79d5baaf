package io.espalier.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** Tells a CSV file's delimiter from its first line that counts. */
final class CsvDelimiter {
    /** In the order of preference where a line has equally many. */
    private static final String CANDIDATES = "\t;,";

    /** A line of any sense has its delimiter in that many characters. */
    private static final int LOOKED_AT = 1 << 16;

    private CsvDelimiter() {}

    /** The candidate that occurs most often outside quotes; a comma where none does. */
    static char detect(Path file, int skippedLines) throws IOException {
        int[] counts = new int[CANDIDATES.length()];
        try (BufferedReader text = new BufferedReader(Utf8Reader.open(file))) {
            for (int i = 0; i < skippedLines; i++) {
                skipLine(text);
            }
            boolean quoted = false;
            boolean empty = true;
            for (int i = 0; i < LOOKED_AT; i++) {
                int character = text.read();
                boolean end = character == '\n' || character == '\r';
                if (character < 0 || (end && !quoted && !empty)) {
                    break;
                }
                empty &= end;
                quoted ^= character == '"';
                int candidate = CANDIDATES.indexOf(character);
                if (candidate >= 0 && !quoted) {
                    counts[candidate]++;
                }
            }
        }
        int best = CANDIDATES.length() - 1;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > counts[best] || (counts[i] == counts[best] && counts[i] > 0 && i < best)) {
                best = i;
            }
        }
        return CANDIDATES.charAt(best);
    }

    /** Keeps nothing of the line, which may be as long as the file. */
    private static void skipLine(BufferedReader text) throws IOException {
        for (int character = text.read(); character >= 0 && character != '\n'; character = text.read()) {
            if (character == '\r') {
                text.mark(1);
                if (text.read() != '\n') {
                    text.reset();
                }
                return;
            }
        }
    }
}
