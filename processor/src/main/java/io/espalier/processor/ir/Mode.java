package io.espalier.processor.ir;

/** What a program runs the network for. */
public enum Mode {
    /** Batch norm on the statistics of the batch, noise on; all that the backward pass needs is kept. */
    TRAINING("Training"),
    /** Batch norm on its running statistics, nothing random, arrays shared. */
    PREDICTION("Prediction"),
    /** As prediction, but with the noise of training. */
    SAMPLING("Sampling");

    private final String suffix;

    Mode(String suffix) {
        this.suffix = suffix;
    }

    /** What names of emitted classes end with. */
    public String suffix() {
        return suffix;
    }

    /** Whether batch statistics are those of the batch, and a backward pass follows. */
    public boolean isTraining() {
        return this == TRAINING;
    }

    /** Whether noise acts. */
    public boolean isRandom() {
        return this != PREDICTION;
    }
}
