package io.espalier.processor.ir;

import java.util.List;

/** A stretch of a pass between two points at which all examples of the batch have come equally far. */
public sealed interface Phase {
    /** Some examples at a time, which threads share. */
    record Examples(List<Part> parts) implements Phase {
        /** Copies the list. */
        public Examples {
            parts = List.copyOf(parts);
        }
    }

    /** A product with a weight so large that threads share its outputs. */
    record Wide(Kernel.Contraction contraction) implements Phase {}

    /** What is worked out from all examples of the batch. */
    record Batch(String name, Kernel.LibraryCall call) implements Phase {}

    /** The phases of a region that has some of the other kinds. */
    record Nested(Kernel.Call call) implements Phase {}

    /** All kernels in the order in which they run. */
    default List<Kernel> kernels() {
        return switch (this) {
            case Examples examples ->
                examples.parts().stream()
                        .flatMap(part -> part.kernels().stream())
                        .toList();
            case Wide wide -> List.of(wide.contraction());
            case Batch batch -> List.of(batch.call());
            case Nested nested -> List.of(nested.call());
        };
    }
}
