package io.espalier.train;

import io.espalier.emitted.GradientSum;
import io.espalier.emitted.Sections;
import io.espalier.emitted.StepBuilder;
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
    /** Values in a block: 64 KiB, so that a block of each of Adam's four arrays stays in the second-level cache. */
    private static final int BLOCK = 16_384;

    /** Values that are updated together, the units whose norms are limited then, and what is transposed after that. */
    private record Part(int from, int to, @Nullable Panels units, TransposedWeights.@Nullable Transpose transpose) {}

    private final float[] values;
    private final Sections sections;
    private final float maxNorm;
    private final TransposedWeights transposed;
    private final OptimizerUpdate optimizer;
    private final Part[] parts;
    private final int[] shareEnds;
    private final double[] squares;
    private final Workers.Job norm;
    private final Workers.Job update;

    /**
     * Makes the tasks.
     *
     * @param built the emitted code, all of its weights registered
     * @param optimizer updates ranges of the values
     * @param transposed the weights that are transposed
     * @param frozen what is left as it is
     * @param threads how many threads share the tasks
     */
    UpdateTasks(
            StepBuilder built,
            OptimizerUpdate optimizer,
            TransposedWeights transposed,
            FrozenParameters frozen,
            int threads) {
        this.values = built.values();
        this.optimizer = optimizer;
        this.sections = optimizer.sections();
        this.maxNorm = (float) optimizer.rule().maxNorm();
        this.transposed = transposed;
        parts = without(frozen.trained(), parts(built));
        int trained = sections.trained();
        shareEnds = new int[threads];
        for (int share = 0, part = 0; share < threads; share++) {
            // Ranges of values: the same, but for a task, as those of the sums of gradients.
            long end = (long) trained * (share + 1) / threads;
            while (part < parts.length && (share == threads - 1 || parts[part].from() < end)) {
                part++;
            }
            shareEnds[share] = part;
        }
        float[] gradients = optimizer.gradients();
        squares = new double[Math.ceilDiv(trained, BLOCK)];
        norm = (task, worker) ->
                squares[task] = SquaredNorm.block(gradients, task * BLOCK, Math.min((task + 1) * BLOCK, trained));
        update = (task, worker) -> {
            Part part = parts[task];
            optimizer.range(part.from(), part.to());
            if (part.units() != null) {
                limit(part.units());
            }
            if (part.transpose() != null) {
                transposed.transpose(part.transpose());
            }
        };
    }

    private void limit(Panels units) {
        UnitNorms.limit(values, units.weight(), units.in(), units.out(), units.first(), units.end(), maxNorm);
    }

    /** All trained values in their order; panels that are transposed, or whose units are limited, are not cut. */
    private List<Part> parts(StepBuilder built) {
        Map<Panels, TransposedWeights.Transpose> transposes = transposed.all().stream()
                .collect(Collectors.toMap(TransposedWeights.Transpose::panels, Function.identity()));
        boolean limited = maxNorm < Float.POSITIVE_INFINITY;
        List<Panels> whole = new ArrayList<>(limited ? weights(built) : transposes.keySet());
        whole.sort(Comparator.comparingInt(Panels::from));
        List<Part> all = new ArrayList<>();
        int at = 0;
        for (Panels panels : whole) {
            blocks(all, at, panels.from());
            all.add(new Part(panels.from(), panels.to(), limited ? panels : null, transposes.get(panels)));
            at = panels.to();
        }
        blocks(all, at, sections.trained());
        return all;
    }

    private static List<Panels> weights(StepBuilder built) {
        List<Panels> all = new ArrayList<>();
        for (GradientSum sum : built.gradientSums()) {
            if (sum instanceof GradientSum.OfWeight weight) {
                all.addAll(Panels.of(weight.weight(), weight.in(), weight.out()));
            }
        }
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
            if (at < sections.weights()) {
                end = Math.min(end, sections.weights());
            } else if (at < sections.decayed()) {
                end = Math.min(end, sections.decayed());
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
        optimizer.begin(gradientScale, learningRate, ofStep);
        workers.run(update, shareEnds);
    }
}
