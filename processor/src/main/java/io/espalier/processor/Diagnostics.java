package io.espalier.processor;

import io.espalier.processor.lint.Finding;
import io.espalier.processor.lint.Grade;
import io.espalier.processor.read.Origins;
import io.espalier.processor.read.SourcePoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/** Shows the user what was found: the only class that speaks to the compiler's {@link Messager}. */
final class Diagnostics {
    private final Messager messager;
    private final Origins origins;
    private final Set<Shown> shown = new HashSet<>();

    /** Whether the compiler finds places in records: Eclipse's in its batch form (3.46) finds none, nor the record's own. */
    private final boolean placesRecords;

    /** Whether the compiler finds the places of single values in an array: Eclipse's takes the annotation's for theirs. */
    private final boolean placesItems;

    /** What was said at a place; compilers may hand over another mirror of the same annotation each time. */
    private record Shown(String message, Element element, String annotation, String member, int item) {}

    Diagnostics(ProcessingEnvironment environment, Origins origins) {
        this.messager = environment.getMessager();
        this.origins = origins;
        String name = environment.getClass().getName();
        this.placesItems = !name.startsWith("org.eclipse.");
        this.placesRecords = !name.contains("BatchProcessingEnvImpl");
    }

    /** Shows findings; what another network that shares a block has shown is not repeated. */
    void report(List<Finding> findings) {
        for (Finding finding : findings) {
            // Maven passes -nowarn to javac where warnings are not asked for, and it drops all but mandatory ones.
            Kind kind = finding.grade() == Grade.ERROR ? Kind.ERROR : Kind.MANDATORY_WARNING;
            show(finding.shownAt(), kind, finding.point(), finding.message());
        }
    }

    /** Says that no code can be written for a network. */
    void error(TypeElement network, String message) {
        SourcePoint point = SourcePoint.of(network);
        show(point, Kind.ERROR, point, message);
    }

    /** Says what is wrong with an option, which stands in no source. */
    void option(String mistake) {
        messager.printMessage(Kind.ERROR, mistake);
    }

    /** Shows a failure of the processor itself as an error of the network that brought it about. */
    void failure(TypeElement network, Throwable thrown) {
        error(
                network,
                "Espalier failed on " + network.getQualifiedName()
                        + ". That is a mistake of Espalier, not of the model; please report it with this trace:\n"
                        + trace(thrown));
    }

    /** Shows a failure of the processor itself when no network brought it about. */
    void failure(Throwable thrown) {
        messager.printMessage(
                Kind.ERROR,
                "Espalier failed at the end of the compilation. That is a mistake of Espalier, not of the models; please report"
                        + " it with this trace:\n" + trace(thrown));
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private void show(SourcePoint shownAt, Kind kind, SourcePoint point, String message) {
        Element element = point.element();
        Optional<Element> home = home(element, shownAt.element());
        if (home.isPresent()) {
            String place =
                    element instanceof TypeElement ? "" + element : element.getEnclosingElement() + "." + element;
            String suffix = " (This stands in " + place + ", where the compiler cannot point.)";
            print(kind, SourcePoint.of(home.get()), message + suffix);
        } else {
            print(kind, point, message);
        }
    }

    private void print(Kind kind, SourcePoint point, String message) {
        Element element = point.element();
        AnnotationMirror mirror = point.mirror();
        AnnotationValue value = value(point);
        if (!shown.add(new Shown(
                message,
                element,
                mirror == null ? "" : mirror.getAnnotationType().toString(),
                point.member(),
                point.item()))) {
            return;
        }
        try {
            if (mirror == null) {
                messager.printMessage(kind, message, element);
            } else if (value == null) {
                messager.printMessage(kind, message, element, mirror);
            } else {
                messager.printMessage(kind, message, element, mirror, value);
            }
        } catch (NullPointerException e) {
            // Eclipse's compiler fails to place an annotation whose element also carries one with an empty array.
            messager.printMessage(kind, message, element);
        }
    }

    private @Nullable AnnotationValue value(SourcePoint point) {
        AnnotationValue value = point.value();
        return value != null
                        && placesItems
                        && point.item() >= 0
                        && value.getValue() instanceof List<?> several
                        && several.get(point.item()) instanceof AnnotationValue item
                ? item
                : value;
    }

    /** What to point at where the compiler cannot point at the element itself: what it does not compile it cannot place. */
    private Optional<Element> home(Element element, Element shownAt) {
        if (!origins.isSource(element)) {
            return Optional.of(shownAt);
        }
        Optional<TypeElement> owner = enclosing(element, true);
        if (placesRecords || owner.isEmpty() || owner.get().getKind() != ElementKind.RECORD) {
            return Optional.empty();
        }
        return enclosing(element, false).or(() -> owner).map(Element.class::cast);
    }

    /** The type that an element is or stands in, with or without regard to records. */
    private static Optional<TypeElement> enclosing(Element element, boolean records) {
        for (Element e = element; e != null; e = e.getEnclosingElement()) {
            if (e instanceof TypeElement type && (records || type.getKind() != ElementKind.RECORD)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
