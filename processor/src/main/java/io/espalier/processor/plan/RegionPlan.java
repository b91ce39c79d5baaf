package io.espalier.processor.plan;

import io.espalier.processor.ir.Shape;
import java.util.List;

/**
 * A region as it is emitted: a class of its own, made once for each run.
 *
 * @param name what its emitted classes and constants are called after; empty for the network itself
 * @param inputShape shape of what enters
 * @param outputShape shape of what leaves
 * @param input what enters
 * @param output what leaves
 * @param items its parts in order
 * @param description what the network's description says of it
 * @param parameters its own parameters, without those of regions it runs
 * @param trained how many values are trained, regions it runs included, without padding
 * @param sizes values in each section, regions it runs and padding included, in the order of {@link Section}
 * @param streams random streams, regions it runs included
 * @param levels gradient buffers it needs: at least 1 for the network, none for a region that lets gradients pass unchanged
 * @param batchNorm whether there is a batch norm in it
 * @param synchronizes whether there is a batch norm or a wide product in it: rows then wait for each other
 * @param dropConnect whether there is a weight in it of which drop connect takes a part
 * @param widest the widest row it handles
 */
public record RegionPlan(
        String name,
        Shape inputShape,
        Shape outputShape,
        Value input,
        Value output,
        List<Item> items,
        List<Described> description,
        List<PlannedParameter> parameters,
        long trained,
        List<Integer> sizes,
        int streams,
        int levels,
        boolean batchNorm,
        boolean synchronizes,
        boolean dropConnect,
        int widest) {
    /** Whether this is the network itself. */
    public boolean isRoot() {
        return name.isEmpty();
    }

    /** Values in a section. */
    public int size(Section section) {
        return sizes.get(section.ordinal());
    }
}
