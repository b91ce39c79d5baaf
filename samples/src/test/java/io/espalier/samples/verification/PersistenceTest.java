package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.espalier.CompiledNetwork;
import io.espalier.Predictor;
import io.espalier.data.Batch;
import io.espalier.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that are saved, loaded, copied into predictors, and trained on. */
class PersistenceTest {
    private static final int ROWS = 37;

    private final long seed = Seeds.draw("persistence");
    private final Examples examples = Examples.draw(
            new Random(seed), ROWS, DeepModels_NestedNetwork.create(seed).description(), false);

    private DeepModels_NestedNetwork trained() {
        DeepModels_NestedNetwork network = DeepModels_NestedNetwork.create(seed);
        train(network, 3);
        return network;
    }

    private void train(CompiledNetwork network, int updates) {
        Batch batch = examples.batch();
        try (TrainingStep step = network.trainingStep(ROWS, 2, seed)) {
            for (int i = 0; i < updates; i++) {
                step.forwardBackward(batch);
                step.update(0.01f);
            }
        }
    }

    private float[] logits(Predictor predictor) {
        float[] out = new float[ROWS * 3];
        try (Predictor.Session session = predictor.session(ROWS)) {
            session.logits(examples.flatInputs(), ROWS, out);
        }
        return out;
    }

    @Test
    void keepsTheTextsThatTravelWithTheWeights(@TempDir Path directory) throws IOException {
        DeepModels_NestedNetwork network = DeepModels_NestedNetwork.create(seed);
        assertThat(network.texts()).isEmpty();
        assertThat(network.labelNames()).isEmpty();
        Path file = directory.resolve("nested.safetensors");
        List<String> labels = List.of("cat", "dog, \"brown\"", "größe\n");
        network.labelNames(labels);
        network.text("preparation", "mean 0.5");
        network.save(file);
        DeepModels_NestedNetwork loaded = DeepModels_NestedNetwork.load(file);
        assertThat(loaded.labelNames()).isEqualTo(labels);
        assertThat(loaded.texts()).isEqualTo(Map.of("preparation", "mean 0.5"));
        loaded.text("preparation", "none");
        loaded.labelNames(List.of());
        loaded.save(file);
        DeepModels_NestedNetwork again = DeepModels_NestedNetwork.load(file);
        assertThat(again.labelNames()).isEmpty();
        assertThat(again.texts()).isEqualTo(Map.of("preparation", "none"));
    }

    @Test
    void refusesLabelNamesThatDoNotFit() {
        DeepModels_NestedNetwork network = DeepModels_NestedNetwork.create(seed);
        assertThatThrownBy(() -> network.labelNames(List.of("cat", "dog")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DeepModels_Nested has 3 outputs, but there are 2 label names");
        assertThatThrownBy(() -> network.labelNames(List.of("cat", "dog", "cat")))
                .hasMessage("two labels are named 'cat'");
        assertThatThrownBy(() -> network.labelNames(List.of("cat", " ", "dog"))).hasMessage("label name 1 is blank");
        assertThatThrownBy(() -> network.text("espalier.labels", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("espalier.labels");
        assertThat(network.labelNames()).isEmpty();
    }

    @Test
    void predictsTheSameBitsAfterLoading(@TempDir Path directory) throws IOException {
        DeepModels_NestedNetwork network = trained();
        Path file = directory.resolve("nested.safetensors");
        network.save(file);
        DeepModels_NestedNetwork loaded = DeepModels_NestedNetwork.load(file);
        assertThat(loaded.snapshot()).isEqualTo(network.snapshot());
        assertThat(logits(loaded.predictor())).isEqualTo(logits(network.predictor()));
        assertThat(loaded.description()).isEqualTo(network.description());

        loaded.save(directory.resolve("again.safetensors"));
        assertThat(directory.resolve("again.safetensors")).hasSameBinaryContentAs(file);
    }

    @Test
    void trainsOnAfterLoadingAsTheOriginalDoes(@TempDir Path directory) throws IOException {
        DeepModels_NestedNetwork network = trained();
        Path file = directory.resolve("nested.safetensors");
        network.save(file);
        DeepModels_NestedNetwork loaded = DeepModels_NestedNetwork.load(file);
        train(network, 2);
        train(loaded, 2);
        assertThat(loaded.snapshot()).isEqualTo(network.snapshot());
    }

    @Test
    void refusesTheFileOfAnotherNetwork(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("other.safetensors");
        OperationModels_TanhOnlyNetwork.create(seed).save(file);
        assertThatThrownBy(() -> DeepModels_NestedNetwork.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.safetensors")
                .hasMessageContaining("first.dense.weight")
                .hasMessageContaining("hidden.dense.weight");
    }

    @Test
    void refusesAFileWhoseOperationsDiffer(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("gelu.safetensors");
        OperationModels_GeluOnlyNetwork.create(seed).save(file);
        assertThatThrownBy(() -> OperationModels_TanhOnlyNetwork.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gelu.safetensors")
                .hasMessageContaining("TanhOnly");
        assertThatThrownBy(() -> OperationModels_TanhOnlyNetwork.load(directory.resolve("absent.safetensors")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent.safetensors");
    }

    @Test
    void leavesTheOldFileWhereItCannotWrite(@TempDir Path directory) {
        Path file = directory.resolve("no such directory").resolve("w.safetensors");
        assertThatThrownBy(() -> OperationModels_TanhOnlyNetwork.create(seed).save(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such directory");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aPredictorKeepsTheWeightsOfItsDay() {
        DeepModels_NestedNetwork network = trained();
        Predictor early = network.predictor();
        float[] before = logits(early);
        train(network, 2);
        assertThat(logits(early)).isEqualTo(before);
        assertThat(logits(network.predictor())).isNotEqualTo(before);
    }

    @Test
    void changedParametersCountInTheNextPass() {
        OperationModels_DenseOnlyNetwork network = OperationModels_DenseOnlyNetwork.create(seed);
        Batch batch =
                Examples.draw(new Random(seed), 5, network.description(), false).batch();
        float[] outputs = new float[35];
        try (TrainingStep step = network.trainingStep(5, 1, seed)) {
            step.forwardBackward(batch);
            network.parameters().get("logits.dense.weight").set(new float[140]);
            network.parameters().get("logits.dense.bias").set(new float[] {0, 1, 2, 3, 4, 5, 6});
            step.forward(batch);
            step.outputs(outputs);
            for (int i = 0; i < 35; i++) {
                assertThat(outputs[i]).isEqualTo(i % 7);
            }
        }
    }
}
