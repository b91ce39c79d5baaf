package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.operation.Operation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where noise goes: for every value of the network, which noises are in it and by which route they came.
 *
 * <p>Noise passes activations, shape changes, other noise, linear operations, residual joins, blocks and repeats, also from
 * the end of one pass of a repeated stage into the next. It ends at a batch norm, which it reaches, and at a norm over
 * features, which brings every example back to the same variance in training and at inference.
 *
 * <p>A region that runs at several places is summarized once (what arises in it, and how its input gets through), so that
 * noise from one use of a block is not taken for noise of another, and blocks in blocks cost no more than their sum.
 */
final class NoiseFlow {
    /**
     * What is in a value, seen from within its region.
     *
     * @param arisen noise that arises in the region
     * @param entered how what enters the region gets here, null if it does not
     */
    private record Content(
            Map<Noise, Route> arisen, @Nullable Route entered) {
        static final Content NONE = new Content(Map.of(), null);
    }

    private final Map<Node, Content> contents = new IdentityHashMap<>();
    private final Map<Node, Region> home = new IdentityHashMap<>();
    private final Map<Region, Map<Noise, Route>> entering = new IdentityHashMap<>();
    private final List<Noise> noises = new ArrayList<>();
    private final List<Node.Apply> batchNorms = new ArrayList<>();

    /** Follows the noise of a network's regions, the inner ones first. */
    NoiseFlow(List<Region> regions) {
        regions.forEach(this::summarize);
        regions.reversed().forEach(this::enter);
    }

    /** Every source of noise. */
    List<Noise> noises() {
        return noises;
    }

    /** The noises in a node's value, each with its nearest route. */
    Map<Noise, Route> in(Node node) {
        Content content = content(node);
        Map<Noise, Route> all = new LinkedHashMap<>(content.arisen());
        Route entered = content.entered();
        Region region = home.get(node);
        if (entered != null && region != null) {
            entering(region).forEach((noise, route) -> merge(all, noise, route.then(entered)));
        }
        return all;
    }

    /** The batch norms that take noise in, with the noises that reach them. */
    Map<Node.Apply, Map<Noise, Route>> intoBatchNorms() {
        Map<Node.Apply, Map<Noise, Route>> reached = new LinkedHashMap<>();
        batchNorms.forEach(batchNorm -> reached.put(batchNorm, in(batchNorm.input())));
        return reached;
    }

    private void summarize(Region region) {
        home.put(region.input(), region);
        contents.put(region.input(), new Content(Map.of(), Route.START));
        for (Node node : region.nodes()) {
            home.put(node, region);
            contents.put(node, after(node));
        }
    }

    private Content after(Node node) {
        if (node instanceof Node.Apply apply) {
            return after(apply);
        }
        if (node instanceof Node.Join join) {
            Map<Noise, Route> arisen = new LinkedHashMap<>();
            Content branch = after(content(join.branch()), Route.Step.alongBranch(join));
            Content skip = after(content(join.skip()), Route.Step.alongShortcut(join));
            branch.arisen().forEach((noise, route) -> merge(arisen, noise, route));
            skip.arisen().forEach((noise, route) -> merge(arisen, noise, route));
            return new Content(arisen, nearest(branch.entered(), skip.entered()));
        }
        if (node instanceof Node.Run run) {
            if (Regions.isOpaque(run.body())) {
                return Content.NONE;
            }
            Content out = content(run.body().output());
            Route through = out.entered();
            if (through == null) {
                return new Content(out.arisen(), null);
            }
            Content passed = after(content(run.input()), Route.Step.through(run, through));
            Map<Noise, Route> arisen = new LinkedHashMap<>(out.arisen());
            passed.arisen().forEach((noise, route) -> merge(arisen, noise, route));
            return new Content(arisen, passed.entered());
        }
        return Content.NONE;
    }

    private Content after(Node.Apply apply) {
        Operation operation = apply.operation();
        if (operation.normalizesBatch()) {
            batchNorms.add(apply);
            return Content.NONE;
        }
        if (operation.isFeatureNorm()) {
            return Content.NONE;
        }
        Content passed = after(content(apply.input()), Route.Step.through(apply));
        if (!Noise.is(apply)) {
            return passed;
        }
        Noise noise = new Noise(apply);
        noises.add(noise);
        Map<Noise, Route> arisen = new LinkedHashMap<>(passed.arisen());
        arisen.put(noise, Route.START);
        return new Content(arisen, passed.entered());
    }

    private static Content after(Content content, Route.Step step) {
        Map<Noise, Route> arisen = new LinkedHashMap<>();
        content.arisen().forEach((noise, route) -> arisen.put(noise, route.then(step)));
        Route entered = content.entered();
        return new Content(arisen, entered == null ? null : entered.then(step));
    }

    /** Carries the noise at a region's runs into the regions they run, which come after it in this order. */
    private void enter(Region region) {
        for (Node node : region.nodes()) {
            if (node instanceof Node.Run run) {
                Map<Noise, Route> into = entering(run.body());
                in(run.input()).forEach((noise, route) -> merge(into, noise, route));
                if (run.times() > 1) {
                    content(run.body().output())
                            .arisen()
                            .forEach((noise, route) -> merge(into, noise, route.then(Route.Step.around(run))));
                }
            }
        }
    }

    private Content content(Node node) {
        return contents.getOrDefault(node, Content.NONE);
    }

    private Map<Noise, Route> entering(Region region) {
        return entering.computeIfAbsent(region, unused -> new LinkedHashMap<>());
    }

    private static void merge(Map<Noise, Route> into, Noise noise, Route route) {
        into.merge(noise, route, (known, other) -> Route.NEAREST.compare(other, known) < 0 ? other : known);
    }

    private static @Nullable Route nearest(@Nullable Route one, @Nullable Route other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Route.NEAREST.compare(other, one) < 0 ? other : one;
    }
}
