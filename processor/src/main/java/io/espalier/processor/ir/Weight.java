package io.espalier.processor.ir;

import java.util.Optional;

/**
 * A matrix that features are multiplied with: a parameter, or one of the matrices that it consists of.
 *
 * @param parameter the parameter, {@code [..., out, in]} in panels
 * @param matrix the matrix's number, from 0
 * @param mask which of its elements are dropped, if some are
 */
public record Weight(Parameter parameter, int matrix, Optional<Mask> mask) {
    /**
     * Drops elements of a weight: the same ones for all examples of a step, or of a sample.
     *
     * @param name what emitted code calls what is left
     * @param rate how many are dropped
     * @param stream the random stream
     */
    public record Mask(String name, Rate rate, int stream) {}

    /** A weight of 1 MiB fills half of a usual second-level cache. */
    private static final int WIDE = 1 << 18;

    /** Features that come in. */
    public int in() {
        return parameter.in();
    }

    /** Features that go out. */
    public int out() {
        return parameter.out();
    }

    /** Elements from the parameter's first to the matrix's first: panels are padded. */
    public int offset() {
        return matrix * in() * Layout.padded(out());
    }

    /**
     * Whether it is so large that threads share its outputs rather than the batch's examples: each reads a part of it for all
     * examples, and no one all of it for some.
     */
    public boolean isWide() {
        return (long) in() * out() >= WIDE;
    }

    @Override
    public String toString() {
        return parameter
                + (matrix == 0 ? "" : "[" + matrix + "]")
                + mask.map(dropped -> ", dropped " + dropped.rate()).orElse("");
    }
}
