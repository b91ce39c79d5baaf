package io.espalier.processor.lint;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Attribute;
import io.espalier.processor.operation.Defect;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.operation.Range;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.ModelDeclaration;
import io.espalier.processor.read.NetworkDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A network under check: its graph, and the facts that rules share, each worked out once. */
final class Subject {
    private final NetworkGraph graph;
    private final Operations operations;
    private final boolean vectorModuleVisible;
    private final List<Region> regions;
    private final Supplier<NoiseFlow> noise = new Lazy<>(() -> new NoiseFlow(regions()));
    private final Supplier<NearestBatchNorm> nearestBatchNorm = new Lazy<>(() -> new NearestBatchNorm(regions()));
    private final Supplier<NextBatchNorm> nextBatchNorm = new Lazy<>(() -> new NextBatchNorm(regions()));
    private final Supplier<OutputTail> outputTail = new Lazy<>(() -> new OutputTail(root()));
    private final Supplier<Sources> valueSources = new Lazy<>(() -> Sources.ofValues(regions()));
    private final Supplier<Sources> noiseSources = new Lazy<>(() -> Sources.ofNoise(regions()));
    private final Supplier<Sources> affineSources = new Lazy<>(() -> Sources.ofAffine(regions()));
    private final Supplier<BatchNorms> batchNorms = new Lazy<>(() -> BatchNorms.of(regions()));

    Subject(NetworkGraph graph, Operations operations, boolean vectorModuleVisible) {
        this.graph = graph;
        this.operations = operations;
        this.vectorModuleVisible = vectorModuleVisible;
        this.regions = Regions.innerFirst(graph.root());
    }

    NetworkGraph graph() {
        return graph;
    }

    /** The operations that annotations may stand for. */
    Operations operations() {
        return operations;
    }

    Region root() {
        return graph.root();
    }

    boolean isVectorModuleVisible() {
        return vectorModuleVisible;
    }

    /** Every region of the network, the inner ones first. */
    List<Region> regions() {
        return regions;
    }

    /** Hands over every operation of the network with the region that it stands in. */
    void forEachOperation(BiConsumer<Node.Apply, Region> check) {
        for (Region region : regions) {
            for (Node node : region.nodes()) {
                if (node instanceof Node.Apply operation) {
                    check.accept(operation, region);
                }
            }
        }
    }

    NoiseFlow noise() {
        return noise.get();
    }

    NearestBatchNorm nearestBatchNorm() {
        return nearestBatchNorm.get();
    }

    NextBatchNorm nextBatchNorm() {
        return nextBatchNorm.get();
    }

    OutputTail outputTail() {
        return outputTail.get();
    }

    /** What made a value what it is, noise and changes of shape aside. */
    Sources valueSources() {
        return valueSources.get();
    }

    /** What comes straight before a noise. */
    Sources noiseSources() {
        return noiseSources.get();
    }

    /** What a value is an affine function of. */
    Sources affineSources() {
        return affineSources.get();
    }

    BatchNorms batchNorms() {
        return batchNorms.get();
    }

    /** The highest rate of a drop path rule, which is that of its last branch; 0 where it governs none. */
    double highestRate(DropPathRule rule) {
        long count = graph.branches().getOrDefault(rule, 0L);
        return count == 0 ? 0 : rule.rate(count - 1, count);
    }

    /** The network's class. */
    ModelDeclaration network() {
        return graph.declaration().network();
    }

    /** Whether every stage is in the graph, as often as it runs: where one is not understood, nothing can be counted. */
    boolean isWhole() {
        return models().allMatch(model -> model.faults().isEmpty()
                        && model.stages().stream()
                                .flatMap(stage -> stage.annotation("Repeat").stream())
                                .allMatch(repeat -> repeat.intValue("value") >= 1))
                && graph.defects().stream().noneMatch(defect -> defect.kind() == Defect.Kind.STRUCTURE);
    }

    /** The {@code @Network} annotation. */
    AnnotationDeclaration networkAnnotation() {
        return network()
                .annotation("Network")
                .orElseThrow(() -> new IllegalStateException(network().qualifiedName() + " has no @Network"));
    }

    /** The network's class and those of its blocks. */
    Stream<ModelDeclaration> models() {
        NetworkDeclaration declaration = graph.declaration();
        return Stream.concat(Stream.of(declaration.network()), declaration.blocks().values().stream());
    }

    /** Every annotation of the language, on the network, its blocks and their stages. */
    Stream<AnnotationDeclaration> annotations() {
        return models().flatMap(model -> Stream.concat(
                model.annotations().stream(), model.stages().stream().flatMap(stage -> stage.annotations().stream())));
    }

    /** Hands over every annotation with each of its attributes that has one of these ranges and a value fit for use. */
    void forEachAttribute(Set<Range> ranges, BiConsumer<AnnotationDeclaration, Attribute> check) {
        annotations().forEach(annotation -> operations.attributes(annotation.name()).stream()
                .filter(attribute -> ranges.contains(attribute.range())
                        && annotation.value(attribute.element()).usable())
                .forEach(attribute -> check.accept(annotation, attribute)));
    }

    /** The name of the loss, empty if it does not resolve. */
    String loss() {
        return network().loss().orElse("");
    }

    /** Whether the loss is cross-entropy over classes, which applies softmax to the outputs itself. */
    boolean isCrossEntropy() {
        return loss().equals("CROSS_ENTROPY");
    }

    /** Whether the loss is that of independent labels, which applies a sigmoid to each output itself. */
    boolean isOfLabels() {
        return loss().equals("BINARY_CROSS_ENTROPY");
    }

    /** The number of classes, if cross-entropy tells some apart and the output's shape is known. */
    OptionalInt classes() {
        Shape output = root().output().shape();
        List<Integer> extents = output.extents();
        return isCrossEntropy() && !root().nodes().isEmpty() && output.isFeatures()
                ? OptionalInt.of(extents.getFirst())
                : OptionalInt.empty();
    }

    /** The annotation of that name on the network's class, if the value of an element is fit for use. */
    Optional<AnnotationDeclaration> onNetwork(String annotation, String element) {
        return network().annotation(annotation).filter(found -> found.value(element)
                .usable());
    }
}
