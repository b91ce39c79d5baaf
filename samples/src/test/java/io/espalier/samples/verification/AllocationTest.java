package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.Classifier;
import io.espalier.Predictor;
import io.espalier.data.Batch;
import io.espalier.train.TrainingStep;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Neither a training step nor a session's prediction allocates a byte, in any thread concerned. */
class AllocationTest {
    private static final int ROWS = 40;

    private static Stream<Arguments> networks() {
        LongFunction<Classifier> rowwise = AllocationModels_RowwiseNetwork::create;
        LongFunction<Classifier> batchwise = AllocationModels_BatchwiseNetwork::create;
        LongFunction<Classifier> functions = AllocationModels_FunctionsNetwork::create;
        return Stream.of(
                Arguments.of("without batch norm", rowwise),
                Arguments.of("with batch norm", batchwise),
                Arguments.of("with all activation functions and noises", functions));
    }

    private static Stream<Arguments> trained() {
        LongFunction<Classifier> adam = AllocationModels_WithAdamNetwork::create;
        LongFunction<Classifier> rmsProp = AllocationModels_WithRmsPropNetwork::create;
        LongFunction<Classifier> rmsMomentum = AllocationModels_WithRmsMomentumNetwork::create;
        LongFunction<Classifier> descent = AllocationModels_WithDescentNetwork::create;
        return Stream.concat(
                networks(),
                Stream.of(
                        Arguments.of("Adam and penalties", adam),
                        Arguments.of("RMSprop and penalties", rmsProp),
                        Arguments.of("RMSprop with momentum and penalties", rmsMomentum),
                        Arguments.of("plain descent and penalties", descent)));
    }

    private static Batch batch(Classifier network, boolean soft) {
        return Examples.draw(new Random(3), ROWS, network.description(), soft).batch();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trained")
    void trainingStepsAllocateNothing(String name, LongFunction<Classifier> create) {
        Classifier network = create.apply(1);
        Batch labelled = batch(network, false);
        Batch soft = batch(network, true);
        float[] outputs = new float[ROWS * 5];
        float[] gradient = new float[ROWS * 5];
        try (TrainingStep step = network.trainingStep(ROWS, 2, 7)) {
            long bytes = Allocations.leastBytes(1, () -> {
                step.forwardBackward(labelled);
                step.update(1e-3f);
                step.forwardBackward(soft);
                step.update(1e-3f);
            });
            assertThat(bytes).as("forwardBackward and update").isZero();
            bytes = Allocations.leastBytes(1, () -> {
                step.accumulate(labelled);
                step.accumulate(labelled);
                step.update(1e-3f);
            });
            assertThat(bytes).as("accumulate twice and update").isZero();
            bytes = Allocations.leastBytes(1, () -> {
                step.forward(labelled);
                step.outputs(outputs);
                step.backward(gradient);
                step.update(1e-3f);
            });
            assertThat(bytes).as("forward, backward and update").isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void predictionsOfASessionAllocateNothing(String name, LongFunction<Classifier> create) {
        Classifier network = create.apply(1);
        float[] inputs = batch(network, false).inputs();
        float[] out = new float[ROWS * 5];
        try (Predictor.Session session = network.predictor().session(ROWS)) {
            long bytes = Allocations.leastBytes(0, () -> {
                session.logits(inputs, ROWS, out);
                session.probabilities(inputs, ROWS, out);
            });
            assertThat(bytes).isZero();
        }
    }

    @Test
    void furtherMonteCarloSamplesAllocateNothing() {
        var network = MonteCarloModels_DeepNetwork.create(1);
        float[] inputs = new float[8 * 6];
        var few = network.monteCarlo(10, 1);
        var many = network.monteCarlo(40, 1);
        long bytesOfFew = Allocations.leastBytes(0, 300, () -> few.estimates(inputs, 8));
        long bytesOfMany = Allocations.leastBytes(0, 300, () -> many.estimates(inputs, 8));
        assertThat(bytesOfMany)
                .as("the estimates themselves, and nothing a sample")
                .isEqualTo(bytesOfFew);
    }

    @Test
    void theCounterSeesAnAllocation() {
        Object[] kept = new Object[1];
        assertThat(Allocations.leastBytes(0, () -> kept[0] = new int[1])).isPositive();
    }
}
