package io.espalier.processor.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Shape of one example, channels last.
 *
 * @param extents each at least 1
 */
public record Dims(List<Integer> extents) {
    public Dims {
        extents = List.copyOf(extents);
    }

    /** The extents with commas between them. */
    public String list() {
        return extents.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "{" + list() + "}";
    }
}
