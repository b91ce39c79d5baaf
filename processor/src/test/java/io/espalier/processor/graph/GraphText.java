package io.espalier.processor.graph;

import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Defect;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;

/** Writes graphs and defects as text, so that tests can show what they expect. */
public final class GraphText {
    private final StringBuilder text = new StringBuilder();
    private final Map<Region, Integer> numbers = new HashMap<>();

    private GraphText() {}

    /** The regions of a graph; one that was written before is only named. */
    public static String of(NetworkGraph graph) {
        GraphText writer = new GraphText();
        writer.region(graph.root(), "");
        return writer.text.toString();
    }

    /** The defects, each as {@code KIND place: text}. */
    static List<String> defects(NetworkGraph graph) {
        return graph.defects().stream()
                .map(defect -> defect.kind() + " " + place(defect) + ": " + defect.text())
                .toList();
    }

    /** The kinds and places of the defects. */
    static List<String> places(NetworkGraph graph) {
        return graph.defects().stream()
                .map(defect -> defect.kind() + " " + place(defect))
                .toList();
    }

    private static String place(Defect defect) {
        Element element = defect.point().element();
        String where = element.getKind().isField()
                ? element.getEnclosingElement().getSimpleName() + "." + element.getSimpleName()
                : element.getSimpleName().toString();
        if (defect.point().mirror() == null) {
            return where;
        }
        String annotation =
                " @" + defect.point().mirror().getAnnotationType().asElement().getSimpleName();
        return where
                + annotation
                + (defect.point().value() == null ? "" : " " + defect.point().value());
    }

    private void region(Region region, String indent) {
        text.append(indent)
                .append(region.name())
                .append(' ')
                .append(region.input().shape());
        Integer known = numbers.putIfAbsent(region, numbers.size());
        if (known != null) {
            text.append(" as above\n");
            return;
        }
        text.append('\n');
        region.nodes().forEach(node -> node(node, indent + "  "));
    }

    private void node(Node node, String indent) {
        switch (node) {
            case Node.Input input -> throw new AssertionError("an input among the nodes");
            case Node.Apply apply ->
                line(indent, apply.stage().name(), apply.operation(), apply.parameters(), apply.shape());
            case Node.Join join ->
                line(
                        indent,
                        join.stage().name(),
                        "join"
                                + join.dropPath()
                                        .map(rule -> " dropped " + rule.p())
                                        .orElse(""),
                        join.projection().map(List::of).orElse(List.of()),
                        join.shape());
            case Node.Run run -> {
                text.append(indent).append(run.stage().name()).append(": run");
                text.append(run.repeated() ? " " + run.times() + " times" : "").append('\n');
                region(run.body(), indent);
            }
        }
    }

    private void line(String indent, String stage, Object what, List<ParameterSpec> parameters, Shape shape) {
        text.append(indent).append(stage).append(": ").append(what).append(' ').append(shape);
        if (!parameters.isEmpty()) {
            text.append(parameters.stream()
                    .map(parameter -> parameter.name() + parameter.shape())
                    .collect(Collectors.joining(", ", " with ", "")));
        }
        text.append('\n');
    }

    /** The rule's annotated element with its count of branches, for each rule. */
    static Map<String, Long> branches(NetworkGraph graph) {
        return graph.branches().entrySet().stream()
                .collect(Collectors.toMap(entry -> name(entry.getKey().annotation()), Map.Entry::getValue));
    }

    private static String name(AnnotationDeclaration annotation) {
        return annotation.point().element().getSimpleName().toString();
    }
}
