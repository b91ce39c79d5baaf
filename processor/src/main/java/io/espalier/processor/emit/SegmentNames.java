package io.espalier.processor.emit;

import io.espalier.processor.plan.Item;
import io.espalier.processor.plan.Product;
import io.espalier.processor.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Names of the methods that are emitted for a segment, and the line that says what is fused in it. */
final class SegmentNames {
    private SegmentNames() {}

    static String forward(Item.Segment segment) {
        return segment.name() + "Forward";
    }

    /** Behind a batch norm's statistics. */
    static String forwardNormalized(Item.Segment segment) {
        return segment.name() + "ForwardNormalized";
    }

    static String statistics(Item.Segment segment) {
        return segment.name() + "Statistics";
    }

    static String backward(Item.Segment segment) {
        return segment.name() + "Backward";
    }

    static String gradientSums(Item.Segment segment) {
        return segment.name() + "GradientSums";
    }

    /** Behind the sums that a batch norm's gradient needs. */
    static String backwardNormalized(Item.Segment segment) {
        return segment.name() + "BackwardNormalized";
    }

    /** A product over the whole batch. */
    static String multiply(Product product) {
        return product.name() + "Multiply";
    }

    /** The gradient of a product's input over the whole batch. */
    static String multiplyTransposed(Product product) {
        return product.name() + "MultiplyTransposed";
    }

    static String buffers(Item.Segment segment) {
        return segment.name() + "Buffers";
    }

    /** {@code dense 128 → 256; bias, layer norm, GELU}. */
    static String title(Item.Segment segment) {
        return title(segment, "");
    }

    /** The same for the methods that training has for some rows: a wide product is a method of its own. */
    static String rowsTitle(Item.Segment segment) {
        return title(segment, segment.product().filter(Product::isWide).isPresent() ? "beside " : "");
    }

    private static String title(Item.Segment segment, String product) {
        List<String> parts = new ArrayList<>();
        segment.product()
                .ifPresent(
                        dense -> parts.add(product + "dense " + dense.in() + " → " + dense.out() + dropConnect(dense)));
        String fused = segment.steps().stream()
                .map(Step::title)
                .filter(title -> !title.isEmpty())
                .collect(Collectors.joining(", "));
        if (!fused.isEmpty()) {
            parts.add(fused);
        }
        return parts.isEmpty() ? "the shortcut's start" : String.join("; ", parts);
    }

    private static String dropConnect(Product dense) {
        return dense.dropConnect()
                .map(drop -> ", drop connect (p = " + drop.p() + ")")
                .orElse("");
    }
}
