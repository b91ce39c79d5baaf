package io.espalier.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Images and their classes from a pair of IDX files. The pixels stay in memory as bytes and become floats when a batch is
 * filled, so that 60,000 images of 28×28 take 47 MB instead of 188. Immutable and safe to share between threads.
 */
public final class IdxDataset implements Dataset {
    private static final int LEVELS = 256;

    private final Idx images;
    private final int[] labels;
    private final int classes;
    private final int inputSize;
    /** The float of each byte. */
    private final float[] scaled;

    private IdxDataset(Idx images, int[] labels, int classes, float[] scaled) {
        this.images = images;
        this.labels = labels;
        this.classes = classes;
        this.inputSize = images.size() / labels.length;
        this.scaled = scaled;
    }

    /**
     * Reads images and labels; a pixel x becomes x / 255, from 0 to 1.
     *
     * @param imagesFile unsigned bytes, {@code [examples][…]}, plain or gzip
     * @param labelsFile whole numbers, {@code [examples]}, plain or gzip
     * @param classes the number of classes; labels are {@code 0 .. classes - 1}
     * @return the examples, in the files' order
     * @throws DataFileException if a file is malformed, the two differ in their number of examples, there is none, or a
     *     label is no class
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if {@code classes} is less than 1
     */
    public static IdxDataset read(Path imagesFile, Path labelsFile, int classes) throws IOException {
        if (classes < 1) {
            throw new IllegalArgumentException("A data set needs at least one class, but classes is " + classes);
        }
        Idx images = Idx.read(imagesFile);
        Idx labels = Idx.read(labelsFile);
        int[] shape = images.shape();
        if (images.type() != Idx.Type.UNSIGNED_BYTE || images.size() == 0) {
            throw new DataFileException(
                    imagesFile,
                    "header",
                    "expected images of unsigned bytes, found " + images.type() + " " + Arrays.toString(shape)
                            + "; read other numbers with Idx.read and Dataset.of");
        }
        if (labels.type() == Idx.Type.FLOAT || labels.type() == Idx.Type.DOUBLE || labels.shape().length != 1) {
            throw new DataFileException(
                    labelsFile,
                    "header",
                    "expected a whole number for each example, found " + labels.type() + " "
                            + Arrays.toString(labels.shape()));
        }
        if (labels.size() != shape[0]) {
            throw new DataFileException(
                    labelsFile,
                    "byte 4",
                    "there are " + labels.size() + " labels, but " + shape[0] + " images in " + imagesFile);
        }
        return new IdxDataset(images, classes(labels, classes), classes, scale(0, 1));
    }

    private static int[] classes(Idx labels, int classes) throws DataFileException {
        int[] checked = new int[labels.size()];
        for (int example = 0; example < checked.length; example++) {
            checked[example] = (int) labels.get(example);
            if (checked[example] < 0 || checked[example] >= classes) {
                long place = 8 + (long) example * labels.type().bytes;
                throw new DataFileException(
                        labels.file(),
                        "byte " + place + ", not counting any packing",
                        ExampleTargets.Classes.outOfRange(example, checked[example], classes));
            }
        }
        return checked;
    }

    /**
     * The same examples on another scale: a pixel x becomes (x / 255 − mean) / deviation. Shares their memory.
     *
     * @param mean usually {@link #pixelMean()} of the training part
     * @param deviation usually {@link #pixelDeviation()} of the training part, greater than 0
     * @return another view
     * @throws IllegalArgumentException if a number is not finite, or the deviation not positive
     */
    public IdxDataset standardized(double mean, double deviation) {
        if (!Double.isFinite(mean) || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Pixels are standardized by a finite mean and a positive deviation, but"
                    + " these are " + mean + " and " + deviation);
        }
        return new IdxDataset(images, labels, classes, scale(mean, deviation));
    }

    private static float[] scale(double mean, double deviation) {
        float[] scaled = new float[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            scaled[level] = (float) ((level / 255.0 - mean) / deviation);
        }
        return scaled;
    }

    /**
     * The mean of all pixels x / 255, whatever the scale of this view.
     *
     * @return 0 to 1
     */
    public double pixelMean() {
        long sum = 0;
        for (byte pixel : images.bytes()) {
            sum += pixel & 0xff;
        }
        return sum / (255.0 * images.size());
    }

    /**
     * The standard deviation of all pixels x / 255, whatever the scale of this view.
     *
     * @return 0 to 0.5; 0 where all pixels are alike
     */
    public double pixelDeviation() {
        long[] counts = new long[LEVELS];
        for (byte pixel : images.bytes()) {
            counts[pixel & 0xff]++;
        }
        double mean = pixelMean();
        double squares = 0;
        for (int level = 0; level < LEVELS; level++) {
            double distance = level / 255.0 - mean;
            squares += counts[level] * distance * distance;
        }
        return Math.sqrt(squares / images.size());
    }

    /**
     * The shape of one image: {@code {28, 28}}.
     *
     * @return a copy; empty if an example is a single value
     */
    public int[] imageShape() {
        int[] shape = images.shape();
        return Arrays.copyOfRange(shape, 1, shape.length);
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int inputSize() {
        return inputSize;
    }

    @Override
    public int outputs() {
        return classes;
    }

    @Override
    public void fill(int[] indices, int from, int count, Batch batch) {
        byte[] pixels = images.bytes();
        float[] inputs = batch.inputs();
        int[] batchLabels = batch.labels();
        for (int row = 0; row < count; row++) {
            int example = indices[from + row];
            int pixel = example * inputSize;
            int input = row * inputSize;
            for (int i = 0; i < inputSize; i++) {
                inputs[input + i] = scaled[pixels[pixel + i] & 0xff];
            }
            batchLabels[row] = labels[example];
        }
        batch.setSize(count);
    }
}
