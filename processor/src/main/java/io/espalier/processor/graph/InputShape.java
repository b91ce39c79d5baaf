package io.espalier.processor.graph;

import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Defects;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.ModelDeclaration;
import java.util.List;
import java.util.Optional;

/** The shape of one example as {@code @Network} declares it. */
final class InputShape {
    private InputShape() {}

    /** The shape, unknown where it is none, which is then among the defects. */
    static Shape of(ModelDeclaration network, Defects defects) {
        Optional<AnnotationDeclaration> annotation = network.annotation("Network");
        if (annotation.isEmpty() || !annotation.get().value("input").usable()) {
            return Shape.UNKNOWN;
        }
        List<Integer> extents = annotation.get().intValues("input");
        Optional<String> problem = problem(extents);
        problem.ifPresent(text -> defects.value(annotation.get().pointOf("input"), text));
        return problem.isPresent() ? Shape.UNKNOWN : new Shape(extents);
    }

    private static Optional<String> problem(List<Integer> extents) {
        if (extents.isEmpty()) {
            return Optional.of("input = {} is the shape of nothing. Write the shape of one example, such as "
                    + "input = {784} or input = {28, 28, 1}");
        }
        long size = 1;
        for (int extent : extents) {
            if (extent < 1) {
                return Optional.of(
                        "input = " + new Shape(extents) + " has the extent " + extent + ": each is at least 1");
            }
            size *= extent;
            if (size > Integer.MAX_VALUE) {
                return Optional.of("input = " + new Shape(extents) + " has more than " + Integer.MAX_VALUE
                        + " values in one example");
            }
        }
        return Optional.empty();
    }
}
