package io.espalier.processor.plan;

import io.espalier.processor.ir.Role;
import java.util.List;

/**
 * A parameter and its place.
 *
 * @param name its name below the region's path, such as {@code expand.dense.weight}
 * @param role what it is to its operation
 * @param shape {@code [out, in]} of a weight, {@code [n]} of the others
 * @param section the part of the values it lies in
 * @param decayed whether weight decay reaches it
 * @param offset its place in its region's share of that part
 * @param constant name of the emitted constant that holds the offset
 * @param limit a weight starts uniform in [−limit, limit]; 0 for the others
 */
public record PlannedParameter(
        String name,
        Role role,
        List<Integer> shape,
        Section section,
        boolean decayed,
        int offset,
        String constant,
        double limit) {
    public PlannedParameter {
        shape = List.copyOf(shape);
    }

    /** Output features of a weight, or the length of the others, without padding. */
    public int length() {
        return shape.get(0);
    }

    /** Input features of a weight. */
    public int fanIn() {
        return shape.get(1);
    }

    /** How many values it has, without padding. */
    public long count() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** Whether an optimizer reaches it. */
    public boolean trained() {
        return section != Section.STATISTICS;
    }
}
