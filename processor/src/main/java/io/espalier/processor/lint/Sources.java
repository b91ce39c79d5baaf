package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * What a value comes from: the nearest node before it that is not looked through. A block's input comes from wherever the block is
 * used, and from the end of its own pass before where it is repeated.
 *
 * <p>Seen from within its region, which is a chain, a value has one source at most, and the region's input may be it. So a region
 * costs its own length, however deep it is nested and however often it runs.
 */
final class Sources {
    /**
     * A source of a value.
     *
     * @param node an operation, a residual join or the network's input
     * @param around the repeat whose pass before the value comes from, empty where it comes from the same pass
     */
    record Source(Node node, Optional<Node.Run> around) {
        /** The source, if it is an operation. */
        Optional<Node.Apply> operation() {
            return node instanceof Node.Apply apply ? Optional.of(apply) : Optional.empty();
        }

        /** Whether source and taker are one annotation of a block or a repeated stage, at whatever shapes it runs. */
        boolean isItself(Node.Apply taker) {
            return operation()
                    .filter(source -> source.annotation() == taker.annotation())
                    .isPresent();
        }

        /** The source by its name, or as the taker itself, with the pass or use that it comes from where that is another. */
        String seenBy(Node.Apply taker, String name) {
            Element seenFrom = taker.stage().point().element();
            boolean itself = isItself(taker);
            return (itself ? "itself" : name)
                    + around.map(run -> " in the next pass of " + Words.stage(run.stage(), seenFrom))
                            .orElse(itself ? " from an earlier use of its block" : "");
        }
    }

    private final Function<Node, Optional<Node>> through;
    private final Predicate<Node> ends;
    private final Map<Node, Node> within = new IdentityHashMap<>();
    private final Map<Region, Set<Source>> entering = new IdentityHashMap<>();

    /**
     * Finds the sources of a network's values.
     *
     * @param regions the network's, the inner ones first
     * @param through for a node that is looked through, that of its inputs whose sources are its own
     * @param ends whether a node's value is followed no further
     */
    private Sources(List<Region> regions, Function<Node, Optional<Node>> through, Predicate<Node> ends) {
        this.through = through;
        this.ends = ends;
        regions.forEach(this::summarize);
        regions.reversed().forEach(this::enter);
    }

    /** What made a value what it is: noise and changes of shape are looked through. */
    static Sources ofValues(List<Region> regions) {
        return new Sources(
                regions,
                node -> input(
                        node,
                        apply ->
                                apply.operation().isNoise() || apply.operation().isShapeChange()),
                node -> false);
    }

    /** What comes straight before: changes of shape and noise that does nothing are looked through. */
    static Sources ofNoise(List<Region> regions) {
        return new Sources(
                regions,
                node -> input(
                        node,
                        apply -> apply.operation().isShapeChange()
                                || (apply.operation().isNoise() && !Noise.is(apply))),
                node -> false);
    }

    /**
     * What a value is an affine function of: a linear operation with no non-linearity behind it, or the nearest non-linearity. A
     * join is looked through where its branch is affine; what enters another branch ends there, because it goes on beside the
     * branch too, so that no single map can take the place of both.
     */
    static Sources ofAffine(List<Region> regions) {
        AffineJoins joins = new AffineJoins(regions);
        return new Sources(
                regions,
                node -> node instanceof Node.Join join && joins.isAffine(join)
                        ? Optional.of(join.branch())
                        : input(
                                node,
                                apply -> apply.operation().isAffine()
                                        && !apply.operation().isLinear()),
                joins::isFork);
    }

    private static Optional<Node> input(Node node, Predicate<Node.Apply> passed) {
        return node instanceof Node.Apply apply && passed.test(apply) ? Optional.of(apply.input()) : Optional.empty();
    }

    /** The sources of the value of a region's node, or of its input; none where nothing is known of what comes before. */
    Set<Source> of(Node node, Region region) {
        Node source = within.get(node);
        if (source == null) {
            return Set.of();
        }
        return source == region.input() && entering.containsKey(region)
                ? entering.get(region)
                : Set.of(new Source(source, Optional.empty()));
    }

    private void summarize(Region region) {
        put(region.input(), region.input());
        for (Node node : region.nodes()) {
            if (!(node instanceof Node.Run run)) {
                Optional<Node> before = through.apply(node);
                put(node, before.isPresent() ? within.get(before.get()) : node);
            } else if (!Regions.isOpaque(run.body())) {
                Node source = within.get(run.body().output());
                put(node, source == run.body().input() ? within.get(run.input()) : source);
            }
        }
    }

    private void put(Node node, @Nullable Node source) {
        if (source != null && !ends.test(node)) {
            within.put(node, source);
        }
    }

    /** Carries the sources at a region's runs into the regions they run, which come after it in this order. */
    private void enter(Region region) {
        for (Node node : region.nodes()) {
            if (node instanceof Node.Run run && !Regions.isOpaque(run.body())) {
                Region body = run.body();
                Set<Source> into = entering.computeIfAbsent(body, unused -> new LinkedHashSet<>());
                into.addAll(of(run.input(), region));
                Node last = within.get(body.output());
                if (run.times() > 1 && last != null && last != body.input()) {
                    into.add(new Source(last, Optional.of(run)));
                }
            }
        }
    }
}
