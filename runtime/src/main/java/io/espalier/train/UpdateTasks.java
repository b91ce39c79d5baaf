package io.espalier.train;

import io.espalier.kernel.SquaredNorm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The passes over all trained values: the norm of the gradients, where it is clipped, and the optimizer's update, after which
 * weights are transposed again. The norm goes over blocks of fixed size, so that its sum has the same order on any number of
 * threads.
 */
final class UpdateTasks {
    /** Updates values {@code from} to {@code to}, which all decay or all do not. */
    interface Update {
        void range(int from, int to, float gradientScale, float learningRate, long step);
    }

    /** Values in a block: 64 KiB, so that a block of each of Adam's four arrays stays in the second-level cache. */
    private static final int BLOCK = 16_384;

    /** Values that are updated together, and what is transposed when they are. */
    private record Part(int from, int to, TransposedWeights.@Nullable Turn turn) {}

    private final float[] gradients;
    private final int trainable;
    private final TransposedWeights transposed;
    private final Part[] parts;
    private final int[] shareEnds;
    private final double[] squares;
    private final Workers.Job norm;
    private final Workers.Job update;
    private float scale;
    private float rate;
    private long step;

    /** For a step whose transposed weights are all registered. */
    UpdateTasks(StepBuffers buffers, FrozenParameters frozen, int threads, Update update) {
        gradients = buffers.gradients;
        trainable = buffers.layout.trainable();
        transposed = buffers.transposed;
        parts = without(frozen.trained(), parts(buffers.layout.decayed()));
        shareEnds = new int[threads];
        for (int share = 0, part = 0; share < threads; share++) {
            // Ranges of values: the same, but for a task, as those of the sums of gradients.
            long end = (long) trainable * (share + 1) / threads;
            while (part < parts.length && (share == threads - 1 || parts[part].from() < end)) {
                part++;
            }
            shareEnds[share] = part;
        }
        squares = new double[Math.ceilDiv(trainable, BLOCK)];
        norm = (task, worker) ->
                squares[task] = SquaredNorm.block(gradients, task * BLOCK, Math.min((task + 1) * BLOCK, trainable));
        this.update = (task, worker) -> {
            Part part = parts[task];
            update.range(part.from(), part.to(), scale, rate, step);
            if (part.turn() != null) {
                transposed.turn(part.turn());
            }
        };
    }

    private List<Part> parts(int decayed) {
        List<Part> all = new ArrayList<>();
        int at = 0;
        for (TransposedWeights.Turn turn : transposed.turns()) {
            blocks(all, at, turn.from(), decayed);
            all.add(new Part(turn.from(), turn.to(), turn));
            at = turn.to();
        }
        blocks(all, at, trainable, decayed);
        return all;
    }

    /** What is left of the parts beside frozen values; a weight is frozen as a whole, and with it the parts that are turned. */
    private static Part[] without(FrozenParameters.Range[] frozen, List<Part> parts) {
        List<Part> left = new ArrayList<>();
        for (Part part : parts) {
            int at = part.from();
            for (FrozenParameters.Range range : frozen) {
                if (range.from() < part.to() && range.to() > at) {
                    if (range.from() > at) {
                        left.add(new Part(at, range.from(), null));
                    }
                    at = Math.min(range.to(), part.to());
                }
            }
            if (at == part.from()) {
                left.add(part);
            } else if (at < part.to()) {
                left.add(new Part(at, part.to(), null));
            }
        }
        return left.toArray(Part[]::new);
    }

    /** Values of which nothing is transposed; a block is on one side of the end of the decaying ones. */
    private static void blocks(List<Part> all, int from, int to, int decayed) {
        int end;
        for (int at = from; at < to; at = end) {
            end = Math.min(at + BLOCK, to);
            if (at < decayed) {
                end = Math.min(end, decayed);
            }
            all.add(new Part(at, end, null));
        }
    }

    /** The norm of all gradient sums together. */
    double norm(Workers workers) {
        workers.run(norm, squares.length);
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
        workers.run(update, shareEnds);
    }
}
