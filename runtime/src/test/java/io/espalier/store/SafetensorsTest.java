package io.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.espalier.model.ParameterRole;
import io.espalier.model.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path directory;

    @Test
    void writesTheFormatByteForByte() throws IOException {
        Path file = directory.resolve("sample.safetensors");
        Safetensors.write(file, SampleNetwork.filled(), Map.of("labels", "cat \"dog\"", "a", "ä"));

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong());
        assertThat(length % 8).isZero();
        byte[] header = new byte[length];
        bytes.get(header);
        assertThat(new String(header, StandardCharsets.UTF_8).stripTrailing())
                .isEqualTo("{\"__metadata__\":{\"a\":\"ä\",\"labels\":\"cat \\\"dog\\\"\"},"
                        + "\"logits.dense.weight\":{\"dtype\":\"F32\",\"shape\":[3,5],\"data_offsets\":[0,60]},"
                        + "\"logits.dense.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[60,72]},"
                        + "\"logits.batchNorm.runningVariance\":"
                        + "{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[72,84]}}");
        assertThat(header[length - 1]).as("padding").isIn((byte) ' ', (byte) '}');
        for (int i = 0; i < 21; i++) {
            assertThat(bytes.getFloat()).isEqualTo(i + 0.25f);
        }
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(list()).containsExactly("sample.safetensors");
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path file = directory.resolve("sample.safetensors");
        Parameters parameters = SampleNetwork.filled();
        Safetensors.write(file, parameters, Map.of("k", "v"));
        TensorFile read = Safetensors.read(file);
        assertThat(read.metadata()).containsExactly(Map.entry("k", "v"));
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(parameters.names());
        parameters.forEach(parameter -> {
            Tensor tensor = read.tensors().get(parameter.name());
            assertThat(tensor.name()).isEqualTo(parameter.name());
            assertThat(tensor.shape()).containsExactly(parameter.shape());
            assertThat(tensor.values()).containsExactly(parameter.values());
        });
    }

    @Test
    void tensorsLargerThanTheBufferSurviveBitForBit() throws IOException {
        int length = 100_003;
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = Float.intBitsToFloat(0x2000_0000 + 7919 * i);
        }
        values[17] = -0f;
        values[18] = Float.MIN_VALUE;
        Parameters parameters = new Parameters.Builder(values.clone())
                .vector("large", 0, length, ParameterRole.BIAS, false)
                .build();
        Path file = directory.resolve("large.safetensors");
        Safetensors.write(file, parameters, Map.of());
        float[] read = Safetensors.read(file).tensors().get("large").values();
        assertThat(bits(read)).isEqualTo(bits(values));
    }

    @Test
    void theSameWeightsMakeTheSameBytesWhateverTheOrderOfTheMetadata() throws IOException {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        Safetensors.write(one, SampleNetwork.filled(), Map.of("a", "1", "b", "2", "c", "3"));
        Map<String, String> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(Map.of("a", "1", "b", "2", "c", "3"));
        Safetensors.write(two, SampleNetwork.filled(), reversed);
        assertThat(two).hasSameBinaryContentAs(one);
    }

    @Test
    void aNetworkWithoutParametersIsAFileWithoutTensors() throws IOException {
        Path file = directory.resolve("empty");
        Safetensors.write(file, new Parameters.Builder(new float[0]).build(), Map.of());
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).isEqualTo("\10\0\0\0\0\0\0\0{}      ");
        assertThat(Safetensors.read(file).tensors()).isEmpty();
    }

    @Test
    void aWriteThatFailsHalfwayLeavesTheOldFileWholeAndNothingBeside() throws IOException {
        Path file = directory.resolve("weights");
        Safetensors.write(file, SampleNetwork.filled(), Map.of());
        byte[] old = Files.readAllBytes(file);
        AtomicInteger calls = new AtomicInteger();
        Parameters failing = SampleNetwork.with((row, column, rows, columns) -> {
            if (calls.incrementAndGet() == 7) {
                throw new IllegalStateException("the disk of this test is full");
            }
            return column * 16 + row;
        });
        assertThatThrownBy(() -> Safetensors.write(file, failing, Map.of()))
                .hasMessageContaining("the disk of this test");
        assertThat(file).hasBinaryContent(old);
        assertThat(list()).containsExactly("weights");
    }

    @Test
    void whileItWritesTheOldFileIsWholeSoThatBeingKilledDoesNoHarm() throws IOException {
        Path file = directory.resolve("weights");
        Safetensors.write(file, SampleNetwork.filled(), Map.of());
        byte[] old = Files.readAllBytes(file);
        List<List<String>> seen = new ArrayList<>();
        Parameters observing = SampleNetwork.with((row, column, rows, columns) -> {
            assertThat(file).hasBinaryContent(old);
            seen.add(list());
            return column * 16 + row;
        });
        Safetensors.write(file, observing, Map.of());
        assertThat(seen).hasSize(15).allSatisfy(names -> assertThat(names).hasSize(2));
        assertThat(Safetensors.read(file).tensors().get("logits.dense.weight").values())
                .containsOnly(0);
        assertThat(list()).containsExactly("weights");
    }

    @Test
    void weightsThatAreNotFiniteAreNotWritten() throws IOException {
        Path file = directory.resolve("weights");
        float[] memory = {1, 2, Float.NaN};
        Parameters diverged = new Parameters.Builder(memory)
                .vector("fine", 0, 2, ParameterRole.BIAS, false)
                .vector("spoilt", 1, 2, ParameterRole.BIAS, false)
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(file, diverged, Map.of()))
                .withMessageContaining("parameter 'spoilt' is NaN at its value 1 of 2");
        assertThat(list()).isEmpty();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAnExceptionAndLeavesNothing() throws IOException {
        Parameters parameters = SampleNetwork.filled();
        Path occupied = Files.createDirectory(directory.resolve("occupied"));
        Files.createFile(occupied.resolve("inside"));
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Safetensors.write(occupied, parameters, Map.of()));
        assertThat(list()).containsExactly("occupied");
        Path nowhere = directory.resolve("no/such/file");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Safetensors.write(nowhere, parameters, Map.of()))
                .withMessageContaining("there is no directory");
    }

    @Test
    void longTextsAreReadBack() throws IOException {
        Path file = directory.resolve("texts");
        Map<String, String> texts = Map.of("k".repeat(60_000), "v".repeat(25_000_000));
        Safetensors.write(file, SampleNetwork.filled(), texts);
        assertThat(Safetensors.read(file).metadata().equals(texts)).isTrue();
    }

    @Test
    void metadataThatIsNullIsRefused() {
        Map<String, String> texts = new HashMap<>();
        texts.put("labels", null);
        assertThatNullPointerException()
                .isThrownBy(() -> Safetensors.write(directory.resolve("x"), SampleNetwork.filled(), texts))
                .withMessage("metadata 'labels' is null");
        assertThat(list()).isEmpty();
    }

    @Test
    void theReservedNameIsRefused() {
        Parameters parameters = new Parameters.Builder(new float[1])
                .vector("__metadata__", 0, 1, ParameterRole.BIAS, false)
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(directory.resolve("x"), parameters, Map.of()))
                .withMessageContaining("__metadata__");
    }

    private List<String> list() {
        try (var paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
