package io.espalier.processor;

import io.espalier.processor.lint.Lint;
import io.espalier.processor.lint.RuleInfo;
import io.espalier.processor.operation.Operations;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Completion;
import javax.annotation.processing.Completions;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** What editors may offer where the value of an annotation is written. */
final class ValueCompletions {
    private static final String LANGUAGE = "io.espalier.annotation.";
    private static final String SUPPRESS = "java.lang.SuppressWarnings";

    private final Operations operations;

    ValueCompletions(Operations operations) {
        this.operations = operations;
    }

    /**
     * What can be written for an element of an annotation. Editors ask at any moment, also while the source makes no sense.
     *
     * @param annotation the annotation that is being written
     * @param member its element
     * @param userText what has been typed of the value
     * @return the values that begin so, with what they mean
     */
    List<Completion> of(
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

    private Stream<Completion> all(AnnotationMirror annotation, ExecutableElement member) {
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
        return operations.attributes(type.getSimpleName().toString()).stream()
                .filter(attribute -> attribute.element().equals(element))
                .flatMap(attribute -> attribute.choices().stream())
                .map(choice -> Completions.of(choice.text(), choice.purpose()));
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
