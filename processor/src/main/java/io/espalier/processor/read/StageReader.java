package io.espalier.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads the fields of one model as its stages. */
final class StageReader {
    private static final String LAYER = "io.espalier.Layer";

    private final List<StageDeclaration> stages = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Reached> reached = new ArrayList<>();
    private boolean complete = true;

    /** A block and the field that leads to it. */
    record Reached(TypeElement block, SourcePoint from) {}

    /** Reads the stages of a class or record from its fields, in this order. */
    StageReader(TypeElement model, List<Element> fields) {
        fields.forEach(field -> read(model, field));
    }

    List<StageDeclaration> stages() {
        return stages;
    }

    List<Fault> faults() {
        return faults;
    }

    /** The blocks that the stages run, in order, repetitions included. */
    List<Reached> reached() {
        return reached;
    }

    boolean complete() {
        return complete;
    }

    private static Stream<? extends RecordComponentElement> components(TypeElement model) {
        return model.getKind() == ElementKind.RECORD ? model.getRecordComponents().stream() : Stream.empty();
    }

    /**
     * The annotations of a stage. Behind a constant of another class, Eclipse's compiler (3.46) loses those of a record's field;
     * the component still has them.
     */
    private static AnnotationReader.Annotations annotations(TypeElement model, Element field) {
        Element shows = components(model)
                .filter(component -> name(component).equals(name(field)))
                .filter(component -> component.getAnnotationMirrors().size()
                        > field.getAnnotationMirrors().size())
                .map(Element.class::cast)
                .findFirst()
                .orElse(field);
        return AnnotationReader.read(shows, field);
    }

    private static String name(Element element) {
        return element.getSimpleName().toString();
    }

    private void read(TypeElement model, Element field) {
        String name = name(field);
        SourcePoint point = SourcePoint.of(field);
        AnnotationReader.Annotations annotations = annotations(model, field);
        complete &= annotations.complete();
        Optional<String> block = Optional.empty();
        boolean known = false;
        TypeMirror type = field.asType();
        if (type.getKind() == TypeKind.ERROR) {
            complete = false;
        } else if (type.getKind() == TypeKind.DECLARED) {
            TypeElement declared = (TypeElement) ((DeclaredType) type).asElement();
            AnnotationReader.Annotations onType = AnnotationReader.read(declared);
            if (declared.getQualifiedName().contentEquals(LAYER)) {
                known = true;
            } else if (onType.has("Block")) {
                known = true;
                block = Optional.of(declared.getQualifiedName().toString());
                reached.add(new Reached(declared, point));
            } else if (onType.complete()) {
                faults.add(new Fault(point, neitherLayerNorBlock(name, declared, onType.has("Network"))));
            } else {
                complete = false;
            }
        } else {
            faults.add(new Fault(
                    point,
                    "field '" + name + "' of the type " + type
                            + " is no stage: a stage's type is io.espalier.Layer or a class annotated with @Block. "
                            + "Make it static if it is no part of the network"));
        }
        stages.add(new StageDeclaration(name, point, block, annotations.language(), known));
    }

    private static String neitherLayerNorBlock(String field, TypeElement type, boolean network) {
        String simpleName = type.getSimpleName().toString();
        String found = "field '" + field + "' is no stage: its type " + type.getQualifiedName();
        return network
                ? found
                        + " is a network, and networks do not run in one another. Move its stages to a @Block that both use"
                : found + " is neither io.espalier.Layer nor a class annotated with @Block. Annotate " + simpleName
                        + " with @Block, or make the field static if it is no part of the network";
    }
}
