package io.espalier.processor.plan;

/** The activation functions that emitted loops know. */
public enum Activation {
    RELU("ReLU"),
    LEAKY_RELU("leaky ReLU"),
    ELU("ELU"),
    SELU("SELU"),
    GELU("GELU"),
    SILU("SiLU"),
    TANH("tanh"),
    SIGMOID("sigmoid");

    private final String title;

    Activation(String title) {
        this.title = title;
    }

    /** What comments call it. */
    public String title() {
        return title;
    }

    /**
     * How much the variance of the weights in front of it is raised: 2 where it stops half of what comes in, less by what a
     * slope lets through (He et al., 2015); 1 where it stops little, and in front of SELU, whose fixed point of mean 0 and
     * variance 1 asks for it (Klambauer et al., 2017).
     *
     * @param constant the slope of leaky ReLU
     */
    double gain(double constant) {
        return switch (this) {
            case RELU, ELU, GELU, SILU -> 2;
            case LEAKY_RELU -> 2 / (1 + constant * constant);
            case SELU, TANH, SIGMOID -> 1;
        };
    }
}
