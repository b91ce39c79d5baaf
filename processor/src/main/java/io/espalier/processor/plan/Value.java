package io.espalier.processor.plan;

/** Something that lies in memory between two loops, a row for each example. Compared by identity. */
public final class Value {
    private final String name;
    private final int width;

    Value(String name, int width) {
        this.name = name;
        this.width = width;
    }

    /** Name of the emitted field that holds it. */
    public String name() {
        return name;
    }

    /** Values in an example. */
    public int width() {
        return width;
    }

    /** Values from one row to the next: rows are padded to whole vectors, so that loops need no tail. */
    public int stride() {
        return Widths.stride(width);
    }

    @Override
    public String toString() {
        return name + "{" + width + "}";
    }
}
