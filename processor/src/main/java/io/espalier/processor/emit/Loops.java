package io.espalier.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Names;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * The loops of a network's class, of all its modes and regions. Those with the same formulas are one method, whatever arrays,
 * offsets and widths they work with: training and prediction share most, and so do stages of one kind.
 */
final class Loops {
    private static final ClassName NAME = ClassName.get("", "Loops");

    /** As many callers as a comment names. */
    private static final int NAMED = 6;

    private final Names names = new Names();
    private final Map<String, Shared> methods = new LinkedHashMap<>();

    private record Shared(String name, LoopMethod method, Set<String> callers) {}

    /**
     * The call of a loop.
     *
     * @param caller who calls it, such as {@code Training.entryForward}
     * @param from the first row
     * @param to the row after the last
     * @param width elements of a row
     */
    CodeBlock call(LoopMethod loop, String caller, String from, String to, int width) {
        Shared shared = methods.computeIfAbsent(
                loop.signatureAndBody(), key -> new Shared(names.unique(loop.name()), loop, new LinkedHashSet<>()));
        shared.callers().add(caller);
        return Arguments.call(CodeBlock.of("$T.$L", NAME, shared.name()), loop.arguments(from, to, width));
    }

    /**
     * The class of all loops that were called, if there are any. It is apart from the network's own class: that one must load
     * where the vector module is missing, to say so.
     */
    Optional<TypeSpec> type() {
        if (methods.isEmpty()) {
            return Optional.empty();
        }
        TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "What is computed element by element, for the rows {@code from} to before {@code to} of {@code width}"
                                + " columns,\npadding columns included.\n");
        VectorFields.add(type);
        methods.values()
                .forEach(shared -> type.addMethod(shared.method()
                        .method(shared.name())
                        .addJavadoc("$L\n", comment(shared.callers()))
                        .build()));
        return Optional.of(type.build());
    }

    private static String comment(Set<String> callers) {
        StringBuilder comment = new StringBuilder("Called by ");
        int named = 0;
        for (String caller : callers) {
            if (named == NAMED) {
                comment.append(" and ").append(callers.size() - NAMED).append(" more");
                break;
            }
            comment.append(named == 0 ? "" : ", ")
                    .append("{@code ")
                    .append(caller)
                    .append('}');
            named++;
        }
        return comment.append('.').toString();
    }
}
