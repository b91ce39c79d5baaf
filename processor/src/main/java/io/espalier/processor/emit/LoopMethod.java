package io.espalier.processor.emit;

import com.squareup.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * A loop as a method, and what it is called with at one place.
 *
 * @param name what it would like to be called
 * @param parameters what it takes besides rows and width
 * @param body the loop, as marked text
 */
record LoopMethod(String name, List<Parameter> parameters, String body) {
    /**
     * Something that the loop works with.
     *
     * @param type what it is
     * @param name what the loop calls it
     * @param argument what is handed over here
     */
    record Parameter(Class<?> type, String name, String argument) {}

    /** Copies the list. */
    LoopMethod {
        parameters = List.copyOf(parameters);
    }

    /** What two loops have in common that one method can do. */
    String signatureAndBody() {
        return parameters.stream()
                        .map(parameter -> parameter.type() + " " + parameter.name())
                        .collect(Collectors.joining(","))
                + body;
    }

    /** The method, under a name that is its alone. */
    MethodSpec.Builder method(String unique) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(unique)
                .addModifiers(Modifier.STATIC)
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addParameter(int.class, "width");
        parameters.forEach(parameter -> method.addParameter(parameter.type(), parameter.name()));
        return method.addCode(MarkedText.code(body));
    }

    /** The arguments of a call. */
    List<String> arguments(String from, String to, int width) {
        List<String> arguments =
                new ArrayList<>(List.of(Arguments.ifBare("from", from), to, Arguments.named("width", width)));
        parameters.forEach(parameter -> arguments.add(Arguments.ifBare(parameter.name(), parameter.argument())));
        return arguments;
    }
}
