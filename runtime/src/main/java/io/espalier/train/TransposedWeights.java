package io.espalier.train;

import io.espalier.kernel.WeightPanels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Second copies of weights, transposed, for the gradients of inputs; they follow the weights after every update, some panels
 * at a time while these are still in the cache.
 */
final class TransposedWeights implements Workers.Job {
    /** Values of the panels that are turned together: 64 KiB, as in an update's block. */
    private static final int MOST_VALUES = 16_384;

    /**
     * Some panels of a weight.
     *
     * @param from the first of their values
     * @param to the value after the last
     */
    record Turn(int from, int to, int weight, int in, int out, float[] transposed, int fromPanel, int toPanel) {}

    private final float[] values;
    private final List<Turn> turns = new ArrayList<>();

    TransposedWeights(float[] values) {
        this.values = values;
    }

    float[] add(int weight, int in, int out) {
        float[] transposed = new float[WeightPanels.size(out, in)];
        int panels = WeightPanels.count(out);
        int atOnce = Math.max(1, MOST_VALUES / (in * WeightPanels.PANEL));
        for (int first = 0; first < panels; first += atOnce) {
            int end = Math.min(first + atOnce, panels);
            int from = weight + first * WeightPanels.PANEL * in;
            int to = end == panels ? weight + WeightPanels.size(in, out) : weight + end * WeightPanels.PANEL * in;
            turns.add(new Turn(from, to, weight, in, out, transposed, first, end));
        }
        return transposed;
    }

    /** All of them, in the order of their values. */
    List<Turn> turns() {
        return turns.stream().sorted(Comparator.comparingInt(Turn::from)).toList();
    }

    /** Turns all of them, after values were set. */
    void refresh(Workers workers) {
        workers.run(this, turns.size());
    }

    @Override
    public void run(int task, int worker) {
        turn(turns.get(task));
    }

    void turn(Turn turn) {
        WeightPanels.transpose(
                values, turn.weight(), turn.in(), turn.out(), turn.transposed(), 0, turn.fromPanel(), turn.toPanel());
    }
}
