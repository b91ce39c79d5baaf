package io.espalier.processor.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/**
 * Reads networks and the blocks that they reach. One reader serves a whole compilation, so that it sees when two networks
 * would give the same class.
 */
public final class ModelReader {
    private static final String GENERATED = "javax.annotation.processing.Generated";

    private final Elements elements;
    private final Origins origins;
    private final String generator;
    private final Map<String, String> networkByGeneratedClass = new HashMap<>();

    /**
     * A reader for one compilation.
     *
     * @param elements the compiler's elements
     * @param origins what is compiled from source
     * @param generator the name that emitted classes carry in their {@code @Generated}: a class left from an earlier
     *     build is no clash
     */
    public ModelReader(Elements elements, Origins origins, String generator) {
        this.elements = elements;
        this.origins = origins;
        this.generator = generator;
    }

    /**
     * Reads a network and every block that it reaches, directly or through other blocks.
     *
     * @param network the class annotated with {@code @Network}
     * @return the declaration, with what is wrong with the classes among its faults
     */
    public NetworkDeclaration read(TypeElement network) {
        Deque<StageReader.Reached> open = new ArrayDeque<>();
        ModelDeclaration root = model(network, SourcePoint.of(network), true, open);
        Map<String, ModelDeclaration> blocks = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            StageReader.Reached next = open.remove();
            String name = next.block().getQualifiedName().toString();
            if (!blocks.containsKey(name)) {
                blocks.put(name, model(next.block(), next.from(), false, open));
            }
        }
        return new NetworkDeclaration(root, blocks, nameClash(root));
    }

    private ModelDeclaration model(
            TypeElement type, SourcePoint reachedFrom, boolean isNetwork, Deque<StageReader.Reached> open) {
        AnnotationReader.Annotations annotations = AnnotationReader.read(type);
        List<Fault> faults = new ArrayList<>();
        Optional<SourcePoint> shownAt = origins.isSource(type) ? Optional.empty() : Optional.of(reachedFrom);
        boolean complete = annotations.complete() && superclassFits(type, faults);
        checkClass(type, isNetwork, annotations, faults);
        List<StageDeclaration> stages = List.of();
        boolean isClass = type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD;
        Optional<List<Element>> fields = isClass ? FieldOrder.of(type, origins) : Optional.empty();
        if (isClass && fields.isEmpty()) {
            faults.add(new Fault(reachedFrom, orderUnknown(type)));
        }
        if (fields.isPresent()) {
            StageReader reader = new StageReader(type, fields.get());
            stages = reader.stages();
            faults.addAll(reader.faults());
            complete &= reader.complete();
            reader.reached()
                    .forEach(reached ->
                            open.add(new StageReader.Reached(reached.block(), shownAt.orElse(reached.from()))));
            if (stages.isEmpty()) {
                faults.add(
                        new Fault(
                                SourcePoint.of(type),
                                type.getSimpleName()
                                        + " has no stages: each instance field of the type io.espalier.Layer, or of "
                                        + "a block's type, is one. Add the last stage at least, such as '@Dense(10) Layer logits;'"));
            }
        }
        return new ModelDeclaration(
                type,
                elements.getPackageOf(type).getQualifiedName().toString(),
                type.getQualifiedName().toString(),
                nestedName(type, "_"),
                isPublic(type),
                annotations.language(),
                stages,
                faults,
                shownAt,
                complete);
    }

    private void checkClass(
            TypeElement type, boolean isNetwork, AnnotationReader.Annotations annotations, List<Fault> faults) {
        SourcePoint point = SourcePoint.of(type);
        String name = type.getSimpleName().toString();
        if (type.getKind() != ElementKind.CLASS && type.getKind() != ElementKind.RECORD) {
            faults.add(new Fault(point, name + " is no class: a network or block is a class or a record"));
        }
        if (!type.getTypeParameters().isEmpty()) {
            faults.add(new Fault(
                    point, name + " has type parameters, which nothing in a model could use. Leave them out"));
        }
        if (isNetwork) {
            privateType(type)
                    .ifPresent(hidden -> faults.add(new Fault(
                            point,
                            "the class " + nestedName(type, "_") + "Network that is made for " + nestedName(type, ".")
                                    + " could not see it, because " + hidden
                                    + " is private. Leave out the 'private'")));
        }
        for (AnnotationDeclaration annotation : annotations.language()) {
            if (annotations.has("Block") && !annotation.name().equals("Block")) {
                faults.add(new Fault(
                        annotation.point(),
                        annotation.name().equals("Network")
                                ? name + " is both a network and a block. Move its stages to a @Block, and let the "
                                        + "@Network have one field of its type"
                                : "@" + annotation.name() + " speaks of a whole network, and " + name
                                        + " is a block. Put it on the class with @Network"));
            }
        }
    }

    /** Adds a fault where the superclass is not that of a plain class; false where it does not resolve. */
    private static boolean superclassFits(TypeElement type, List<Fault> faults) {
        TypeMirror superclass = type.getSuperclass();
        if (superclass.getKind() == TypeKind.ERROR) {
            return false;
        }
        if (type.getKind() == ElementKind.CLASS && superclass.getKind() == TypeKind.DECLARED) {
            TypeElement extended = (TypeElement) ((DeclaredType) superclass).asElement();
            if (!extended.getQualifiedName().contentEquals("java.lang.Object")) {
                faults.add(new Fault(
                        SourcePoint.of(type),
                        type.getSimpleName() + " extends " + extended.getQualifiedName()
                                + ", whose fields would be no stages of it. Make what they share a @Block, and a field "
                                + "of its type"));
            }
        }
        return true;
    }

    private Optional<Fault> nameClash(ModelDeclaration model) {
        String generated = model.qualifiedNetworkClassName();
        String other = networkByGeneratedClass.putIfAbsent(generated, model.qualifiedName());
        SourcePoint point = SourcePoint.of(model.type());
        if (other != null && !other.equals(model.qualifiedName())) {
            return Optional.of(new Fault(
                    point,
                    model.qualifiedName() + " and " + other + " would both give the class " + generated
                            + ". Rename one"));
        }
        return isTaken(model.type(), generated)
                ? Optional.of(new Fault(
                        point,
                        "the class " + generated + " that is made for " + model.qualifiedName()
                                + " exists already. Rename one of the two"))
                : Optional.empty();
    }

    /**
     * Whether somebody wrote a class of that name. One that an earlier build left is none, be it a class file or a source
     * that says who generated it; where the model's module does not see {@code @Generated}, sources cannot say so.
     */
    private boolean isTaken(TypeElement model, String qualifiedName) {
        Optional<TypeElement> existing = Visibility.find(elements, model, qualifiedName);
        return existing.isPresent()
                && origins.isSource(existing.get())
                && Visibility.find(elements, model, GENERATED).isPresent()
                && existing.get().getAnnotationMirrors().stream()
                        .filter(mirror -> mirror.getAnnotationType().toString().equals(GENERATED))
                        .noneMatch(
                                mirror -> mirror.getElementValues().toString().contains(generator));
    }

    private static String orderUnknown(TypeElement type) {
        return type.getQualifiedName()
                + " comes from a class file, and this compiler neither hands its fields over in the order in which they were "
                + "written nor lets the file be read. Make it a record, or compile its source together with the network";
    }

    private static String nestedName(TypeElement type, String separator) {
        String name = type.getSimpleName().toString();
        return type.getEnclosingElement() instanceof TypeElement outer
                ? nestedName(outer, separator) + separator + name
                : name;
    }

    private static boolean isPublic(TypeElement type) {
        return type.getModifiers().contains(Modifier.PUBLIC)
                && (!(type.getEnclosingElement() instanceof TypeElement outer) || isPublic(outer));
    }

    /** The private one among the type and those that enclose it. */
    private static Optional<String> privateType(TypeElement type) {
        for (Element element = type; element instanceof TypeElement; element = element.getEnclosingElement()) {
            if (element.getModifiers().contains(Modifier.PRIVATE)) {
                return Optional.of(element.getSimpleName().toString());
            }
        }
        return Optional.empty();
    }
}
