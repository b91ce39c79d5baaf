package io.espalier.processor;

import io.espalier.processor.lint.Lint;
import io.espalier.processor.lint.RuleInfo;
import io.espalier.processor.lint.UsualValue;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Completion;
import javax.annotation.processing.Completions;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** What editors may offer where the value of an annotation is written. */
final class ValueCompletions {
    private static final String LANGUAGE = "io.espalier.annotation.";
    private static final String SUPPRESS = "java.lang.SuppressWarnings";

    /** A constant of one of the language's enums and what it means. */
    private record Constant(String type, String name, String meaning) {}

    /** In the order of their declarations, which Eclipse's compiler does not keep for class files. */
    private static final List<Constant> CONSTANTS = List.of(
            new Constant("Loss", "CROSS_ENTROPY", "one of several classes; applies softmax itself"),
            new Constant(
                    "Loss",
                    "BINARY_CROSS_ENTROPY",
                    "independent labels, or a single yes or no; applies sigmoid itself"),
            new Constant("Loss", "MEAN_SQUARED_ERROR", "values: regression"),
            new Constant("Exclude", "BIAS_NORM", "biases and the scales and shifts of norms do not decay"),
            new Constant("Exclude", "NONE", "everything decays"),
            new Constant("Exclude", "BIAS", "biases do not decay"),
            new Constant("Exclude", "NORM", "the scales and shifts of norms do not decay"),
            new Constant("Exclude", "BIAS_NORM_EMBEDDING", "biases, norms and embeddings do not decay"),
            new Constant("Schedule", "LINEAR", "from 0 at the first residual branch to p at the last"),
            new Constant("Schedule", "CONSTANT", "p at every residual branch"),
            new Constant("Bias", "AUTO", "a bias unless a batch norm follows, which would remove it"),
            new Constant("Bias", "ON", "a bias"),
            new Constant("Bias", "OFF", "no bias"),
            new Constant("Shortcut", "AUTO", "a learned projection where the shapes differ"),
            new Constant("Shortcut", "IDENTITY", "what comes in, as it is: the shapes must agree"),
            new Constant("Shortcut", "PROJECTION", "a learned projection"));

    private static final List<Completion> WIDTHS = List.of(
            Completions.of("Width.SAME", "as many units as features come in"),
            Completions.of("Width.BRANCH", "as many units as features entered the innermost residual branch"));

    private ValueCompletions() {}

    /**
     * What can be written for an element of an annotation. Editors ask at any moment, also while the source makes no sense.
     *
     * @param annotation the annotation that is being written
     * @param member its element
     * @param userText what has been typed of the value
     * @return the values that begin so, with what they mean
     */
    static List<Completion> of(
            @Nullable AnnotationMirror annotation, @Nullable ExecutableElement member, @Nullable String userText) {
        try {
            if (annotation == null || member == null) {
                return List.of();
            }
            String typed = userText == null ? "" : userText.strip();
            return all(annotation, member)
                    .filter(completion -> begins(completion.getValue(), typed))
                    .toList();
        } catch (RuntimeException e) {
            // Of an annotation that does not compile, compilers cannot always say what it is.
            return List.of();
        }
    }

    /** Whether a value begins with what was typed; of a text that has no quotes yet, the quotes are still to come. */
    private static boolean begins(String value, String typed) {
        return value.startsWith(typed) || value.startsWith("\"" + typed);
    }

    private static Stream<Completion> all(AnnotationMirror annotation, ExecutableElement member) {
        if (!(annotation.getAnnotationType().asElement() instanceof TypeElement type)) {
            return Stream.of();
        }
        String element = member.getSimpleName().toString();
        if (type.getQualifiedName().contentEquals(SUPPRESS)) {
            return element.equals("value") ? rules() : Stream.of();
        }
        if (!type.getQualifiedName().toString().startsWith(LANGUAGE)) {
            return Stream.of();
        }
        String name = type.getSimpleName().toString();
        Stream<Completion> widths = name.equals("Dense") && element.equals("value") ? WIDTHS.stream() : Stream.of();
        Stream<Completion> usual =
                UsualValue.of(name, element).stream().map(value -> Completions.of(value.text(), value.purpose()));
        return Stream.of(constants(member), widths, usual).flatMap(values -> values);
    }

    /** The constants of an element that is one of the language's enums; nothing of any other. */
    private static Stream<Completion> constants(ExecutableElement member) {
        if (!(member.getReturnType() instanceof DeclaredType declared)) {
            return Stream.of();
        }
        String type = declared.asElement().toString();
        return CONSTANTS.stream()
                .filter(constant -> type.equals(LANGUAGE + constant.type()))
                .map(constant -> Completions.of(constant.name(), constant.meaning()));
    }

    /** What silences rules, those that cannot be silenced left out. */
    private static Stream<Completion> rules() {
        Stream<Completion> each = Lint.rules().stream()
                .filter(rule -> rule.severity().isRegradable())
                .map(rule -> Completions.of("\"espalier:" + rule.id() + "\"", silences(rule)));
        return Stream.concat(Stream.of(Completions.of("\"espalier\"", "silences every rule of Espalier")), each);
    }

    private static String silences(RuleInfo rule) {
        return "silences: " + rule.summary();
    }
}
