package io.espalier.processor.plan;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Described;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Run;
import io.espalier.processor.read.StageDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Works out what a network's description says of a region. */
final class Describer {
    private final Region region;
    private final boolean root;
    private final Map<String, Parameter> parameters = new HashMap<>();
    private final Map<Node.Run, Run> runs;

    Describer(Region region, boolean root, List<Parameter> placed, Map<Node.Run, Run> runs) {
        this.region = region;
        this.root = root;
        this.runs = runs;
        placed.forEach(parameter -> parameters.put(parameter.name(), parameter));
    }

    List<Described> describe() {
        List<Described> all = new ArrayList<>();
        for (Node node : region.nodes()) {
            switch (node) {
                case Node.Apply apply ->
                    all.add(new Described.Operation(
                            apply.stage().name(),
                            named(apply.stage()),
                            apply.annotation().name(),
                            apply.input().shape(),
                            apply.shape(),
                            apply.operation().attributes(),
                            placed(apply.parameters())));
                case Node.Join join -> all.add(join(join));
                case Node.Run run -> {
                    Run call = runs.get(run);
                    if (call != null) {
                        all.add(new Described.Runs(run.stage().name(), named(run.stage()), run.shape(), call));
                    }
                }
                case Node.Input ignored -> throw new IllegalStateException("an input among the nodes");
            }
        }
        return List.copyOf(all);
    }

    private Described join(Node.Join join) {
        List<String> attributes = new ArrayList<>();
        attributes.add("shortcut");
        attributes.add(join.projection().isPresent() ? "projection" : "identity");
        join.dropPath().ifPresent(rule -> {
            attributes.add("dropPath");
            attributes.add(String.valueOf(rule.p()));
            attributes.add("schedule");
            attributes.add(rule.linear() ? "linear" : "constant");
        });
        return new Described.Operation(
                join.stage().name(),
                named(join.stage()),
                "Residual",
                join.skip().shape(),
                join.shape(),
                attributes,
                placed(join.projection().stream().toList()));
    }

    /** What belongs to the stage that runs the region has the region's own path, even if one of the block's is called alike. */
    private boolean named(StageDeclaration stage) {
        return root
                || region.block().map(block -> block.stages().contains(stage)).orElse(false);
    }

    private List<Parameter> placed(List<ParameterSpec> specs) {
        List<Parameter> placed = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            Parameter parameter = parameters.get(spec.name());
            if (parameter == null) {
                throw new IllegalStateException(spec.name() + " has no offset");
            }
            placed.add(parameter);
        }
        return placed;
    }
}
