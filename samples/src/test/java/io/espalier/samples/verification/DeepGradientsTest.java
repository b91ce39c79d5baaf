package io.espalier.samples.verification;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deep mixed networks, all their noise on, against the reference. */
class DeepGradientsTest {
    @ParameterizedTest(name = "{0} rows, {1} threads")
    @CsvSource({"1, 1, 6", "17, 2, 6", "37, 3, 3", "130, 2, 2"})
    void withoutBatchNorm(int rows, int threads, int entries) {
        long seed = Seeds.draw("rowwise, " + rows + " rows");
        new GradientCheck(DeepModels_RowwiseNetwork.create(seed), seed)
                .smoothing(0.1)
                .entries(entries)
                .run(rows, threads);
    }

    @ParameterizedTest(name = "{0} rows, {1} threads")
    @CsvSource({"17, 2, 6", "37, 3, 3", "130, 2, 2"})
    void withBatchNorm(int rows, int threads, int entries) {
        long seed = Seeds.draw("batchwise, " + rows + " rows");
        new GradientCheck(DeepModels_BatchwiseNetwork.create(seed), seed)
                .entries(entries)
                .run(rows, threads);
    }

    @ParameterizedTest(name = "{0} rows, {1} threads")
    @CsvSource({"17, 2, 3", "37, 1, 2", "130, 2, 1"})
    void withBlocksInBlocks(int rows, int threads, int entries) {
        // Two dozen batch norms in a row: moving the weights by their last bit moves the gradients by up to 1e-4.
        long seed = Seeds.draw("nested, " + rows + " rows");
        new GradientCheck(DeepModels_NestedNetwork.create(seed), seed)
                .smoothing(0.05)
                .soft()
                .tolerance(2e-3)
                .entries(entries)
                .run(rows, threads);
    }

    @ParameterizedTest(name = "{0} rows, {1} threads")
    @CsvSource({"1, 1, 6", "17, 1, 6", "37, 2, 3"})
    void withManyStages(int rows, int threads, int entries) {
        long seed = Seeds.draw("deep, " + rows + " rows");
        new GradientCheck(DeepModels_DeepNetwork.create(seed), seed)
                .entries(entries)
                .run(rows, threads);
    }

    @ParameterizedTest(name = "{0} rows, {1} threads")
    @CsvSource({"17, 1, 1", "35, 3, 1"})
    void withWideProducts(int rows, int threads, int entries) {
        long seed = Seeds.draw("wide, " + rows + " rows");
        new GradientCheck(DeepModels_WideNetwork.create(seed), seed)
                .entries(entries)
                .run(rows, threads);
    }
}
