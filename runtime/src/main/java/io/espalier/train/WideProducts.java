package io.espalier.train;

import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.WeightPanels;

/**
 * Products whose outputs, not rows, are shared among the threads: each one reads its part of a weight that is too large for
 * its cache, once for all rows of the batch.
 */
final class WideProducts implements Workers.Job {
    /** Rows that a group of panels goes over at a time. */
    private static final int ROWS = 256;

    /** Panels of one task, where that leaves enough tasks for all threads. */
    private static final int PANELS = 4;

    private final Workers workers;
    private float[] a = {};
    private int aStride;
    private int depth;
    private float[] panels = {};
    private int panelsOffset;
    private int columns;
    private float[] c = {};
    private int cStride;
    private int rows;
    private int blocks;
    private int columnsPerTask;

    WideProducts(Workers workers) {
        this.workers = workers;
    }

    /** As {@link MatrixMultiply#multiply}, from row 0 on. */
    void multiply(
            float[] ofA,
            int aRow,
            int in,
            float[] weight,
            int weightOffset,
            int out,
            float[] ofC,
            int cRow,
            int rowCount) {
        a = ofA;
        aStride = aRow;
        depth = in;
        panels = weight;
        panelsOffset = weightOffset;
        columns = out;
        c = ofC;
        cStride = cRow;
        rows = rowCount;
        blocks = Math.ceilDiv(rows, ROWS);
        int count = WeightPanels.count(out);
        int atOnce = Math.clamp(count / (2L * workers.count()), 1, PANELS);
        columnsPerTask = atOnce * WeightPanels.PANEL;
        // The blocks of a group of panels stand together, so that the shares of the threads part the panels.
        workers.run(this, Math.ceilDiv(count, atOnce) * blocks);
    }

    @Override
    public void run(int task, int worker) {
        int column = task / blocks * columnsPerTask;
        int row = task % blocks * ROWS;
        MatrixMultiply.multiply(
                a,
                row * aStride,
                aStride,
                Math.min(ROWS, rows - row),
                depth,
                panels,
                panelsOffset + column * depth,
                Math.min(columnsPerTask, columns - column),
                c,
                row * cStride + column,
                cStride);
    }
}
