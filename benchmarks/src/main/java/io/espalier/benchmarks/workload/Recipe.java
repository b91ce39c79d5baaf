package io.espalier.benchmarks.workload;

import io.espalier.Classifier;
import io.espalier.CompiledNetwork;

/**
 * A network and how it is trained, for engines that cannot read it off the annotations. The layers themselves are read off
 * {@link CompiledNetwork#description()}, so that no engine has a copy of them that could differ.
 */
public enum Recipe {
    /** 128 inputs, 256-256-128 with layer norm, exact GELU and dropout 0.3, 10 classes; label smoothing and clipping. */
    W1(Recipe.SMOOTHING, Recipe.CLIP_NORM),
    /** 784 inputs, 1024-1024 with batch norm, ReLU and dropout 0.5, 10 classes. */
    W2(0, Double.POSITIVE_INFINITY);

    /** What {@link #W1} moves from the label to all classes. */
    static final double SMOOTHING = 0.1;

    /** The global norm to which {@link #W1} clips its gradients. */
    static final double CLIP_NORM = 1.0;

    /** Adam's decay of the mean of gradients, in every engine. */
    public static final double BETA_1 = 0.9;

    /** Adam's decay of the mean of squared gradients. */
    public static final double BETA_2 = 0.999;

    /** What Adam adds to the root. */
    public static final double EPSILON = 1e-8;

    /** Decoupled weight decay, of weights only: Espalier's default with AdamW. */
    public static final double WEIGHT_DECAY = 0.01;

    /** The seed that the initial weights of all engines are drawn from. */
    private static final long SEED = 42;

    private final double smoothing;
    private final double clipNorm;

    Recipe(double smoothing, double clipNorm) {
        this.smoothing = smoothing;
        this.clipNorm = clipNorm;
    }

    /**
     * Espalier's network, with the weights that every engine starts from.
     *
     * @param dropout whether the one with dropout
     * @return a new network; the same weights each time
     */
    public Classifier network(boolean dropout) {
        return switch (this) {
            case W1 -> dropout ? LayerNormGeluDropoutNetwork.create(SEED) : LayerNormGeluNetwork.create(SEED);
            case W2 -> dropout ? BatchNormReluDropoutNetwork.create(SEED) : BatchNormReluNetwork.create(SEED);
        };
    }

    /**
     * Label smoothing.
     *
     * @return 0 for none
     */
    public double smoothing() {
        return smoothing;
    }

    /**
     * The norm that gradients are clipped to.
     *
     * @return infinite for none
     */
    public double clipNorm() {
        return clipNorm;
    }
}
