package io.espalier.processor.operation;

import io.espalier.processor.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shapes on the way from the network's input to some point, for messages: {@code input {28, 28, 1} → features {784}}.
 *
 * @param steps the input and then the stages, each with the shape after it
 */
public record ShapePath(List<Step> steps) {
    private static final int SHOWN = 6;

    /** Copies the steps. */
    public ShapePath {
        steps = List.copyOf(steps);
    }

    /**
     * The shape after a stage.
     *
     * @param stage the stage's name, after those of the stages that lead to its block
     * @param shape the shape
     */
    public record Step(String stage, Shape shape) {
        @Override
        public String toString() {
            return stage + " " + shape;
        }
    }

    /**
     * The shapes at the start of a network.
     *
     * @param input the shape of what enters
     * @return the shapes
     */
    public static ShapePath from(Shape input) {
        return new ShapePath(List.of(new Step("input", input)));
    }

    /**
     * The shapes with the shape that a stage has reached; a later shape of the same stage takes the earlier one's place.
     *
     * @param stage the stage's name, after those of the stages that lead to its block
     * @param shape the shape
     * @return a longer shapes
     */
    public ShapePath then(String stage, Shape shape) {
        List<Step> longer = new ArrayList<>(steps);
        if (longer.size() > 1 && longer.getLast().stage().equals(stage)) {
            longer.removeLast();
        }
        longer.add(new Step(stage, shape));
        return new ShapePath(longer);
    }

    /** The steps, in a long network only the first and the last of them. */
    @Override
    public String toString() {
        Stream<?> shown = steps.size() <= SHOWN
                ? steps.stream()
                : Stream.concat(
                        Stream.of(steps.getFirst(), "…"),
                        steps.subList(steps.size() - SHOWN + 2, steps.size()).stream());
        return shown.map(String::valueOf).collect(Collectors.joining(" → "));
    }
}
