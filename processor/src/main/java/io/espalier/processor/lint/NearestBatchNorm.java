package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which batch norm a value comes from, however far behind it: the nearest one, in any use of the value's block. */
final class NearestBatchNorm {
    private final Map<Node, Node.Apply> nearest = new IdentityHashMap<>();
    private final Map<Node, Region> home = new IdentityHashMap<>();
    private final Map<Region, Node.Apply> entering = new IdentityHashMap<>();

    /** Finds the batch norms of a network's regions, the inner ones first. */
    NearestBatchNorm(List<Region> regions) {
        for (Region region : regions) {
            home.put(region.input(), region);
            for (Node node : region.nodes()) {
                home.put(node, region);
                put(node, within(node));
            }
        }
        regions.reversed().forEach(this::enter);
    }

    /** The nearest batch norm that a node's value comes from, or that the node is. */
    Optional<Node.Apply> before(Node node) {
        Node.Apply inside = nearest.get(node);
        return Optional.ofNullable(inside != null ? inside : entering.get(home.get(node)));
    }

    private Node.@Nullable Apply within(Node node) {
        if (node instanceof Node.Apply apply && apply.operation().normalizesBatch()) {
            return apply;
        }
        if (node instanceof Node.Run run && nearest.containsKey(run.body().output())) {
            return nearest.get(run.body().output());
        }
        for (Node input : node.inputs()) {
            if (nearest.containsKey(input)) {
                return nearest.get(input);
            }
        }
        return null;
    }

    private void enter(Region region) {
        for (Node node : region.nodes()) {
            if (node instanceof Node.Run run) {
                before(run.input()).ifPresent(batchNorm -> entering.putIfAbsent(run.body(), batchNorm));
                Node.Apply last = nearest.get(run.body().output());
                if (run.times() > 1 && last != null) {
                    entering.putIfAbsent(run.body(), last);
                }
            }
        }
    }

    private void put(Node node, Node.@Nullable Apply batchNorm) {
        if (batchNorm != null) {
            nearest.put(node, batchNorm);
        }
    }
}
