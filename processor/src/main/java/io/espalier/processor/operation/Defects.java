package io.espalier.processor.operation;

import io.espalier.processor.read.SourcePoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects defects in the order in which they are met; what a block gets wrong each time it is used counts once. */
public final class Defects {
    private final Set<Defect> met = new LinkedHashSet<>();

    /**
     * Shapes that do not fit each other.
     *
     * @param point where it stands
     * @param text what is wrong, and what to write instead
     */
    public void shape(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.SHAPE, point, text));
    }

    /**
     * A value outside its range.
     *
     * @param point where it stands
     * @param text what is wrong, and what to write instead
     */
    public void value(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.VALUE, point, text));
    }

    /**
     * A structure that is none of the language's.
     *
     * @param point where it stands
     * @param text what is wrong, and what to write instead
     */
    public void structure(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.STRUCTURE, point, text));
    }

    /**
     * Drop path where there is no shortcut.
     *
     * @param point where it stands
     * @param text what is wrong, and what to write instead
     */
    public void dropPath(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.DROP_PATH, point, text));
    }

    /**
     * Drop connect where there is no weight matrix.
     *
     * @param point where it stands
     * @param text what is wrong, and what to write instead
     */
    public void dropConnect(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.DROP_CONNECT, point, text));
    }

    /**
     * The defects so far.
     *
     * @return each once
     */
    public List<Defect> list() {
        return List.copyOf(met);
    }
}
