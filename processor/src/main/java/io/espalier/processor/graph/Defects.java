package io.espalier.processor.graph;

import io.espalier.processor.read.SourcePoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects defects in the order in which they are met; what a block gets wrong each time it is used counts once. */
final class Defects {
    private final Set<Defect> met = new LinkedHashSet<>();

    void shape(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.SHAPE, point, text));
    }

    void value(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.VALUE, point, text));
    }

    void structure(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.STRUCTURE, point, text));
    }

    void dropPath(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.DROP_PATH, point, text));
    }

    void dropConnect(SourcePoint point, String text) {
        met.add(new Defect(Defect.Kind.DROP_CONNECT, point, text));
    }

    List<Defect> list() {
        return List.copyOf(met);
    }
}
