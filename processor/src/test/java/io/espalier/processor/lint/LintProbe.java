package io.espalier.processor.lint;

import io.espalier.processor.graph.GraphBuilder;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.read.ModelReader;
import io.espalier.processor.read.Origins;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Checks each network with several options at once, and reports nothing. */
final class LintProbe extends AbstractProcessor {
    private final List<LintOptions> options;
    private final List<String> found = new ArrayList<>();

    LintProbe(List<String> options) {
        this.options = options.stream().map(LintOptions::parse).toList();
    }

    /** The grades and rules of what each option let through, in the order of the options. */
    List<String> found() {
        return found;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("io.espalier.annotation.Network");
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        boolean visible = processingEnv.getElementUtils().getTypeElement("jdk.incubator.vector.FloatVector") != null;
        for (TypeElement annotation : annotations) {
            for (TypeElement network : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
                Origins origins = new Origins(processingEnv.getElementUtils(), (location, packageName, name) -> {
                    throw new FileNotFoundException(name);
                });
                origins.compiling(round.getRootElements());
                ModelReader reader = new ModelReader(processingEnv.getElementUtils(), origins, "nobody");
                NetworkGraph graph = GraphBuilder.build(reader.read(network), Operations.ofLanguage());
                for (LintOptions option : options) {
                    found.add(Lint.check(graph, Operations.ofLanguage(), visible, option).findings().stream()
                            .map(finding -> finding.grade() + " " + finding.rule())
                            .collect(Collectors.joining(", ")));
                }
            }
        }
        return false;
    }
}
