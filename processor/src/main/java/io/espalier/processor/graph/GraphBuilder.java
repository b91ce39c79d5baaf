package io.espalier.processor.graph;

import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Applied;
import io.espalier.processor.operation.Defects;
import io.espalier.processor.operation.Definition;
import io.espalier.processor.operation.OperationContext;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.operation.ShapePath;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.ModelDeclaration;
import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.read.StageDeclaration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the graph of a network. Total: whatever the declaration holds, a graph comes out, with what is wrong among its
 * defects. Behind a mistake the shape is unknown and nothing more is said of shapes.
 */
public final class GraphBuilder {
    /** Runs of regions in a network: the emitted code numbers them with an {@code int}. */
    private static final int MOST_RUNS = Integer.MAX_VALUE;

    private final NetworkDeclaration declaration;
    private final Operations operations;
    private final Defects defects = new Defects();
    private final Joins joins = new Joins(defects);
    private final Stages stages;
    private final Misplaced misplaced;
    private final DropPathRules dropPaths;
    private final Map<Use, BuiltBlock> blocks = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> cyclic = new HashSet<>();
    private boolean partial;

    /** What makes two uses of a block the same region. */
    private record Use(
            String block,
            Shape in,
            boolean residual,
            boolean projected,
            Optional<DropPathRule> dropPath,
            Optional<Shape> branch) {}

    /** A region with the shape before its join and the one behind, both unknown after a mistake. */
    private record BuiltBlock(Region region, Shape branch, Shape out) {}

    private GraphBuilder(NetworkDeclaration declaration, Operations operations) {
        this.declaration = declaration;
        this.operations = operations;
        this.stages = new Stages(declaration, operations);
        this.misplaced = new Misplaced(stages, defects);
        this.dropPaths = new DropPathRules(declaration.network());
    }

    /**
     * The graph of a declared network.
     *
     * @param declaration the network and its blocks
     * @param operations what an annotation of a stage may stand for
     * @return the graph, with what is wrong among its defects
     */
    public static NetworkGraph build(NetworkDeclaration declaration, Operations operations) {
        return new GraphBuilder(declaration, operations).build();
    }

    private NetworkGraph build() {
        ModelDeclaration network = declaration.network();
        declaration.faults().forEach(fault -> defects.structure(fault.point(), fault.text()));
        TrainingSettings training = TrainingFactory.settings(network, defects);
        Shape input = InputShape.of(network, defects);
        RegionBuilder region = new RegionBuilder(input, "", Optional.empty(), ShapePath.from(input));
        open.push(network.qualifiedName());
        lay(region, network);
        Region root = region.build(network.simpleName(), Optional.of(network));
        Counts counts = new Counts();
        checkSize(counts, root);
        if (!partial) {
            dropPaths
                    .ofNetwork()
                    .filter(rule -> joins.none())
                    .ifPresent(rule -> defects.dropPath(
                            rule.annotation().point(),
                            "@DropPath on " + network.type().getSimpleName()
                                    + ", which has no residual branch to drop: put @Residual on the stages that are to be "
                                    + "skipped, or leave @DropPath out"));
        }
        return new NetworkGraph(declaration, root, training, counts.branches(root), defects.list());
    }

    private void lay(RegionBuilder region, ModelDeclaration model) {
        for (int i = 0; i < model.stages().size(); i++) {
            StageDeclaration stage = model.stages().get(i);
            misplaced.check(stage);
            if (!stage.known()) {
                partial = true;
                layUnknown(region, stage, Shape.UNKNOWN);
            } else if (stage.block().isPresent()) {
                layBlock(region, stage, stage.block().get());
            } else if (stage.annotation("Repeat").isPresent()) {
                layRepeated(region, stage);
            } else {
                layOperations(region, stage, stage.name() + ".", stages.batchNormFollows(model, i));
            }
        }
    }

    /** Lays the operations of a stage, and the join behind them where it is residual. */
    private void layOperations(RegionBuilder region, StageDeclaration stage, String prefix, boolean batchNormFollows) {
        Node skip = region.end();
        Shape in = region.shape();
        boolean residual = Stages.isResidual(stage);
        List<AnnotationDeclaration> annotations = stages.operations(stage);
        if (annotations.isEmpty()) {
            defects.structure(
                    stage.point(),
                    "stage '" + stage.name()
                            + "' has no operation. Put one on it, such as @Dense(128), or leave it out");
            layUnknown(region, stage, in);
        }
        for (int i = 0; i < annotations.size(); i++) {
            AnnotationDeclaration annotation = annotations.get(i);
            boolean batchNormNext = i + 1 < annotations.size()
                    ? stages.normalizesBatch(annotations.get(i + 1))
                    : batchNormFollows && !residual;
            OperationContext context = new OperationContext(
                    stage,
                    prefix,
                    region.shape(),
                    residual ? Optional.of(in) : region.branch(),
                    batchNormNext,
                    region.shapes());
            layOperation(region, annotation, context);
        }
        if (residual) {
            joins.check(stage, in, region.shape(), region.shapes());
            joins.lay(region, stage, skip, in, prefix, dropPaths.governing(stage));
        }
    }

    /** Whether an array can hold an example of what an operation gives, with each position's channels padded. */
    private boolean fits(Applied applied, OperationContext context, AnnotationDeclaration annotation) {
        Shape shape = applied.shape();
        if (!shape.isKnown()
                || applied.operation().isElementwise()
                || applied.operation().isShapeChange()) {
            return true;
        }
        long values = shape.positions() * Layout.padded((long) shape.channels());
        if (values <= Integer.MAX_VALUE) {
            return true;
        }
        defects.shape(
                annotation.point(),
                "@" + annotation.name() + " on '" + context.stage().name() + "' gives " + shape + ", " + values
                        + " values an example with the channels of each position in whole vectors: at most "
                        + Integer.MAX_VALUE + ". Put @Flatten before it, or give it fewer units");
        return false;
    }

    private void layOperation(RegionBuilder region, AnnotationDeclaration annotation, OperationContext context) {
        StageDeclaration stage = context.stage();
        Optional<Definition> definition = operations.find(annotation.name());
        if (definition.isEmpty()) {
            defects.structure(
                    annotation.point(),
                    "@" + annotation.name() + " on '" + stage.name()
                            + "' is no operation that this version of the processor knows. Use a processor and a runtime "
                            + "of the same version");
            layUnknown(region, stage, Shape.UNKNOWN);
            return;
        }
        Applied applied = definition.get().shapeRule().apply(annotation, context, defects);
        Shape shape = annotation.usable() && fits(applied, context, annotation) ? applied.shape() : Shape.UNKNOWN;
        region.add(
                new Node.Apply(region.end(), applied.operation(), annotation, stage, shape, applied.parameters()),
                stage.name(),
                shape);
    }

    private void layRepeated(RegionBuilder region, StageDeclaration stage) {
        RegionBuilder body = new RegionBuilder(region.shape(), region.path(), region.branch(), region.shapes());
        layOperations(body, stage, "", false);
        addRun(region, stage, body.build(stage.name(), Optional.empty()), body.shape(), body.shapes());
    }

    private void layBlock(RegionBuilder region, StageDeclaration stage, String name) {
        boolean withOperations = misplaced.checkOperations(stage, name);
        ModelDeclaration block = declaration.blocks().get(name);
        if (block == null || block.stages().isEmpty() || isCycle(stage, name)) {
            partial = true;
            layUnknown(region, stage, Shape.UNKNOWN);
            return;
        }
        if (withOperations) {
            layUnknown(region, stage, region.shape());
        }
        BuiltBlock built = region(region, stage, block);
        Shape out = built.out();
        if (Stages.isResidual(stage)) {
            ShapePath shapes = region.shapes().then(region.path() + stage.name(), built.branch());
            joins.check(stage, region.shape(), built.branch(), shapes);
            out = joins.fit(stage, region.shape(), built.branch()) ? out : Shape.UNKNOWN;
        }
        addRun(region, stage, built.region(), out, region.shapes().then(region.path() + stage.name(), out));
        if (withOperations) {
            layUnknown(region, stage, Shape.UNKNOWN);
        }
    }

    /** The block's region at the shape and in the situation that it meets here. */
    private BuiltBlock region(RegionBuilder region, StageDeclaration stage, ModelDeclaration block) {
        boolean residual = Stages.isResidual(stage);
        Optional<Shape> branch = residual ? Optional.of(region.shape()) : region.branch();
        Optional<DropPathRule> dropPath = residual ? dropPaths.governing(stage) : Optional.empty();
        Use use = new Use(
                block.qualifiedName(),
                region.shape(),
                residual,
                residual && joins.isProjected(stage),
                dropPath,
                stages.takesOuterBranch(block) ? branch : Optional.empty());
        BuiltBlock known = blocks.get(use);
        if (known != null) {
            return known;
        }
        RegionBuilder body =
                new RegionBuilder(region.shape(), region.path() + stage.name() + ".", branch, region.shapes());
        Node skip = body.end();
        open.push(block.qualifiedName());
        lay(body, block);
        open.pop();
        Shape beforeJoin = body.shape();
        if (residual) {
            joins.lay(body, stage, skip, region.shape(), "", dropPath);
        }
        BuiltBlock built = new BuiltBlock(body.build(block.simpleName(), Optional.of(block)), beforeJoin, body.shape());
        blocks.put(use, built);
        return built;
    }

    private void addRun(RegionBuilder region, StageDeclaration stage, Region body, Shape out, ShapePath shapes) {
        Optional<AnnotationDeclaration> annotation = stage.annotation("Repeat");
        if (annotation.isEmpty()) {
            region.add(new Node.Run(region.end(), body, 1, false, stage), stage.name(), out);
            return;
        }
        AnnotationDeclaration repeat = annotation.get();
        int times = repeat.intValue("value");
        if (times < 1 && repeat.usable()) {
            defects.value(
                    repeat.pointOf("value"),
                    "@Repeat(" + times + ") on '" + stage.name()
                            + "': a stage runs at least once. Write 1 or more, or leave the stage out");
        }
        Shape in = region.shape();
        region.add(new Node.Run(region.end(), body, Math.max(1, times), true, stage), stage.name(), out);
        if (in.isKnown() && out.isKnown() && !in.equals(out)) {
            if (times >= 1) {
                defects.shape(
                        repeat.point(),
                        "@Repeat on '" + stage.name() + "': what leaves the stage, " + out
                                + ", must have the shape of what "
                                + "enters it, " + in + ", to enter it again. Shapes: " + shapes
                                + ". End the stage in what enters it, such as with @Dense(" + in.channels()
                                + "), or put the change of width in a stage before it");
            }
            region.lose();
        }
    }

    /** Lays what a stage does that nobody can tell: a region without nodes. Behind it the shape is what was meant, or unknown. */
    private void layUnknown(RegionBuilder region, StageDeclaration stage, Shape shape) {
        RegionBuilder nothing = new RegionBuilder(shape, "", Optional.empty(), region.shapes());
        Region body = nothing.build(stage.name(), Optional.empty());
        region.add(new Node.Run(region.end(), body, 1, false, stage), stage.name(), shape);
    }

    /** Whether a stage runs a block that runs the stage; said once for each field that closes a cycle. */
    private boolean isCycle(StageDeclaration stage, String block) {
        if (!open.contains(block)) {
            return cyclic.contains(block);
        }
        Deque<String> cycle = new ArrayDeque<>();
        for (String name : open) {
            cycle.push(name);
            if (name.equals(block)) {
                break;
            }
        }
        cyclic.addAll(cycle);
        defects.structure(
                stage.point(),
                "'" + stage.name() + "' closes a cycle of blocks: " + String.join(" → ", cycle) + " → " + block
                        + ". A block cannot hold itself; use @Repeat to run one several times");
        return true;
    }

    /** A network's values lie in one array, and each run of a region is an object in training. */
    private void checkSize(Counts counts, Region root) {
        long parameters = counts.parameters(root);
        long runs = counts.runs(root);
        String name = declaration.network().type().getSimpleName().toString();
        if (counts.values(root) > Integer.MAX_VALUE) {
            tooLarge(
                    name + " has " + (parameters == Long.MAX_VALUE ? "over 9·10¹⁸" : String.valueOf(parameters))
                            + " parameters, repeats counted: at most " + Integer.MAX_VALUE
                            + ", with every width rounded up to a multiple of 16. Make its stages narrower, or repeat them less");
        } else if (runs > MOST_RUNS) {
            tooLarge(name + " runs blocks and repeated stages " + (runs == Long.MAX_VALUE ? "over 9·10¹⁸" : runs)
                    + " times: at most " + MOST_RUNS + ". Repeat or nest them less");
        }
    }

    private void tooLarge(String text) {
        declaration.network().annotation("Network").ifPresent(annotation -> defects.value(annotation.point(), text));
    }
}
