package io.espalier.processor.plan;

import java.util.Optional;

/**
 * A matrix product of a dense operation or a projection shortcut.
 *
 * @param name what its emitted names start with
 * @param weight the weight, {@code [out, in]}
 * @param bias the bias, which a loop behind the product adds
 * @param source what is multiplied
 * @param result where the product goes; in the backward pass the gradient of the product takes its place
 * @param inputGradient whether the gradient of the source is needed
 * @param level the gradient buffer that the gradient of the source goes to
 * @param dropConnect which of the weights are dropped, if any are
 */
public record Product(
        String name,
        PlannedParameter weight,
        Optional<PlannedParameter> bias,
        Value source,
        Value result,
        boolean inputGradient,
        int level,
        Optional<DropConnect> dropConnect) {
    /**
     * Drop connect of the weight: training and sampling only.
     *
     * @param p probability of dropping
     * @param threshold the same in 16 bits
     * @param stream the random stream
     */
    public record DropConnect(double p, int threshold, int stream) {}

    /** A weight of 1 MiB fills half of a usual second-level cache. */
    private static final int WIDE = 1 << 18;

    /**
     * Whether the weight is so large that threads share its outputs rather than the batch's rows: each reads a part of it for
     * all rows, and no one all of it for some.
     */
    public boolean isWide() {
        return (long) in() * out() >= WIDE;
    }

    /** Features that come in. */
    public int in() {
        return weight.fanIn();
    }

    /** Features that go out. */
    public int out() {
        return weight.length();
    }
}
