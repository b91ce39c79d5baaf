package io.espalier.train;

import io.espalier.emitted.GradientSum;
import io.espalier.kernel.ColumnSums;
import io.espalier.kernel.MaskedWeight;
import io.espalier.kernel.Slices;
import io.espalier.kernel.WeightGradient;
import io.espalier.kernel.WeightPanels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sums over the whole batch that give the parameters' gradients, as tasks that any thread may run: each one sums all
 * rows for some of the parameters, in a fixed tree, so that the bits do not depend on the threads.
 */
final class GradientTasks implements Workers.Job {
    private interface Task {
        void run(int rows, boolean add, float[] scratch);
    }

    /** A task, where its parameters stand and how much work it is. */
    private record Placed(long parameter, long cost, Task task) {}

    private final float[] gradients;
    private final int capacity;
    private final int workers;
    private final Task[] tasks;
    private final int[] shareEnds;
    private final float[][] scratch;
    private int scratchSize;
    private int rows;
    private boolean add;

    /**
     * Makes the tasks. Shares are ranges of the parameters with equal work: the same, but for a task, that their updates have.
     *
     * @param sums what is summed
     * @param gradients receives the sums, in the order of the network's values
     * @param capacity the most rows of a batch
     * @param workers how many threads share the tasks
     */
    GradientTasks(List<GradientSum> sums, float[] gradients, int capacity, int workers) {
        this.gradients = gradients;
        this.capacity = capacity;
        this.workers = workers;
        List<Placed> placed = new ArrayList<>();
        sums.forEach(sum -> add(sum, placed));
        placed.sort(Comparator.comparingLong(Placed::parameter));
        tasks = placed.stream().map(Placed::task).toArray(Task[]::new);
        shareEnds = new int[workers];
        long all = placed.stream().mapToLong(Placed::cost).sum();
        long before = 0;
        int task = 0;
        for (int share = 0; share < workers; share++) {
            long end = all * (share + 1) / workers;
            for (; task < tasks.length && before + placed.get(task).cost() / 2 < end; task++) {
                before += placed.get(task).cost();
            }
            shareEnds[share] = task;
        }
        shareEnds[workers - 1] = tasks.length;
        scratch = new float[workers][scratchSize];
    }

    private void add(GradientSum sum, List<Placed> placed) {
        switch (sum) {
            case GradientSum.OfWeight weight -> {
                MaskedWeight part = weight.part();
                panels(weight, part == null ? sums(weight, gradients, weight.weight()) : masked(weight, part), placed);
            }
            case GradientSum.OfSlices(
                    int positions,
                    float[] partials,
                    int offset,
                    int stride,
                    int width,
                    int parameter) ->
                placed.add(new Placed(
                        parameter,
                        width,
                        (rowCount, adding, space) -> ColumnSums.tree(
                                partials,
                                offset,
                                stride,
                                Slices.count(rowCount, positions),
                                width,
                                gradients,
                                parameter,
                                adding)));
            case GradientSum.OfBatch(float[] batchSums, int offset, int width, int parameter) ->
                placed.add(new Placed(
                        parameter,
                        width,
                        (rowCount, adding, space) ->
                                ColumnSums.tree(batchSums, offset, width, 1, width, gradients, parameter, adding)));
        }
    }

    /** The gradients of batches that are added up are those of the part that is taken; the mask is applied to their sum. */
    private OfPanels masked(GradientSum.OfWeight weight, MaskedWeight part) {
        float[] ofPart = new float[WeightPanels.size(weight.in(), weight.out())];
        OfPanels sums = sums(weight, ofPart, 0);
        return (first, end) -> {
            Task sum = sums.task(first, end);
            return (rowCount, adding, space) -> {
                sum.run(rowCount, adding, space);
                part.gradient(ofPart, gradients, weight.weight(), first, end);
            };
        };
    }

    /** The sums over all rows for some panels of a weight, and for its bias if there is one. */
    private OfPanels sums(GradientSum.OfWeight weight, float[] into, int offset) {
        return (first, end) -> (rowCount, adding, space) -> WeightGradient.panels(
                weight.x(),
                0,
                weight.xStride(),
                weight.in(),
                weight.g(),
                0,
                weight.gStride(),
                weight.out(),
                rowCount * weight.positions(),
                weight.positions(),
                first,
                end,
                into,
                offset,
                weight.bias() < 0 ? null : gradients,
                weight.bias(),
                adding,
                space);
    }

    /** Makes a task of some panels, from the first to before the second number. */
    private interface OfPanels {
        Task task(int first, int end);
    }

    private void panels(GradientSum.OfWeight weight, OfPanels maker, List<Placed> placed) {
        int in = weight.in();
        int out = weight.out();
        int all = WeightPanels.count(out);
        int atOnce = WeightGradient.panelsAtOnce(in, out, workers);
        scratchSize = Math.max(scratchSize, WeightGradient.scratchSize(capacity, weight.positions(), in, atOnce));
        for (int first = 0; first < all; first += atOnce) {
            int end = Math.min(first + atOnce, all);
            placed.add(new Placed(
                    weight.weight() + (long) first * WeightPanels.PANEL * in,
                    (long) in * Math.min((end - first) * WeightPanels.PANEL, out - first * WeightPanels.PANEL),
                    maker.task(first, end)));
        }
    }

    void runAll(Workers workers, int rowCount, boolean adding) {
        rows = rowCount;
        add = adding;
        workers.run(this, shareEnds);
    }

    @Override
    public void run(int task, int worker) {
        tasks[task].run(rows, add, scratch[worker]);
    }
}
