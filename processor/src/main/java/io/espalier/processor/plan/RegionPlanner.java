package io.espalier.processor.plan;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Role;
import io.espalier.processor.operation.ActivationFunction;
import io.espalier.processor.operation.BatchNorm;
import io.espalier.processor.operation.Dense;
import io.espalier.processor.operation.DropConnect;
import io.espalier.processor.operation.Flatten;
import io.espalier.processor.operation.LayerNorm;
import io.espalier.processor.operation.NoiseOperation;
import io.espalier.processor.operation.Operation;
import io.espalier.processor.operation.RmsNorm;
import io.espalier.processor.operation.Softmax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans one region: cuts its nodes into segments at matrix products and at regions that it runs, fuses all between two cuts
 * into one loop, and gives parameters, streams and values their places.
 */
final class RegionPlanner {
    private final Planner planner;
    private final Region region;
    private final String name;
    private final Places places;
    private final Noises noises;
    private final Names names = new Names();
    private final Names partNames = new Names();
    private final List<Item> items = new ArrayList<>();
    private final Value input;

    /** Nodes whose value a shortcut carries on, with the joins it goes to, the outermost first. */
    private final Map<Node, List<Node.Join>> forks = new IdentityHashMap<>();

    private final Map<Node, Value> forkValues = new IdentityHashMap<>();
    private final Map<Node.Join, Product> projections = new IdentityHashMap<>();
    private final Set<Value> reachedByParameters = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<Node.Run, Item.Call> calls = new IdentityHashMap<>();
    private @Nullable SegmentBuilder open;
    private Value current;
    private int level;
    private int deepest;
    private int widest;
    private boolean batchNorm;
    private boolean synchronizes;
    private boolean dropConnect;

    /** Which weights of the next dense operation are dropped. */
    private Optional<Product.DropConnect> dropped = Optional.empty();

    RegionPlanner(Planner planner, Region region, String name, Names constants) {
        this.planner = planner;
        this.region = region;
        this.name = name;
        this.places = new Places(planner.graph().training(), name.isEmpty() ? "" : name + ".", constants);
        this.noises = new Noises(places);
        names.unique("input");
        names.unique("output");
        this.input = new Value("input", width(region.input()));
        this.current = input;
        this.widest = input.stride();
        if (!name.isEmpty()) {
            reachedByParameters.add(input);
        }
        for (Node node : region.nodes()) {
            if (node instanceof Node.Join join) {
                forks.computeIfAbsent(join.skip(), key -> new ArrayList<>()).add(0, join);
            }
        }
    }

    private static int width(Node node) {
        return Math.toIntExact(node.shape().size());
    }

    RegionPlan plan() {
        fork(region.input(), name.isEmpty() ? "input" : name);
        List<Node> nodes = region.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            String stage =
                    switch (node) {
                        case Node.Apply apply -> {
                            apply(apply, nodes.subList(i + 1, nodes.size()));
                            yield apply.stage().name();
                        }
                        case Node.Join join -> {
                            join(join);
                            yield join.stage().name();
                        }
                        case Node.Run run -> {
                            run(run);
                            yield run.stage().name();
                        }
                        case Node.Input ignored -> throw new IllegalStateException("an input among the nodes");
                    };
            fork(node, stage);
        }
        close();
        return new RegionPlan(
                name,
                region.input().shape(),
                region.output().shape(),
                input,
                current,
                List.copyOf(items),
                new Describer(region, name.isEmpty(), places.parameters(), calls).describe(),
                places.parameters(),
                trained(),
                places.sizes(),
                places.streams(),
                name.isEmpty() || changesGradients() ? deepest + 1 : 0,
                batchNorm,
                synchronizes,
                dropConnect,
                widest);
    }

    /** Whether a gradient leaves the region as another than it came: added noise alone lets it pass. */
    private boolean changesGradients() {
        return !items.stream().allMatch(item -> switch (item) {
            case Item.Segment segment ->
                segment.product().isEmpty()
                        && segment.steps().stream()
                                .allMatch(step -> step instanceof Step.GaussianNoise || step instanceof Step.Keep);
            case Item.Call call -> call.callee().levels() == 0;
        });
    }

    private long trained() {
        long trained = 0;
        for (PlannedParameter parameter : places.parameters()) {
            trained += parameter.trained() ? parameter.count() : 0;
        }
        for (Item.Call call : calls.values()) {
            trained += call.times() * call.callee().trained();
        }
        return trained;
    }

    private void apply(Node.Apply apply, List<Node> behind) {
        String stage = apply.stage().name();
        String path = stage + apply.annotation().name();
        switch (apply.operation()) {
            case Flatten ignored -> {}
            case Dense dense -> dense(apply, path, WeightStart.limit(width(apply.input()), behind));
            case LayerNorm norm -> {
                SegmentBuilder segment = opened(stage, path);
                Value source = segment.storedForNorm(names);
                segment.add(
                        new Step.LayerNorm(
                                path,
                                parameter(apply, Role.NORM_SCALE),
                                parameter(apply, Role.NORM_SHIFT),
                                (float) norm.epsilon(),
                                source),
                        path);
                segment.trained();
            }
            case RmsNorm norm -> {
                SegmentBuilder segment = opened(stage, path);
                Value source = segment.storedForNorm(names);
                segment.add(
                        new Step.RmsNorm(path, parameter(apply, Role.NORM_SCALE), (float) norm.epsilon(), source),
                        path);
                segment.trained();
            }
            case BatchNorm norm -> batchNorm(apply, norm, stage, path);
            case ActivationFunction function -> activate(function, stage, path);
            case Softmax ignored -> {
                Value result = value(path, width(apply));
                opened(stage, path).add(new Step.Softmax(result), path);
            }
            case DropConnect drop -> dropped = noises.dropConnect(drop);
            case NoiseOperation ignored -> noise(apply, stage, path);
            default -> throw new IllegalStateException("no step computes " + apply.operation());
        }
    }

    private void noise(Node.Apply apply, String stage, String path) {
        SegmentBuilder segment = opened(stage, path);
        noises.step(apply.operation(), path, width(apply)).ifPresent(step -> segment.add(step, path));
    }

    private void dense(Node.Apply apply, String path, double limit) {
        close();
        PlannedParameter weight = null;
        Optional<PlannedParameter> bias = Optional.empty();
        for (ParameterSpec node : apply.parameters()) {
            if (node.role() == Role.WEIGHT) {
                weight = places.place(node, limit);
            } else {
                bias = Optional.of(places.place(node, 0));
            }
        }
        if (weight == null) {
            throw new IllegalStateException("a dense operation without a weight");
        }
        Product product = new Product(
                path,
                weight,
                bias,
                current,
                value(path + "Product", width(apply)),
                reachedByParameters.contains(current),
                level,
                dropped);
        dropped = Optional.empty();
        synchronizes |= product.isWide();
        dropConnect |= product.dropConnect().isPresent();
        SegmentBuilder segment =
                new SegmentBuilder(partNames.unique(apply.stage().name()), path, product, current, level);
        segment.trained();
        bias.ifPresent(b -> segment.add(new Step.AddBias(b), path));
        open = segment;
    }

    private void batchNorm(Node.Apply apply, BatchNorm norm, String stage, String path) {
        if (open != null && open.hasBatchNorm()) {
            close();
        }
        SegmentBuilder segment = opened(stage, path);
        Value source = segment.storedForNorm(names);
        segment.add(
                new Step.BatchNorm(
                        path,
                        parameter(apply, Role.NORM_SCALE),
                        parameter(apply, Role.NORM_SHIFT),
                        parameter(apply, Role.RUNNING_MEAN),
                        parameter(apply, Role.RUNNING_VARIANCE),
                        (float) norm.epsilon(),
                        (float) norm.momentum(),
                        source),
                path);
        segment.trained();
        batchNorm = true;
        synchronizes = true;
    }

    private PlannedParameter parameter(Node.Apply apply, Role role) {
        for (ParameterSpec node : apply.parameters()) {
            if (node.role() == role) {
                return places.place(node, 0);
            }
        }
        throw new IllegalStateException(apply.annotation().name() + " has no " + role);
    }

    private void activate(Operation operation, String stage, String path) {
        Step.Activate step = Step.Activate.of(operation)
                .orElseThrow(() -> new IllegalStateException("no step computes " + operation));
        opened(stage, path).add(step, path);
    }

    private void join(Node.Join join) {
        String stage = join.stage().name();
        String path = stage + "Residual";
        Optional<Product> projection = Optional.ofNullable(projections.get(join));
        Value skip = forkValue(join.skip());
        if (projection.isPresent() && open != null && open.contains(skip)) {
            close();
        }
        SegmentBuilder segment = opened(stage, path);
        join.dropPath().ifPresent(rule -> segment.add(dropPath(rule, stage), path));
        projection.ifPresent(segment::addProjection);
        segment.add(new Step.Join(projection.map(Product::result).orElse(skip), projection), path);
        if (projection.isPresent() || reachedByParameters.contains(skip)) {
            segment.trained();
        }
        level--;
    }

    private Step.DropPath dropPath(DropPathRule rule, String stage) {
        return new Step.DropPath(names.unique(stage + "DropPath"), planner.number(rule), places.takeStreams(1));
    }

    private Value forkValue(Node node) {
        Value value = forkValues.get(node);
        if (value == null) {
            throw new IllegalStateException("a shortcut from nowhere");
        }
        return value;
    }

    /** Opens the residual branches that start at a node. */
    private void fork(Node node, String stage) {
        for (Node.Join join : forks.getOrDefault(node, List.of())) {
            SegmentBuilder segment = opened(stage, join.stage().name() + "Branch");
            Value value = segment.stored(names);
            forkValues.put(node, value);
            Optional<Product> projection = join.projection()
                    .map(weight -> projection(
                            join, weight, value, segment.isTrained() || reachedByParameters.contains(value)));
            projection.ifPresent(product -> projections.put(join, product));
            synchronizes |= projection.filter(Product::isWide).isPresent();
            segment.add(new Step.Fork(value, projection), stage);
            level++;
            deepest = Math.max(deepest, level);
        }
    }

    private Product projection(Node.Join join, ParameterSpec node, Value source, boolean inputGradient) {
        String path = names.unique(join.stage().name() + "Shortcut");
        return new Product(
                path,
                places.place(node, WeightStart.limit(node.shape().get(1), List.of())),
                Optional.empty(),
                source,
                value(path + "Product", node.shape().get(0)),
                inputGradient,
                level,
                Optional.empty());
    }

    private void run(Node.Run run) {
        close();
        RegionPlan callee = planner.plan(run.body());
        if (callee.output() == callee.input()) {
            return;
        }
        String stage = run.stage().name();
        planner.run(callee);
        Value output = value(stage + "Output", width(run));
        Item.Call call = new Item.Call(
                partNames.unique(stage),
                callee,
                run.times(),
                run.repeated(),
                current,
                output,
                places.place(callee, run.times()),
                places.takeStreams(Math.multiplyExact(callee.streams(), run.times())),
                level);
        items.add(call);
        calls.put(run, call);
        reachedByParameters.add(output);
        deepest = Math.max(deepest, level + callee.levels() - 1);
        widest = Math.max(widest, callee.widest());
        batchNorm |= callee.batchNorm();
        synchronizes |= callee.synchronizes();
        dropConnect |= callee.dropConnect();
        current = output;
    }

    private Value value(String path, int width) {
        Value value = new Value(names.unique(path), width);
        widest = Math.max(widest, value.stride());
        return value;
    }

    private SegmentBuilder opened(String stage, String path) {
        SegmentBuilder segment = open;
        if (segment != null && segment.isLong()) {
            close();
            segment = null;
        }
        if (segment == null) {
            segment = new SegmentBuilder(partNames.unique(path), stage, null, current, level);
            if (reachedByParameters.contains(current)) {
                segment.trained();
            }
            open = segment;
        }
        return segment;
    }

    private void close() {
        SegmentBuilder segment = open;
        if (segment == null) {
            return;
        }
        open = null;
        current = segment.stored(names);
        segment.endLevel = level;
        if (segment.isTrained()) {
            reachedByParameters.add(current);
        }
        items.add(segment.build());
    }
}
