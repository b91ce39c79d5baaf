package io.espalier.processor.plan;

import java.util.List;
import java.util.Optional;

/** A part of a region, in the order in which they run. */
public sealed interface Item {
    /** What emitted names of the part start with. */
    String name();

    /**
     * A matrix product, if there is one, and the loop over everything up to the next one.
     *
     * @param name what emitted names start with
     * @param product the product that the loop starts from
     * @param projections products of shortcuts that the loop adds
     * @param source what the loop starts from where there is no product
     * @param steps the loop's steps
     * @param startLevel the gradient buffer of what the loop starts from
     * @param endLevel the gradient buffer of what it ends with
     * @param backward whether a backward pass is needed: something trained lies in the segment or before it
     */
    record Segment(
            String name,
            Optional<Product> product,
            List<Product> projections,
            Value source,
            List<Step> steps,
            int startLevel,
            int endLevel,
            boolean backward)
            implements Item {
        /** Where the loop's first value lies. */
        public Value start() {
            return product.map(Product::result).orElse(source);
        }

        /** The batch norm in it, of which there is at most one. */
        public Optional<Step.BatchNorm> batchNorm() {
            return steps.stream()
                    .filter(Step.BatchNorm.class::isInstance)
                    .map(Step.BatchNorm.class::cast)
                    .findFirst();
        }
    }

    /**
     * A region that runs, once or several times.
     *
     * @param name the stage's name
     * @param callee the region
     * @param times how often
     * @param repeated whether the parameters' names hold the iteration
     * @param source what enters the first time
     * @param output what leaves the last time
     * @param offsets where the first iteration's parameters start in each section, in the order of {@link Section}
     * @param stream the first iteration's first random stream
     * @param level the gradient buffer at both ends
     */
    record Call(
            String name,
            RegionPlan callee,
            int times,
            boolean repeated,
            Value source,
            Value output,
            List<Integer> offsets,
            int stream,
            int level)
            implements Item {}
}
