package io.espalier.data;

import static io.espalier.data.IdxFiles.gzip;
import static io.espalier.data.IdxFiles.idx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxTest {
    private static final int UBYTE = 8;

    @TempDir
    Path directory;

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(Idx.Type.UNSIGNED_BYTE, 0x08, new byte[] {0, (byte) 255}, 0.0, 255.0),
                Arguments.of(Idx.Type.SIGNED_BYTE, 0x09, new byte[] {127, (byte) 255}, 127.0, -1.0),
                Arguments.of(
                        Idx.Type.SHORT,
                        0x0b,
                        ByteBuffer.allocate(4)
                                .putShort((short) 258)
                                .putShort((short) -2)
                                .array(),
                        258.0,
                        -2.0),
                Arguments.of(
                        Idx.Type.INT,
                        0x0c,
                        ByteBuffer.allocate(8)
                                .putInt(Integer.MAX_VALUE)
                                .putInt(-3)
                                .array(),
                        (double) Integer.MAX_VALUE,
                        -3.0),
                Arguments.of(
                        Idx.Type.FLOAT,
                        0x0d,
                        ByteBuffer.allocate(8).putFloat(0.1f).putFloat(-4).array(),
                        (double) 0.1f,
                        -4.0),
                Arguments.of(
                        Idx.Type.DOUBLE,
                        0x0e,
                        ByteBuffer.allocate(16).putDouble(0.1).putDouble(-5).array(),
                        0.1,
                        -5.0));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeIsReadPlainAndPacked(Idx.Type type, int code, byte[] values, double first, double second)
            throws IOException {
        byte[] content = idx(code, new int[] {1, 2}, values);
        for (byte[] bytes : new byte[][] {content, gzip(content)}) {
            Path file = write(bytes);
            Idx idx = Idx.read(file);
            assertThat(idx.type()).isEqualTo(type);
            assertThat(idx.shape()).containsExactly(1, 2);
            assertThat(idx.size()).isEqualTo(2);
            assertThat(idx.get(0)).isEqualTo(first);
            assertThat(idx.get(1)).isEqualTo(second);
            assertThat(idx.toFloats()).containsExactly((float) first, (float) second);
            assertThat(idx.file()).isEqualTo(file);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> idx.get(2));
        }
    }

    static Stream<Arguments> malformed() {
        byte[] good = idx(UBYTE, new int[] {2, 3}, new byte[6]);
        byte[] damaged = gzip(good);
        damaged[damaged.length - 6] ^= 1;
        byte[] noDeflate = gzip(good);
        noDeflate[2] = 7;
        byte[] badBlock = gzip(good);
        badBlock[10] = 7;
        return Stream.of(
                Arguments.of(new byte[0], "byte 0", "found an empty file"),
                Arguments.of(new byte[] {0}, "byte 0", "found 00"),
                Arguments.of(new byte[] {1, 0, 8, 1}, "byte 0", "found 01 00 08"),
                Arguments.of(new byte[] {0, 0, 0x0a, 1}, "byte 2", "found 0a"),
                Arguments.of(new byte[] {0, 0, 8}, "byte 3", "found the end of the file"),
                Arguments.of(new byte[] {0, 0, 8, 0}, "byte 3", "at least 1, found 0"),
                Arguments.of(new byte[] {0, 0, 8, 2, 0, 0, 0, 1, 0}, "byte 8", "expected dimension 2 of 2"),
                Arguments.of(idx(UBYTE, new int[] {2, -3}), "byte 8", "dimension 2 of 2 is -3"),
                Arguments.of(idx(UBYTE, new int[] {Integer.MIN_VALUE}), "byte 4", "dimension 1 of 1 is -2147483648"),
                Arguments.of(idx(UBYTE, new int[] {Integer.MAX_VALUE}), "byte 8", "[2147483647] of 1-byte values"),
                Arguments.of(idx(UBYTE, new int[] {65536, 65536, 65536, 65536}), "byte 20", "are too large"),
                Arguments.of(idx(UBYTE, new int[] {0, 65536, 65536}), "byte 16", "are too large"),
                Arguments.of(idx(14, new int[] {1 << 28}), "byte 8", "of 8-byte values are too large"),
                Arguments.of(idx(UBYTE, new int[] {1 << 30}), "byte 8", "expected 1073741824 bytes of values"),
                Arguments.of(idx(UBYTE, new int[] {2, 3}, new byte[5]), "byte 12", "6 bytes of values"),
                Arguments.of(idx(UBYTE, new int[] {2, 3}, new byte[7]), "byte 18", "expected the end"),
                Arguments.of(idx(UBYTE, new int[] {0}, new byte[1]), "byte 8", "expected the end"),
                Arguments.of(
                        gzip(idx(UBYTE, new int[] {1 << 30}, new byte[9])),
                        "byte 8 of the unpacked data",
                        "1073741824 bytes of values, as the dimensions [1073741824] say, found 9"),
                Arguments.of(
                        gzip(idx(UBYTE, new int[] {2}, new byte[3])),
                        "byte 10 of the unpacked data",
                        "expected the end"),
                Arguments.of(damaged, "byte " + (damaged.length - 8), "checksum or length"),
                Arguments.of(noDeflate, "byte 0", "gzip member"),
                Arguments.of(badBlock, "byte 1", "damaged"),
                Arguments.of(Arrays.copyOf(gzip(good), 5), "byte 5", "cut short"),
                Arguments.of(Arrays.copyOf(gzip(good), gzip(good).length + 3), "byte " + gzip(good).length, "follow"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedFileIsRefusedByFileAndPlace(byte[] content, String place, String problem) throws IOException {
        Path file = write(content);
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> Idx.read(file))
                .withMessageStartingWith(file + ", " + place)
                .withMessageContaining(problem)
                .satisfies(e -> {
                    assertThat(e.file()).isEqualTo(file);
                    assertThat(e.place()).startsWith(place);
                });
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        byte[] plain = idx(UBYTE, new int[] {2, 3}, new byte[6]);
        for (byte[] whole : new byte[][] {plain, gzip(plain)}) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(reads(Arrays.copyOf(whole, length)))
                        .as("cut to %d of %d bytes", length, whole.length)
                        .isFalse();
            }
            assertThat(reads(whole)).isTrue();
        }
    }

    @Test
    void damagedFilesAreReadOrRefusedAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        System.out.println("IdxTest.damagedFilesAreReadOrRefusedAndNothingElse seed " + seed);
        Random random = new Random(seed);
        byte[] plain = idx(UBYTE, new int[] {4, 5, 6}, new byte[120]);
        byte[] packed = gzip(plain);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = (round % 2 == 0 ? plain : packed).clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(Math.min(30, damaged.length))] = (byte) random.nextInt();
            }
            refused += reads(damaged) ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(1000);
    }

    /** One gigabyte claimed, a few bytes held: neither packed nor plain may more than some hundred kilobytes be taken. */
    @Test
    void whatAHeaderClaimsIsNotAllocated() throws IOException {
        byte[] forged = idx(UBYTE, new int[] {1 << 15, 1 << 15}, new byte[100]);
        for (byte[] content : new byte[][] {forged, gzip(forged)}) {
            Path file = write(content);
            long before = allocated();
            assertThatExceptionOfType(DataFileException.class).isThrownBy(() -> Idx.read(file));
            assertThat(allocated() - before).isLessThan(2_000_000);
        }
    }

    /** 64 megabytes of zeros in 64 kilobytes, behind a header that announces four values. */
    @Test
    void whatAPackedFileInflatesToBeyondItsHeaderIsNotRead() throws IOException {
        byte[] bomb = idx(UBYTE, new int[] {4}, new byte[1 << 26]);
        Path file = write(gzip(bomb));
        assertThat(Files.size(file)).isLessThan(100_000);
        long before = allocated();
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> Idx.read(file))
                .withMessageContaining("byte 12 of the unpacked data: expected the end after the 4 bytes of [4]");
        assertThat(allocated() - before).isLessThan(2_000_000);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void severalGzipMembersAreOneFile() throws IOException {
        byte[] content = idx(UBYTE, new int[] {3}, new byte[] {1, 2, 3});
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(gzip(Arrays.copyOf(content, 5)));
        members.writeBytes(gzip(new byte[0]));
        members.writeBytes(gzip(Arrays.copyOfRange(content, 5, content.length)));
        assertThat(Idx.read(write(members.toByteArray())).toFloats()).containsExactly(1, 2, 3);
    }

    @Test
    void theOptionalPartsOfAGzipHeaderArePassedOver() throws IOException {
        byte[] packed = gzip(idx(UBYTE, new int[] {1}, new byte[] {7}));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0});
        file.writeBytes(new byte[] {3, 0, 1, 2, 3, 'n', 0, 'c', 'c', 0, 9, 9});
        file.write(packed, 10, packed.length - 10);
        assertThat(Idx.read(write(file.toByteArray())).toFloats()).containsExactly(7);
    }

    /** More than the first chunk, so that the growing array is joined rightly. */
    @Test
    void aLargePackedFileIsReadWhole() throws IOException {
        byte[] values = new byte[300_001];
        new Random(5).nextBytes(values);
        Idx idx = Idx.read(write(gzip(idx(UBYTE, new int[] {values.length}, values))));
        assertThat(idx.bytes()).isEqualTo(values);
    }

    @Test
    void anEmptyDimensionHasNoValues() throws IOException {
        assertThat(Idx.read(write(idx(UBYTE, new int[] {0, 28, 28}))).size()).isZero();
    }

    @Test
    void whatIsNoFileIsNamed() {
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> Idx.read(directory))
                .withMessageContaining("found a directory");
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> Idx.read(directory.resolve("none")));
    }

    private boolean reads(byte[] content) throws IOException {
        try {
            Idx.read(write(content));
            return true;
        } catch (DataFileException e) {
            return false;
        }
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("numbers"), content);
    }
}
