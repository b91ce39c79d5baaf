package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Operation;
import io.espalier.processor.read.AnnotationDeclaration;

/**
 * A source of noise that does something: its strength is written as a number in its range, and does not come to 0. Compared by
 * the node.
 *
 * @param node the operation
 */
record Noise(Node.Apply node) {
    /** Rates are rounded to multiples of 1/65536. */
    private static final double HALF_A_DRAW = 0.5 / 65536;

    /** The probability, of Gaussian noise that of the dropout which is as strong for values of variance 1. */
    double rate() {
        return node.operation().noiseRate();
    }

    /** The annotation that it is written as; one annotation is several noises where its block is used at several shapes. */
    AnnotationDeclaration annotation() {
        return node.annotation();
    }

    /** Whether a node is such a source. */
    static boolean is(Node.Apply node) {
        Operation operation = node.operation();
        double rate = operation.noiseRate();
        boolean acts =
                switch (operation) {
                    case Operation.GaussianNoise ignored -> rate > 0;
                    case Operation.GaussianDropout ignored -> rate > 0 && isRate(rate);
                    default -> operation.isNoise() && drops(rate);
                };
        return acts && node.annotation().usable();
    }

    /** Whether a number is a rate at which anything is dropped: the threshold of 16 bits that it comes to is not 0. */
    static boolean drops(double p) {
        return p >= HALF_A_DRAW && isRate(p);
    }

    /** Whether a number is a rate of dropping that leaves something, as the sixteen bits of a draw tell rates apart. */
    static boolean isRate(double p) {
        return p >= 0 && p < 1 - HALF_A_DRAW;
    }
}
