package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.operation.NoiseOperation;
import io.espalier.processor.read.AnnotationDeclaration;

/**
 * A source of noise that does something: its strength is written as a number in its range, and does not come to 0. Compared by
 * the node.
 *
 * @param node the operation
 */
record Noise(Node.Apply node) {
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
        return node.operation() instanceof NoiseOperation noise
                && noise.acts()
                && node.annotation().usable();
    }

    /** What to lower for the noise to be as strong as dropout of a rate: {@code p to 0.3}, {@code deviation to 0.65}. */
    String limit(double rate) {
        NoiseOperation noise = (NoiseOperation) node.operation();
        return noise.strengthElement() + " to " + Words.number(Math.round(noise.strengthAt(rate) * 100) / 100.0);
    }
}
