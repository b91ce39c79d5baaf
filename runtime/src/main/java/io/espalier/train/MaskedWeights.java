package io.espalier.train;

import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.StepState;
import io.espalier.kernel.WeightPanels;
import java.util.ArrayList;
import java.util.List;

/** Weights of which drop connect takes another part in each step: drawn, and transposed where that is needed, before the step. */
final class MaskedWeights {
    /** Values that a task masks or transposes. */
    private static final int VALUES_OF_TASK = 16_384;

    /** Some inputs of a weight to draw, or some of its panels to transpose. */
    private record Range(PassBuilder.MaskedPart weight, int from, int to) {}

    private final float[] values;
    private final StepState state;
    private final PassBuilder.MaskedPart[] weights;
    private final Range[] draws;
    private final Range[] transposes;
    private final Workers.Job draw;
    private final Workers.Job transpose;

    MaskedWeights(PassBuilder built) {
        values = built.values();
        state = built.state();
        weights = built.masked().toArray(PassBuilder.MaskedPart[]::new);
        List<Range> inputs = new ArrayList<>();
        List<Range> panels = new ArrayList<>();
        for (PassBuilder.MaskedPart weight : weights) {
            ranges(inputs, weight, weight.in(), VALUES_OF_TASK / weight.out());
            int count = weight.withTranspose() ? WeightPanels.count(weight.out()) : 0;
            ranges(panels, weight, count, VALUES_OF_TASK / (weight.in() * WeightPanels.PANEL));
        }
        draws = inputs.toArray(Range[]::new);
        transposes = panels.toArray(Range[]::new);
        draw = (task, worker) -> draw(draws[task]);
        transpose = (task, worker) -> {
            Range range = transposes[task];
            range.weight().part().transpose(range.from(), range.to());
        };
    }

    private static void ranges(List<Range> into, PassBuilder.MaskedPart weight, int count, int most) {
        int atOnce = Math.max(1, most);
        for (int from = 0; from < count; from += atOnce) {
            into.add(new Range(weight, from, Math.min(from + atOnce, count)));
        }
    }

    private void draw(Range range) {
        PassBuilder.MaskedPart weight = range.weight();
        weight.part()
                .draw(
                        values,
                        weight.weight(),
                        state.seed(),
                        weight.stream(),
                        state.drawStep(),
                        range.from(),
                        range.to());
    }

    /** Draws all masks of the step that has begun, and applies them to the weights as they are. */
    void drawAll(Workers workers) {
        if (draws.length > 0) {
            setRates();
            workers.run(draw, draws.length);
            workers.run(transpose, transposes.length);
        }
    }

    /** As {@link #drawAll(Workers)}, on the calling thread alone. */
    void drawAll() {
        setRates();
        for (Range range : draws) {
            draw(range);
        }
    }

    private void setRates() {
        for (PassBuilder.MaskedPart weight : weights) {
            weight.part().rate(weight.rate().threshold());
        }
    }
}
