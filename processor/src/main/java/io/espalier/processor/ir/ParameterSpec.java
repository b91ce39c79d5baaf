package io.espalier.processor.ir;

import java.util.List;

/**
 * A parameter as an operation asks for it.
 *
 * @param name its name below its region, such as {@code expand.dense.weight}
 * @param part what it is called below its stage, such as {@code dense.weight}
 * @param role what it is to its operation
 * @param packing how its values lie in memory
 * @param shape its extents, each at least 1; {@code [out, in]} for a weight matrix
 */
public record ParameterSpec(String name, String part, Role role, Packing packing, List<Integer> shape) {
    /** Copies the shape. */
    public ParameterSpec {
        shape = List.copyOf(shape);
    }

    /**
     * Number of its values.
     *
     * @return the product of the shape's extents
     */
    public long size() {
        return product(shape);
    }

    /**
     * How many values it takes in memory: the outputs of a matrix, or the whole of what is contiguous, padded to whole vectors.
     *
     * @return at least {@link #size}
     */
    public long paddedSize() {
        return switch (packing) {
            case PANELS -> {
                int outputs = shape.size() - 2;
                yield product(shape.subList(0, outputs)) * Layout.padded((long) shape.get(outputs)) * shape.getLast();
            }
            case ROWS -> Layout.padded(size());
        };
    }

    private static long product(List<Integer> extents) {
        return extents.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
