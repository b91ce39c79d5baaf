package io.espalier.processor.lint;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.read.StageDeclaration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The names of the residual branches that one drop path annotation governs, in the order of depth, repeats counted. */
final class DropPathBranches {
    private final Region root;
    private final DropPathRule rule;
    private final Map<Region, Long> counts = new IdentityHashMap<>();

    /** Counts the branches that a rule governs in a network. */
    DropPathBranches(Region root, DropPathRule rule) {
        this.root = root;
        this.rule = rule;
        Regions.innerFirst(root)
                .forEach(region -> counts.put(
                        region, region.nodes().stream().mapToLong(this::count).sum()));
    }

    /** How many there are. */
    long count() {
        return count(root);
    }

    /** The path of a branch, such as {@code blocks.3.feedForward}; the index is below {@link #count()}. */
    String name(long index) {
        List<String> path = new ArrayList<>();
        Region region = root;
        long left = index;
        while (true) {
            Node found = null;
            for (Node node : region.nodes()) {
                long here = count(node);
                if (left < here) {
                    found = node;
                    break;
                }
                left -= here;
            }
            if (found instanceof Node.Run run) {
                long inOne = count(run.body());
                path.add(run.stage().name());
                if (run.repeated()) {
                    path.add(String.valueOf(left / inOne));
                }
                region = run.body();
                left %= inOne;
                if (isOwnJoin(run, left)) {
                    return String.join(".", path);
                }
            } else if (found instanceof Node.Join join) {
                path.add(join.stage().name());
                return String.join(".", path);
            } else {
                throw new IndexOutOfBoundsException("branch " + index + " of " + count());
            }
        }
    }

    /** Whether the branch is the stage that runs the region itself: its join is the region's last node. */
    private boolean isOwnJoin(Node.Run run, long index) {
        StageDeclaration stage = run.stage();
        return run.body().output() instanceof Node.Join join
                && join.stage() == stage
                && count(join) == 1
                && index == count(run.body()) - 1;
    }

    private long count(Node node) {
        if (node instanceof Node.Join join) {
            return join.dropPath().filter(governing -> governing == rule).isPresent() ? 1 : 0;
        }
        return node instanceof Node.Run run ? Regions.repeated(run.times(), count(run.body())) : 0;
    }

    private long count(Region region) {
        return counts.getOrDefault(region, 0L);
    }
}
