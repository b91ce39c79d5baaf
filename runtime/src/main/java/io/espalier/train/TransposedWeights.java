package io.espalier.train;

import io.espalier.kernel.WeightPanels;
import java.util.ArrayList;
import java.util.List;

/**
 * Second copies of weights, transposed, for the gradients of inputs; they follow the weights after every update, some panels
 * at a time while these are still in the cache.
 */
final class TransposedWeights implements Workers.Job {
    /** Some panels of a weight, and where they go. */
    record Turn(Panels panels, float[] transposed) {}

    private final float[] values;
    private final List<Turn> turns = new ArrayList<>();

    TransposedWeights(float[] values) {
        this.values = values;
    }

    float[] add(int weight, int in, int out) {
        float[] transposed = new float[WeightPanels.size(out, in)];
        for (Panels panels : Panels.of(weight, in, out)) {
            turns.add(new Turn(panels, transposed));
        }
        return transposed;
    }

    List<Turn> turns() {
        return List.copyOf(turns);
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
        Panels panels = turn.panels();
        WeightPanels.transpose(
                values, panels.weight(), panels.in(), panels.out(), turn.transposed(), 0, panels.first(), panels.end());
    }
}
