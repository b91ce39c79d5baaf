package io.espalier.train;

import io.espalier.kernel.SquaredNorm;
import io.espalier.kernel.UnitNorms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The passes over all trained values: the norm of the gradients, where it is clipped, and the optimizer's update, after which
 * the norms of units are limited and weights transposed again, while they are in the cache. The norm of the gradients goes
 * over blocks of fixed size, so that its sum has the same order on any number of threads.
 */
final class UpdateTasks {
    /** Updates values {@code from} to {@code to}, which are all weights, or all decay besides them, or all do neither. */
    interface Update {
        void range(int from, int to, float gradientScale, float learningRate, long step);
    }

    /** Values in a block: 64 KiB, so that a block of each of Adam's four arrays stays in the second-level cache. */
    private static final int BLOCK = 16_384;

    /** Values that are updated together, the units whose norms are limited then, and what is transposed after that. */
    private record Part(int from, int to, @Nullable Panels units, TransposedWeights.@Nullable Turn turn) {}

    private final float[] values;
    private final float[] gradients;
    private final StepLayout layout;
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
        values = buffers.values;
        gradients = buffers.gradients;
        layout = buffers.layout;
        transposed = buffers.transposed;
        parts = without(frozen.trained(), parts(buffers.weights));
        int trainable = layout.trainable();
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
            if (part.units() != null) {
                limit(part.units());
            }
            if (part.turn() != null) {
                transposed.turn(part.turn());
            }
        };
    }

    private void limit(Panels units) {
        UnitNorms.limit(values, units.weight(), units.in(), units.out(), units.first(), units.end(), layout.maxNorm());
    }

    /** All trained values in their order; panels that are transposed, or whose units are limited, are not cut. */
    private List<Part> parts(List<Panels> weights) {
        Map<Panels, TransposedWeights.Turn> turns = transposed.turns().stream()
                .collect(Collectors.toMap(TransposedWeights.Turn::panels, Function.identity()));
        boolean limited = layout.maxNorm() < Float.POSITIVE_INFINITY;
        List<Panels> whole = new ArrayList<>(limited ? weights : turns.keySet());
        whole.sort(Comparator.comparingInt(Panels::from));
        List<Part> all = new ArrayList<>();
        int at = 0;
        for (Panels panels : whole) {
            blocks(all, at, panels.from());
            all.add(new Part(panels.from(), panels.to(), limited ? panels : null, turns.get(panels)));
            at = panels.to();
        }
        blocks(all, at, layout.trainable());
        return all;
    }

    /** What is left of the parts beside frozen values; a weight is frozen as a whole, and with it all of its panels. */
    private static Part[] without(FrozenParameters.Range[] frozen, List<Part> parts) {
        List<Part> left = new ArrayList<>();
        for (Part part : parts) {
            int at = part.from();
            for (FrozenParameters.Range range : frozen) {
                if (range.from() < part.to() && range.to() > at) {
                    if (range.from() > at) {
                        left.add(new Part(at, range.from(), null, null));
                    }
                    at = Math.min(range.to(), part.to());
                }
            }
            if (at == part.from()) {
                left.add(part);
            } else if (at < part.to()) {
                left.add(new Part(at, part.to(), null, null));
            }
        }
        return left.toArray(Part[]::new);
    }

    /** Values after whose update nothing is left to do; a block is on one side of each border between sections. */
    private void blocks(List<Part> all, int from, int to) {
        int end;
        for (int at = from; at < to; at = end) {
            end = Math.min(at + BLOCK, to);
            if (at < layout.weights()) {
                end = Math.min(end, layout.weights());
            } else if (at < layout.decayed()) {
                end = Math.min(end, layout.decayed());
            }
            all.add(new Part(at, end, null, null));
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
