package io.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.espalier.model.Parameter;
import io.espalier.model.ParameterRole;
import io.espalier.model.Parameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFileTest {
    @TempDir
    Path directory;

    private Path file;
    private final Parameters target = SampleNetwork.empty();

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("sample.safetensors");
    }

    @Test
    void loadsWhatItSavedAndReturnsTheMetadata() throws IOException {
        Parameters saved = SampleNetwork.filled();
        WeightFile.save(file, saved, "abc", Map.of("labels", "cat,dog"));
        assertThat(WeightFile.load(file, target, "abc")).containsExactly(Map.entry("labels", "cat,dog"));
        assertSame(target, saved);
        assertThat(target.version()).as("so that derived copies are refreshed").isPositive();
        assertThat(Safetensors.read(file).metadata()).containsEntry("espalier.fingerprint", "abc");
    }

    @Test
    void aFileWrittenElsewhereIsTakenByNamesInAnyOrder() throws IOException {
        Parameters saved = SampleNetwork.filled();
        Parameters.Builder reordered = new Parameters.Builder(new float[100]);
        reordered.vector("logits.batchNorm.runningVariance", 0, 3, ParameterRole.RUNNING_VARIANCE, false);
        reordered.matrix("logits.dense.weight", 20, 3, 5, (row, column, rows, columns) -> row * columns + column, true);
        reordered.vector("logits.dense.bias", 10, 3, ParameterRole.BIAS, false);
        Parameters elsewhere = reordered.build();
        elsewhere.forEach(parameter -> parameter.set(saved.get(parameter.name()).values()));
        Safetensors.write(file, elsewhere, Map.of());
        WeightFile.load(file, target, SampleNetwork.description("0.5"));
        assertSame(target, saved);
    }

    @Test
    void allThatDoesNotFitIsListedAtOnceAndNothingIsLoaded() throws IOException {
        Parameters other = new Parameters.Builder(filled(100))
                .matrix("logits.dense.weight", 0, 5, 3, (row, column, rows, columns) -> row * columns + column, true)
                .vector("logits.dense.bias", 20, 3, ParameterRole.BIAS, false)
                .vector("logits.batchNorm.scale", 30, 3, ParameterRole.NORM_SCALE, false)
                .build();
        Safetensors.write(file, other, Map.of());
        assertRefused(
                "missing: logits.batchNorm.runningVariance [3]",
                "superfluous: logits.batchNorm.scale [3]",
                "of another shape: logits.dense.weight is [5, 3], expected [3, 5]");
    }

    @Test
    void longListsAreCountedRatherThanShown() throws IOException {
        Parameters.Builder many = new Parameters.Builder(new float[1]);
        for (int i = 0; i < 1000; i++) {
            many.vector("tensor" + i, 0, 1, ParameterRole.BIAS, false);
        }
        Safetensors.write(file, many.build(), Map.of());
        assertRefused("superfluous: tensor0 [1]", "superfluous: 980 more", "missing: logits.dense.bias [3]");
    }

    @Test
    void anotherNetworksFileIsRefusedWithWhatDiffers() throws IOException {
        Parameters saved = SampleNetwork.filled();
        WeightFile.save(file, saved, SampleNetwork.description("0.3"), Map.of());
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> WeightFile.load(file, target, SampleNetwork.description("0.5")))
                .withMessageContaining(file.toString())
                .withMessageContaining("written by another network")
                .withMessageContaining(
                        "only in the file's network: operation \"logits\" \"dropout\" [5] -> [5] \"p\"=\"0.3\"")
                .withMessageContaining(
                        "only in this network: operation \"logits\" \"dropout\" [5] -> [5] \"p\"=\"0.5\"")
                .withMessageContaining("loadByName")
                .withMessageNotContaining("\"dense\"");
        assertUntouched();

        WeightFile.load(file, target, SampleNetwork.description("0.3"));
        assertSame(target, saved);
    }

    @Test
    void withoutADescriptionTheFingerprintsAloneAreCompared() throws IOException {
        Parameters saved = SampleNetwork.filled();
        WeightFile.save(file, saved, "abc", Map.of());
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> WeightFile.load(file, target, "def"))
                .withMessageContaining("(abc, this one is def)")
                .withMessageContaining("All names and shapes match");
        assertUntouched();

        WeightFile.loadByName(file, target, TensorNames.asTheyAre());
        assertSame(target, saved);
    }

    @Test
    void anotherNetworkWithOtherParametersIsRefusedWithThese() throws IOException {
        Parameters other = new Parameters.Builder(new float[1])
                .vector("extra", 0, 1, ParameterRole.BIAS, false)
                .build();
        WeightFile.save(file, other, "abc", Map.of());
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> WeightFile.load(file, target, "def"))
                .withMessageContaining("superfluous: extra [1]")
                .withMessageContaining("missing: logits.dense.weight [3, 5]")
                .withMessageNotContaining("loadByName");
    }

    @Test
    void valuesThatAreNotFiniteAreRefusedEvenInTheLastTensor() throws IOException {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            overwriteLastValue(bad);
            assertRefused("'logits.batchNorm.runningVariance': the value at [2] is " + bad);
        }
    }

    @Test
    void aNegativeRunningVarianceIsRefused() throws IOException {
        overwriteLastValue(-0.5f);
        assertRefused("'logits.batchNorm.runningVariance': the value at [2] is -0.5, a variance below 0");
    }

    @Test
    void theMetadataKeysOfItsOwnAreTaken() {
        for (String key : new String[] {WeightFile.FINGERPRINT, WeightFile.NETWORK}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WeightFile.save(file, target, "abc", Map.of(key, "x")))
                    .withMessageContaining(key);
        }
        assertThat(file).doesNotExist();
    }

    private void overwriteLastValue(float value) throws IOException {
        WeightFile.save(file, SampleNetwork.filled(), "abc", Map.of());
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - Float.BYTES, value);
        Files.write(file, bytes);
    }

    private void assertRefused(String... problems) {
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> WeightFile.load(file, target, "abc"))
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.getMessage()).contains(problems));
        assertUntouched();
    }

    private void assertUntouched() {
        assertThat(target.version()).isZero();
        for (Parameter parameter : target) {
            assertThat(parameter.values()).as(parameter.name()).containsOnly(0);
        }
    }

    private static void assertSame(Parameters actual, Parameters expected) {
        for (Parameter parameter : expected) {
            assertThat(actual.get(parameter.name()).values())
                    .as(parameter.name())
                    .containsExactly(parameter.values());
        }
    }

    private static float[] filled(int length) {
        float[] values = new float[length];
        Arrays.fill(values, 1.5f);
        return values;
    }
}
