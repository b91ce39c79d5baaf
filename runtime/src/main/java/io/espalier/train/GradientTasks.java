package io.espalier.train;

import io.espalier.kernel.ColumnSums;
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

    private record Weighed(long cost, Task task) {}

    private final float[] gradients;
    private final List<Weighed> collected = new ArrayList<>();
    private final float[][] scratch;
    private Task[] tasks = {};
    private int rows;
    private boolean add;

    GradientTasks(float[] gradients, int capacity, int workers) {
        this.gradients = gradients;
        this.scratch = new float[workers][WeightGradient.scratchSize(capacity)];
    }

    void weight(float[] x, int xStride, int in, float[] g, int gStride, int out, int weight, int bias) {
        for (int panel = 0; panel < WeightPanels.count(out); panel++) {
            int ofPanel = panel;
            int width = Math.min(WeightPanels.PANEL, out - panel * WeightPanels.PANEL);
            collected.add(new Weighed(
                    (long) in * width,
                    (rowCount, adding, space) -> WeightGradient.panel(
                            x,
                            0,
                            xStride,
                            in,
                            g,
                            0,
                            gStride,
                            out,
                            rowCount,
                            ofPanel,
                            gradients,
                            weight,
                            bias < 0 ? null : gradients,
                            bias,
                            adding,
                            space)));
        }
    }

    void columns(float[] partials, int offset, int stride, int width, int parameter) {
        collected.add(new Weighed(
                width,
                (rowCount, adding, space) -> ColumnSums.tree(
                        partials, offset, stride, Slices.count(rowCount), width, gradients, parameter, adding)));
    }

    void totals(float[] sums, int offset, int width, int parameter) {
        collected.add(new Weighed(
                width,
                (rowCount, adding, space) ->
                        ColumnSums.tree(sums, offset, width, 1, width, gradients, parameter, adding)));
    }

    /** The longest tasks come first, so that the threads end together. */
    void seal() {
        collected.sort(Comparator.comparingLong(Weighed::cost).reversed());
        tasks = collected.stream().map(Weighed::task).toArray(Task[]::new);
        collected.clear();
    }

    void runAll(Workers workers, int rowCount, boolean adding) {
        rows = rowCount;
        add = adding;
        workers.run(this, tasks.length);
    }

    @Override
    public void run(int task, int worker) {
        tasks[task].run(rows, add, scratch[worker]);
    }
}
