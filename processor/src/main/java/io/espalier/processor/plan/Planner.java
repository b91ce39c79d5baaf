package io.espalier.processor.plan;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.graph.Region;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Plans a whole network: every region once, those that a region runs before it. */
public final class Planner {
    private final NetworkGraph graph;
    private final Names classNames = new Names();
    private final Names constants = new Names();
    private final Map<Region, RegionPlan> planned = new IdentityHashMap<>();
    private final List<RegionPlan> regions = new ArrayList<>();
    private final List<DropPathRule> dropPaths = new ArrayList<>();

    private Planner(NetworkGraph graph) {
        this.graph = graph;
    }

    /**
     * Plans a network.
     *
     * @param graph a graph without defects
     */
    public static NetworkPlan plan(NetworkGraph graph) {
        return new Planner(graph).plan();
    }

    private NetworkPlan plan() {
        RegionPlan root = new RegionPlanner(this, graph.root(), "", constants).plan();
        List<TrainingPlan.DropPaths> rules = new ArrayList<>();
        for (DropPathRule rule : dropPaths) {
            rules.add(new TrainingPlan.DropPaths(
                    rule.p(), rule.linear(), graph.branches().getOrDefault(rule, 1L)));
        }
        return new NetworkPlan(
                ModelName.of(graph.declaration().network()),
                TrainingPlan.of(loss(), graph.training(), rules),
                root,
                List.copyOf(regions),
                graph.declaration().network().isMonteCarlo());
    }

    private Loss loss() {
        return Loss.of(graph.declaration().network())
                .orElseThrow(() ->
                        new IllegalStateException("The loss is none that this version of the processor knows. Use a"
                                + " processor and a runtime of the same version"));
    }

    NetworkGraph graph() {
        return graph;
    }

    /** The plan of a region that another one may run. */
    RegionPlan plan(Region region) {
        RegionPlan plan = planned.get(region);
        if (plan == null) {
            plan = new RegionPlanner(this, region, classNames.unique(Names.upperFirst(region.name())), constants)
                    .plan();
            planned.put(region, plan);
        }
        return plan;
    }

    /** Says that a region is run; what it runs itself was said before. */
    void run(RegionPlan plan) {
        if (regions.stream().noneMatch(known -> known == plan)) {
            regions.add(plan);
        }
    }

    /** The number of a drop path annotation. */
    int number(DropPathRule rule) {
        int index = dropPaths.indexOf(rule);
        if (index < 0) {
            index = dropPaths.size();
            dropPaths.add(rule);
        }
        return index;
    }
}
