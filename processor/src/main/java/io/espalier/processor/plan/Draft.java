package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A pass while it is cut into phases and routines: what is kept of its values is not known yet. */
final class Draft {
    /** A stretch of a pass. */
    sealed interface Phase {
        /** Some examples at a time. */
        record Examples(List<Part> parts) implements Phase {}

        /** A kernel that needs all examples of the batch, or shares something else than them among threads. */
        record Alone(Kernel kernel, String name) implements Phase {}
    }

    /** A part of a phase over examples. */
    sealed interface Part {
        /** A region without phases of other kinds. */
        record Inline(Kernel.Call call) implements Part {}

        /** What becomes one method. */
        final class Routine implements Part {
            final String name;

            /** The nodes whose kernels it holds, in the order in which they came. */
            final Set<Lowered> nodes = new LinkedHashSet<>();

            final List<Kernel> draws = new ArrayList<>();
            final List<Kernel.Contraction> products = new ArrayList<>();
            final List<Piece> pieces = new ArrayList<>();
            final List<Kernel.Contraction> lastProducts = new ArrayList<>();
            final Set<Value> produced = new HashSet<>();

            /** Whether it sums the gradients of a value's readers. */
            boolean addsShortcut;

            /** Rows of an example: the same in all its pieces; 0 while there are none. */
            int positions;

            Routine(String name) {
                this.name = name;
            }

            /** The loop that is open, if it goes over such rows, or a new one. */
            Loop loop(Layout rows) {
                if (!pieces.isEmpty() && pieces.getLast() instanceof Loop loop && loop.stride == rows.loopStride()) {
                    return loop;
                }
                Loop loop = new Loop(rows.loopPositions(), rows.loopStride());
                pieces.add(loop);
                return loop;
            }
        }
    }

    /** A part of a routine. */
    sealed interface Piece {}

    /** A loop over features. */
    static final class Loop implements Piece {
        /** Rows of an example. */
        final int positions;

        /** Elements of a row, with the padding: the same of all that it computes. */
        final int stride;

        final List<Kernel> kernels = new ArrayList<>();

        Loop(int positions, int stride) {
            this.positions = positions;
            this.stride = stride;
        }
    }

    /** A kernel between two loops. */
    record Call(Kernel.LibraryCall call) implements Piece {}

    private Draft() {}
}
