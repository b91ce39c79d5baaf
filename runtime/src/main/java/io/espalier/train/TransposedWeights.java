package io.espalier.train;

import io.espalier.emitted.StepBuilder;
import io.espalier.kernel.WeightPanels;
import java.util.List;

/**
 * Second copies of weights, transposed, for the gradients of inputs; they follow the weights after every update, some panels
 * at a time while these are still in the cache.
 */
final class TransposedWeights implements Workers.Job {
    /** Some panels of a weight, and where they go. */
    record Transpose(Panels panels, float[] transposed) {}

    private final float[] values;
    private final Transpose[] transposes;

    TransposedWeights(StepBuilder built) {
        values = built.values();
        transposes = built.transposedWeights().stream()
                .flatMap(weight -> Panels.of(weight.weight(), weight.in(), weight.out()).stream()
                        .map(panels -> new Transpose(panels, weight.transposed())))
                .toArray(Transpose[]::new);
    }

    List<Transpose> all() {
        return List.of(transposes);
    }

    /** Transposes all of them, after values were set. */
    void refresh(Workers workers) {
        workers.run(this, transposes.length);
    }

    @Override
    public void run(int task, int worker) {
        transpose(transposes[task]);
    }

    void transpose(Transpose weight) {
        Panels panels = weight.panels();
        WeightPanels.transpose(
                values,
                panels.weight(),
                panels.in(),
                panels.out(),
                weight.transposed(),
                0,
                panels.first(),
                panels.end());
    }
}
