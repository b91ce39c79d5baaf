package io.espalier.processor.graph;

import io.espalier.processor.read.StageDeclaration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where an operation stands, which is all that it needs to know of its surroundings.
 *
 * @param stage its stage
 * @param prefix what the names of its parameters begin with
 * @param in the shape that comes in
 * @param branch what entered the innermost residual branch around it, if there is one
 * @param batchNormNext whether its value goes straight, and only, into a batch norm
 * @param trail the shapes up to here
 */
record Site(
        StageDeclaration stage, String prefix, Shape in, Optional<Shape> branch, boolean batchNormNext, Trail trail) {
    /** A parameter of an operation here. */
    ParameterNode parameter(String operation, String part, ParameterNode.Role role, int... shape) {
        return new ParameterNode(
                prefix + operation + "." + part,
                role,
                Arrays.stream(shape).boxed().toList());
    }
}
