package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.data.Dataset;
import io.espalier.model.Parameter;
import io.espalier.train.History;
import io.espalier.train.LearningRate;
import io.espalier.train.TrainingStep;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parameters that are frozen, and batches that are added up to one update. */
class FreezeTest {
    private final long seed = Seeds.draw("freeze");

    @ParameterizedTest
    @EnumSource
    void frozenParametersKeepTheirBitsAndOthersMove(ResumeModels.Kind kind) {
        CompiledNetwork network = kind.create(seed);
        Examples.stir(network.parameters(), new Random(seed));
        CompiledNetwork before = kind.create(seed);
        before.restore(network.snapshot());
        network.trainer().epochs(3).batchSize(16).freeze("hidden.*", "*.bias").fit(ResumeTest.dataset(100, 3));
        for (Parameter parameter : network.parameters()) {
            float[] old = before.parameters().get(parameter.name()).values();
            boolean frozen =
                    parameter.name().startsWith("hidden.") || parameter.name().endsWith(".bias");
            if (frozen) {
                assertThat(parameter.values()).as(parameter.name()).isEqualTo(old);
            } else {
                assertThat(parameter.values()).as(parameter.name()).isNotEqualTo(old);
            }
        }
    }

    @Test
    void frozenGradientsDoNotCountWhenClipped() {
        // The same step, once with the first stages frozen, once with inputs that give them no gradient to speak of.
        CompiledNetwork network = ResumeModels.Kind.ADAM_W.create(seed);
        Batch batch = Examples.draw(new Random(seed), 32, network.description(), false)
                .batch();
        try (TrainingStep step = network.trainingStep(32, 2, seed)) {
            step.freeze("hidden.*");
            step.forwardBackward(batch);
            assertThat(network.parameters().get("hidden.dense.weight").gradient())
                    .containsOnly(0f);
            assertThat(network.parameters().get("hidden.batchNorm.scale").gradient())
                    .containsOnly(0f);
            assertThat(network.parameters().get("logits.dense.weight").gradient())
                    .doesNotContain(Float.NaN);
            assertThatIllegalStateException()
                    .isThrownBy(() -> step.freeze("logits.*"))
                    .withMessageContaining("gradients at hand");
            step.update(0.01f);
        }
    }

    @Test
    void patternsThatMatchNothingAreRefused() {
        CompiledNetwork network = ResumeModels.Kind.SGD.create(seed);
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> network.trainer().freeze("hiden.dense.*"))
                .withMessageContaining("'hiden.dense.*'")
                .withMessageContaining("the nearest ones are hidden, logits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.trainer().freeze("*").fit(ResumeTest.dataset(30, 3)))
                .withMessageContaining("nothing left to train");
    }

    @Test
    void addedUpBatchesAreOneLargeBatch() {
        // 100 examples: updates of 32, 32, 32 and 4, made of batches of 8.
        OperationModels_DenseOnlyNetwork small = OperationModels_DenseOnlyNetwork.create(seed);
        OperationModels_DenseOnlyNetwork large = OperationModels_DenseOnlyNetwork.create(seed);
        Examples examples = Examples.draw(new Random(seed), 100, small.description(), false);
        Dataset data = Dataset.of(examples.flatInputs(), examples.labels(), 7);
        LearningRate falling = LearningRate.cosine().warmupEpochs(0.5);
        History one = large.trainer().epochs(3).batchSize(32).schedule(falling).fit(data);
        History many = small.trainer()
                .epochs(3)
                .batchSize(8)
                .accumulate(4)
                .schedule(falling)
                .fit(data);
        assertThat(many.last().learningRate()).isEqualTo(one.last().learningRate());
        assertThat(many.last().trainingLoss()).isCloseTo(one.last().trainingLoss(), within(1e-5));
        assertThat(small.snapshot()).containsExactly(large.snapshot(), within(1e-4f));
    }
}
