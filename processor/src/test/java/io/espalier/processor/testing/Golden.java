package io.espalier.processor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Texts that tests compare with files. To take over what the tests found, run them with {@code -Despalier.golden.update=true}
 * and read the difference before it is committed.
 */
public final class Golden {
    private static final String UPDATE = "espalier.golden.update";
    private static final Path DIRECTORY =
            Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/golden");

    private Golden() {}

    /** Fails with the text, and where it differs, unless it is what the file under {@code src/test/resources/golden} holds. */
    public static void check(String name, String text) {
        check(DIRECTORY.resolve(name), text);
    }

    /** Fails with the text, and where it differs, unless it is what a file of the project holds. */
    public static void check(Path file, String text) {
        try {
            if (Boolean.getBoolean(UPDATE)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
                return;
            }
            if (!Files.exists(file)) {
                throw failure(file + " is missing", text);
            }
            String golden = Files.readString(file);
            if (!golden.equals(text)) {
                throw failure(file + " differs" + place(golden, text), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AssertionError failure(String problem, String text) {
        return new AssertionError(
                problem + "\nTo take over what follows, run the test with -D" + UPDATE + "=true\n\n" + text);
    }

    private static String place(String golden, String text) {
        List<String> expected = golden.lines().toList();
        List<String> actual = text.lines().toList();
        int line = 0;
        while (line < Math.min(expected.size(), actual.size())
                && expected.get(line).equals(actual.get(line))) {
            line++;
        }
        return " from line " + (line + 1) + " on\n  the file: " + line(expected, line) + "\n  the text: "
                + line(actual, line);
    }

    private static String line(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line) : "(the end)";
    }
}
