package io.espalier.samples.tabular;

import io.espalier.CompiledNetwork;
import io.espalier.data.TabularEncoding;
import io.espalier.samples.cli.NetworkFile;
import io.espalier.samples.cli.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What is kept beside the weights of a network for a table.
 *
 * @param encoding how its columns become inputs, and what the outputs mean
 * @param target the column that is predicted
 * @param data the digest of the file that was trained on
 */
record SavedTable(TabularEncoding encoding, String target, String data) {
    private static final String ENCODING = "encoding";
    private static final String TARGET = "target";
    private static final String DATA = "data sha-256";

    /**
     * Reads what a network file says.
     *
     * @param file written with {@code --save}
     * @throws IOException if it cannot be read
     * @throws Refusal if it does not say this
     */
    static SavedTable read(Path file) throws IOException, Refusal {
        Map<String, String> texts = NetworkFile.texts(file);
        try {
            return new SavedTable(
                    TabularEncoding.fromJson(texts.getOrDefault(ENCODING, "")),
                    texts.getOrDefault(TARGET, ""),
                    texts.getOrDefault(DATA, ""));
        } catch (IllegalArgumentException e) {
            throw new Refusal("cannot use " + file + ": it does not say how columns become inputs (" + e.getMessage()
                    + "); train and --save it again");
        }
    }

    /**
     * Lets a network remember this.
     *
     * @param network is going to be kept
     */
    void describe(CompiledNetwork network) {
        network.text(ENCODING, encoding.toJson());
        network.text(TARGET, target);
        network.text(DATA, data);
        if (encoding.isClassification()) {
            List<String> names = new ArrayList<>(encoding.labels());
            for (int spare = names.size(); spare < Tabular.MOST_CLASSES; spare++) {
                names.add("(no class " + spare + ")");
            }
            network.labelNames(names);
        }
    }

    /**
     * What tells a file from any other.
     *
     * @param file any
     * @throws IOException if it cannot be read
     */
    static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
