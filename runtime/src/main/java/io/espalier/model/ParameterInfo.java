package io.espalier.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * A parameter without its values.
 *
 * @param name field, operation and part, for example {@code features.dense.weight}
 * @param shape {@code [out, in]} of a matrix, {@code [n]} of a vector; copied in and out
 * @param role what it is for
 * @param decayed whether weight decay shrinks it
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record ParameterInfo(String name, int[] shape, ParameterRole role, boolean decayed) {
    /** Copies the shape. */
    public ParameterInfo {
        shape = shape.clone();
    }

    /**
     * The shape: {@code [out, in]} of a matrix, {@code [n]} of a vector.
     *
     * @return a copy
     */
    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterInfo that
                && name.equals(that.name)
                && Arrays.equals(shape, that.shape)
                && role == that.role
                && decayed == that.decayed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(shape), role, decayed);
    }

    /** Name, shape and role, for messages and the debugger. */
    @Override
    public String toString() {
        return name + " " + Arrays.toString(shape) + " " + role + (decayed ? ", decayed" : "");
    }
}
