package io.espalier.processor.plan;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pass that decides of each value whether it is stored, and how loops of the backward pass come by those that are not: they
 * compute them again from the nearest that are, which is cheaper than a further array in memory. Stored is what another loop, a
 * product or a kernel of the runtime reads.
 */
final class KeptValues {
    private final Set<Value> inMemory = new HashSet<>();
    private final Map<Value, Kernel.Pointwise> producers = new HashMap<>();

    /**
     * @param forward the phases of the forward pass
     * @param others kernels that read values of the forward pass from memory, and have no loop: those of the backward pass, and
     *     the reductions
     * @param ends what enters and leaves the region
     */
    KeptValues(List<Draft.Phase> forward, List<? extends Kernel> others, List<Value> ends) {
        inMemory.addAll(ends);
        for (Draft.Phase phase : forward) {
            collect(phase);
        }
        others.forEach(kernel -> inMemory.addAll(kernel.reads()));
        // Values that take another's array count with it.
        List.copyOf(inMemory).forEach(value -> value.viewOf().ifPresent(inMemory::add));
    }

    /** Whether a kernel finds what it reads in memory, rather than in the variables of a loop. */
    static boolean readsMemory(Kernel kernel) {
        return !(kernel instanceof Kernel.Pointwise) && !(kernel instanceof Kernel.Accumulate);
    }

    private void collect(Draft.Phase phase) {
        switch (phase) {
            case Draft.Phase.Alone alone -> outsideLoops(alone.kernel());
            case Draft.Phase.Examples examples -> examples.parts().forEach(this::collect);
        }
    }

    private void collect(Draft.Part part) {
        switch (part) {
            case Draft.Part.Inline inline -> outsideLoops(inline.call());
            case Draft.Part.Routine routine -> {
                routine.draws.forEach(this::outsideLoops);
                routine.products.forEach(this::outsideLoops);
                routine.lastProducts.forEach(this::outsideLoops);
                for (Draft.Piece piece : routine.pieces) {
                    switch (piece) {
                        case Draft.Call call -> outsideLoops(call.call());
                        case Draft.Loop loop -> collect(loop);
                    }
                }
            }
        }
    }

    private void outsideLoops(Kernel kernel) {
        inMemory.addAll(kernel.reads());
        inMemory.addAll(kernel.writes());
    }

    private void collect(Draft.Loop loop) {
        Set<Value> own = new HashSet<>();
        for (Kernel kernel : loop.kernels) {
            kernel.reads().stream().filter(value -> !own.contains(value)).forEach(inMemory::add);
            own.addAll(kernel.writes());
            if (kernel instanceof Kernel.Pointwise pointwise) {
                producers.put(pointwise.result(), pointwise);
            } else {
                inMemory.addAll(kernel.writes());
            }
        }
    }

    /** Whether a value lies in memory. */
    boolean isInMemory(Value value) {
        return inMemory.contains(value);
    }

    /** The same loop with what it needs computed again, and with one of two chosen where either will do. */
    List<Kernel> complete(Draft.Loop loop) {
        List<Kernel> all = new ArrayList<>();
        Set<Value> present = new HashSet<>();
        for (Kernel kernel : loop.kernels) {
            Kernel chosen = chosen(kernel, present);
            chosen.reads().forEach(value -> require(value, present, all));
            all.add(chosen);
            present.addAll(chosen.writes());
        }
        return all;
    }

    private void require(Value value, Set<Value> present, List<Kernel> all) {
        Kernel.Pointwise producer = producers.get(value);
        if (producer == null || isInMemory(value) || !present.add(value)) {
            return;
        }
        producer.reads().forEach(read -> require(read, present, all));
        all.add(producer);
    }

    private Kernel chosen(Kernel kernel, Set<Value> present) {
        return switch (kernel) {
            case Kernel.Pointwise pointwise ->
                new Kernel.Pointwise(pointwise.result(), chosen(pointwise.formula(), present));
            case Kernel.Accumulate accumulate ->
                new Kernel.Accumulate(accumulate.sums(), accumulate.column(), chosen(accumulate.formula(), present));
            default -> kernel;
        };
    }

    private Expression chosen(Expression expression, Set<Value> present) {
        return expression.map(leaf -> leaf instanceof Expression.Either either
                ? Expression.of(
                        isInMemory(either.kept()) || present.contains(either.kept()) ? either.kept() : either.other())
                : leaf);
    }
}
