package io.espalier.store;

import io.espalier.model.Parameter;
import java.util.Arrays;

/**
 * A tensor to be written, read piece by piece so that no second copy of it is needed.
 *
 * @param name unique within its file
 * @param shape every dimension 0 or more; copied in and out
 * @param values where the values come from, row by row, all finite
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, never compared
public record TensorSource(String name, int[] shape, Values values) {
    /** Copies the shape. */
    public TensorSource {
        shape = shape.clone();
    }

    /** Copies some of a tensor's values. */
    @FunctionalInterface
    public interface Values {
        /**
         * Copies values out.
         *
         * @param from the first one, counted row by row
         * @param target receives them
         * @param targetOffset where in {@code target} the first one goes
         * @param length how many
         */
        void copyTo(int from, float[] target, int targetOffset, int length);
    }

    /**
     * A parameter's values.
     *
     * @param parameter the parameter
     * @return the tensor of its name
     */
    public static TensorSource of(Parameter parameter) {
        return new TensorSource(parameter.name(), parameter.shape(), parameter::copyTo);
    }

    /**
     * What another array holds for a parameter: a snapshot, or an optimizer's state.
     *
     * @param name the tensor's name
     * @param parameter the parameter
     * @param memory an array in the network's own order
     * @return the tensor, of the parameter's shape
     */
    public static TensorSource of(String name, Parameter parameter, float[] memory) {
        return new TensorSource(
                name,
                parameter.shape(),
                (from, target, offset, length) -> parameter.copyOf(memory, from, target, offset, length));
    }

    /**
     * Its shape.
     *
     * @return a copy
     */
    @Override
    public int[] shape() {
        return shape.clone();
    }

    /** How many values it has. */
    int elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
