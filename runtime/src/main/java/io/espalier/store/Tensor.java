package io.espalier.store;

import java.util.Arrays;

/** An array of float32 values with a name and a shape, as a file holds it: row by row, the last dimension fastest. */
public final class Tensor {
    private final String name;
    private final int[] shape;
    private final float[] values;

    Tensor(String name, int[] shape, float[] values) {
        this.name = name;
        this.shape = shape.clone();
        this.values = values;
    }

    /**
     * The name.
     *
     * @return unique within its file
     */
    public String name() {
        return name;
    }

    /**
     * The shape.
     *
     * @return a copy; empty for a single number, and any dimension may be 0
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The values, as many as the product of the shape; infinities and NaN are possible.
     *
     * @return the array itself, not a copy: weights can be large
     */
    public float[] values() {
        return values;
    }

    /** Name and shape, for messages and the debugger. */
    @Override
    public String toString() {
        return name + " " + Arrays.toString(shape);
    }
}
