package io.espalier.processor;

import com.google.auto.service.AutoService;
import com.squareup.javapoet.JavaFile;
import io.espalier.processor.emit.NetworkEmitter;
import io.espalier.processor.emit.SkeletonEmitter;
import io.espalier.processor.graph.GraphBuilder;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.ir.Loss;
import io.espalier.processor.lint.Grade;
import io.espalier.processor.lint.Lint;
import io.espalier.processor.lint.Verdict;
import io.espalier.processor.operation.Definition;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.plan.Models;
import io.espalier.processor.plan.Planner;
import io.espalier.processor.read.ModelReader;
import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.read.Origins;
import io.espalier.processor.read.Visibility;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Completion;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The annotation processor: reads each class annotated with {@code @Network}, builds its graph, checks that, and writes the
 * class that trains and runs it. A network with errors still gets its class, with bodies that throw, so that its real
 * errors are all that the user sees.
 */
@AutoService(Processor.class)
public final class EspalierProcessor extends AbstractProcessor {
    private static final String NAME = EspalierProcessor.class.getCanonicalName();
    private static final String NETWORK = "io.espalier.annotation.Network";
    private static final String LANGUAGE = "io.espalier.annotation.*";
    private static final String SUPPRESSIONS = "java.lang.SuppressWarnings";
    private static final String VECTOR = "jdk.incubator.vector.FloatVector";

    /** Qualified names of networks in which something does not resolve yet: elements do not outlive their round. */
    private final Set<String> deferred = new LinkedHashSet<>();

    private final Operations operations;
    private final ValueCompletions completions;
    private Origins origins;
    private Diagnostics diagnostics;
    private SourceWriter writer;
    private ModelReader reader;
    private ProcessorOptions options;
    private Outcome outcome;

    /** Networks alone are processed; of the others editors ask what could be written for their values. */
    private Set<String> annotationTypes = Set.of(LANGUAGE, SUPPRESSIONS);

    /** For the compiler, which finds the processor as a service. */
    public EspalierProcessor() {
        this(List.of());
    }

    /**
     * A processor of a larger language.
     *
     * @param further operations besides the language's own, whose annotations lie in packages below the language's
     */
    EspalierProcessor(List<Definition> further) {
        operations = Operations.ofLanguage().with(further);
        completions = new ValueCompletions(operations);
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return annotationTypes;
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.copyOf(ProcessorOptions.KEYS);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        writer = new SourceWriter(environment.getFiler(), environment.getElementUtils(), NAME);
        options = ProcessorOptions.parse(environment.getOptions());
        begin();
        options.mistakes().forEach(diagnostics::option);
        if (options.sarif().isPresent()) {
            // A compilation without networks is to leave a file without findings.
            annotationTypes = Set.of("*");
        }
    }

    /** Forgets what is known of elements: Eclipse's builder takes one processor through several compilations. */
    private void begin() {
        Elements elements = processingEnv.getElementUtils();
        origins = new Origins(elements, writer::open);
        diagnostics = new Diagnostics(processingEnv, origins);
        reader = new ModelReader(elements, origins, NAME);
        outcome = new Outcome(elements, origins, diagnostics, options);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        origins.compiling(round.getRootElements());
        Map<String, TypeElement> networks = networks(annotations, round);
        Map<String, NetworkDeclaration> declarations = new HashMap<>();
        // By name, so that of two networks that want the same class the same one gets it, in whatever order they come.
        new TreeMap<>(networks).forEach((name, network) -> read(network)
                .ifPresent(declaration -> declarations.put(name, declaration)));
        for (String name : networks.keySet()) {
            NetworkDeclaration declaration = declarations.get(name);
            if (declaration != null) {
                compile(declaration, round.processingOver());
            }
        }
        if (round.processingOver()) {
            finish();
        }
        return false;
    }

    @Override
    public Iterable<? extends Completion> getCompletions(
            @Nullable Element element,
            @Nullable AnnotationMirror annotation,
            @Nullable ExecutableElement member,
            @Nullable String userText) {
        return completions.of(annotation, member, userText);
    }

    /** The networks of this round by qualified name, in the compiler's order, behind those deferred from earlier ones. */
    private Map<String, TypeElement> networks(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Map<String, TypeElement> networks = new LinkedHashMap<>();
        for (String name : deferred) {
            TypeElement network = processingEnv.getElementUtils().getTypeElement(name);
            if (network != null) {
                networks.put(name, network);
            }
        }
        deferred.clear();
        for (TypeElement annotation : annotations) {
            if (annotation.getQualifiedName().contentEquals(NETWORK)) {
                for (TypeElement network : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
                    networks.put(network.getQualifiedName().toString(), network);
                }
            }
        }
        return networks;
    }

    private Optional<NetworkDeclaration> read(TypeElement network) {
        try {
            return Optional.of(reader.read(network));
        } catch (RuntimeException | StackOverflowError e) {
            failed(network, e);
            return Optional.empty();
        }
    }

    private void compile(NetworkDeclaration declaration, boolean last) {
        TypeElement network = declaration.network().type();
        try {
            if (declaration.complete()) {
                write(declaration, check(declaration));
            } else if (last) {
                // What is missing the compiler has reported; without it nothing can be said for sure of the model.
                outcome.unchecked(network);
                write(declaration, skeleton(declaration));
            } else {
                deferred.add(declaration.network().qualifiedName());
            }
        } catch (RuntimeException | StackOverflowError e) {
            failed(network, e);
        }
    }

    /** A failure of the processor's own ends the work on one network, and never that on the others. */
    private void failed(TypeElement network, Throwable thrown) {
        diagnostics.failure(network, thrown);
        outcome.unchecked(network);
    }

    private void finish() {
        try {
            outcome.finish();
        } catch (RuntimeException | StackOverflowError e) {
            diagnostics.failure(e);
        }
        begin();
    }

    /** From the declaration to the class: its graph, what is wrong with that, and the code or, after errors, its outside. */
    private JavaFile check(NetworkDeclaration declaration) {
        TypeElement network = declaration.network().type();
        try {
            NetworkGraph graph = GraphBuilder.build(declaration, operations);
            Verdict verdict = Lint.check(graph, operations, seesVectors(network), options.lint());
            outcome.checked(declaration, verdict);
            if (verdict.findings().stream().noneMatch(finding -> finding.grade() == Grade.ERROR)) {
                return NetworkEmitter.emit(Planner.plan(graph));
            }
        } catch (RuntimeException | StackOverflowError e) {
            failed(network, e);
        }
        return skeleton(declaration);
    }

    private static JavaFile skeleton(NetworkDeclaration declaration) {
        return SkeletonEmitter.emit(
                Models.name(declaration.network()),
                Models.loss(declaration.network()).orElse(Loss.CROSS_ENTROPY),
                declaration.network().isMonteCarlo());
    }

    private boolean seesVectors(TypeElement network) {
        return Visibility.find(processingEnv.getElementUtils(), network, VECTOR).isPresent();
    }

    private void write(NetworkDeclaration declaration, JavaFile file) {
        TypeElement network = declaration.network().type();
        // A name that is taken is among the findings.
        if (declaration.nameClash().isEmpty()) {
            writer.write(file, network).ifPresent(problem -> diagnostics.error(network, problem));
        }
    }
}
