package io.espalier.processor.plan;

import io.espalier.processor.graph.Node;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Value;
import io.espalier.processor.ir.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The second pass: the adjoint of each node in reverse order. A value with several readers gets a kernel that sums what comes
 * back from them, the first reader's gradient first.
 */
final class Differentiator {
    private final Placement placement;
    private final Lowerer.Forward forward;
    private final boolean root;

    /** What comes back to a value from each of its readers, the last one's first; made when it is summed. */
    private final Map<Value, List<Supplier<Value>>> incoming = new HashMap<>();

    private final Set<Value> needed = new HashSet<>();

    /** Gradients that a shortcut takes as they are, besides the branch. */
    private final Set<Value> shared = new HashSet<>();

    private final List<Step> steps = new ArrayList<>();
    private final List<List<Kernel.BatchReduction>> reductions = new ArrayList<>();

    private Differentiator(Placement placement, Lowerer.Forward forward, boolean root) {
        this.placement = placement;
        this.forward = forward;
        this.root = root;
    }

    /**
     * Backward kernels that stay together.
     *
     * @param node whose adjoint they are; null for the sum of what comes back to a value
     * @param kernels the kernels in order
     */
    record Step(@Nullable Lowered node, List<Kernel> kernels) {}

    /**
     * A region's backward pass.
     *
     * @param outputGradient what comes in
     * @param inputGradient what goes out, where it is needed
     * @param steps its kernels
     * @param reductions what the gradients of parameters are summed from, in the order of their operations
     */
    record Backward(
            Value outputGradient,
            Optional<Value> inputGradient,
            List<Step> steps,
            List<Kernel.BatchReduction> reductions) {
        List<Kernel> kernels() {
            return steps.stream().flatMap(step -> step.kernels().stream()).toList();
        }
    }

    /**
     * The backward pass of a forward pass.
     *
     * @param root whether it is that of the network itself, whose input needs no gradient
     */
    static Backward differentiate(Placement placement, Lowerer.Forward forward, boolean root) {
        return new Differentiator(placement, forward, root).differentiate();
    }

    private Backward differentiate() {
        findNeeded();
        Value output = forward.output();
        Value outputGradient = new Value("outputGradient", "output", Value.Kind.GRADIENT, output.layout());
        incoming.computeIfAbsent(output, key -> new ArrayList<>()).add(() -> outputGradient);
        List<Lowered> nodes = new ArrayList<>(forward.nodes());
        Collections.reverse(nodes);
        for (Lowered node : nodes) {
            if (node.output() != node.input && needed.contains(node.output())) {
                gradientOf(node.output()).ifPresent(gradient -> adjoint(node, gradient));
            }
        }
        Optional<Value> inputGradient = root ? Optional.empty() : gradientOf(forward.input());
        Collections.reverse(reductions);
        List<Kernel.BatchReduction> sums =
                reductions.stream().flatMap(List::stream).toList();
        requireOneProductEach(sums);
        return new Backward(outputGradient, inputGradient, List.copyOf(steps), sums);
    }

    private static void requireOneProductEach(List<Kernel.BatchReduction> sums) {
        Set<Weight> weights = new HashSet<>();
        for (Kernel.BatchReduction sum : sums) {
            if (sum instanceof Kernel.WeightGradient gradient && !weights.add(gradient.weight())) {
                throw new IllegalStateException(
                        gradient.weight() + " is multiplied twice: its gradients are not added");
            }
        }
    }

    /** Something trained lies at these values or before them: their gradients are needed. */
    private void findNeeded() {
        if (!root) {
            needed.add(forward.input());
        }
        for (Lowered node : forward.nodes()) {
            boolean trained =
                    switch (node.node) {
                        case Node.Join join -> join.projection().isPresent() || needed.contains(node.value("skip"));
                        case Node.Run ignored -> true;
                        default -> node.parameters.values().stream().anyMatch(parameter -> parameter.trained());
                    };
            if (trained || needed.contains(node.input)) {
                needed.add(node.output());
            }
        }
    }

    private Optional<Value> gradientOf(Value value) {
        List<Supplier<Value>> all = incoming.getOrDefault(value, List.of());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Value sum = all.getLast().get();
        for (int i = all.size() - 2; i >= 0; i--) {
            Value other = all.get(i).get();
            Value next = new Value(
                    value.name() + "Gradient", value.path() + "Gradient", Value.Kind.GRADIENT, value.layout());
            steps.add(new Step(
                    null, List.of(new Kernel.Pointwise(next, Expression.of(sum).plus(other)))));
            sum = next;
        }
        return Optional.of(sum);
    }

    private void give(Value to, Supplier<Value> gradient) {
        if (needed.contains(to)) {
            incoming.computeIfAbsent(to, key -> new ArrayList<>()).add(gradient);
        }
    }

    private void adjoint(Lowered node, Value gradient) {
        List<Kernel> kernels = new ArrayList<>();
        List<Kernel.BatchReduction> own = new ArrayList<>();
        reductions.add(own);
        NodeAdjoint adjoint = new NodeAdjoint(placement, node, kernels, own, needed.contains(node.input));
        switch (node.node) {
            case Node.Apply apply ->
                apply.operation().adjoint(adjoint, gradient).ifPresent(result -> give(node.input, () -> result));
            case Node.Join join -> join(join, node, adjoint, gradient);
            case Node.Run ignored -> run(node, kernels, gradient);
            case Node.Input ignored -> throw new IllegalStateException("an input among the nodes");
        }
        if (!kernels.isEmpty()) {
            steps.add(new Step(node, kernels));
        }
    }

    private void join(Node.Join join, Lowered node, NodeAdjoint adjoint, Value gradient) {
        Value skip = node.value("skip");
        if (join.projection().isPresent()) {
            Kernel.Contraction projection = node.product("shortcut");
            Value incoming = adjoint.productGradient(projection, gradient, Optional.empty());
            give(skip, () -> throughProjection(projection, incoming));
        } else {
            shared.add(gradient);
            give(skip, () -> gradient);
        }
        Value branch = join.dropPath().isPresent()
                ? adjoint.gradient(node.input.name(), Expression.of(gradient).times(node.value("scale")))
                : gradient;
        give(node.input, () -> branch);
    }

    /** Only where the gradients of the readers are summed, so that no loop of the branch is cut for it. */
    private Value throughProjection(Kernel.Contraction projection, Value incoming) {
        Kernel.Contraction back = NodeAdjoint.backThrough(projection, incoming);
        steps.add(new Step(null, List.of(back)));
        return back.result();
    }

    private void run(Lowered node, List<Kernel> kernels, Value gradient) {
        Run run = ((Kernel.Call) node.kernels.getFirst()).run();
        if (run.callee().code(Mode.TRAINING).letsGradientsPass()) {
            give(node.input, () -> gradient);
            return;
        }
        Value source = gradient;
        if (shared.contains(gradient)) {
            // A run replaces the gradient that it takes by the one that it gives, and the shortcut needs it still.
            source = new Value(
                    node.output().name() + "Gradient",
                    node.path + "OutputGradient",
                    Value.Kind.GRADIENT,
                    gradient.layout());
            kernels.add(new Kernel.Pointwise(source, Expression.of(gradient)));
        }
        Value result = new Value(
                node.input.name() + "Gradient", node.path + "InputGradient", Value.Kind.GRADIENT, node.input.layout());
        kernels.add(new Kernel.Call(run, true, source, result));
        give(node.input, () -> result);
    }
}
