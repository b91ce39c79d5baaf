package io.espalier.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads one IDX file. Trusts nothing in its header: memory grows with what has been read, and never beyond what the header
 * says.
 */
final class IdxReader {
    /** HotSpot's arrays end a little below the greatest int. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private static final int FIRST_CHUNK = 1 << 16;

    private final Path file;
    private boolean packed;
    private long position;

    IdxReader(Path file) {
        this.file = file;
    }

    Idx read() throws IOException {
        try (InputStream in = GzipInput.open(file)) {
            packed = in instanceof GzipInput;
            Idx.Type type = type(in);
            int[] shape = shape(in);
            int bytes = bytes(type, shape);
            byte[] values = values(in, bytes, shape);
            if (in.read() >= 0) {
                throw malformed("expected the end after the " + bytes + " bytes of " + Arrays.toString(shape)
                        + ", but there are more: the header is wrong, or the file is damaged");
            }
            return new Idx(file, type, shape, values);
        }
    }

    private Idx.Type type(InputStream in) throws IOException {
        byte[] magic = new byte[3];
        int count = in.readNBytes(magic, 0, magic.length);
        if (count < magic.length || magic[0] != 0 || magic[1] != 0) {
            throw malformed("expected 00 00 and a type, as every IDX file begins, found "
                    + (count == 0 ? "an empty file" : hex(Arrays.copyOf(magic, count))));
        }
        position = 2;
        for (Idx.Type type : Idx.Type.values()) {
            if (type.code == magic[2]) {
                position = 3;
                return type;
            }
        }
        throw malformed("expected the type of the values, 08, 09, 0b, 0c, 0d or 0e, found " + hex(magic[2]));
    }

    private int[] shape(InputStream in) throws IOException {
        int dimensions = in.read();
        if (dimensions < 1) {
            throw malformed("expected the number of dimensions, at least 1, found "
                    + (dimensions < 0 ? "the end of the file" : "0"));
        }
        position = 4;
        int[] shape = new int[dimensions];
        byte[] number = new byte[Integer.BYTES];
        for (int i = 0; i < dimensions; i++) {
            if (in.readNBytes(number, 0, number.length) < number.length) {
                throw malformed("expected dimension " + (i + 1) + " of " + dimensions + ", found the end of the file");
            }
            for (byte each : number) {
                shape[i] = shape[i] << Byte.SIZE | (each & 0xff);
            }
            if (shape[i] < 0) {
                throw malformed("dimension " + (i + 1) + " of " + dimensions + " is " + shape[i]
                        + ", expected 0 to 2147483647");
            }
            position += Integer.BYTES;
        }
        return shape;
    }

    private int bytes(Idx.Type type, int[] shape) throws DataFileException {
        // An int times an int is within a long, and the product is brought back each time. A 0 does not excuse the
        // rest.
        long product = type.bytes;
        for (int dimension : shape) {
            product *= Math.max(1, dimension);
            if (product > MAX_BYTES) {
                throw malformed("the dimensions " + Arrays.toString(shape) + " of " + type.bytes
                        + "-byte values are too large: one array holds at most " + MAX_BYTES + " bytes");
            }
        }
        return Arrays.stream(shape).anyMatch(dimension -> dimension == 0) ? 0 : (int) product;
    }

    private byte[] values(InputStream in, int bytes, int[] shape) throws IOException {
        long held = Files.size(file) - position;
        if (!packed && held < bytes) {
            throw cutShort(bytes, shape, held);
        }
        byte[] values = new byte[packed ? Math.min(bytes, FIRST_CHUNK) : bytes];
        int read = 0;
        while (read < bytes) {
            if (read == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(bytes, 2L * values.length));
            }
            int count = in.readNBytes(values, read, values.length - read);
            if (count == 0) {
                throw cutShort(bytes, shape, read);
            }
            read += count;
        }
        position += bytes;
        return values;
    }

    private DataFileException cutShort(int bytes, int[] shape, long held) {
        return malformed("expected " + bytes + " bytes of values, as the dimensions " + Arrays.toString(shape)
                + " say, found " + held + ": the file was cut short, or its header is wrong");
    }

    private static String hex(byte... bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(text.isEmpty() ? "" : " ").append(Character.forDigit(each >> 4 & 0xf, 16));
            text.append(Character.forDigit(each & 0xf, 16));
        }
        return text.toString();
    }

    private DataFileException malformed(String problem) {
        return new DataFileException(file, "byte " + position + (packed ? " of the unpacked data" : ""), problem);
    }
}
