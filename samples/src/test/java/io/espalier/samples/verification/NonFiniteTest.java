package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.espalier.CompiledNetwork;
import io.espalier.Layer;
import io.espalier.annotation.Bias;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Tanh;
import io.espalier.data.Dataset;
import io.espalier.model.Parameter;
import io.espalier.train.NonFiniteLossException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that overflows is stopped, and told where: step, stage and operation. */
class NonFiniteTest {
    /** Without inputs its values are all 0, whatever the weights: only what flows back can overflow. */
    @Network(input = 4)
    @Sgd
    record Deep(
            @Dense(8) @Tanh Layer first,
            @Dense(8) @Tanh Layer second,
            @Dense(8) @Tanh Layer third,
            @Dense(3) Layer logits) {}

    /** Without anything that would bring large values down. */
    @Network(input = 4)
    @Sgd
    record Plain(
            @Dense(8) @Relu Layer first,
            @Dense(8) @Relu Layer second,
            @Dense(3) Layer logits) {}

    /** Without biases, the product of the first stage is what the second one takes, and its gradient lies elsewhere. */
    @Network(input = 4)
    @Sgd
    @SuppressWarnings("espalier:MissingNonlinearity")
    record Bare(
            @Dense(value = 8, bias = Bias.OFF) Layer first,
            @Dense(8) Layer second,
            @Dense(3) Layer logits) {}

    private static void fill(CompiledNetwork network, String name, float value) {
        Parameter parameter = network.parameters().get(name);
        float[] values = new float[parameter.size()];
        Arrays.fill(values, value);
        parameter.set(values);
    }

    @Test
    void aGradientThatOverflowsIsFoundBeforeTheUpdate() {
        NonFiniteTest_DeepNetwork network = NonFiniteTest_DeepNetwork.create(1);
        fill(network, "third.dense.weight", 1e20f);
        float[] logits = new float[24];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (i + 1) * 1e18f;
        }
        network.parameters().get("logits.dense.weight").set(logits);
        float[] before = network.snapshot();
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> network.trainer()
                        .epochs(2)
                        .batchSize(4)
                        .fit(Dataset.of(new float[4 * 4], new int[] {0, 0, 0, 1}, 3)))
                .withMessageStartingWith("A gradient is not finite in step 1 of epoch 1, step 1 of the training, of ")
                .withMessageContaining(
                        "All inputs and parameters are finite, but @Dense of 'second' gets a gradient that"
                                + " is not finite; the learning rate was 0.1")
                .withMessageEndingWith("The network has the weights from before the training again.")
                .satisfies(e -> {
                    assertThat(e.stage()).contains("second");
                    assertThat(e.globalStep()).isEqualTo(1);
                    assertThat(e.checkpoint()).isEmpty();
                });
        assertThat(network.snapshot()).isEqualTo(before);
    }

    @Test
    void theFirstOperationThatOverflowsIsNamed() {
        NonFiniteTest_PlainNetwork network = NonFiniteTest_PlainNetwork.create(1);
        fill(network, "first.dense.weight", 1e20f);
        fill(network, "second.dense.weight", 1e20f);
        float[] inputs = new float[4 * 4];
        Arrays.fill(inputs, 1f);
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> network.trainer().fit(Dataset.of(inputs, new int[] {0, 1, 2, 0}, 3)))
                .withMessageContaining("@Dense of 'second' gives values that are not finite")
                .satisfies(e -> assertThat(e.stage()).contains("second"));
    }

    @Test
    void aProductThatIsFiniteIsNotTakenForItsGradient() {
        NonFiniteTest_BareNetwork network = NonFiniteTest_BareNetwork.create(1);
        fill(network, "first.dense.weight", 1e20f);
        fill(network, "second.dense.weight", 1e20f);
        float[] inputs = new float[4 * 4];
        Arrays.fill(inputs, 1f);
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> network.trainer().fit(Dataset.of(inputs, new int[] {0, 1, 2, 0}, 3)))
                .withMessageContaining("@Dense of 'second' gives values that are not finite");
        fill(network, "first.dense.weight", 1e38f);
        Arrays.fill(inputs, 100f);
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> network.trainer().fit(Dataset.of(inputs, new int[] {0, 1, 2, 0}, 3)))
                .withMessageContaining("@Dense of 'first' gives values that are not finite");
    }

    @ParameterizedTest
    @EnumSource
    void aTrainingThatExplodesNamesItsStage(ResumeModels.Kind kind) {
        CompiledNetwork network = kind.create(1);
        float[] before = network.snapshot();
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> network.trainer()
                        .learningRate(1e30f)
                        .batchSize(16)
                        .epochs(20)
                        .fit(ResumeTest.dataset(100, 1)))
                .satisfies(e -> {
                    assertThat(e).hasMessageContaining("the learning rate was 1.0E30");
                    assertThat(e.stage()).isPresent();
                    assertThat(e.restoredEpoch()).isZero();
                });
        assertThat(network.snapshot()).isEqualTo(before);
    }
}
