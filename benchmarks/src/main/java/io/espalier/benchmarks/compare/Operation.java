package io.espalier.benchmarks.compare;

import java.util.SplittableRandom;

/** Operations that are compared by themselves, with what all engines must agree on about them. */
enum Operation {
    /** The product of two square matrices; the size is their side. */
    MATMUL,
    /** Dropout forward; the size is the number of values. */
    DROPOUT,
    /** Dropout forward and backward; the size is the number of values. */
    DROPOUT_BOTH,
    /** The fused AdamW; the size is the number of parameters. */
    ADAMW,
    /** Softmax cross-entropy with label smoothing, forward and backward; the size is the number of classes. */
    CROSS_ENTROPY;

    /** Values of a row that is dropped from: a whole number of 64. */
    static final int DROPOUT_WIDTH = 256;

    /** The probability of dropping. */
    static final double PROBABILITY = 0.5;

    /** Rows of the cross-entropy. */
    static final int LOSS_ROWS = 512;

    /** Label smoothing of the cross-entropy. */
    static final float SMOOTHING = 0.1f;

    /** The rate of AdamW. */
    static final float LEARNING_RATE = 1e-3f;

    private static final long SEED = 11;

    /** Operands: the same ones for every engine, between −1 and 1. */
    static float[] values(int operand, int count) {
        SplittableRandom random = new SplittableRandom(SEED + operand);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** Labels of the cross-entropy. */
    static int[] labels(int count, int classes) {
        return new SplittableRandom(SEED).ints(count, 0, classes).toArray();
    }
}
