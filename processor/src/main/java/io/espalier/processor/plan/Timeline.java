package io.espalier.processor.plan;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The instants of a program, both passes one after the other: kernels of one loop share an instant, every other kernel has its
 * own. Between the passes stands the loss, or what whoever runs the region does; after them, the sums over the batch.
 */
final class Timeline {
    /** A phase that is none over examples: it needs the whole batch. */
    private static final int BATCH = -1;

    private final List<Instant> instants = new ArrayList<>();
    private final int betweenPasses;
    private int phases;
    private int parts;

    /**
     * Kernels that run together.
     *
     * @param kernels the kernels
     * @param isLoop whether each element of what they read is read before the same element of what they write is written: then
     *     both may lie in one array
     * @param stored what of their results lies in memory afterwards
     * @param phase the number of the phase over examples that they are part of, or none
     * @param part the number of the routine, or other part of a phase, whose kernels examples go through slice by slice
     */
    record Instant(List<Kernel> kernels, boolean isLoop, Set<Value> stored, int phase, int part) {}

    private Timeline(Code code, boolean root) {
        code.forward().forEach(this::add);
        // What the loss gives is in the cache when the backward pass begins, if that begins with some examples.
        boolean joined = root && !code.backward().isEmpty() && code.backward().getFirst() instanceof Phase.Examples;
        betweenPasses = instants.size();
        instants.add(new Instant(List.of(), false, Set.of(), joined ? phases : BATCH, parts++));
        code.backward().forEach(this::add);
        instants.add(new Instant(List.copyOf(code.reductions()), false, Set.of(), BATCH, parts++));
    }

    /**
     * The instants of a program.
     *
     * @param root whether it is that of the network itself
     */
    static Timeline of(Code code, boolean root) {
        return new Timeline(code, root);
    }

    private void add(Phase phase) {
        if (!(phase instanceof Phase.Examples examples)) {
            for (Kernel kernel : phase.kernels()) {
                alone(kernel, BATCH);
                parts++;
            }
            return;
        }
        int number = phases++;
        for (Part part : examples.parts()) {
            switch (part) {
                case Part.Inline inline -> alone(inline.call(), number);
                case Part.Routine routine -> {
                    routine.draws().forEach(kernel -> alone(kernel, number));
                    routine.products().forEach(kernel -> alone(kernel, number));
                    for (Piece piece : routine.pieces()) {
                        switch (piece) {
                            case Piece.Loop loop ->
                                instants.add(new Instant(loop.kernels(), true, stored(loop), number, parts));
                            case Piece.RowCall call -> alone(call.call(), number);
                        }
                    }
                    routine.lastProducts().forEach(kernel -> alone(kernel, number));
                }
            }
            parts++;
        }
    }

    private void alone(Kernel kernel, int phase) {
        instants.add(new Instant(List.of(kernel), false, Set.copyOf(kernel.writes()), phase, parts));
    }

    private static Set<Value> stored(Piece.Loop loop) {
        Set<Value> stored = new HashSet<>(loop.stored());
        for (Kernel kernel : loop.kernels()) {
            if (kernel instanceof Kernel.Accumulate accumulate) {
                stored.add(accumulate.sums());
            }
        }
        return stored;
    }

    /** The value whose array a value lies in: itself, or the one that it takes the array of. */
    static Value base(Value value) {
        return value.viewOf().map(Timeline::base).orElse(value);
    }

    List<Instant> instants() {
        return instants;
    }

    /** The instant between the passes. */
    int betweenPasses() {
        return betweenPasses;
    }

    /** The instant after both passes. */
    int end() {
        return instants.size() - 1;
    }

    /** Whether all examples of a task are through with the one range before any comes to the other. */
    boolean areInOtherParts(LiveRanges.Range one, LiveRanges.Range other) {
        int end = Math.min(one.last(), other.last());
        int start = Math.max(one.first(), other.first());
        return instants.get(end).part() != instants.get(start).part();
    }

    /** Whether some examples go from one instant to the other without waiting for the rest of the batch. */
    boolean isWithinOnePhase(int first, int last) {
        int phase = instants.get(first).phase();
        return phase != BATCH && phase == instants.get(last).phase();
    }
}
