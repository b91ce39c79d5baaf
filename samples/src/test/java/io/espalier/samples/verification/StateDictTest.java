package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.espalier.Layer;
import io.espalier.Predictor;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.store.Safetensors;
import io.espalier.store.TensorFile;
import io.espalier.store.TensorNames;
import io.espalier.store.WeightFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PyTorch {@code state_dict}, written by {@code state_dict.py}, is loaded by name and gives PyTorch's logits. */
class StateDictTest {
    private static final TensorNames NAMES = TensorNames.asTheyAre()
            .rename("fc1", "first.dense")
            .rename("bn1", "first.batchNorm")
            .rename("fc2", "second.dense")
            .rename("norm", "second.layerNorm")
            .rename("head", "logits.dense");

    /** What the script's module is. */
    @Network(input = 6)
    record Net(
            @Dense(10) @BatchNorm @Relu Layer first,
            @Dense(8) @LayerNorm @Gelu Layer second,
            @Dense(4) Layer logits) {}

    @TempDir
    private Path directory;

    private final StateDictTest_NetNetwork network = StateDictTest_NetNetwork.create(1);
    private Path state = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        state = resource("state_dict.safetensors");
    }

    private Path resource(String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = StateDictTest.class.getResourceAsStream("/state_dict/" + name)) {
            Files.copy(Objects.requireNonNull(in, name), file);
        }
        return file;
    }

    @Test
    void givesTheLogitsOfPyTorch() throws IOException {
        network.loadByName(state, NAMES.ignore("*.num_batches_tracked"));
        TensorFile expected = Safetensors.read(resource("logits.safetensors"));
        float[] inputs = expected.tensors().get("inputs").values();
        float[] logits = expected.tensors().get("logits").values();
        float[] out = new float[logits.length];
        try (Predictor.Session session = network.predictor().session(9)) {
            session.logits(inputs, 9, out);
        }
        assertThat(out).containsExactly(logits, within(1e-5f));
        // The same from a file of our own.
        Path own = directory.resolve("own.safetensors");
        network.save(own);
        assertThat(StateDictTest_NetNetwork.load(own).snapshot()).isEqualTo(network.snapshot());
    }

    @Test
    void whatDoesNotFitIsListedAndNothingChanges() {
        float[] before = network.snapshot();
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> network.loadByName(state, NAMES))
                .withMessageContaining(
                        "superfluous: bn1.num_batches_tracked [], as first.batchNorm.num_batches_tracked");
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> network.loadByName(
                        state,
                        TensorNames.asTheyAre()
                                .rename("fc1", "second.dense")
                                .rename("fc2", "second.dense")
                                .rename("bn1.num_batches_tracked", "logits.dense.bias")
                                .rename("fc3", "logits.dense")
                                .ignore("norm.*")))
                .withMessageContaining("missing: first.dense.weight [10, 6]")
                .withMessageContaining("superfluous: head.weight [4, 8]")
                .withMessageContaining("superfluous: bn1.running_mean [10]")
                .withMessageContaining("given twice: second.dense.weight by ")
                .withMessageContaining(
                        "of another shape: second.dense.weight (fc1.weight) is [10, 6], expected [8, 10]")
                .withMessageContaining("of another type: logits.dense.bias (bn1.num_batches_tracked) is I64")
                .withMessageContaining("renamed, but not in the file: fc3");
        assertThat(network.snapshot()).isEqualTo(before);
    }
}
