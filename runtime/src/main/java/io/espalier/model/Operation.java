package io.espalier.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One operation of a network, with the shapes of one example.
 *
 * @param path the stage it belongs to, as fields: {@code blocks.3.attention}
 * @param kind the annotation's name in lower camel case: {@code dense}, {@code batchNorm}
 * @param attributes the annotation's elements and what follows from them, sorted by name; unmodifiable
 * @param inputShape what goes in, channels last; copied in and out
 * @param outputShape what comes out, channels last; copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record Operation(String path, String kind, Map<String, String> attributes, int[] inputShape, int[] outputShape) {
    /** Copies the shapes and sorts the attributes by name. */
    public Operation {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        inputShape = inputShape.clone();
        outputShape = outputShape.clone();
    }

    /**
     * The shape of what goes in, channels last.
     *
     * @return a copy
     */
    @Override
    public int[] inputShape() {
        return inputShape.clone();
    }

    /**
     * The shape of what comes out, channels last.
     *
     * @return a copy
     */
    @Override
    public int[] outputShape() {
        return outputShape.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Operation that
                && path.equals(that.path)
                && kind.equals(that.kind)
                && attributes.equals(that.attributes)
                && Arrays.equals(inputShape, that.inputShape)
                && Arrays.equals(outputShape, that.outputShape);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, kind, attributes, Arrays.hashCode(inputShape), Arrays.hashCode(outputShape));
    }

    /** Path, kind, shapes and attributes, for messages and the debugger. */
    @Override
    public String toString() {
        return path + " " + kind + " " + Arrays.toString(inputShape) + " -> " + Arrays.toString(outputShape) + " "
                + attributes;
    }
}
