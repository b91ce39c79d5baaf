package io.espalier.processor.emit;

import io.espalier.processor.plan.Item;
import io.espalier.processor.plan.Step;
import io.espalier.processor.plan.Value;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings values of a segment's forward pass into a loop of its backward pass: loads the nearest that was kept, and computes again
 * from there, which is cheaper than a further array in memory. A value goes by the number of steps in front of it.
 */
final class ForwardValues {
    private final Item.Segment segment;
    private final StepEmitter steps;
    private final Map<Integer, Value> kept = new TreeMap<>();

    /** Variables of the loop at hand. */
    private final Map<Integer, String> variables = new TreeMap<>();

    /** The same, of rows and columns before a norm scales and shifts them. */
    private final Map<Integer, String> standardized = new TreeMap<>();

    /** A product's place is taken by what is kept there later; what lay there before is gone then. */
    ForwardValues(Item.Segment segment, StepEmitter steps) {
        this.segment = segment;
        this.steps = steps;
        kept.put(0, segment.start());
        for (int i = 0; i < segment.steps().size(); i++) {
            Value value =
                    switch (segment.steps().get(i)) {
                        case Step.Keep keep -> keep.value();
                        case Step.Softmax softmax -> softmax.result();
                        default -> null;
                    };
            if (value != null) {
                kept.values().removeIf(earlier -> earlier == value);
                kept.put(i + 1, value);
            }
        }
    }

    /** Forgets the variables: another loop begins. */
    void forget() {
        variables.clear();
        standardized.clear();
    }

    /** Whether a value need not be computed again. */
    boolean isKept(int index) {
        return kept.containsKey(index);
    }

    /** The variable that holds a value. */
    String at(int index, RowLoop loop) {
        String known = variables.get(index);
        if (known != null) {
            return known;
        }
        Value value = kept.get(index);
        String name;
        if (value != null) {
            name = loop.variable(index == 0 ? "x" : "kept");
            StepEmitter.declare(loop.body(), name, loop.load(value));
        } else if (index == 0) {
            throw new IllegalStateException("the start of " + segment.name() + " is gone");
        } else {
            name = again(index - 1, loop);
        }
        variables.put(index, name);
        return name;
    }

    /** The variable that holds what a norm scales and shifts. */
    String standardized(int index, Step norm, RowLoop loop) {
        String known = standardized.get(index);
        if (known == null) {
            String x = at(index, loop);
            known = switch (norm) {
                case Step.LayerNorm layer -> steps.standardized(layer, x, loop);
                case Step.RmsNorm rms -> steps.standardized(rms, x, loop);
                case Step.BatchNorm batch -> steps.standardized(batch, x, loop);
                default -> throw new IllegalStateException(norm.title() + " is no norm");
            };
            standardized.put(index, known);
        }
        return known;
    }

    private String again(int index, RowLoop loop) {
        Step step = segment.steps().get(index);
        return switch (step) {
            case Step.LayerNorm norm -> steps.scaled(norm, standardized(index, norm, loop), loop);
            case Step.RmsNorm norm -> steps.scaled(norm, standardized(index, norm, loop), loop);
            case Step.BatchNorm norm -> steps.scaled(norm, standardized(index, norm, loop), loop);
            case Step.Keep ignored -> at(index, loop);
            case Step.Fork ignored -> at(index, loop);
            default -> steps.forward(step, at(index, loop), loop);
        };
    }
}
