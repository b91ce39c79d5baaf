package io.espalier.processor.plan;

import io.espalier.processor.ir.Storage;
import org.jspecify.annotations.Nullable;

/** Values that lie in one array for a reason: they are handed over in it, or each is made of the one before. */
final class ArrayGroup {
    private LiveRanges.Range range;
    private int stride;
    private Storage.@Nullable Kind kind;
    private int number;

    /** Whether something else than its range decided where it lies. */
    private boolean fixed;

    ArrayGroup(LiveRanges.Range range, int stride) {
        this.range = range;
        this.stride = stride;
    }

    LiveRanges.Range range() {
        return range;
    }

    /** Elements that an example needs. */
    int stride() {
        return stride;
    }

    Storage.Kind kind() {
        if (kind == null) {
            throw new IllegalStateException("not decided yet");
        }
        return kind;
    }

    int number() {
        return number;
    }

    void number(int found) {
        number = found;
    }

    /** Says where it must lie; what came first holds. */
    void fix(Storage.Kind where) {
        if (!fixed) {
            kind = where;
            fixed = true;
        }
    }

    /** Says where it may lie, if nothing says where it must. */
    void choose(Storage.Kind where) {
        if (!fixed) {
            kind = where;
        }
    }

    /** Lets it lie where whoever is handed it can find it without knowing of threads. */
    void notInTile() {
        if (kind == Storage.Kind.TILE) {
            kind = Storage.Kind.SHARED;
        }
    }

    /** Whether no other value may lie in its array at other times. */
    boolean isAlone() {
        return kind() == Storage.Kind.OWN ? fixed : !isNumbered(kind());
    }

    private static boolean isNumbered(Storage.Kind kind) {
        return switch (kind) {
            case OWN, SHARED, TILE -> true;
            case INPUT, GRADIENT, INPUT_GRADIENT, OUTPUT, RUN -> false;
        };
    }

    /**
     * Whether an elementwise result may take its array once it is needed no more. What is handed to or from a region stays of
     * its kind; of others, a result that is needed for longer or by more must not lie in an array that is there for less.
     */
    boolean mayPassTo(ArrayGroup taker) {
        boolean toOutput = taker.kind() == Storage.Kind.OUTPUT;
        if (isAlone() || (taker.isAlone() && !toOutput)) {
            return false;
        }
        boolean handed = fixed || (taker.fixed && !toOutput);
        return handed ? kind == taker.kind : taker.scope() >= scope();
    }

    /** How many it is there for: those of a task, those of the batch while a stage is at work, or for good. */
    int scope() {
        return switch (kind()) {
            case TILE -> 0;
            case SHARED -> 1;
            case OWN -> 2;
            case INPUT, GRADIENT, INPUT_GRADIENT, OUTPUT, RUN -> 3;
        };
    }

    void add(ArrayGroup other) {
        range = range.and(other.range);
        stride = Math.max(stride, other.stride);
        // What whoever runs the region has given is given, whatever a run within would take.
        boolean isGiven = other.kind == Storage.Kind.GRADIENT || other.kind == Storage.Kind.INPUT_GRADIENT;
        if (other.fixed && (!fixed || isGiven)) {
            kind = other.kind;
            fixed = true;
        }
    }
}
