package io.espalier.processor.ir;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A part of a routine that goes over the examples of a slice. */
public sealed interface Piece {
    /**
     * One loop over the features of each example.
     *
     * @param positions rows of an example
     * @param stride elements of a row, padding included
     * @param kernels what it computes, in order
     * @param stored what of it is written to memory
     */
    record Loop(int positions, int stride, List<Kernel> kernels, Set<Value> stored) implements Piece {
        /** Copies the collections; values are compared by identity. */
        public Loop {
            kernels = List.copyOf(kernels);
            Set<Value> copy = Collections.newSetFromMap(new IdentityHashMap<>());
            copy.addAll(stored);
            stored = Collections.unmodifiableSet(copy);
        }
    }

    /** A kernel of the runtime that looks at whole rows. */
    record RowCall(Kernel.LibraryCall call) implements Piece {}
}
