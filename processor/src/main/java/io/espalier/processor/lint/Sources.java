package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a value comes from: the nearest nodes before it that are neither noise nor a change of shape. A block's input comes from
 * wherever the block is used, and from the end of its own pass before where it is repeated.
 */
final class Sources {
    private final Map<Region, Set<Node>> entering = new IdentityHashMap<>();

    /** Finds what enters the regions of a network. */
    Sources(Region root) {
        for (Region region : Regions.innerFirst(root).reversed()) {
            for (Node node : region.nodes()) {
                if (node instanceof Node.Run run && !Regions.isOpaque(run.body())) {
                    Set<Node> into = entering.computeIfAbsent(run.body(), unused -> new LinkedHashSet<>());
                    into.addAll(of(run.input(), region));
                    if (run.times() > 1) {
                        into.addAll(within(run.body().output()));
                        into.remove(run.body().input());
                    }
                }
            }
        }
    }

    /** Operations, residual joins and the network's input that a value of a region may come from. */
    Set<Node> of(Node node, Region region) {
        Set<Node> sources = within(node);
        if (entering.containsKey(region) && sources.remove(region.input())) {
            sources.addAll(entering.get(region));
        }
        return sources;
    }

    /** The same, seen from within the node's region, whose input is a source then. */
    private static Set<Node> within(Node node) {
        if (node instanceof Node.Apply apply
                && (apply.operation().isNoise() || apply.operation().isShapeChange())) {
            return within(apply.input());
        }
        if (node instanceof Node.Run run) {
            if (Regions.isOpaque(run.body())) {
                return new LinkedHashSet<>();
            }
            Set<Node> sources = within(run.body().output());
            if (sources.remove(run.body().input())) {
                sources.addAll(within(run.input()));
            }
            return sources;
        }
        return new LinkedHashSet<>(Set.of(node));
    }
}
