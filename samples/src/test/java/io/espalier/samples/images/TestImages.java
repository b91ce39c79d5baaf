package io.espalier.samples.images;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes pictures of 28×28 in which a bright bar stands for the class, among noise. */
public final class TestImages {
    private static final int SIDE = 28;
    private static final int IMAGES = 2051;
    private static final int LABELS = 2049;

    private TestImages() {}

    /**
     * Writes a part.
     *
     * @param directory where to
     * @param part the files' first word
     * @param count how many pictures, of the classes in turn
     * @param classes at most 14
     */
    public static void write(Path directory, String part, int count, int classes) throws IOException {
        Random random = new Random(part.hashCode());
        try (DataOutputStream images = new DataOutputStream(packed(directory.resolve(part + "-images-idx3-ubyte.gz")));
                DataOutputStream labels =
                        new DataOutputStream(Files.newOutputStream(directory.resolve(part + "-labels-idx1-ubyte")))) {
            images.writeInt(IMAGES);
            images.writeInt(count);
            images.writeInt(SIDE);
            images.writeInt(SIDE);
            labels.writeInt(LABELS);
            labels.writeInt(count);
            for (int i = 0; i < count; i++) {
                int label = i % classes;
                labels.writeByte(label);
                for (int row = 0; row < SIDE; row++) {
                    for (int column = 0; column < SIDE; column++) {
                        images.writeByte(random.nextInt(150) + (row / 2 == label ? 60 : 0));
                    }
                }
            }
        }
    }

    private static OutputStream packed(Path file) throws IOException {
        return new GZIPOutputStream(Files.newOutputStream(file));
    }
}
