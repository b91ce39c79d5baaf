package io.espalier.processor.emit;

/** What emitted code runs the network for. */
enum Mode {
    /** Batch norm on the statistics of the batch, noise on; all that the backward pass needs is kept. */
    TRAINING("Training"),
    /** Batch norm on its running statistics, nothing random, buffers shared. */
    PREDICTION("Prediction"),
    /** As prediction, but with the noise of training. */
    SAMPLING("Sampling");

    private final String suffix;

    Mode(String suffix) {
        this.suffix = suffix;
    }

    /** What names of emitted classes end with. */
    String suffix() {
        return suffix;
    }

    boolean isTraining() {
        return this == TRAINING;
    }

    /** Whether dropout and its kin do anything. */
    boolean isRandom() {
        return this != PREDICTION;
    }
}
