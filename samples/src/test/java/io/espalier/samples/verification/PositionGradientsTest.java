package io.espalier.samples.verification;

import io.espalier.CompiledNetwork;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works on rows of features works on each position, by the reference: values, gradients, predictions. */
class PositionGradientsTest {
    private static void check(String name, LongFunction<CompiledNetwork> create, int rows, double tolerance) {
        long seed = Seeds.draw(name + ", " + rows + " examples");
        new GradientCheck(create.apply(seed), seed)
                .tolerance(tolerance)
                .entries(4)
                .run(rows, 2);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {1, 2, 19, 33})
    void aSequence(int rows) {
        check("sequence", PositionModels_SequenceNetwork::create, rows, 2e-5);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {2, 19, 33})
    void aPicture(int rows) {
        check("picture", PositionModels_PictureNetwork::create, rows, 5e-5);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {2, 19, 33})
    void blocksAtManyPositions(int rows) {
        check("long", PositionModels_LongNetwork::create, rows, 2e-4);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {1, 19, 33})
    void noiseBeforeAndAfterPositions(int rows) {
        check("noisy", PositionModels_NoisyNetwork::create, rows, 5e-5);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {2, 33, 70})
    void sumsOverManyRows(int rows) {
        check("many", PositionModels_ManyNetwork::create, rows, 5e-5);
    }
}
