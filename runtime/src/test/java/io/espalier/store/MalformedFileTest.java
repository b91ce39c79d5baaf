package io.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedFileTest {
    @TempDir
    Path directory;

    /** Header, bytes of data behind it, where the message must point, and what it must say. */
    static Stream<Arguments> headers() {
        return Stream.of(
                // Not a header.
                Arguments.of("", 0, "header", "must begin with '{'"),
                Arguments.of(" {}", 0, "header", "must begin with '{'"),
                Arguments.of("[]", 0, "header", "must begin with '{'"),
                Arguments.of("{", 0, "header, character", "not valid JSON"),
                Arguments.of("{}x", 0, "header, character", "not valid JSON"),
                Arguments.of("{}{}", 0, "header", "only spaces may follow"),
                Arguments.of("{\"a\" 1}", 0, "header, character", "not valid JSON"),
                Arguments.of("{'a':{}}", 0, "header, character", "not valid JSON"),
                Arguments.of("{".repeat(5000), 0, "header, character", "not valid JSON"),
                Arguments.of("{\"a\":" + "[".repeat(5000), 0, "header, tensor 'a'", "expected an object"),
                // The metadata.
                Arguments.of("{\"__metadata__\":[]}", 0, "header, __metadata__", "an object of strings, found ["),
                Arguments.of("{\"__metadata__\":null}", 0, "header, __metadata__", "found null"),
                Arguments.of("{\"__metadata__\":{\"k\":1}}", 0, "header, __metadata__, key 'k'", "a string, found 1"),
                Arguments.of("{\"__metadata__\":{\"k\":{}}}", 0, "header, __metadata__, key 'k'", "a string"),
                // Duplicates.
                Arguments.of("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", 0, "header, character", "'k'"),
                Arguments.of("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "header, character", "'__metadata__'"),
                Arguments.of("{" + a("[1]", "[0,4]") + "," + a("[1]", "[4,8]") + "}", 8, "header, character", "'a'"),
                Arguments.of("{\"a\":{\"shape\":[1],\"shape\":[1]}}", 0, "header, character", "'shape'"),
                // A tensor's fields.
                Arguments.of("{\"a\":1}", 0, "header, tensor 'a'", "expected an object, found 1"),
                Arguments.of("{\"a\":{}}", 0, "header, tensor 'a'", "are all needed"),
                Arguments.of(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0]}}", 0, "header, tensor 'a'", "found dtype shape only"),
                Arguments.of("{\"a\":{\"scale\":1}}", 0, "header, tensor 'a'", "found 'scale'"),
                Arguments.of("{\"a\":{\"dtype\":\"F7\"}}", 0, "header, tensor 'a', dtype", "found F7"),
                Arguments.of("{\"a\":{\"dtype\":32}}", 0, "header, tensor 'a', dtype", "a string, found 32"),
                Arguments.of("{\"" + "n".repeat(40_000) + "\":1}", 0, "header, tensor 'nnn", "nnn...'"),
                Arguments.of("{\"\\u001b[2J\":1}", 0, "header, tensor '?[2J'", "expected an object"),
                // Shapes.
                Arguments.of(one("[-1]", "[0,4]"), 4, "header, tensor 'a', shape", "0 or more, found -1"),
                Arguments.of(one("[-1,-1]", "[0,4]"), 4, "header, tensor 'a', shape", "0 or more, found -1"),
                Arguments.of(
                        one("[1.0]", "[0,4]"), 4, "header, tensor 'a', shape", "whole numbers, 0 or more, found 1.0"),
                Arguments.of(one("[\"1\"]", "[0,4]"), 4, "header, tensor 'a', shape", "whole numbers"),
                Arguments.of(one("[[1]]", "[0,4]"), 4, "header, tensor 'a', shape", "whole numbers"),
                Arguments.of(one("1", "[0,4]"), 4, "header, tensor 'a', shape", "an array"),
                Arguments.of(one("[99999999999999999999]", "[0,4]"), 4, "header, character", "not valid JSON"),
                Arguments.of(one("[1" + "0".repeat(2000) + "]", "[0,4]"), 4, "header", "not valid JSON"),
                Arguments.of(one("[4294967296,4294967296]", "[0,4]"), 4, "header, tensor 'a', shape", "too large"),
                Arguments.of(one("[65536,65536,65536,65536]", "[0,0]"), 0, "header, tensor 'a', shape", "too large"),
                Arguments.of(one("[2147483647]", "[0,8589934588]"), 4, "header, tensor 'a', shape", "too large"),
                Arguments.of(
                        one("[1" + ",1".repeat(40) + "]", "[0,4]"), 4, "header, tensor 'a', shape", "more than 32"),
                // Offsets.
                Arguments.of(one("[1]", "[0,8]"), 8, "header, tensor 'a', data_offsets", "takes 4 bytes, [0, 8] are 8"),
                Arguments.of(one("[2]", "[0,4]"), 4, "header, tensor 'a', data_offsets", "takes 8 bytes, [0, 4] are 4"),
                Arguments.of(one("[1]", "[4,0]"), 4, "header, tensor 'a', data_offsets", "a begin and an end"),
                Arguments.of(one("[1]", "[0]"), 4, "header, tensor 'a', data_offsets", "a begin and an end"),
                Arguments.of(one("[1]", "[0,4,4]"), 4, "header, tensor 'a', data_offsets", "a begin and an end"),
                Arguments.of(one("[1]", "[-4,0]"), 4, "header, tensor 'a', data_offsets", "found -4"),
                Arguments.of(one("[1]", "[9223372036854775804,9223372036854775808]"), 4, "header", "not valid JSON"),
                Arguments.of(one("[1]", "[4,8]"), 8, "header, tensor 'a', data_offsets", "there is a gap"),
                Arguments.of(two("[0,4]", "[8,12]"), 12, "header, tensor 'b', data_offsets", "there is a gap"),
                Arguments.of(two("[0,4]", "[0,4]"), 8, "header, tensor 'b', data_offsets", "they overlap"),
                Arguments.of(two("[2,6]", "[0,4]"), 8, "header, tensor 'a', data_offsets", "they overlap"),
                // More in the header than in the file, or less: the first would take 8 GB.
                Arguments.of(one("[2000000000]", "[0,8000000000]"), 4, "data", "describes 8000000000 bytes"),
                Arguments.of(one("[1]", "[0,4]"), 3, "data", "it was cut short"),
                Arguments.of(one("[1]", "[0,4]"), 5, "data", "belong to no tensor"),
                Arguments.of("{}", 1, "data", "belong to no tensor"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aMalformedHeaderIsRefusedByFileAndPlace(String header, int data, String place, String problem)
            throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Path file = write(file(json.length, json, data));
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageStartingWith(file + ", " + place)
                .withMessageContaining(problem)
                .satisfies(e -> {
                    assertThat(e.file()).isEqualTo(file);
                    assertThat(e.place()).startsWith(place);
                    assertThat(e.getMessage()).hasSizeLessThan(1000);
                });
    }

    @ParameterizedTest
    @ValueSource(
            longs = {3, 4, 99_999_999, 100_000_001, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void aForgedHeaderLengthIsRefusedBeforeAnythingIsAllocated(long length) throws IOException {
        Path file = write(file(length, new byte[] {'{', '}'}, 0));
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageContaining("at most 2 in a file of 10 bytes, found " + Long.toUnsignedString(length));
    }

    @Test
    void aHeaderAboveTheFormatsLimitIsRefusedThoughTheFileIsAsLarge() throws IOException {
        Path file = write(file(100_000_008, new byte[0], 0));
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(200_000_000).write(ByteBuffer.wrap(new byte[1]));
        }
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageContaining("at most 100000000 in a file of 200000001 bytes");
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        byte[] whole = sample();
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatExceptionOfType(WeightFormatException.class)
                    .as("cut to " + length + " of " + whole.length + " bytes")
                    .isThrownBy(() -> Safetensors.read(file))
                    .withMessageContaining(file.toString());
        }
    }

    @Test
    void bytesThatFollowAreRefused() throws IOException {
        byte[] whole = sample();
        Path file = write(Arrays.copyOf(whole, whole.length + 1));
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageContaining("belong to no tensor");
    }

    @Test
    void aDamagedHeaderIsEitherStillWellFormedOrRefused() throws IOException {
        byte[] whole = sample();
        int end = 8
                + Math.toIntExact(
                        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong());
        int refused = 0;
        for (int at = 0; at < end; at++) {
            for (int replacement : new int[] {'"', '9', '}', 0xFF}) {
                byte[] damaged = whole.clone();
                damaged[at] = (byte) replacement;
                refused += refuses(damaged) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(end * 4 / 2);
    }

    @Test
    void garbageIsRefused() throws IOException {
        long seed = System.nanoTime();
        System.out.println("MalformedFileTest.garbageIsRefused seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            assertThat(refuses(garbage)).as("seed %d, file %d", seed, i).isTrue();
            // With a length that passes, so that the garbage reaches the parser.
            byte[] reaching = file(garbage.length, garbage, 0);
            assertThat(refuses(reaching)).as("seed %d, header %d", seed, i).isTrue();
        }
    }

    @Test
    void aHeaderInAnotherEncodingIsRefused() throws IOException {
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(refuses(file(utf16.length, utf16, 0))).isTrue();
        byte[] latin = "{\"__metadata__\":{\"k\":\"\u00e4\"}}".getBytes(StandardCharsets.ISO_8859_1);
        Path file = write(file(latin.length, latin, 0));
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageContaining("not valid UTF-8");
    }

    @Test
    void namesWithColludingHashesAreReadLikeOthers() throws IOException {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 1 << 12; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            header.append(i == 0 ? "\"" : ",\"").append(name);
            header.append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        assertThat(Safetensors.read(write(file(json.length, json, 0))).tensors())
                .hasSize(1 << 12);
    }

    @Test
    void whatTheFormatAllowsIsRead() throws IOException {
        String header = "{\"b\":{\"data_offsets\":[4,12],\"shape\":[1,2,1],\"dtype\":\"F32\"},"
                + "\"none\":{\"dtype\":\"F32\",\"shape\":[2,0],\"data_offsets\":[4,4]},"
                + "\"number\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}  ";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Map<String, Tensor> tensors =
                Safetensors.read(write(file(json.length, json, 12))).tensors();
        assertThat(tensors.keySet()).containsExactly("number", "none", "b");
        assertThat(tensors.get("number").shape()).isEmpty();
        assertThat(tensors.get("number").values()).hasSize(1);
        assertThat(tensors.get("none").values()).isEmpty();
        assertThat(tensors.get("b").shape()).containsExactly(1, 2, 1);
    }

    @Test
    void whatIsNoFileIsNamed() {
        assertThatExceptionOfType(WeightFormatException.class)
                .isThrownBy(() -> Safetensors.read(directory))
                .withMessageContaining("found a directory");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Safetensors.read(directory.resolve("none")));
    }

    private boolean refuses(byte[] content) throws IOException {
        try {
            Safetensors.read(write(content));
            return false;
        } catch (WeightFormatException e) {
            return true;
        }
    }

    private byte[] sample() throws IOException {
        Path file = directory.resolve("sample");
        Safetensors.write(file, SampleNetwork.filled(), Map.of("k", "v"));
        return Files.readAllBytes(file);
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("malformed"), content);
    }

    private static byte[] file(long length, byte[] header, int data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array());
        out.writeBytes(header);
        out.writeBytes(new byte[data]);
        return out.toByteArray();
    }

    private static String one(String shape, String offsets) {
        return "{" + a(shape, offsets) + "}";
    }

    private static String two(String offsetsOfA, String offsetsOfB) {
        return "{" + a("[1]", offsetsOfA) + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":" + offsetsOfB
                + "}}";
    }

    private static String a(String shape, String offsets) {
        return "\"a\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }
}
