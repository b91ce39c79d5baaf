package io.espalier.train;

import io.espalier.kernel.WeightPanels;
import java.util.ArrayList;
import java.util.List;

/**
 * Second copies of weights, transposed, for the gradients of inputs; they follow the weights after every update. Tasks read
 * the weights in the order in which the update's tasks wrote them.
 */
final class TransposedWeights implements Workers.Job {
    /** Panels that one task turns, enough work for its hand-out. */
    private static final int PANELS_PER_TASK = 2;

    private record Turn(int weight, int in, int out, float[] transposed, int fromPanel, int toPanel) {}

    private final float[] values;
    private final List<Turn> turns = new ArrayList<>();

    TransposedWeights(float[] values) {
        this.values = values;
    }

    float[] add(int weight, int in, int out) {
        float[] transposed = new float[WeightPanels.size(out, in)];
        int panels = WeightPanels.count(out);
        for (int from = 0; from < panels; from += PANELS_PER_TASK) {
            turns.add(new Turn(weight, in, out, transposed, from, Math.min(from + PANELS_PER_TASK, panels)));
        }
        return transposed;
    }

    void refresh(Workers workers) {
        workers.run(this, turns.size());
    }

    @Override
    public void run(int task, int worker) {
        Turn turn = turns.get(task);
        WeightPanels.transpose(
                values, turn.weight(), turn.in(), turn.out(), turn.transposed(), 0, turn.fromPanel(), turn.toPanel());
    }
}
