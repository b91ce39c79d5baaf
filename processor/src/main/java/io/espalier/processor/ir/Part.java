package io.espalier.processor.ir;

import java.util.ArrayList;
import java.util.List;

/** What is done to some examples in one go. */
public sealed interface Part {
    /**
     * An emitted method: draws and products, then loops over the examples slice by slice, then products of what they gave.
     *
     * @param name the method's name
     * @param stage the stage whose name it bears; empty where it sums gradients, or belongs to the stage that runs the region
     * @param titles what is fused in it, operation by operation
     * @param draws what is random in it
     * @param products before the loops
     * @param pieces the loops, and kernels between them
     * @param lastProducts after the loops
     * @param positions rows of an example that its pieces go over
     */
    record Routine(
            String name,
            String stage,
            List<String> titles,
            List<Kernel> draws,
            List<Kernel.Contraction> products,
            List<Piece> pieces,
            List<Kernel.Contraction> lastProducts,
            int positions)
            implements Part {
        /** Copies the lists. */
        public Routine {
            titles = List.copyOf(titles);
            draws = List.copyOf(draws);
            products = List.copyOf(products);
            pieces = List.copyOf(pieces);
            lastProducts = List.copyOf(lastProducts);
        }
    }

    /** A region, of which no part waits for other examples. */
    record Inline(Kernel.Call call) implements Part {}

    /** All kernels, in an order in which each finds what it reads. */
    default List<Kernel> kernels() {
        return switch (this) {
            case Inline inline -> List.of(inline.call());
            case Routine routine -> {
                List<Kernel> all = new ArrayList<>(routine.draws());
                all.addAll(routine.products());
                for (Piece piece : routine.pieces()) {
                    switch (piece) {
                        case Piece.Loop loop -> all.addAll(loop.kernels());
                        case Piece.RowCall call -> all.add(call.call());
                    }
                }
                all.addAll(routine.lastProducts());
                yield all;
            }
        };
    }
}
