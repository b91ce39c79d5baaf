package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which batch norm a value goes straight, and only, into: through changes of shape and block borders, in every use of the value's
 * block and in the next pass of a repeat. Where they differ from use to use, it is the first.
 */
final class NextBatchNorm {
    /**
     * Where a value goes, seen from within its region.
     *
     * @param batchNorm the batch norm that takes it, null if none in the region does
     * @param leaves whether it leaves the region as it is
     */
    private record Fate(Node.@Nullable Apply batchNorm, boolean leaves) {
        static final Fate ELSEWHERE = new Fate(null, false);
        static final Fate LEAVES = new Fate(null, true);
    }

    private final Map<Node, Fate> fates = new IdentityHashMap<>();
    private final Map<Region, Optional<Node.Apply>> behind = new IdentityHashMap<>();

    /** Follows the values of a network's regions, the inner ones first. */
    NextBatchNorm(List<Region> regions) {
        regions.forEach(this::summarize);
        regions.reversed().forEach(this::leave);
    }

    /** The batch norm that the value of a region's node goes straight, and only, into. */
    Optional<Node.Apply> after(Node node, Region region) {
        Fate fate = fate(node);
        return fate.leaves() ? behind.getOrDefault(region, Optional.empty()) : Optional.ofNullable(fate.batchNorm());
    }

    private void summarize(Region region) {
        fates.put(region.output(), Fate.LEAVES);
        for (Node node : region.nodes().reversed()) {
            Fate fate = into(node);
            // What enters a residual branch has two takers, of which the join comes first in this order.
            node.inputs().forEach(input -> fates.putIfAbsent(input, fate));
        }
    }

    /** What becomes of a value that a node takes. */
    private Fate into(Node node) {
        return switch (node) {
            case Node.Apply apply when apply.operation().normalizesBatch() -> new Fate(apply, false);
            case Node.Apply apply when apply.operation().isShapeChange() -> fate(apply);
            case Node.Run run
            when !Regions.isOpaque(run.body()) -> {
                Fate inside = fate(run.body().input());
                yield inside.leaves() ? fate(run) : inside;
            }
            default -> Fate.ELSEWHERE;
        };
    }

    /** Tells the regions that a region runs, which come after it in this order, what is behind them. */
    private void leave(Region region) {
        for (Node node : region.nodes()) {
            if (node instanceof Node.Run run) {
                Fate again = fate(run.body().input());
                boolean holds = run.times() == 1 || again.leaves() || again.batchNorm() != null;
                behind.merge(
                        run.body(),
                        holds ? after(run, region) : Optional.empty(),
                        (known, other) -> other.isPresent() ? known : other);
            }
        }
    }

    private Fate fate(Node node) {
        return fates.getOrDefault(node, Fate.ELSEWHERE);
    }
}
