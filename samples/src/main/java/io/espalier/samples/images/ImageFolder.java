package io.espalier.samples.images;

import io.espalier.data.IdxDataset;
import io.espalier.samples.cli.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A folder with parts of a set of images, named as MNIST's are: {@code train-images-idx3-ubyte} and {@code
 * train-labels-idx1-ubyte} for the part "train", plain or with {@code .gz}.
 *
 * @param directory where the files are
 */
public record ImageFolder(Path directory) {
    private static final List<Integer> SHAPE = List.of(28, 28);

    /**
     * Reads a part.
     *
     * @param part the files' first word
     * @param classes the number of classes
     * @return images of 28×28
     * @throws IOException if a file is missing, malformed, or does not go with its fellow
     * @throws Refusal if the images have another shape
     */
    public IdxDataset read(String part, int classes) throws IOException, Refusal {
        Path images = file(part + "-images-idx3-ubyte");
        IdxDataset dataset = IdxDataset.read(images, file(part + "-labels-idx1-ubyte"), classes);
        List<Integer> shape = Arrays.stream(dataset.imageShape()).boxed().toList();
        if (!shape.equals(SHAPE)) {
            throw new Refusal(
                    "the images in " + images + " are " + text(shape) + ", and the network takes " + text(SHAPE));
        }
        return dataset;
    }

    private Path file(String name) throws IOException {
        for (String ending : List.of(".gz", "")) {
            Path file = directory.resolve(name + ending);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IOException(
                Files.isDirectory(directory)
                        ? "there is no file " + name + " or " + name + ".gz in " + directory
                        : "--data must be a directory, but there is none at " + directory);
    }

    private static String text(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }
}
