package io.espalier.processor.ir;

import java.util.List;

/**
 * Where a region is run by another one.
 *
 * @param name the stage's name
 * @param callee the region
 * @param times how often, one after the other
 * @param repeated whether the parameters' names hold the iteration
 * @param offsets where the first iteration's parameters start in each section, in the order of {@link Section}
 * @param stream the first iteration's first random stream
 * @param branches for each drop path rule the number of the first iteration's first branch
 */
public record Run(
        String name,
        RegionProgram callee,
        int times,
        boolean repeated,
        List<Integer> offsets,
        int stream,
        List<Integer> branches) {
    /** Copies the lists. */
    public Run {
        offsets = List.copyOf(offsets);
        branches = List.copyOf(branches);
    }

    /** By identity: what it runs holds runs in its turn, so that comparing all of it would take for ever. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
