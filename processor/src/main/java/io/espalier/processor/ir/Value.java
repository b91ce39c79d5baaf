package io.espalier.processor.ir;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a kernel reads or writes: for the batch, an array, or a variable within one loop. Compared by identity. */
public final class Value {
    /** What a value is to the program. */
    public enum Kind {
        /** What enters a region. */
        INPUT,
        /** Computed by the forward pass from what enters. */
        ACTIVATION,
        /** The loss's gradient with respect to an activation. */
        GRADIENT,
        /** A number of an example or of the batch that a formula or a kernel needs: a mean, a deviation. */
        STATISTIC,
        /** Partial sums over the examples of a slice. */
        SUM,
        /** Random bits: what is kept. */
        MASK,
        /** Random numbers. */
        DRAWS
    }

    private final String name;
    private final String path;
    private final Kind kind;
    private final Layout layout;
    private final @Nullable Value viewOf;

    /**
     * A value.
     *
     * @param name what it is within its operation, such as {@code biased}: a variable's name
     * @param path where it comes from, such as {@code hiddenDense}: what an array that holds it is called after
     * @param kind what it is to the program
     * @param layout how it lies in an array, if it lies in one
     */
    public Value(String name, String path, Kind kind, Layout layout) {
        this(name, path, kind, layout, null);
    }

    /**
     * A value that takes the array of another, which is gone once it is written.
     *
     * @param viewOf the other
     */
    public Value(String name, String path, Kind kind, Layout layout, @Nullable Value viewOf) {
        this.name = name;
        this.path = path;
        this.kind = kind;
        this.layout = layout;
        this.viewOf = viewOf;
    }

    /** What it is within its operation. */
    public String name() {
        return name;
    }

    /** Where it comes from. */
    public String path() {
        return path;
    }

    /** What it is to the program. */
    public Kind kind() {
        return kind;
    }

    /** The value whose array it takes, if it takes one's. */
    public Optional<Value> viewOf() {
        return Optional.ofNullable(viewOf);
    }

    /** How it lies in an array. */
    public Layout layout() {
        return layout;
    }

    /** Whether it has a row of features for each example, as loops over features compute them. */
    public boolean isRows() {
        return (kind == Kind.INPUT || kind == Kind.ACTIVATION || kind == Kind.GRADIENT) && !layout.isScalar();
    }

    @Override
    public String toString() {
        return path + "." + name + layout;
    }
}
