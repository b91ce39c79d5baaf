package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Defect;
import io.espalier.processor.read.StageDeclaration;
import java.util.Optional;

/** Shapes that do not fit each other; the message prints the shapes along the way. */
final class ShapeMismatch implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "ShapeMismatch",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.FIXED_ERROR,
                "shapes that do not fit: widths, residual joins, repeats whose output is not their input",
                "definitions of the operations");
    }

    @Override
    public void check(Subject subject, Report report) {
        report.defects(subject.graph(), Defect.Kind.SHAPE);
        Node output = subject.root().output();
        Shape shape = output.shape();
        if (!subject.loss().isEmpty()
                && shape.isKnown()
                && !shape.isFeatures()
                && !subject.root().nodes().isEmpty()) {
            StageDeclaration last = subject.network().stages().getLast();
            report.fixedError(
                    output instanceof Node.Apply apply ? apply.annotation().point() : last.point(),
                    "the output of '" + last.name() + "' is " + shape
                            + ", and " + subject.loss() + " takes a row with one value for each " + answer(subject)
                            + ". " + advice(subject));
        }
    }

    /** Where @Flatten is missing: before the first operation that took each position by itself, if there is one. */
    private static String advice(Subject subject) {
        return firstPerPosition(subject.root())
                .map(first -> Words.operation(
                                first,
                                subject.network().stages().getFirst().point().element())
                        + " is the first to work on each of the "
                        + first.input().shape().positions()
                        + " positions by itself: put @Flatten before it, or end the network with @Flatten and a @Dense of "
                        + "as many units as there are " + plural(subject) + ".")
                .orElseGet(() -> "End the network with @Flatten and a @Dense of as many units as there are "
                        + plural(subject) + ".");
    }

    private static Optional<Node.Apply> firstPerPosition(Region region) {
        for (Node node : region.nodes()) {
            Optional<Node.Apply> found =
                    switch (node) {
                        case Node.Apply apply -> Optional.of(apply).filter(ShapeMismatch::isPerPosition);
                        case Node.Run run -> firstPerPosition(run.body());
                        default -> Optional.empty();
                    };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isPerPosition(Node.Apply apply) {
        Shape in = apply.input().shape();
        return in.isKnown()
                && !in.isFeatures()
                && !apply.operation().isElementwise()
                && !apply.operation().isShapeChange();
    }

    private static String plural(Subject subject) {
        return subject.isCrossEntropy() ? "classes" : answer(subject) + "s";
    }

    private static String answer(Subject subject) {
        return switch (subject.loss()) {
            case "CROSS_ENTROPY" -> "class";
            case "BINARY_CROSS_ENTROPY" -> "label";
            default -> "value";
        };
    }
}
