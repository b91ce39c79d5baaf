package io.espalier.processor.lint;

import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.operation.Defect;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.SourcePoint;
import java.util.ArrayList;
import java.util.List;

/** Takes what one rule finds, in any order and as often as it comes. */
final class Report {
    /**
     * A case of a mistake.
     *
     * @param grade its grade where no option says otherwise
     * @param fixed whether neither options nor suppressions apply to it
     * @param point where it stands
     * @param text facts, reason and remedy
     */
    record Entry(Grade grade, boolean fixed, SourcePoint point, String text) {}

    private final List<Entry> entries = new ArrayList<>();

    /** An error that no option and no suppression takes away, because no code can be generated. */
    void fixedError(SourcePoint point, String text) {
        entries.add(new Entry(Grade.ERROR, true, point, text));
    }

    /** A finding at an annotation. */
    void add(Grade grade, AnnotationDeclaration annotation, String text) {
        add(grade, annotation.point(), text);
    }

    /** A finding. */
    void add(Grade grade, SourcePoint point, String text) {
        entries.add(new Entry(grade, false, point, text));
    }

    /** What the graph's builder could not make sense of. */
    void defects(NetworkGraph graph, Defect.Kind kind) {
        for (Defect defect : graph.defects()) {
            if (defect.kind() == kind) {
                fixedError(defect.point(), sentence(defect.text()));
            }
        }
    }

    /** A text that ends as a sentence does. */
    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    List<Entry> entries() {
        return entries;
    }
}
