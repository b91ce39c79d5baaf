package io.espalier.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The numbers of an IDX file, the format in which MNIST and its successors come: a type, dimensions and values, all
 * big-endian (LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section on file formats). Immutable;
 * the values stay in memory as the file has them, a byte for a byte.
 */
public final class Idx {
    private final Path file;
    private final Type type;
    private final int[] shape;
    private final ByteBuffer values;

    Idx(Path file, Type type, int[] shape, byte[] values) {
        this.file = file;
        this.type = type;
        this.shape = shape;
        this.values = ByteBuffer.wrap(values);
    }

    /**
     * Reads a file, plain or packed with gzip, which its content tells and not its name. Memory is what the values take,
     * and while a packed file is read up to three times that; what a header claims is allocated only as far as the file
     * holds it.
     *
     * @param file the file
     * @return its numbers
     * @throws DataFileException if the file is malformed, cut short, longer than its header says, or its values take more
     *     than an array of 2³¹ − 9 bytes
     * @throws IOException if the file cannot be read
     */
    public static Idx read(Path file) throws IOException {
        return new IdxReader(file).read();
    }

    /**
     * The file that was read.
     *
     * @return its path as the caller gave it
     */
    public Path file() {
        return file;
    }

    /**
     * What kind of numbers the file holds.
     *
     * @return the type of all of them
     */
    public Type type() {
        return type;
    }

    /**
     * The dimensions, the slowest first: {@code {60000, 28, 28}} for as many images.
     *
     * @return a copy; at least one dimension, each at least 0
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The number of values.
     *
     * @return the product of the dimensions
     */
    public int size() {
        return values.capacity() / type.bytes;
    }

    /**
     * One of the values.
     *
     * @param index its place in row-major order, from 0
     * @return exact for every type
     * @throws IndexOutOfBoundsException if the index is not in {@code 0 .. size() - 1}
     */
    public double get(int index) {
        Objects.checkIndex(index, size());
        return switch (type) {
            case UNSIGNED_BYTE -> values.get(index) & 0xff;
            case SIGNED_BYTE -> values.get(index);
            case SHORT -> values.getShort(index * Short.BYTES);
            case INT -> values.getInt(index * Integer.BYTES);
            case FLOAT -> values.getFloat(index * Float.BYTES);
            case DOUBLE -> values.getDouble(index * Double.BYTES);
        };
    }

    /**
     * All values as floats, for {@link Dataset#of(float[], int[], int)} and its like.
     *
     * @return row-major, rounded to float where the type is wider
     */
    public float[] toFloats() {
        float[] floats = new float[size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) get(i);
        }
        return floats;
    }

    /** The file's bytes themselves, not to be changed. */
    byte[] bytes() {
        return values.array();
    }

    /** What kind of numbers a file holds, as its third byte says. */
    public enum Type {
        /** 0 to 255. */
        UNSIGNED_BYTE(0x08, Byte.BYTES),
        /** −128 to 127. */
        SIGNED_BYTE(0x09, Byte.BYTES),
        /** 16 bits with sign. */
        SHORT(0x0b, Short.BYTES),
        /** 32 bits with sign. */
        INT(0x0c, Integer.BYTES),
        /** 32 bits, IEEE 754. */
        FLOAT(0x0d, Float.BYTES),
        /** 64 bits, IEEE 754. */
        DOUBLE(0x0e, Double.BYTES);

        final int code;
        final int bytes;

        Type(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }
    }
}
