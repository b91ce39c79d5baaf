package io.espalier.processor.operation;

import io.espalier.processor.ir.Packing;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Role;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.read.StageDeclaration;
import java.util.List;
import java.util.Optional;

/**
 * Where an operation stands, which is all that it needs to know of its surroundings.
 *
 * @param stage its stage
 * @param prefix what the names of its parameters begin with
 * @param in the shape that comes in
 * @param branch what entered the innermost residual branch around it, if there is one
 * @param batchNormNext whether its value goes straight, and only, into a batch norm
 * @param shapes the shapes up to here
 */
public record OperationContext(
        StageDeclaration stage,
        String prefix,
        Shape in,
        Optional<Shape> branch,
        boolean batchNormNext,
        ShapePath shapes) {
    /**
     * A parameter whose values lie contiguously.
     *
     * @param part what it is called below its stage, such as {@code dense.bias}
     * @param role what it is to the operation
     * @param shape its extents
     * @return the parameter
     */
    public ParameterSpec parameter(String part, Role role, Integer... shape) {
        return new ParameterSpec(prefix + part, part, role, Packing.ROWS, List.of(shape));
    }

    /**
     * A weight matrix, or several of one shape.
     *
     * @param part what it is called below its stage, such as {@code dense.weight}
     * @param shape {@code [..., out, in]}
     * @return the parameter
     */
    public ParameterSpec weight(String part, Integer... shape) {
        return new ParameterSpec(prefix + part, part, Role.WEIGHT, Packing.PANELS, List.of(shape));
    }
}
