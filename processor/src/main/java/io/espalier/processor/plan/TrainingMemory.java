package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import io.espalier.processor.ir.Weight;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where values lie in training: what the forward pass keeps in an array of its own, gradients in arrays that they share by
 * depth. The incoming gradient of a product takes the product's own array, if that is free by then, and the sum over the batch
 * finds it there; so does a value that is made from the product, if it is needed no longer than until then.
 */
final class TrainingMemory {
    private final Timeline forward;
    private final Timeline backward;
    private final List<Kernel.BatchReduction> reductions;
    private final Predicate<Value> inMemory;
    private final Value output;
    private final Names names = new Names();
    private final Map<Value, Storage> storage = new LinkedHashMap<>();

    /** Incoming gradients of products, and the products. */
    private final Map<Value, Value> productOfGradient = new LinkedHashMap<>();

    private final Map<Value, Value> gradientOfProduct = new HashMap<>();

    private final Set<Value> neededAtTheEnd = new HashSet<>();

    /** Values that take a product's array, and the products. */
    private final Map<Value, Value> replaced = new HashMap<>();

    private TrainingMemory(
            List<Phase> forward,
            List<Phase> backward,
            List<Kernel.BatchReduction> reductions,
            Predicate<Value> inMemory,
            Value output) {
        this.forward = new Timeline(forward);
        this.backward = new Timeline(backward);
        this.reductions = reductions;
        this.inMemory = inMemory;
        this.output = output;
        names.unique("input");
        names.unique("output");
    }

    /**
     * What lies where.
     *
     * @param storage the array of each value that lies in one
     * @param levels how many depths of gradients there are
     */
    record Assigned(Map<Value, Storage> storage, int levels) {}

    /**
     * Assigns arrays.
     *
     * @param inMemory which values lie in memory
     * @param input what enters the region
     * @param output what leaves it
     */
    static Assigned assign(
            List<Phase> forward,
            List<Phase> backward,
            List<Kernel.BatchReduction> reductions,
            Predicate<Value> inMemory,
            Value input,
            Value output,
            Value outputGradient,
            Optional<Value> inputGradient) {
        TrainingMemory memory = new TrainingMemory(forward, backward, reductions, inMemory, output);
        memory.storage.put(input, new Storage("input", input.layout(), Storage.Kind.INPUT, 0));
        memory.pairProducts();
        memory.findNeededAtTheEnd();
        memory.forwardArrays();
        memory.view(output);
        memory.forward.instants().forEach(memory::views);
        reductions.forEach(reduction -> reduction.reads().forEach(memory::view));
        int levels = memory.gradients(outputGradient, inputGradient);
        memory.others();
        return new Assigned(memory.storage, levels);
    }

    private void pairProducts() {
        Set<Weight> weights = new HashSet<>();
        for (Kernel.BatchReduction reduction : reductions) {
            if (reduction instanceof Kernel.WeightGradient sum) {
                if (!weights.add(sum.weight())) {
                    throw new IllegalStateException(sum.weight() + " is multiplied twice: its gradients are not added");
                }
                productOfGradient.put(sum.gradient(), sum.product());
                gradientOfProduct.put(sum.product(), sum.gradient());
            }
        }
    }

    /** What gradients of parameters are summed from, those of regions that are run included. */
    private void findNeededAtTheEnd() {
        reductions.forEach(reduction -> reduction.reads().forEach(value -> neededAtTheEnd.add(Timeline.base(value))));
        neededAtTheEnd.add(Timeline.base(output));
        for (Timeline.Instant instant : forward.instants()) {
            for (Kernel kernel : instant.kernels()) {
                if (kernel instanceof Kernel.Call) {
                    kernel.reads().forEach(value -> neededAtTheEnd.add(Timeline.base(value)));
                }
            }
        }
    }

    private void forwardArrays() {
        for (Timeline.Instant instant : forward.instants()) {
            for (Kernel kernel : instant.kernels()) {
                for (Value value : kernel.writes()) {
                    if (value.isRows() && inMemory.test(value)) {
                        own(value, kernel instanceof Kernel.Call ? Storage.Kind.RUN : Storage.Kind.OWN, instant);
                    }
                }
            }
        }
    }

    private void own(Value value, Storage.Kind kind, Timeline.Instant instant) {
        Value base = Timeline.base(value);
        Storage known = storage.get(base);
        if (known == null) {
            Optional<Value> product = instant.isLoop() ? replaceable(base, instant) : Optional.empty();
            product.ifPresent(array -> replaced.put(array, base));
            known = product.map(this::found)
                    .orElseGet(() -> new Storage(names.unique(base.path()), base.layout(), kind, 0));
            storage.put(base, known);
        }
        storage.put(value, known);
    }

    /** Values of other values' arrays lie where these lie. */
    private void views(Timeline.Instant instant) {
        for (Kernel kernel : instant.kernels()) {
            kernel.writes().forEach(this::view);
            kernel.reads().forEach(this::view);
        }
    }

    private void view(Value value) {
        if (value.viewOf().isPresent() && inMemory.test(value)) {
            storage.computeIfAbsent(value, view -> found(Timeline.base(view)));
        }
    }

    private Storage found(Value value) {
        Storage found = storage.get(value);
        if (found == null) {
            throw new IllegalStateException(value + " lies nowhere");
        }
        return found;
    }

    /** A product that this loop alone reads, where the value made of it is gone before the product's gradient is written. */
    private Optional<Value> replaceable(Value value, Timeline.Instant loop) {
        if (neededAtTheEnd.contains(value)) {
            return Optional.empty();
        }
        int now = forward.instants().indexOf(loop);
        for (Kernel kernel : loop.kernels()) {
            for (Value product : kernel.reads()) {
                Value gradient = gradientOfProduct.get(product);
                if (gradient != null
                        && !replaced.containsKey(product)
                        && product.layout().equals(value.layout())
                        && forward.lastUse(product) == now
                        && backward.lastUse(product) < 0
                        && backward.lastUse(value) <= backward.written(gradient)) {
                    return Optional.of(product);
                }
            }
        }
        return Optional.empty();
    }

    private int gradients(Value outputGradient, Optional<Value> inputGradient) {
        productOfGradient.forEach((gradient, product) -> {
            boolean needed = neededAtTheEnd.contains(product) || backward.lastUse(product) > backward.written(gradient);
            storage.put(gradient, needed ? ofItsOwn(gradient) : found(product));
        });
        GradientLevels.Assigned levels = GradientLevels.assign(
                backward,
                value -> value.kind() == Value.Kind.GRADIENT
                        && inMemory.test(value)
                        && !productOfGradient.containsKey(value),
                outputGradient,
                inputGradient);
        levels.levels()
                .forEach((value, level) -> storage.put(
                        value, new Storage(gradientName(level, value), value.layout(), Storage.Kind.GRADIENT, level)));
        inputGradient.ifPresent(this::view);
        backward.instants().forEach(this::views);
        return levels.count();
    }

    /** Gradients of one depth share an array where examples take as much of it: threads are at different stages. */
    private static String gradientName(int level, Value value) {
        String name = level == 0 ? "gradient" : level == 1 ? "branchGradient" : "branchGradient" + level;
        return name + "Of" + value.layout().exampleStride();
    }

    /** Statistics, sums, masks and random numbers. What only the backward pass needs of an example is used up in a routine. */
    private void others() {
        for (Timeline.Instant instant : forward.instants()) {
            for (Kernel kernel : instant.kernels()) {
                for (Value value : kernel.writes()) {
                    if (!value.isRows()) {
                        storage.computeIfAbsent(value, this::ofItsOwn);
                    }
                }
            }
        }
        Scratch scratch = new Scratch(backward);
        List<Timeline.Instant> instants = backward.instants();
        for (int time = 0; time < instants.size(); time++) {
            for (Kernel kernel : instants.get(time).kernels()) {
                for (Value value : kernel.writes()) {
                    if (!value.isRows() && !storage.containsKey(value)) {
                        storage.put(value, value.layout().isScalar() ? scratch.take(value, time) : ofItsOwn(value));
                    }
                }
            }
        }
    }

    private Storage ofItsOwn(Value value) {
        return new Storage(names.unique(value.path()), value.layout(), Storage.Kind.OWN, 0);
    }
}
