package io.espalier.train;

import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The parameters that a training leaves as they are: which values these are, and how they stay. */
final class FrozenParameters {
    /** Values from one place to before another. */
    record Range(int from, int to) {}

    private final Map<String, Parameter> frozen = new LinkedHashMap<>();
    private final Parameters parameters;
    private final float[] values;
    private final int trainable;
    private Range[] trained = {};
    private Range[] statistics = {};
    private float[] kept = {};

    /** None at first. */
    FrozenParameters(Parameters parameters, float[] values, int trainable) {
        this.parameters = parameters;
        this.values = values;
        this.trainable = trainable;
    }

    /** Adds some; nothing is changed if a pattern matches no name, or if nothing would be left to train. */
    void add(Collection<String> patterns) {
        Map<String, Parameter> all = new LinkedHashMap<>(frozen);
        for (String pattern : patterns) {
            parameters.matching(pattern).forEach(parameter -> all.put(parameter.name(), parameter));
        }
        boolean nothingLeft = StreamSupport.stream(parameters.spliterator(), false)
                .noneMatch(parameter -> parameter.role().trainable() && !all.containsKey(parameter.name()));
        if (nothingLeft) {
            throw new IllegalArgumentException(
                    "All parameters are frozen by " + String.join(", ", patterns) + ": there is nothing left to train");
        }
        frozen.putAll(all);
        int[] starts = StreamSupport.stream(parameters.spliterator(), false)
                .mapToInt(Parameter::offset)
                .sorted()
                .toArray();
        trained = ranges(starts, true);
        statistics = ranges(starts, false);
        kept = new float[statistics.length == 0 ? 0 : values.length];
    }

    /** Padding behind a parameter is frozen with it. */
    private Range[] ranges(int[] starts, boolean ofTrainable) {
        return frozen.values().stream()
                .filter(parameter -> parameter.role().trainable() == ofTrainable)
                .map(parameter -> {
                    int next = Arrays.binarySearch(starts, parameter.offset()) + 1;
                    int end = next < starts.length ? starts[next] : values.length;
                    return new Range(parameter.offset(), ofTrainable ? Math.min(end, trainable) : end);
                })
                .sorted((a, b) -> Integer.compare(a.from(), b.from()))
                .toArray(Range[]::new);
    }

    /** Their names, sorted: the same ones are the same whatever patterns froze them. */
    List<String> names() {
        return frozen.keySet().stream().sorted().toList();
    }

    boolean contains(String parameter) {
        return frozen.containsKey(parameter);
    }

    /** The frozen ones among the trained values, in their order. */
    Range[] trained() {
        return trained;
    }

    /** Makes an array of gradients, or of what an optimizer keeps, zero where values are frozen. */
    void clear(float[] ofTrained) {
        for (Range range : trained) {
            Arrays.fill(ofTrained, range.from(), range.to(), 0f);
        }
    }

    /** Before a forward pass of training, which moves running statistics. */
    void keepStatistics() {
        for (Range range : statistics) {
            System.arraycopy(values, range.from(), kept, range.from(), range.to() - range.from());
        }
    }

    /** After it. */
    void restoreStatistics() {
        for (Range range : statistics) {
            System.arraycopy(kept, range.from(), values, range.from(), range.to() - range.from());
        }
    }
}
