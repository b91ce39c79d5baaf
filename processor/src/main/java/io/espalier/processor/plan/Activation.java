package io.espalier.processor.plan;

/** The activation functions that emitted loops know. */
public enum Activation {
    RELU("ReLU", 2),
    GELU("GELU", 2),
    TANH("tanh", 1),
    SIGMOID("sigmoid", 1);

    private final String title;
    private final double gain;

    Activation(String title, double gain) {
        this.title = title;
        this.gain = gain;
    }

    /** What comments call it. */
    public String title() {
        return title;
    }

    /**
     * How much the variance of the weights in front of it is raised: 2 where it stops half of what comes in (He et al.,
     * 2015).
     */
    double gain() {
        return gain;
    }
}
