package io.espalier.processor.testing;

import io.espalier.processor.graph.GraphBuilder;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.read.ModelReader;
import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.read.Origins;
import java.io.FileNotFoundException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads networks, and builds their graphs, inside a compilation. */
public final class Graphs {
    private Graphs() {}

    /** A source of the package {@code demo} that imports the language, with its enum constants and widths. */
    public static String source(String classes) {
        return """
               package demo;

               import static io.espalier.annotation.Width.BRANCH;
               import static io.espalier.annotation.Width.SAME;

               import io.espalier.Layer;
               import io.espalier.annotation.*;

               """ + classes;
    }

    /** The graph of the one network among these classes of the package {@code demo}. */
    public static NetworkGraph build(CompilerKind compiler, String classes) {
        Map<String, NetworkGraph> graphs = buildAll(compiler, classes);
        if (graphs.size() != 1) {
            throw new AssertionError("one network is needed: " + graphs.keySet());
        }
        return graphs.values().iterator().next();
    }

    /** The graphs of all networks among these classes of the package {@code demo}, by simple name. */
    public static Map<String, NetworkGraph> buildAll(CompilerKind compiler, String classes) {
        return buildAll(compiler, Operations.ofLanguage(), classes);
    }

    /** The graphs of all networks among these classes of the package {@code demo}, in which there may be those operations. */
    public static Map<String, NetworkGraph> buildAll(CompilerKind compiler, Operations operations, String classes) {
        Reading<NetworkGraph> reading = new Reading<>(declaration -> GraphBuilder.build(declaration, operations));
        run(compiler, reading, classes);
        return reading.results;
    }

    /** The declarations of all networks among these classes of the package {@code demo}, by simple name. */
    public static Map<String, NetworkDeclaration> readAll(CompilerKind compiler, String classes) {
        Reading<NetworkDeclaration> reading = new Reading<>(Function.identity());
        run(compiler, reading, classes);
        return reading.results;
    }

    /** A reader for the networks of a round. */
    public static ModelReader reader(ProcessingEnvironment environment, RoundEnvironment round) {
        Origins origins = new Origins(environment.getElementUtils(), (location, packageName, name) -> {
            throw new FileNotFoundException(name);
        });
        origins.compiling(round.getRootElements());
        return new ModelReader(environment.getElementUtils(), origins, "nobody");
    }

    private static void run(CompilerKind compiler, Reading<?> reading, String classes) {
        Compilation compilation = Compilations.with(compiler)
                .processor(reading)
                .source("demo/Models.java", source(classes))
                .compile();
        if (reading.results.isEmpty() || reading.failure != null) {
            throw new AssertionError(compilation.toString(), reading.failure);
        }
    }

    /** Reads each network of the first round; elements would not outlive it. */
    private static final class Reading<T> extends AbstractProcessor {
        private final Function<NetworkDeclaration, T> then;
        private final Map<String, T> results = new TreeMap<>();
        private @Nullable Throwable failure;

        Reading(Function<NetworkDeclaration, T> then) {
            this.then = then;
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
            ModelReader reader = reader(processingEnv, round);
            for (TypeElement annotation : annotations) {
                for (TypeElement network : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
                    try {
                        NetworkDeclaration declaration = reader.read(network);
                        results.put(declaration.network().simpleName(), then.apply(declaration));
                    } catch (RuntimeException | StackOverflowError e) {
                        failure = e;
                    }
                }
            }
            return false;
        }
    }
}
