package io.espalier.samples.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real sets of data, which the project does not hold: the system property {@code espalier.data} says where they are. */
public final class RealData {
    private RealData() {}

    /**
     * A folder of a set; where it is absent, the test is skipped and says so.
     *
     * @param name the set's
     */
    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("espalier.data", "../../shared/data"), name);
        assumeTrue(
                Files.isDirectory(folder),
                () -> "there is no " + folder.toAbsolutePath() + "; name the data's place with -Despalier.data=DIR");
        return folder;
    }
}
