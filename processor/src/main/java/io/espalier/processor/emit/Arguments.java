package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import java.util.List;

/** Writes calls of many arguments, in lines of a length that can be read. */
final class Arguments {
    private static final int LINE = 90;

    private Arguments() {}

    /** An argument that does not say what it is, with the name of its parameter. */
    static String named(String name, Object argument) {
        return name.equals(argument) ? name : "/* " + name + "= */ " + argument;
    }

    /** The same where the argument is nothing but a number. */
    static String ifBare(String name, String argument) {
        return Character.isDigit(argument.charAt(0)) ? named(name, argument) : argument;
    }

    /** A statement that calls a method with arguments of marked text. */
    static CodeBlock call(CodeBlock method, List<String> arguments) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String argument : arguments) {
            int own = MarkedText.length(argument) + 2;
            boolean breaks = length > 0 && length + own > LINE;
            text.append(text.isEmpty() ? "" : breaks ? ",\n" : ", ").append(argument);
            length = breaks ? own : length + own;
        }
        return CodeBlock.of("$[$L(\n$L);\n$]", method, MarkedText.code(text.toString()));
    }
}
