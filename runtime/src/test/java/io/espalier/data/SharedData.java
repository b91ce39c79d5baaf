package io.espalier.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real data sets, which lie outside the project and may be absent. */
final class SharedData {
    private SharedData() {}

    /** A folder of the data sets; skips the test that asks where it is absent. */
    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("espalier.data", "../shared/data"), name);
        assumeTrue(Files.isDirectory(folder), () -> "no data set at " + folder.toAbsolutePath());
        return folder;
    }
}
