package io.espalier.train;

import io.espalier.kernel.MaskedWeight;
import io.espalier.kernel.WeightPanels;
import java.util.ArrayList;
import java.util.List;

/** Weights of which drop connect takes another part in each step: drawn, and transposed where that is needed, before the step. */
final class MaskedWeights {
    /** Values that a task masks or transposes. */
    private static final int VALUES_OF_TASK = 16_384;

    /** Some inputs of a weight to draw, or some of its panels to transpose. */
    private record Part(MaskedWeight masked, int place, int stream, int from, int to) {}

    private final float[] values;
    private final long seed;
    private final List<Part> draws = new ArrayList<>();
    private final List<Part> turns = new ArrayList<>();
    private final Workers.Job draw = (task, worker) -> draw(draws.get(task));
    private final Workers.Job turn = (task, worker) -> {
        Part part = turns.get(task);
        part.masked().transpose(part.from(), part.to());
    };
    private int step;

    MaskedWeights(float[] values, long seed) {
        this.values = values;
        this.seed = seed;
    }

    MaskedWeight add(int place, int in, int out, int threshold, int stream, boolean withTranspose) {
        MaskedWeight masked = new MaskedWeight(in, out, threshold, withTranspose);
        int inputs = Math.max(1, VALUES_OF_TASK / out);
        for (int from = 0; from < in; from += inputs) {
            draws.add(new Part(masked, place, stream, from, Math.min(from + inputs, in)));
        }
        int panels = Math.max(1, VALUES_OF_TASK / (in * WeightPanels.PANEL));
        int count = withTranspose ? WeightPanels.count(out) : 0;
        for (int from = 0; from < count; from += panels) {
            turns.add(new Part(masked, place, stream, from, Math.min(from + panels, count)));
        }
        return masked;
    }

    private void draw(Part part) {
        part.masked().draw(values, part.place(), seed, part.stream(), step, part.from(), part.to());
    }

    /** Draws all masks of a step, and applies them to the weights as they are. */
    void drawAll(Workers workers, int ofStep) {
        if (!draws.isEmpty()) {
            step = ofStep;
            workers.run(draw, draws.size());
            workers.run(turn, turns.size());
        }
    }
}
