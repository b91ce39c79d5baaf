package io.espalier.samples.images;

import io.espalier.CompiledNetwork;
import io.espalier.data.IdxDataset;
import io.espalier.samples.cli.Refusal;
import java.nio.file.Path;
import java.util.Map;

/**
 * How pixels become inputs: (x / 255 − mean) / deviation, by the numbers of the training part.
 *
 * @param mean of the pixels that were trained on, 0 to 1
 * @param deviation theirs, above 0
 */
public record PixelScale(double mean, double deviation) {
    private static final String MEAN = "pixel mean";
    private static final String DEVIATION = "pixel deviation";

    /**
     * Takes the numbers of a training part.
     *
     * @param training images
     * @throws Refusal if all pixels are alike
     */
    public static PixelScale of(IdxDataset training) throws Refusal {
        double deviation = training.pixelDeviation();
        if (deviation == 0) {
            throw new Refusal("all pixels of all images to train on are alike: there is nothing to learn from them");
        }
        return new PixelScale(training.pixelMean(), deviation);
    }

    /**
     * Takes the numbers that were kept with a network.
     *
     * @param network loaded
     * @param file where it came from
     * @throws Refusal if they are not there
     */
    public static PixelScale of(CompiledNetwork network, Path file) throws Refusal {
        Map<String, String> texts = network.texts();
        try {
            return new PixelScale(
                    Double.parseDouble(texts.getOrDefault(MEAN, "")),
                    Double.parseDouble(texts.getOrDefault(DEVIATION, "")));
        } catch (NumberFormatException e) {
            throw new Refusal("cannot use " + file + ": it does not say how pixels become inputs ('" + MEAN + "', '"
                    + DEVIATION + "'); train and --save it again");
        }
    }

    /**
     * Lets a network remember the numbers.
     *
     * @param network is going to be kept
     */
    public void describe(CompiledNetwork network) {
        network.text(MEAN, Double.toString(mean));
        network.text(DEVIATION, Double.toString(deviation));
    }

    /**
     * The same images as inputs.
     *
     * @param images on any scale
     */
    public IdxDataset apply(IdxDataset images) {
        return images.standardized(mean, deviation);
    }
}
