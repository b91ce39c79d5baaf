package io.espalier.processor.sarif;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the build lays beside the processor's classes: its version, and the pages of the rules. */
final class Shipped {
    private Shipped() {}

    /** The version of the processor. */
    static String version() {
        return read("version.txt").orElseThrow().strip();
    }

    /** The page of a rule, if it has one, without links to other pages, which lead nowhere outside the repository. */
    static Optional<String> page(String rule) {
        return read("pages/" + rule + ".md").map(page -> page.replaceAll("\\[([^]]+)]\\(\\w+\\.md\\)", "$1"));
    }

    private static Optional<String> read(String name) {
        try (InputStream in = Shipped.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
