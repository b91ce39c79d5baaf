package io.espalier.processor.graph;

import java.util.List;

/**
 * A parameter of one node.
 *
 * @param name its name below the node's region, such as {@code expand.dense.weight}
 * @param role what it is to the node; decay, clipping and initialization go by this
 * @param shape {@code [out, in]} of a weight, {@code [n]} of the others
 */
public record ParameterNode(String name, Role role, List<Integer> shape) {
    /** Copies the shape. */
    public ParameterNode {
        shape = List.copyOf(shape);
    }

    /**
     * Number of its values.
     *
     * @return the product of the shape's extents
     */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /**
     * How many places it takes among a network's values, where outputs are padded to whole vectors of 16.
     *
     * @return at least {@link #size}
     */
    public long paddedSize() {
        long padded = (shape.get(0) + 15L) / 16 * 16;
        return shape.size() == 1 ? padded : padded * shape.get(1);
    }

    /** The roles. */
    public enum Role {
        /** Weight of a linear operation or of a shortcut. */
        WEIGHT,
        /** Bias of a linear operation. */
        BIAS,
        /** Scale of a norm. */
        NORM_SCALE,
        /** Shift of a norm. */
        NORM_SHIFT,
        /** Running estimate of a feature's mean. */
        RUNNING_MEAN,
        /** Running estimate of a feature's variance. */
        RUNNING_VARIANCE;

        /**
         * Whether gradients and the optimizer reach it.
         *
         * @return false for running estimates
         */
        public boolean trainable() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }
}
