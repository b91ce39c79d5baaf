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
}
