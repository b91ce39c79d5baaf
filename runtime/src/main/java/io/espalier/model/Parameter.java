package io.espalier.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * One named array of a network: a weight matrix, a bias, the scale of a normalization, a running statistic. It is a
 * view: reading copies out of the network's memory, {@link #set} writes into it.
 *
 * <p>Not safe for use while another thread trains the same network.
 */
public final class Parameter {
    private final Parameters owner;
    private final String name;
    private final ParameterRole role;
    private final boolean decayed;
    private final int[] shape;
    private final int matrices;
    private final int rows;
    private final int columns;
    private final int offset;
    private final Placement placement;
    private final int matrixSize;

    Parameter(
            Parameters owner,
            String name,
            ParameterRole role,
            boolean decayed,
            int[] shape,
            int offset,
            Placement placement) {
        this.owner = owner;
        this.name = name;
        this.role = role;
        this.decayed = decayed;
        this.shape = shape;
        int last = shape.length - 1;
        this.rows = shape[Math.max(0, last - 1)];
        this.columns = last == 0 ? 1 : shape[last];
        this.matrices = Arrays.stream(shape, 0, Math.max(0, last - 1)).reduce(1, (a, b) -> a * b);
        this.offset = offset;
        this.placement = placement;
        this.matrixSize = placement.size(rows, columns);
    }

    /**
     * The name: field, operation and part, for example {@code features.dense.weight}.
     *
     * @return the name, unique within its network
     */
    public String name() {
        return name;
    }

    /**
     * The shape: {@code [out, in]} of a matrix, {@code [n]} of a vector; other dimensions stand in front of {@code out}.
     *
     * @return a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * What the parameter is for.
     *
     * @return the role
     */
    public ParameterRole role() {
        return role;
    }

    /**
     * Whether weight decay shrinks this parameter.
     *
     * @return true if it is in the decayed group of the optimizer
     */
    public boolean decayed() {
        return decayed;
    }

    /**
     * The number of elements: the product of the shape, without the padding of any packing.
     *
     * @return at least 1
     */
    public int size() {
        return matrices * rows * columns;
    }

    /** The values from its first element to where its last matrix ends, padding included. */
    long extent() {
        return (long) matrices * matrixSize;
    }

    /**
     * Where the parameter starts among all values of its network, in the network's own order.
     *
     * @return 0 or more
     */
    public int offset() {
        return offset;
    }

    /**
     * The values as they are now.
     *
     * @return a copy, row by row ({@code [out, in]}), matrix by matrix
     */
    public float[] values() {
        float[] copy = new float[size()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /**
     * Copies some of the values, so that a large parameter can be read piece by piece.
     *
     * @param from the first element, counted row by row
     * @param target receives the values
     * @param targetOffset where in {@code target} the first one goes
     * @param length how many
     * @throws IndexOutOfBoundsException if the range is not within the parameter or the target
     */
    public void copyTo(int from, float[] target, int targetOffset, int length) {
        unpack(owner.values(), 1, from, target, targetOffset, length);
    }

    /**
     * As {@link #copyTo(int, float[], int, int)}, out of another array in the network's own order: a snapshot, or what an
     * optimizer keeps for each value.
     *
     * @param memory the array
     * @param from the first element, counted row by row
     * @param target receives the values
     * @param targetOffset where in {@code target} the first one goes
     * @param length how many
     * @throws IndexOutOfBoundsException if the range is not within the parameter or the target, or the array is too short
     */
    public void copyOf(float[] memory, int from, float[] target, int targetOffset, int length) {
        unpack(memory, 1, from, target, targetOffset, length);
    }

    /**
     * The reverse of {@link #copyOf}: puts this parameter's elements into an array in the network's own order.
     *
     * @param elements row by row ({@code [out, in]}), {@link #size()} of them
     * @param memory the array
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public void copyInto(float[] elements, float[] memory) {
        Objects.checkFromIndexSize(0, size(), elements.length);
        for (int matrix = 0, i = 0; matrix < matrices; matrix++) {
            int start = offset + matrix * matrixSize;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++, i++) {
                    memory[start + placement.position(row, column, rows, columns)] = elements[i];
                }
            }
        }
    }

    /**
     * The gradient of the mean loss of the last backward pass, before clipping and without weight decay.
     *
     * @return a copy, row by row ({@code [out, in]}), matrix by matrix
     * @throws IllegalStateException if no training step has computed one yet
     * @throws UnsupportedOperationException if the parameter is a running statistic, which has no gradient
     */
    public float[] gradient() {
        if (!role.trainable()) {
            throw new UnsupportedOperationException("parameter '" + name + "' is a running statistic (" + role
                    + "): forward passes move it, it has no gradient; ask role().trainable() first");
        }
        GradientView view = owner.gradients();
        if (view == null) {
            throw new IllegalStateException("parameter '" + name + "' has no gradient yet: open a training step with"
                    + " trainingStep(maxBatch, threads, seed) and call forwardBackward(batch) on it first");
        }
        float[] copy = new float[size()];
        unpack(view.gradients(), view.scale(), 0, copy, 0, copy.length);
        return copy;
    }

    /**
     * Replaces the values.
     *
     * @param values row by row ({@code [out, in]}), {@link #size()} of them, all finite; those of a running variance
     *     not negative
     * @throws IllegalArgumentException as {@link #check} does; the parameter is then as it was
     */
    public void set(float[] values) {
        check(values);
        copyInto(values, owner.values());
        owner.touch();
    }

    /**
     * Checks what {@link #set} would check, and changes nothing.
     *
     * @param values the values to judge
     * @throws IllegalArgumentException if they are too few or too many, or if one is not finite, or if one of a running
     *     variance is negative; the message names the parameter and the element
     */
    public void check(float[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException("parameter '" + name + "' of shape " + Arrays.toString(shape) + " takes "
                    + size() + " values, not " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("parameter '" + name + "': the value at " + index(i) + " is " + value
                        + ", not a finite number");
            }
            if (role == ParameterRole.RUNNING_VARIANCE && value < 0) {
                throw new IllegalArgumentException(
                        "parameter '" + name + "': the value at " + index(i) + " is " + value + ", a variance below 0");
            }
        }
    }

    /** Name, shape and role, for messages and the debugger. */
    @Override
    public String toString() {
        return name + " " + Arrays.toString(shape) + " " + role;
    }

    private void unpack(float[] memory, float factor, int from, float[] target, int targetOffset, int length) {
        Objects.checkFromIndexSize(from, length, size());
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        int column = from % columns;
        int row = from / columns % rows;
        int start = offset + from / columns / rows * matrixSize;
        for (int i = 0; i < length; i++) {
            target[targetOffset + i] = factor * memory[start + placement.position(row, column, rows, columns)];
            if (++column == columns) {
                column = 0;
                if (++row == rows) {
                    row = 0;
                    start += matrixSize;
                }
            }
        }
    }

    private String index(int element) {
        int[] index = new int[shape.length];
        for (int dimension = shape.length - 1, left = element; dimension >= 0; dimension--) {
            index[dimension] = left % shape[dimension];
            left /= shape[dimension];
        }
        return Arrays.toString(index);
    }
}
