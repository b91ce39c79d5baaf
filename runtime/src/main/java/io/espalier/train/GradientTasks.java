package io.espalier.train;

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
    private final List<Placed> collected = new ArrayList<>();
    private final int capacity;
    private final int workers;
    private final int[] shareEnds;
    private float[][] scratch = {};
    private int mostPanels = 1;
    private Task[] tasks = {};
    private int rows;
    private boolean add;

    GradientTasks(float[] gradients, int capacity, int workers) {
        this.gradients = gradients;
        this.shareEnds = new int[workers];
        this.capacity = capacity;
        this.workers = workers;
    }

    void weight(float[] x, int xStride, int in, float[] g, int gStride, int out, int weight, int bias) {
        panels(in, out, weight, sums(x, xStride, in, g, gStride, out, gradients, weight, bias));
    }

    /** The gradients of batches that are added up are those of the part that is taken; the mask is applied to their sum. */
    void masked(
            float[] x, int xStride, int in, float[] g, int gStride, int out, int weight, int bias, MaskedWeight part) {
        float[] ofPart = new float[WeightPanels.size(in, out)];
        OfPanels sums = sums(x, xStride, in, g, gStride, out, ofPart, 0, bias);
        panels(in, out, weight, (first, end) -> {
            Task sum = sums.task(first, end);
            return (rowCount, adding, space) -> {
                sum.run(rowCount, adding, space);
                part.gradient(ofPart, gradients, weight, first, end);
            };
        });
    }

    /** The sums over all rows for some panels of a weight, and for its bias if there is one. */
    private OfPanels sums(
            float[] x, int xStride, int in, float[] g, int gStride, int out, float[] into, int place, int bias) {
        return (first, end) -> (rowCount, adding, space) -> WeightGradient.panels(
                x,
                0,
                xStride,
                in,
                g,
                0,
                gStride,
                out,
                rowCount,
                first,
                end,
                into,
                place,
                bias < 0 ? null : gradients,
                bias,
                adding,
                space);
    }

    /** Makes a task of some panels, from the first to before the second number. */
    private interface OfPanels {
        Task task(int first, int end);
    }

    private void panels(int in, int out, int weight, OfPanels maker) {
        int all = WeightPanels.count(out);
        int atOnce = WeightGradient.panelsAtOnce(in, out, workers);
        mostPanels = Math.max(mostPanels, atOnce);
        for (int first = 0; first < all; first += atOnce) {
            int end = Math.min(first + atOnce, all);
            collected.add(new Placed(
                    weight + (long) first * WeightPanels.PANEL * in,
                    (long) in * Math.min((end - first) * WeightPanels.PANEL, out - first * WeightPanels.PANEL),
                    maker.task(first, end)));
        }
    }

    void columns(float[] partials, int offset, int stride, int width, int parameter) {
        collected.add(new Placed(
                parameter,
                width,
                (rowCount, adding, space) -> ColumnSums.tree(
                        partials, offset, stride, Slices.count(rowCount), width, gradients, parameter, adding)));
    }

    void totals(float[] sums, int offset, int width, int parameter) {
        collected.add(new Placed(
                parameter,
                width,
                (rowCount, adding, space) ->
                        ColumnSums.tree(sums, offset, width, 1, width, gradients, parameter, adding)));
    }

    /**
     * Ends the registration. Shares are ranges of the parameters with equal work: the same, but for a task, that their updates
     * have.
     */
    void seal() {
        collected.sort(Comparator.comparingLong(Placed::parameter));
        tasks = collected.stream().map(Placed::task).toArray(Task[]::new);
        long all = collected.stream().mapToLong(Placed::cost).sum();
        long before = 0;
        int task = 0;
        for (int share = 0; share < shareEnds.length; share++) {
            long end = all * (share + 1) / shareEnds.length;
            for (; task < tasks.length && before + collected.get(task).cost() / 2 < end; task++) {
                before += collected.get(task).cost();
            }
            shareEnds[share] = task;
        }
        shareEnds[shareEnds.length - 1] = tasks.length;
        collected.clear();
        scratch = new float[workers][WeightGradient.scratchSize(capacity, mostPanels)];
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
