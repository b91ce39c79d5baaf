package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same seed gives the same bits, on any number of threads; another seed does not. */
class ReproducibilityTest {
    private static final int[] SIZES = {130, 37, 300, 16, 513, 129, 2};

    private static Stream<Arguments> networks() {
        LongFunction<CompiledNetwork> rowwise = DeepModels_RowwiseNetwork::create;
        LongFunction<CompiledNetwork> batchwise = DeepModels_BatchwiseNetwork::create;
        LongFunction<CompiledNetwork> nested = DeepModels_NestedNetwork::create;
        LongFunction<CompiledNetwork> deep = DeepModels_DeepNetwork::create;
        LongFunction<CompiledNetwork> wide = DeepModels_WideNetwork::create;
        LongFunction<CompiledNetwork> noisy = DeepModels_NoisyNetwork::create;
        LongFunction<CompiledNetwork> adam = OptimizerModels_WithAdamNetwork::create;
        LongFunction<CompiledNetwork> rmsProp = OptimizerModels_WithRmsPropNetwork::create;
        LongFunction<CompiledNetwork> rmsMomentum = OptimizerModels_WithRmsMomentumNetwork::create;
        LongFunction<CompiledNetwork> descent = OptimizerModels_WithDescentNetwork::create;
        return Stream.of(
                Arguments.of("Adam and all penalties", adam),
                Arguments.of("RMSprop and all penalties", rmsProp),
                Arguments.of("RMSprop with momentum and all penalties", rmsMomentum),
                Arguments.of("descent and all penalties", descent),
                Arguments.of("with noise of every kind", noisy),
                Arguments.of("with wide products", wide),
                Arguments.of("without batch norm", rowwise),
                Arguments.of("with batch norm", batchwise),
                Arguments.of("with blocks in blocks", nested),
                Arguments.of("with many stages", deep));
    }

    /** Everything that training leaves behind, as bits: losses, weights, running statistics. */
    private static List<Integer> bits(LongFunction<CompiledNetwork> create, int threads, long seed) {
        CompiledNetwork network = create.apply(5);
        Random random = new Random(5);
        List<Integer> bits = new ArrayList<>();
        try (TrainingStep step = network.trainingStep(600, threads, seed)) {
            for (int rows : SIZES) {
                Batch batch = Examples.draw(random, rows, network.description(), false)
                        .batch();
                bits.add(Float.floatToRawIntBits(step.forwardBackward(batch)));
                step.update(0.01f);
            }
        }
        for (float value : network.snapshot()) {
            assertThat(value).isFinite();
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void anyNumberOfThreadsGivesTheSameBits(String name, LongFunction<CompiledNetwork> create) {
        long seed = Seeds.draw("threads, " + name);
        List<Integer> one = bits(create, 1, seed);
        for (int threads : new int[] {2, 3, 8}) {
            assertThat(bits(create, threads, seed).equals(one))
                    .as("%d threads as 1", threads)
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void onlyTheSeedDecides(String name, LongFunction<CompiledNetwork> create) {
        long seed = Seeds.draw("seeds, " + name);
        List<Integer> bits = bits(create, 2, seed);
        assertThat(bits(create, 2, seed).equals(bits)).as("the same seed").isTrue();
        assertThat(bits(create, 2, seed + 1).equals(bits)).as("another seed").isFalse();
        assertThat(bits(create, 2, seed ^ 1L << 40).equals(bits))
                .as("another upper half of the seed")
                .isFalse();
    }
}
