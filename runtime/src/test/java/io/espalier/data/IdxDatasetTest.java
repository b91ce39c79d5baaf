package io.espalier.data;

import static io.espalier.data.IdxFiles.gzip;
import static io.espalier.data.IdxFiles.idx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDatasetTest {
    private static final byte[] IMAGES =
            idx(8, new int[] {3, 1, 2}, (byte) 0, (byte) 255, (byte) 51, (byte) 102, (byte) 255, (byte) 255);
    private static final byte[] LABELS = idx(8, new int[] {3}, (byte) 2, (byte) 0, (byte) 1);

    @TempDir
    Path directory;

    @Test
    void pixelsBecomeFloatsWhenABatchIsFilled() throws IOException {
        IdxDataset dataset = read(gzip(IMAGES), LABELS, 3);
        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.inputSize()).isEqualTo(2);
        assertThat(dataset.outputs()).isEqualTo(3);
        assertThat(dataset.imageShape()).containsExactly(1, 2);
        Batch batch = dataset.newBatch(2);
        dataset.fill(new int[] {9, 1, 0}, 1, 2, batch);
        assertThat(batch.inputs()).containsExactly(0.2f, 0.4f, 0, 1);
        assertThat(batch.labels()).containsExactly(0, 2);
        assertThat(batch.size()).isEqualTo(2);
    }

    @Test
    void standardizedPixelsHaveTheGivenScale() throws IOException {
        IdxDataset dataset = read(IMAGES, LABELS, 3);
        assertThat(dataset.pixelMean()).isCloseTo(3.6 / 6, within(1e-15));
        assertThat(dataset.pixelDeviation()).isCloseTo(Math.sqrt((3 + 0.04 + 0.16) / 6 - 0.36), within(1e-15));
        IdxDataset standardized = dataset.standardized(dataset.pixelMean(), dataset.pixelDeviation());
        Batch batch = standardized.newBatch(3);
        standardized.fill(new int[] {0, 1, 2}, 0, 3, batch);
        double mean = 0;
        double square = 0;
        for (float input : batch.inputs()) {
            mean += input / 6.0;
            square += input * input / 6.0;
        }
        assertThat(mean).isCloseTo(0, within(1e-6));
        assertThat(square).isCloseTo(1, within(1e-6));
        assertThat(standardized.pixelMean())
                .as("of the pixels, not of the view")
                .isEqualTo(dataset.pixelMean());
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> dataset.standardized(0, bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> dataset.standardized(Double.NaN, 1));
    }

    @Test
    void labelsMayBeWiderNumbers() throws IOException {
        IdxDataset dataset = read(IMAGES, idx(11, new int[] {3}, new byte[] {1, 0, 0, 0, 0, 7}), 257);
        assertThat(DatasetTest.labels(dataset)).containsExactly(256, 0, 7);
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() {
        refused(IMAGES, idx(8, new int[] {2}, new byte[2]), "there are 2 labels, but 3 images in " + images());
        refused(IMAGES, idx(8, new int[] {3}, new byte[] {0, 3, 0}), "byte 9");
        refused(
                IMAGES,
                idx(8, new int[] {3}, new byte[] {0, 3, 0}),
                "label of example 1 is 3, but the classes are 0 to 2");
        refused(IMAGES, idx(9, new int[] {3}, new byte[] {0, 0, -1}), "label of example 2 is -1");
        refused(IMAGES, idx(8, new int[] {3, 1}, new byte[3]), "found UNSIGNED_BYTE [3, 1]");
        refused(IMAGES, idx(13, new int[] {3}, new byte[12]), "found FLOAT [3]");
        refused(idx(9, new int[] {3, 2}, new byte[6]), LABELS, "found SIGNED_BYTE [3, 2]");
        refused(idx(8, new int[] {0, 2}), idx(8, new int[] {0}), "found UNSIGNED_BYTE [0, 2]");
        refused(LABELS, new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 0}, "3 bytes of values");
        assertThatIllegalArgumentException().isThrownBy(() -> read(IMAGES, LABELS, 0));
    }

    @Test
    void realImagesHaveTheirPublishedShapes() throws IOException {
        Path folder = SharedData.folder("fashion-mnist");
        IdxDataset test = IdxDataset.read(
                folder.resolve("t10k-images-idx3-ubyte.gz"), folder.resolve("t10k-labels-idx1-ubyte.gz"), 10);
        assertThat(test.size()).isEqualTo(10_000);
        assertThat(test.imageShape()).containsExactly(28, 28);
        int[] counts = new int[10];
        DatasetTest.labels(test).forEach(label -> counts[label]++);
        assertThat(counts).containsOnly(1000);
        Idx train = Idx.read(folder.resolve("train-labels-idx1-ubyte.gz"));
        assertThat(train.shape()).containsExactly(60_000);
    }

    @Test
    void realXraysHaveTheirPublishedStatistics() throws IOException {
        Path folder = SharedData.folder("pneumoniamnist");
        IdxDataset train = IdxDataset.read(
                folder.resolve("train-images-idx3-ubyte.gz"), folder.resolve("train-labels-idx1-ubyte.gz"), 2);
        assertThat(train.size()).isEqualTo(4708);
        assertThat(train.imageShape()).containsExactly(28, 28);
        assertThat(DatasetTest.labels(train).stream().filter(label -> label == 1))
                .hasSize(3494);
        assertThat(train.pixelMean()).isCloseTo(0.5719, within(5e-5));
        assertThat(train.pixelDeviation()).isCloseTo(0.1684, within(5e-5));
        Dataset.Split split = train.stratifiedSplit(0.1, 3);
        assertThat(split.validation().size()).isEqualTo(471);
        assertThat(DatasetTest.labels(split.validation()).stream().filter(label -> label == 1))
                .as("0.1 of 3494")
                .hasSizeBetween(349, 350);
    }

    private void refused(byte[] images, byte[] labels, String problem) {
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> read(images, labels, 3))
                .withMessageContaining(problem);
    }

    private Path images() {
        return directory.resolve("images");
    }

    private IdxDataset read(byte[] images, byte[] labels, int classes) throws IOException {
        Files.write(images(), images);
        return IdxDataset.read(images(), Files.write(directory.resolve("labels"), labels), classes);
    }
}
