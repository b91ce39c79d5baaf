package io.espalier.processor.operation;

import java.util.List;

/**
 * An element of an annotation.
 *
 * @param element its name
 * @param range what values it may have
 * @param meaning what it is, in words that end the sentence {@code it is …}
 * @param choices what can be chosen for it, the most usual value first; none where nothing is usual
 */
public record Attribute(String element, Range range, String meaning, List<Choice> choices) {
    /** Copies the choices, and asks for one where findings will propose it. */
    public Attribute {
        choices = List.copyOf(choices);
        if (choices.isEmpty() && isReal(range)) {
            throw new IllegalArgumentException("say what is usual for '" + element + "', which is " + meaning);
        }
    }

    /**
     * An element of an annotation.
     *
     * @param element its name
     * @param range what values it may have
     * @param meaning what it is, in words that end the sentence {@code it is …}
     * @param choices what can be chosen for it, the most usual value first
     */
    public Attribute(String element, Range range, String meaning, Choice... choices) {
        this(element, range, meaning, List.of(choices));
    }

    private static boolean isReal(Range range) {
        return switch (range) {
            case ABOVE_ZERO, ZERO_OR_MORE, BELOW_ONE, UP_TO_ONE -> true;
            case PROBABILITY, COUNT, WIDTH, OPEN -> false;
        };
    }
}
