package io.espalier.processor.operation;

import io.espalier.processor.ir.Shape;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.OptionalInt;

/** The width of a linear operation: a number, a multiple of what comes in, or one of the relative constants. */
public final class Width {
    /** As many features as come in; the language's {@code Width.SAME}. */
    public static final int SAME = -1;

    /** As many features as entered the innermost residual branch; the language's {@code Width.BRANCH}. */
    public static final int BRANCH = -2;

    /** The element that takes a number of units or one of the constants. */
    static final Attribute VALUE = new Attribute(
            "value",
            Range.WIDTH,
            "the number of units",
            new Choice("Width.SAME", "as many units as features come in"),
            new Choice("Width.BRANCH", "as many units as features entered the innermost residual branch"));

    /** The element that takes a multiple of what comes in. */
    static final Attribute TIMES = new Attribute(
            "times",
            Range.OPEN,
            "how many times as many units it has as features come in",
            new Choice("4", "the wide stage of a feed-forward block (Vaswani et al., 2017)"));

    private Width() {}

    /**
     * The number of units that {@code value} or {@code times} asks for; empty where it cannot be told, because of a mistake
     * that is then among the defects, or of one further up.
     */
    static OptionalInt units(AnnotationDeclaration annotation, OperationContext context, Defects defects) {
        boolean value = annotation.value("value").explicit();
        boolean times = annotation.value("times").explicit();
        String where = "@" + annotation.name() + " on '" + context.stage().name() + "'";
        if (!annotation.value("value").usable() || !annotation.value("times").usable()) {
            return OptionalInt.empty();
        }
        if (value && times) {
            defects.value(
                    annotation.pointOf("times"),
                    where + " has both a number of units (" + annotation.intValue("value") + ") and times = "
                            + annotation.intValue("times") + ". Keep one of them");
            return OptionalInt.empty();
        }
        if (times) {
            return multiple(annotation, where, context, defects);
        }
        if (value) {
            return absolute(annotation, where, context, defects);
        }
        defects.value(
                annotation.point(),
                where + " has no width. Write how many units it has, such as @" + annotation.name()
                        + "(128), or a multiple of what comes in, such as @" + annotation.name() + "(times = 4)");
        return OptionalInt.empty();
    }

    private static OptionalInt absolute(
            AnnotationDeclaration annotation, String where, OperationContext context, Defects defects) {
        int units = annotation.intValue("value");
        if (units >= 1) {
            return OptionalInt.of(units);
        }
        return switch (units) {
            case SAME -> channels(context.in());
            case BRANCH -> {
                if (context.branch().isEmpty()) {
                    defects.value(
                            annotation.pointOf("value"),
                            where
                                    + " asks for Width.BRANCH, the features that entered the residual branch, but stands in "
                                    + "none. Put @Residual on this stage or on one that runs its block, or write a number");
                }
                yield context.branch().map(Width::channels).orElseGet(OptionalInt::empty);
            }
            default -> {
                defects.value(
                        annotation.pointOf("value"),
                        where + " has " + units + " units: at least 1, or Width.SAME or Width.BRANCH");
                yield OptionalInt.empty();
            }
        };
    }

    private static OptionalInt multiple(
            AnnotationDeclaration annotation, String where, OperationContext context, Defects defects) {
        int times = annotation.intValue("times");
        if (times < 1) {
            defects.value(annotation.pointOf("times"), where + " has times = " + times + ": at least 1");
            return OptionalInt.empty();
        }
        if (!context.in().isKnown()) {
            return OptionalInt.empty();
        }
        long units = (long) context.in().channels() * times;
        if (units > Integer.MAX_VALUE) {
            defects.value(
                    annotation.pointOf("times"),
                    where + " has " + context.in().channels() + "·" + times + " = " + units + " units: at most "
                            + Integer.MAX_VALUE);
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) units);
    }

    private static OptionalInt channels(Shape shape) {
        return shape.isKnown() ? OptionalInt.of(shape.channels()) : OptionalInt.empty();
    }
}
