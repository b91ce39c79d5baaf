package io.espalier.processor.ir;

import java.util.List;

/**
 * A parameter with its offset among the network's.
 *
 * @param name its name below the region's path, such as {@code expand.dense.weight}
 * @param role what it is to its operation
 * @param packing how its elements lie
 * @param shape its extents; the last two of a packed matrix are {@code [out, in]}
 * @param section the part of the parameters that it lies in
 * @param decayed whether weight decay reaches it
 * @param offset of its first element in its region's share of that part
 * @param constant name of the emitted constant that holds the offset
 * @param limit a weight is initialized uniform in [−limit, limit]; 0 for the others
 */
public record Parameter(
        String name,
        Role role,
        Packing packing,
        List<Integer> shape,
        Section section,
        boolean decayed,
        int offset,
        String constant,
        double limit) {
    /** Copies the shape. */
    public Parameter {
        shape = List.copyOf(shape);
    }

    /** The last extent but one of a matrix: the features that it gives. */
    public int out() {
        return shape.get(shape.size() - 2);
    }

    /** The last extent of a matrix: the features that it takes. */
    public int in() {
        return shape.getLast();
    }

    /** How many elements it has, without padding. */
    public long count() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** Whether an optimizer reaches it. */
    public boolean trained() {
        return section != Section.STATISTICS;
    }

    @Override
    public String toString() {
        return name;
    }
}
