package io.espalier.processor.plan;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import io.espalier.processor.read.StageDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The first pass: the forward kernels of a region for a mode, node by node. */
final class Lowerer {
    private final Region region;
    private final boolean root;
    private final Mode mode;
    private final Placement placement;
    private final Function<Region, RegionProgram> regions;
    private final Names runNames = new Names();
    private final NodeLowering.DroppedWeights dropped = new NodeLowering.DroppedWeights();
    private final Map<Node, Value> values = new IdentityHashMap<>();
    private final List<Lowered> nodes = new ArrayList<>();

    /** Where a shortcut starts, and the joins that it goes to, the outermost first. */
    private final Map<Node, List<Node.Join>> joins = new IdentityHashMap<>();

    /**
     * @param root whether it is the network itself
     * @param regions the planned form of a region that this one runs
     */
    Lowerer(Region region, boolean root, Mode mode, Placement placement, Function<Region, RegionProgram> regions) {
        this.region = region;
        this.root = root;
        this.mode = mode;
        this.placement = placement;
        this.regions = regions;
        for (Node node : region.nodes()) {
            if (node instanceof Node.Join join) {
                joins.computeIfAbsent(join.skip(), key -> new ArrayList<>()).add(0, join);
            }
        }
    }

    /**
     * A region's forward pass.
     *
     * @param mode what it is for
     * @param input what enters
     * @param output what leaves
     * @param nodes the nodes in order
     */
    record Forward(Mode mode, Value input, Value output, List<Lowered> nodes) {
        /** All kernels in order. */
        List<Kernel> kernels() {
            return nodes.stream().flatMap(node -> node.kernels.stream()).toList();
        }
    }

    Forward lower() {
        Value input = new Value("x", "input", Value.Kind.INPUT, inputLayout());
        values.put(region.input(), input);
        placeShortcuts(region.input());
        Value last = input;
        List<Node> all = region.nodes();
        for (int i = 0; i < all.size(); i++) {
            Node node = all.get(i);
            List<Node> nodesAfter = all.subList(i + 1, all.size());
            Lowered lowered =
                    switch (node) {
                        case Node.Apply apply -> apply(apply, nodesAfter);
                        case Node.Join join -> join(join);
                        case Node.Run run -> run(run);
                        case Node.Input ignored -> throw new IllegalStateException("an input among the nodes");
                    };
            nodes.add(lowered);
            last = lowered.output();
            values.put(node, last);
            placeShortcuts(node);
        }
        if (dropped.isPending()) {
            throw new IllegalStateException("nothing takes the weights that " + region.name() + " drops");
        }
        return new Forward(mode, input, last, List.copyOf(nodes));
    }

    /**
     * How what enters lies: the input of the network without padding, where all that reads it can do without. Elementwise
     * operations take an example as one row then, whose end is padded.
     */
    private Layout inputLayout() {
        Shape shape = region.input().shape();
        if (!root || shape.isFeatures()) {
            return Layout.rows(shape);
        }
        Node read = region.input();
        for (Node node : region.nodes()) {
            if (joins.containsKey(read) || !(node instanceof Node.Apply apply)) {
                return Layout.rows(shape);
            }
            if (apply.operation().isShapeChange()) {
                return Layout.rows(1, Math.toIntExact(shape.size()));
            }
            if (apply.operation().isLinear()) {
                boolean direct = read == region.input();
                return direct || shape.size() == Layout.padded(shape.size())
                        ? Layout.packed(shape)
                        : Layout.rows(shape);
            }
            if (!apply.operation().isElementwise()) {
                return Layout.rows(shape);
            }
            read = node;
        }
        return Layout.rows(shape);
    }

    private Value value(Node node) {
        Value value = values.get(node);
        if (value == null) {
            throw new IllegalStateException("a value from nowhere");
        }
        return value;
    }

    /** Parameters lie in the order in which the branches start, so that a shortcut's stands before its branch's. */
    private void placeShortcuts(Node start) {
        for (Node.Join join : joins.getOrDefault(start, List.of())) {
            join.projection().ifPresent(this::projection);
        }
    }

    private Parameter projection(ParameterSpec weight) {
        return placement.parameter(weight, Initialization.limit(weight.shape().getLast(), List.of()));
    }

    /** A stage's name; none for that which runs a block, since the block may be another stage's too. */
    private String stage(StageDeclaration stage) {
        boolean ofRunner = !root
                && region.block().map(block -> !block.stages().contains(stage)).orElse(false);
        return ofRunner ? "" : stage.name();
    }

    private static String path(String stage, String operation) {
        return stage.isEmpty() ? Names.lowerFirst(operation) : stage + operation;
    }

    private Lowered apply(Node.Apply apply, List<Node> nodesAfter) {
        String stage = stage(apply.stage());
        Map<String, Parameter> parameters = new HashMap<>();
        for (ParameterSpec spec : apply.parameters()) {
            parameters.put(spec.part(), placement.parameter(spec, Initialization.limit(spec, nodesAfter)));
        }
        Lowered lowered = new Lowered(
                apply,
                stage,
                path(stage, apply.annotation().name()),
                apply.operation().title(apply.input().shape()),
                value(apply.input()),
                parameters);
        NodeLowering kernels = new NodeLowering(mode, placement, lowered, lowered.kernels, dropped);
        lowered.output(apply.operation().forward(kernels, lowered.input));
        dropped.endOperation();
        return lowered;
    }

    private Lowered join(Node.Join join) {
        String stage = stage(join.stage());
        Value branch = value(join.branch());
        Value skip = value(join.skip());
        String title = (mode.isRandom() ? join.dropPath().map(Lowerer::title).orElse("") : "")
                + (join.projection().isPresent() ? "projected shortcut" : "shortcut");
        Lowered lowered = new Lowered(join, stage, path(stage, "Residual"), title, branch, Map.of());
        NodeLowering kernels =
                new NodeLowering(mode, placement, lowered, lowered.kernels, new NodeLowering.DroppedWeights());
        lowered.values.put("skip", skip);
        // What comes back through an identity is added where the branch begins.
        lowered.backwardTitle = join.projection().isPresent() ? title : title.replaceAll("(, )?shortcut$", "");
        Value scaled = branch;
        if (mode.isRandom() && join.dropPath().isPresent()) {
            DropPathRule rule = join.dropPath().get();
            Value scale = kernels.branchScale(kernels.rate(placement.rate(join, rule)));
            scaled = kernels.pointwise("scaled", Expression.of(branch).times(scale));
        }
        Value shortcut = join.projection()
                .map(weight -> kernels.contraction("shortcut", skip, projection(weight), 0))
                .orElse(skip);
        lowered.output(kernels.pointwise("joined", Expression.of(scaled).plus(shortcut)));
        return lowered;
    }

    private static String title(DropPathRule rule) {
        return "drop path (p = " + rule.p() + (rule.linear() ? ", linear in depth), " : "), ");
    }

    private Lowered run(Node.Run node) {
        String stage = node.stage().name();
        RegionProgram callee = regions.apply(node.body());
        Lowered lowered = new Lowered(node, stage, stage, "", value(node.input()), Map.of());
        if (!callee.code(mode).isEmpty()) {
            Run run = placement.run(node, callee, runNames.unique(stage));
            Value output = new Value("output", stage + "Output", Value.Kind.ACTIVATION, Layout.rows(node.shape()));
            lowered.kernels.add(new Kernel.Call(run, false, lowered.input, output));
            lowered.output(output);
        }
        return lowered;
    }
}
