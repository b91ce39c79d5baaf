package io.espalier.train;

import io.espalier.kernel.SquaredNorm;

/**
 * The passes over all trained values: the norm of the gradients, where it is clipped, and the optimizer's update. Blocks of
 * fixed size, so that the norm's sum has the same order on any number of threads.
 */
final class UpdateTasks {
    /** Updates values {@code from} to {@code to}, which all decay or all do not. */
    interface Update {
        void range(int from, int to, float gradientScale, float learningRate, long step);
    }

    /** Values in a block: 64 KiB, so that a block of each of Adam's four arrays stays in the second-level cache. */
    private static final int BLOCK = 16_384;

    private final float[] gradients;
    private final int[] starts;
    private final int[] ends;
    private final double[] squares;
    private final Workers.Job norm;
    private final Workers.Job update;
    private float scale;
    private float rate;
    private long step;

    UpdateTasks(float[] gradients, int decayed, int trainable, Update update) {
        this.gradients = gradients;
        int first = blocks(decayed);
        int count = first + blocks(trainable - decayed);
        starts = new int[count];
        ends = new int[count];
        for (int i = 0; i < count; i++) {
            int base = i < first ? i * BLOCK : decayed + (i - first) * BLOCK;
            starts[i] = base;
            ends[i] = Math.min(base + BLOCK, i < first ? decayed : trainable);
        }
        squares = new double[count];
        norm = (task, worker) -> squares[task] = SquaredNorm.block(this.gradients, starts[task], ends[task]);
        this.update = (task, worker) -> update.range(starts[task], ends[task], scale, rate, step);
    }

    private static int blocks(int values) {
        return Math.ceilDiv(values, BLOCK);
    }

    /** The norm of all gradient sums together. */
    double norm(Workers workers) {
        workers.run(norm, starts.length);
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    void update(Workers workers, float gradientScale, float learningRate, long ofStep) {
        scale = gradientScale;
        rate = learningRate;
        step = ofStep;
        workers.run(update, starts.length);
    }
}
