package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Makes the phases of a program from a cut pass, once it is known what lies in memory. */
final class Assembly {
    private final boolean backward;
    private final KeptValues kept;
    private final Predicate<Value> stored;

    private Assembly(boolean backward, KeptValues kept, Predicate<Value> stored) {
        this.backward = backward;
        this.kept = kept;
        this.stored = stored;
    }

    /**
     * The phases.
     *
     * @param backward whether it is the backward pass
     * @param kept what of the forward pass lies in memory, and how the rest is computed again
     * @param stored which of the values that loops of this pass compute are stored
     */
    static List<Phase> phases(Schedule.Cut cut, boolean backward, KeptValues kept, Predicate<Value> stored) {
        Assembly assembly = new Assembly(backward, kept, stored);
        return cut.phases().stream().map(assembly::phase).toList();
    }

    private Phase phase(Draft.Phase phase) {
        return switch (phase) {
            case Draft.Phase.Examples examples ->
                new Phase.Examples(examples.parts().stream().map(this::part).toList());
            case Draft.Phase.Alone alone ->
                switch (alone.kernel()) {
                    case Kernel.Contraction product -> new Phase.Wide(product);
                    case Kernel.Call call -> new Phase.Nested(call);
                    case Kernel.LibraryCall call -> new Phase.Batch(alone.name(), call);
                    default -> throw new IllegalStateException(alone.kernel() + " is no phase");
                };
        };
    }

    private Part part(Draft.Part part) {
        return switch (part) {
            case Draft.Part.Inline inline -> new Part.Inline(inline.call());
            case Draft.Part.Routine routine ->
                new Part.Routine(
                        routine.name + (backward ? "Backward" : "Forward"),
                        stage(routine),
                        titles(routine),
                        routine.draws,
                        routine.products,
                        routine.pieces.stream().map(this::piece).toList(),
                        routine.lastProducts,
                        Math.max(1, routine.positions));
        };
    }

    /** In the order in which they are done; those that belong to another stage than the routine's own say so. */
    private List<String> titles(Draft.Part.Routine routine) {
        String stage = stage(routine);
        List<String> titles = new ArrayList<>();
        for (Lowered node : titled(routine)) {
            boolean own = node.stage.isEmpty() || node.stage.equals(stage);
            titles.add(own ? title(node) : title(node) + " of " + node.stage);
        }
        if (routine.addsShortcut && !titles.isEmpty()) {
            titles.add("sum with what comes back through the shortcut");
        }
        return titles;
    }

    private String stage(Draft.Part.Routine routine) {
        List<Lowered> nodes = titled(routine);
        return nodes.isEmpty() ? "" : (backward ? nodes.getLast() : nodes.getFirst()).stage;
    }

    private List<Lowered> titled(Draft.Part.Routine routine) {
        return routine.nodes.stream().filter(node -> !title(node).isEmpty()).toList();
    }

    private String title(Lowered node) {
        return backward ? node.backwardTitle : node.title;
    }

    private Piece piece(Draft.Piece piece) {
        return switch (piece) {
            case Draft.Call call -> new Piece.RowCall(call.call());
            case Draft.Loop loop -> {
                List<Kernel> kernels = kept.complete(loop);
                Set<Value> written = new HashSet<>();
                for (Kernel kernel : kernels) {
                    if (kernel instanceof Kernel.Pointwise pointwise) {
                        if (pointwise.result().layout().loopStride() != loop.stride) {
                            throw new IllegalStateException(pointwise + " in a loop over rows of " + loop.stride);
                        }
                        if (stored.test(pointwise.result())) {
                            written.add(pointwise.result());
                        }
                    }
                }
                yield new Piece.Loop(loop.positions, loop.stride, kernels, written);
            }
        };
    }
}
