package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.ir.Described;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of stages, shapes and parameters at the head of a network's class. */
final class ClassComment {
    private record Row(String stage, List<String> operations, Shape shape, long parameters) {}

    private ClassComment() {}

    static CodeBlock of(NetworkProgram network) {
        CodeBlock.Builder comment = CodeBlock.builder();
        comment.add(
                "The network of {@code $L}, from {@code $L} to {@code $L}: $L trained parameters.\n",
                network.model().qualifiedName(),
                network.root().inputShape(),
                network.root().outputShape(),
                network.root().trained());
        for (RegionProgram plan : network.all()) {
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

    private static String caption(RegionProgram plan) {
        return plan.isRoot() ? "The stages" : "The stages of " + plan.name() + ", {@code " + plan.inputShape() + "} in";
    }

    private static List<Row> rows(RegionProgram plan) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Described described : plan.description()) {
            switch (described) {
                case Described.Operation operation ->
                    add(rows, operation, operation.kind(), count(operation.parameters()));
                case Described.Runs runs -> {
                    RegionProgram callee = runs.run().callee();
                    String times = runs.run().repeated() ? runs.run().times() + " × " : "";
                    add(rows, runs, times + callee.name(), runs.run().times() * callee.trained());
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

    private static long count(List<Parameter> parameters) {
        return parameters.stream()
                .filter(Parameter::trained)
                .mapToLong(Parameter::count)
                .sum();
    }
}
