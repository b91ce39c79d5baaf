package io.espalier.train;

import io.espalier.emitted.PhaseEntry;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.WeightPanels;

/**
 * A product whose outputs, not rows, are shared among the threads: each one reads its part of a weight that is too large for
 * its cache, once for all rows of the batch.
 */
final class WideProduct implements Phase, Workers.Job {
    /** Rows that a group of panels goes over at a time. */
    private static final int ROWS = 256;

    /** Panels of one task, where that leaves enough tasks for all threads. */
    private static final int PANELS = 4;

    private final Workers workers;
    private final PhaseEntry.Wide product;
    private final int groups;
    private final int columnsPerTask;
    private int rows;
    private int blocks;

    WideProduct(Workers workers, PhaseEntry.Wide product) {
        this.workers = workers;
        this.product = product;
        int count = WeightPanels.count(product.columns());
        int atOnce = Math.clamp(count / (2L * workers.count()), 1, PANELS);
        groups = Math.ceilDiv(count, atOnce);
        columnsPerTask = atOnce * WeightPanels.PANEL;
    }

    @Override
    public void run(int ofRows) {
        rows = ofRows * product.positions();
        blocks = Math.ceilDiv(rows, ROWS);
        // The blocks of a group of panels stand together, so that the shares of the threads part the panels.
        workers.run(this, groups * blocks);
    }

    @Override
    public void run(int task, int worker) {
        int column = task / blocks * columnsPerTask;
        int row = task % blocks * ROWS;
        MatrixMultiply.multiply(
                product.a(),
                row * product.aStride(),
                product.aStride(),
                Math.min(ROWS, rows - row),
                product.depth(),
                product.panels(),
                product.panelsOffset() + column * product.depth(),
                Math.min(columnsPerTask, product.columns() - column),
                product.c(),
                row * product.cStride() + column,
                product.cStride());
    }
}
