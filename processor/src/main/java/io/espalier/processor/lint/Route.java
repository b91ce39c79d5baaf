package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.read.StageDeclaration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a value from where it arises to another point of the network. Routes share what they have in common. */
final class Route {
    /** Where a value arises. */
    static final Route START = new Route(null, null);

    /** The gravest first: what comes straight is least changed. */
    static final Comparator<Route> NEAREST =
            Comparator.comparing((Route route) -> !route.isDirect()).thenComparingInt(route -> route.length);

    /**
     * One step of a route.
     *
     * @param node what is passed
     * @param stage its stage
     * @param linear whether a linear operation is passed in it
     * @param joined whether a residual join is passed in it
     * @param around whether the step leads from the end of one pass of a repeated stage to the start of its next
     */
    record Step(Node node, StageDeclaration stage, boolean linear, boolean joined, boolean around) {
        static Step through(Node.Apply apply) {
            return new Step(apply, apply.stage(), apply.operation().isLinear(), false, false);
        }

        static Step alongBranch(Node.Join join) {
            return new Step(join, join.stage(), false, true, false);
        }

        static Step alongShortcut(Node.Join join) {
            return new Step(join, join.stage(), join.projection().isPresent(), true, false);
        }

        static Step through(Node.Run run, Route body) {
            return new Step(run, run.stage(), body.linear, body.joined, false);
        }

        static Step around(Node.Run run) {
            return new Step(run, run.stage(), false, false, true);
        }
    }

    private final @Nullable Route before;
    private final @Nullable Step last;
    private final int length;
    private final boolean linear;
    private final boolean joined;

    private Route(@Nullable Route before, @Nullable Step last) {
        this.before = before;
        this.last = last;
        this.length = before == null ? 0 : before.length + 1;
        this.linear = before != null && last != null && (before.linear || last.linear());
        this.joined = before != null && last != null && (before.joined || last.joined());
    }

    Route then(Step step) {
        return new Route(this, step);
    }

    /** This route and after it the other. */
    Route then(Route other) {
        Route whole = this;
        for (Step step : other.steps()) {
            whole = whole.then(step);
        }
        return whole;
    }

    /** Whether nothing but activations, shape changes and the like is passed: no linear operation and no residual join. */
    boolean isDirect() {
        return !linear && !joined;
    }

    /** What is passed, in order, without the ends. */
    List<Step> steps() {
        Deque<Step> steps = new ArrayDeque<>();
        for (Route at = this; at != null && at.last != null; at = at.before) {
            steps.addFirst(at.last);
        }
        return List.copyOf(steps);
    }
}
