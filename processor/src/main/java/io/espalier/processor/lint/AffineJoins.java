package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which residual joins are affine in what enters their branch: those whose branch has no non-linearity, so that shortcut and branch
 * come to one affine map. A stage of which nothing is known counts as a non-linearity.
 */
final class AffineJoins {
    /** How many non-linearities lie between the input of a value's region and the value. */
    private final Map<Node, Integer> bends = new IdentityHashMap<>();

    private final Set<Node> forks = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Finds them in a network's regions, the inner ones first. */
    AffineJoins(List<Region> regions) {
        for (Region region : regions) {
            bends.put(region.input(), 0);
            region.nodes().forEach(node -> bends.put(node, upTo(node)));
        }
    }

    /** Whether a join is affine in what enters its branch. */
    boolean isAffine(Node.Join join) {
        return bends(join.branch()) == bends(join.skip());
    }

    /** Whether a value enters a branch that is not affine, and its shortcut. */
    boolean isFork(Node node) {
        return forks.contains(node);
    }

    private int upTo(Node node) {
        return switch (node) {
            case Node.Apply apply -> bends(apply.input()) + (apply.operation().isAffine() ? 0 : 1);
            case Node.Run run -> bends(run.input()) + (isAffine(run.body()) ? 0 : 1);
            case Node.Join join -> {
                if (!isAffine(join)) {
                    forks.add(join.skip());
                }
                yield bends(join.branch());
            }
            case Node.Input ignored -> 0;
        };
    }

    private boolean isAffine(Region region) {
        return !Regions.isOpaque(region) && bends(region.output()) == 0;
    }

    private int bends(Node node) {
        return bends.getOrDefault(node, 0);
    }
}
