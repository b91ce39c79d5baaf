package io.espalier.data;

/** What a network is to answer for the examples of a {@link Batch}; row {@code i} belongs to the batch's row {@code i}. */
public sealed interface Targets permits ClassIndices, SoftTargets, IndependentLabels, TargetValues {

    /**
     * The number of rows there is room for.
     *
     * @return rows, at least 1
     */
    int capacity();
}
