package io.espalier.processor.fuzz;

import io.espalier.processor.graph.GraphBuilder;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.testing.Graphs;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Reckons what running each network would take, so that those too large for a test are not run. */
final class Sizes extends AbstractProcessor {
    /** Floats that a network may hold, for its parameters and for the values of one example. */
    private static final double MOST_FLOATS = 2e6;

    private static final double MOST_RUNS = 5_000;

    /** Each residual join may double what goes through it, and each repeated run scale it. */
    private static final double MOST_RUNS_OF_MODERATE_VALUES = 40;

    private final Map<String, Size> sizes = new HashMap<>();

    /** Floats, and runs of regions and residual branches, as doubles because they may be beyond any integer. */
    private record Size(double floats, double runs) {}

    /** Whether the network that gave a class was seen and is small. */
    boolean isSmall(String networkClass) {
        Size size = sizes.get(networkClass);
        return size != null && size.floats() < MOST_FLOATS && size.runs() < MOST_RUNS;
    }

    /** Whether what goes through a small network stays of moderate size. */
    boolean isShallow(String networkClass) {
        Size size = sizes.get(networkClass);
        return size != null && size.runs() < MOST_RUNS_OF_MODERATE_VALUES;
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
        for (TypeElement annotation : annotations) {
            for (TypeElement network : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
                try {
                    NetworkDeclaration declaration =
                            Graphs.reader(processingEnv, round).read(network);
                    sizes.put(
                            declaration.network().qualifiedNetworkClassName(),
                            size(
                                    GraphBuilder.build(declaration, Operations.ofLanguage())
                                            .root(),
                                    new IdentityHashMap<>()));
                } catch (RuntimeException | StackOverflowError e) {
                    // The processor under test says what is wrong.
                    sizes.remove(network.getQualifiedName().toString());
                }
            }
        }
        return false;
    }

    private static Size size(Region region, Map<Region, Size> known) {
        Size found = known.get(region);
        if (found != null) {
            return found;
        }
        double floats = region.input().shape().size();
        double runs = 1;
        for (Node node : region.nodes()) {
            floats += node.shape().size();
            switch (node) {
                case Node.Input input -> {}
                case Node.Apply apply ->
                    floats += apply.parameters().stream()
                            .mapToDouble(ParameterSpec::paddedSize)
                            .sum();
                case Node.Join join -> {
                    floats += join.projection().map(ParameterSpec::paddedSize).orElse(0L);
                    runs++;
                }
                case Node.Run run -> {
                    Size body = size(run.body(), known);
                    floats += body.floats() * run.times();
                    runs += body.runs() * run.times();
                }
            }
        }
        Size size = new Size(floats, runs);
        known.put(region, size);
        return size;
    }
}
