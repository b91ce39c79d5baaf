package io.espalier.model;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All parameters of a network in the order of its stages, over the one array in which the network keeps them. The
 * running statistics of batch normalization are among them.
 *
 * <p>Not safe for use while another thread trains the same network.
 */
public final class Parameters implements Iterable<Parameter> {
    private final float[] values;
    private final Map<String, Parameter> byName = new LinkedHashMap<>();
    private @Nullable GradientView gradients;
    private long version;

    private Parameters(float[] values) {
        this.values = values;
    }

    /**
     * The parameter of a name.
     *
     * @param name for example {@code features.dense.weight}
     * @return the parameter
     * @throws NoSuchElementException if there is none of that name; the message lists the nearest names
     */
    public Parameter get(String name) {
        Parameter parameter = byName.get(name);
        if (parameter == null) {
            throw new NoSuchElementException("no parameter is named '" + name + "'; "
                    + (byName.isEmpty()
                            ? "this network has none"
                            : "the nearest names are " + String.join(", ", NearNames.nearest(name, byName.keySet())))
                    + " (" + byName.size() + " in all, see parameters().names())");
        }
        return parameter;
    }

    /**
     * The parameters whose names match a pattern.
     *
     * @param pattern as {@link NamePattern} reads it: {@code features.*}, {@code *.bias}
     * @return at least one, in their order
     * @throws NoSuchElementException if no name matches; the message lists the nearest names
     */
    public List<Parameter> matching(String pattern) {
        NamePattern names = new NamePattern(pattern);
        List<Parameter> found = byName.values().stream()
                .filter(parameter -> names.matches(parameter.name()))
                .toList();
        if (found.isEmpty()) {
            Set<String> stages = new LinkedHashSet<>();
            byName.keySet().forEach(name -> stages.add(stage(name)));
            throw new NoSuchElementException("no parameter's name matches '" + pattern + "'; "
                    + (byName.isEmpty()
                            ? "this network has none"
                            : "names begin with the stage, and the nearest ones are "
                                    + String.join(", ", NearNames.nearest(stage(pattern), stages)))
                    + " (" + byName.size() + " parameters in all, see parameters().names())");
        }
        return found;
    }

    private static String stage(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /**
     * The names in the order of the parameters.
     *
     * @return an unmodifiable list
     */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The number of parameters, running statistics included.
     *
     * @return 0 or more
     */
    public int size() {
        return byName.size();
    }

    /**
     * The number of trainable numbers: the sizes of the trainable parameters, without padding and without running
     * statistics.
     *
     * @return 0 or more
     */
    public long count() {
        long count = 0;
        for (Parameter parameter : this) {
            if (parameter.role().trainable()) {
                count += parameter.size();
            }
        }
        return count;
    }

    /** The parameters in order; they cannot be removed. */
    @Override
    public Iterator<Parameter> iterator() {
        return Collections.unmodifiableCollection(byName.values()).iterator();
    }

    /**
     * Says where {@link Parameter#gradient()} reads from now on: the training step opened last, or nothing.
     *
     * @param view the gradients of a training step; null once that step is closed
     */
    public void gradients(@Nullable GradientView view) {
        gradients = view;
    }

    /**
     * How often {@link Parameter#set} has written. Whoever keeps copies derived from the values (transposed panels, a
     * predictor's snapshot) compares this number to know whether they are stale. Training steps, which write the array
     * themselves, do not count here.
     *
     * @return grows by one with each set
     */
    public long version() {
        return version;
    }

    float[] values() {
        return values;
    }

    @Nullable
    GradientView gradients() {
        return gradients;
    }

    /** Says that the values were written without {@link Parameter#set}, so that copies derived from them are renewed. */
    public void touch() {
        version++;
    }

    /** Lists a network's parameters over its array; generated classes use it once. Of no use after {@link #build}. */
    public static final class Builder {
        private static final Placement ROW_MAJOR = (row, column, rows, columns) -> row * columns + column;

        private final Parameters parameters;

        /**
         * Starts a list.
         *
         * @param values the array that holds all parameters; it is kept, not copied
         */
        public Builder(float[] values) {
            parameters = new Parameters(values);
        }

        /**
         * Adds a weight matrix.
         *
         * @param name its name, unique within the network
         * @param offset where in the array it starts
         * @param out its rows
         * @param in its columns
         * @param placement where its elements lie, counted from {@code offset}
         * @param decayed whether weight decay applies to it
         * @return this builder
         * @throws IllegalArgumentException if the name is taken or the matrix does not fit the array
         */
        public Builder matrix(String name, int offset, int out, int in, Placement placement, boolean decayed) {
            return parameter(name, offset, placement, ParameterRole.WEIGHT, decayed, out, in);
        }

        /**
         * Adds a vector, whose elements lie one after the other.
         *
         * @param name its name, unique within the network
         * @param offset where in the array it starts
         * @param length its number of elements
         * @param role what it is for
         * @param decayed whether weight decay applies to it
         * @return this builder
         * @throws IllegalArgumentException if the name is taken or the vector does not fit the array
         */
        public Builder vector(String name, int offset, int length, ParameterRole role, boolean decayed) {
            return parameter(name, offset, ROW_MAJOR, role, decayed, length);
        }

        /**
         * Adds a parameter of any number of dimensions.
         *
         * @param name its name, unique within the network
         * @param offset where in the array it starts
         * @param placement where the elements of each of its matrices lie
         * @param role what it is for
         * @param decayed whether weight decay applies to it
         * @param shape its dimensions, at least one: {@code [.., rows, columns]} or {@code [n]}
         * @return this builder
         * @throws IllegalArgumentException if the name is taken, a dimension is below 1 or the parameter does not fit the array
         */
        public Builder parameter(
                String name, int offset, Placement placement, ParameterRole role, boolean decayed, int... shape) {
            if (shape.length == 0) {
                throw new IllegalArgumentException("parameter '" + name + "' has no dimension");
            }
            long size = 1;
            for (int dimension : shape) {
                if (dimension < 1) {
                    throw new IllegalArgumentException(
                            "parameter '" + name + "' has a dimension of " + dimension + "; it must be at least 1");
                }
                // Beyond any array it stays beyond, whatever follows.
                size = Math.min(size * dimension, Integer.MAX_VALUE);
            }
            if (offset < 0 || offset + size > parameters.values.length) {
                throw doesNotFit(name, size, offset);
            }
            Parameter parameter = new Parameter(parameters, name, role, decayed, shape.clone(), offset, placement);
            if (offset + parameter.extent() > parameters.values.length) {
                throw doesNotFit(name, parameter.extent(), offset);
            }
            if (parameters.byName.putIfAbsent(name, parameter) != null) {
                throw new IllegalArgumentException("two parameters are named '" + name + "'");
            }
            return this;
        }

        private IllegalArgumentException doesNotFit(String name, long size, int offset) {
            return new IllegalArgumentException("parameter '" + name + "' with " + size + " values at offset " + offset
                    + " does not fit an array of " + parameters.values.length);
        }

        /**
         * Ends the list.
         *
         * @return the parameters in the order in which they were added
         */
        public Parameters build() {
            return parameters;
        }
    }
}
