package io.espalier.processor.plan;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.graph.Region;
import io.espalier.processor.graph.TrainingSettings;
import io.espalier.processor.ir.Loss;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.TrainingRule;
import io.espalier.processor.read.ModelDeclaration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Plans a whole network: every region once, those that a region runs before it. */
public final class Planner {
    private final NetworkGraph graph;
    private final List<Mode> modes;
    private final Names classNames = new Names();
    private final Names constants = new Names();
    private final Map<Region, RegionProgram> planned = new IdentityHashMap<>();
    private final List<RegionProgram> regions = new ArrayList<>();
    private final List<DropPathRule> dropPaths = new ArrayList<>();

    private Planner(NetworkGraph graph) {
        this.graph = graph;
        this.modes = graph.declaration().network().isMonteCarlo()
                ? List.of(Mode.TRAINING, Mode.PREDICTION, Mode.SAMPLING)
                : List.of(Mode.TRAINING, Mode.PREDICTION);
    }

    /**
     * Plans a network.
     *
     * @param graph a graph without defects
     */
    public static NetworkProgram plan(NetworkGraph graph) {
        return new Planner(graph).plan();
    }

    private NetworkProgram plan() {
        ModelDeclaration network = graph.declaration().network();
        RegionProgram root = plan(graph.root(), "");
        List<TrainingRule.DropPaths> rules = new ArrayList<>();
        for (DropPathRule rule : dropPaths) {
            rules.add(new TrainingRule.DropPaths(
                    rule.p(), rule.linear(), graph.branches().getOrDefault(rule, 1L)));
        }
        Loss loss = Models.loss(network)
                .orElseThrow(() ->
                        new IllegalStateException("The loss is none that this version of the processor knows. Use a"
                                + " processor and a runtime of the same version"));
        return new NetworkProgram(
                Models.name(network),
                rule(loss, graph.training(), rules),
                root,
                regions,
                MemoryPlanner.plan(
                        Stream.concat(regions.stream(), Stream.of(root)).toList(), modes),
                modes.size() > 2);
    }

    private static TrainingRule rule(Loss loss, TrainingSettings settings, List<TrainingRule.DropPaths> dropPaths) {
        TrainingRule.Update update =
                switch (settings.optimizer()) {
                    case TrainingSettings.Optimizer.Adam adam ->
                        new TrainingRule.Update.Adam(adam.beta1(), adam.beta2(), adam.epsilon());
                    case TrainingSettings.Optimizer.RmsProp rms ->
                        new TrainingRule.Update.RmsProp(rms.alpha(), rms.epsilon(), rms.momentum());
                    case TrainingSettings.Optimizer.Sgd sgd ->
                        new TrainingRule.Update.Sgd(sgd.momentum(), sgd.nesterov());
                };
        return new TrainingRule(
                loss,
                update,
                settings.optimizer().learningRate(),
                settings.weightDecay(),
                settings.l1(),
                settings.l2(),
                settings.labelSmoothing(),
                settings.clipNorm().orElse(Double.POSITIVE_INFINITY),
                settings.maxNorm().orElse(Double.POSITIVE_INFINITY),
                List.copyOf(dropPaths));
    }

    private RegionProgram plan(Region region, String name) {
        Placement placement =
                new Placement(graph.training(), name.isEmpty() ? "" : name + ".", constants, this::number);
        return new RegionPlanner(region, name, placement, this::callee, modes).plan();
    }

    /** The plan of a region that another one runs. */
    private RegionProgram callee(Region region) {
        RegionProgram known = planned.get(region);
        if (known == null) {
            known = plan(region, classNames.unique(Names.upperFirst(region.name())));
            planned.put(region, known);
            if (!known.code(Mode.TRAINING).isEmpty()) {
                regions.add(known);
            }
        }
        return known;
    }

    /** The number of a drop path annotation. */
    private int number(DropPathRule rule) {
        int index = dropPaths.indexOf(rule);
        if (index < 0) {
            index = dropPaths.size();
            dropPaths.add(rule);
        }
        return index;
    }
}
