package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instants of a program: kernels of one loop share an instant, every other kernel has its own. */
final class Timeline {
    private final List<Instant> instants = new ArrayList<>();
    private final Map<Value, Integer> written = new HashMap<>();
    private final Map<Value, Integer> lastRead = new HashMap<>();

    /**
     * Kernels that run together.
     *
     * @param kernels the kernels
     * @param isLoop whether each element of what they read is read before the same element of what they write is written: then
     *     both may lie in one array
     */
    record Instant(List<Kernel> kernels, boolean isLoop) {}

    Timeline(List<Phase> phases) {
        for (Phase phase : phases) {
            switch (phase) {
                case Phase.Examples examples -> examples.parts().forEach(this::add);
                default -> phase.kernels().forEach(this::alone);
            }
        }
        for (int time = 0; time < instants.size(); time++) {
            for (Kernel kernel : instants.get(time).kernels()) {
                for (Value value : kernel.writes()) {
                    written.putIfAbsent(base(value), time);
                    lastRead.merge(base(value), time, Math::max);
                }
                for (Value value : kernel.reads()) {
                    lastRead.merge(base(value), time, Math::max);
                }
            }
        }
    }

    private void add(Part part) {
        switch (part) {
            case Part.Inline inline -> alone(inline.call());
            case Part.Routine routine -> {
                routine.draws().forEach(this::alone);
                routine.products().forEach(this::alone);
                for (Piece piece : routine.pieces()) {
                    switch (piece) {
                        case Piece.Loop loop -> instants.add(new Instant(loop.kernels(), true));
                        case Piece.RowCall call -> alone(call.call());
                    }
                }
                routine.lastProducts().forEach(this::alone);
            }
        }
    }

    private void alone(Kernel kernel) {
        instants.add(new Instant(List.of(kernel), false));
    }

    /** The value whose array a value lies in: itself, or the one that it takes the array of. */
    static Value base(Value value) {
        return value.viewOf().map(Timeline::base).orElse(value);
    }

    List<Instant> instants() {
        return instants;
    }

    /** When a value, or one in its array, is written first; −1 if it comes from outside. */
    int written(Value value) {
        return written.getOrDefault(base(value), -1);
    }

    /** When a value, or one in its array, is read or written last; −1 if never. */
    int lastUse(Value value) {
        return lastRead.getOrDefault(base(value), -1);
    }
}
