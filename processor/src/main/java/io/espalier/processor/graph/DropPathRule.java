package io.espalier.processor.graph;

import io.espalier.processor.read.AnnotationDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * A drop path annotation and the residual branches it holds for. The same object stands in every join it governs, and rules
 * are compared by identity, because two stages may well say the same.
 *
 * @param annotation where it is written, on the network or on a stage
 * @param p the rate, in the last branch where it is linear
 * @param linear whether the rate runs from 0 at the first branch to p at the last
 */
public record DropPathRule(AnnotationDeclaration annotation, double p, boolean linear) {
    /**
     * The rate at one of the branches.
     *
     * @param branch the branch's index in the order of depth, from 0
     * @param branches how many branches the annotation governs, repeats counted
     * @return the rate of dropping that branch; 0 for the only branch of a linear schedule
     */
    public double rate(long branch, long branches) {
        return linear ? (branches <= 1 ? 0 : p * branch / (branches - 1)) : p;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
