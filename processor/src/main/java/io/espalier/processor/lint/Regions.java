package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The regions of a graph in the order that summaries need. */
final class Regions {
    /** Counts are not followed further: repeats in repeats would soon exceed a long. */
    private static final long MANY = 1_000_000_000_000_000L;

    private Regions() {}

    /** Whether nothing is known of a region, because of a mistake in it. */
    static boolean isOpaque(Region region) {
        return region.nodes().isEmpty();
    }

    /** A count that stands in a body that runs so many times. */
    static long repeated(int times, long count) {
        return times > 0 && count > MANY / times ? MANY : times * count;
    }

    /** Every region that a region runs and itself, once each, the inner ones first. */
    static List<Region> innerFirst(Region root) {
        Deque<Region> order = new ArrayDeque<>();
        visit(root, order, Collections.newSetFromMap(new IdentityHashMap<>()));
        return List.copyOf(order);
    }

    private static void visit(Region region, Deque<Region> order, Set<Region> seen) {
        if (!seen.add(region)) {
            return;
        }
        for (Node node : region.nodes()) {
            if (node instanceof Node.Run run) {
                visit(run.body(), order, seen);
            }
        }
        order.addLast(region);
    }
}
