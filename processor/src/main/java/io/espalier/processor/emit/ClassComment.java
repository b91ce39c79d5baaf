package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.plan.Described;
import io.espalier.processor.plan.NetworkPlan;
import io.espalier.processor.plan.PlannedParameter;
import io.espalier.processor.plan.RegionPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of stages, shapes and parameters at the head of a network's class. */
final class ClassComment {
    private record Row(String stage, List<String> operations, Shape shape, long parameters) {}

    private ClassComment() {}

    static CodeBlock of(NetworkPlan network) {
        List<RegionPlan> regions = new ArrayList<>();
        regions.add(network.root());
        regions.addAll(network.regions());
        CodeBlock.Builder comment = CodeBlock.builder();
        comment.add(
                "The network of {@code $L}, from {@code $L} to {@code $L}: $L trained parameters.\n",
                network.model().qualifiedName(),
                network.root().inputShape(),
                network.root().outputShape(),
                network.root().trained());
        for (RegionPlan plan : regions) {
            comment.add("\n<table>\n<caption>$L</caption>\n", caption(plan));
            comment.add("<tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>\n");
            for (Row row : rows(plan)) {
                comment.add(
                        "<tr><td>$L</td><td>$L</td><td>{@code $L}</td><td>$L</td></tr>\n",
                        row.stage(),
                        String.join(", ", row.operations()),
                        row.shape(),
                        row.parameters());
            }
            comment.add("</table>\n");
        }
        return comment.build();
    }

    private static String caption(RegionPlan plan) {
        return plan.isRoot() ? "The stages" : "The stages of " + plan.name() + ", {@code " + plan.inputShape() + "} in";
    }

    private static List<Row> rows(RegionPlan plan) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Described described : plan.description()) {
            switch (described) {
                case Described.Operation operation ->
                    add(rows, operation, operation.kind(), count(operation.parameters()));
                case Described.Runs runs -> {
                    RegionPlan callee = runs.call().callee();
                    String times = runs.call().repeated() ? runs.call().times() + " × " : "";
                    add(rows, runs, times + callee.name(), runs.call().times() * callee.trained());
                }
            }
        }
        return List.copyOf(rows.values());
    }

    private static void add(Map<String, Row> rows, Described described, String operation, long parameters) {
        Row row = rows.get(described.stage());
        List<String> operations = new ArrayList<>(row == null ? List.of() : row.operations());
        operations.add(operation);
        long before = row == null ? 0 : row.parameters();
        rows.put(described.stage(), new Row(described.stage(), operations, described.output(), before + parameters));
    }

    private static long count(List<PlannedParameter> parameters) {
        return parameters.stream()
                .filter(PlannedParameter::trained)
                .mapToLong(PlannedParameter::count)
                .sum();
    }
}
