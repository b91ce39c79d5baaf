package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The third pass: leaves out backward kernels that nothing comes of; runs stay, for the parameters in their regions. */
final class DeadKernels {
    private DeadKernels() {}

    /** The steps without kernels whose values nobody reads, neither later ones nor the reductions nor who runs the region. */
    static Differentiator.Backward remove(Differentiator.Backward backward) {
        Set<Value> read = new HashSet<>();
        backward.reductions().forEach(reduction -> addAll(reduction.reads(), read));
        backward.inputGradient().ifPresent(value -> addAll(List.of(value), read));
        List<Differentiator.Step> kept = new ArrayList<>();
        for (Differentiator.Step step : backward.steps().reversed()) {
            List<Kernel> kernels = new ArrayList<>();
            for (Kernel kernel : step.kernels().reversed()) {
                if (kernel instanceof Kernel.Call || kernel.writes().stream().anyMatch(read::contains)) {
                    addAll(kernel.reads(), read);
                    addViewed(kernel.writes(), read);
                    kernels.add(kernel);
                }
            }
            Collections.reverse(kernels);
            if (!kernels.isEmpty()) {
                kept.add(new Differentiator.Step(step.node(), kernels));
            }
        }
        Collections.reverse(kept);
        return new Differentiator.Backward(
                backward.outputGradient(), backward.inputGradient(), kept, backward.reductions());
    }

    /** A view is read where what it is a view of lies. */
    private static void addAll(Collection<Value> values, Set<Value> read) {
        for (Value value : values) {
            read.add(value);
            value.viewOf().ifPresent(of -> addAll(List.of(of), read));
        }
    }

    /** What is changed in place is read. */
    private static void addViewed(Collection<Value> written, Set<Value> read) {
        written.forEach(value -> value.viewOf().ifPresent(read::add));
    }
}
