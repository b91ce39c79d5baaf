package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** What a network does behind its last linear operation, from the output back. */
final class OutputTail {
    private final SequencedSet<Node> nodes = new LinkedHashSet<>();
    private final Map<Region, Boolean> transparent = new IdentityHashMap<>();
    private Node.@Nullable Apply lastLinear;

    /** Walks back from the output of a network. */
    OutputTail(Region root) {
        walk(root.output(), null);
    }

    /** The operations and joins behind the last linear operation, the output first; those in blocks and repeats among them. */
    SequencedSet<Node> nodes() {
        return nodes;
    }

    /** Whether an operation stands there. */
    boolean has(Node.Apply operation) {
        return nodes.contains(operation);
    }

    /**
     * The activations, changes of shape and noises that the network's values end in, the output first: a residual join or a norm
     * ends the search.
     */
    List<Node.Apply> onOutputs() {
        List<Node.Apply> last = new ArrayList<>();
        for (Node node : nodes) {
            if (!(node instanceof Node.Apply apply)
                    || apply.operation().isFeatureNorm()
                    || apply.operation().normalizesBatch()) {
                break;
            }
            last.add(apply);
        }
        return last;
    }

    /** The last linear operation, if there is one. */
    Optional<Node.Apply> lastLinear() {
        return Optional.ofNullable(lastLinear);
    }

    /** Walks from a node back to another one or to the input of its region; tells whether no linear operation came first. */
    private boolean walk(Node from, @Nullable Node until) {
        Node node = from;
        while (node != until) {
            if (node instanceof Node.Apply apply) {
                if (apply.operation().isLinear()) {
                    lastLinear = lastLinear == null ? apply : lastLinear;
                    return false;
                }
                nodes.add(apply);
                node = apply.input();
            } else if (node instanceof Node.Join join) {
                nodes.add(join);
                // A linear operation in the branch stands behind all that comes before the branch.
                if (!walk(join.branch(), join.skip())) {
                    return false;
                }
                node = join.skip();
            } else if (node instanceof Node.Run run) {
                if (Regions.isOpaque(run.body()) || !isTransparent(run.body())) {
                    return false;
                }
                node = run.input();
            } else {
                return true;
            }
        }
        return true;
    }

    /** Walks through a region the first time that it is met. */
    private boolean isTransparent(Region region) {
        Boolean known = transparent.get(region);
        if (known == null) {
            known = walk(region.output(), null);
            transparent.put(region, known);
        }
        return known;
    }
}
