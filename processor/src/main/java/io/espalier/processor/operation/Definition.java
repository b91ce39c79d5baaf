package io.espalier.processor.operation;

import io.espalier.processor.read.AnnotationDeclaration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * An operation of the language: what holds of its annotation wherever it stands.
 *
 * @param annotation simple name of the annotation type, which lies in the language's package or one below it
 * @param shapeRule makes the operation at a context
 * @param attributes the annotation's elements that there is something to say of
 * @param traits what must be known before there are shapes
 */
public record Definition(String annotation, ShapeRule shapeRule, List<Attribute> attributes, Set<Trait> traits) {
    /** What an annotation comes to at its context: the operation with its attributes, its shape rule and its parameters. */
    @FunctionalInterface
    public interface ShapeRule {
        /**
         * Applies the operation.
         *
         * @param annotation the annotation, whose values may lie outside their ranges
         * @param context where it stands
         * @param defects takes what is wrong with shapes and widths
         * @return what it comes to, with an unknown shape after a mistake
         */
        Applied apply(AnnotationDeclaration annotation, OperationContext context, Defects defects);
    }

    /** A trait of the {@link Operation} that stages are put in order by, before any shape is known. */
    public enum Trait {
        /** {@link Operation#isLinear}. */
        LINEAR,
        /** {@link Operation#normalizesBatch}. */
        NORMALIZES_BATCH,
        /** {@link Operation#masksWeights}. */
        MASKS_WEIGHTS
    }

    /** Copies attributes and traits. */
    public Definition {
        attributes = List.copyOf(attributes);
        traits = Set.copyOf(traits);
    }

    /**
     * An operation.
     *
     * @param annotation simple name of the annotation type
     * @param shapeRule makes the operation at a context
     * @param attributes the annotation's elements that there is something to say of
     * @return the definition, without traits
     */
    public static Definition of(String annotation, ShapeRule shapeRule, Attribute... attributes) {
        return new Definition(annotation, shapeRule, List.of(attributes), Set.of());
    }

    /**
     * An operation that takes any shape, keeps it and has no parameters.
     *
     * @param annotation simple name of the annotation type
     * @param operation makes the operation from the annotation's values
     * @param attributes the annotation's elements that there is something to say of
     * @return the definition, without traits
     */
    public static Definition keepingShape(
            String annotation, Function<AnnotationDeclaration, Operation> operation, Attribute... attributes) {
        return of(
                annotation,
                (written, context, defects) -> new Applied(operation.apply(written), context.in(), List.of()),
                attributes);
    }

    /**
     * The same operation with a trait.
     *
     * @param trait the trait
     * @return a definition that has it besides those that this one has
     */
    public Definition with(Trait trait) {
        Set<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return new Definition(annotation, shapeRule, attributes, more);
    }

    /**
     * Whether operations of this kind have a trait.
     *
     * @param trait the trait
     * @return whether they do
     */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /**
     * Whether the operation is as wide as what entered the residual branch around it.
     *
     * @param written the annotation
     * @return whether one of its widths is {@link Width#BRANCH}
     */
    public boolean takesBranchWidth(AnnotationDeclaration written) {
        return attributes.stream()
                .filter(attribute -> attribute.range() == Range.WIDTH)
                .map(attribute -> written.values().get(attribute.element()))
                .anyMatch(value -> value != null && value.value().equals(Width.BRANCH));
    }
}
