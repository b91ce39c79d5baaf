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

    /** A statement that calls a method. */
    static CodeBlock call(CodeBlock method, List<CodeBlock> arguments) {
        CodeBlock.Builder code = CodeBlock.builder().add("$[$L(\n", method);
        int length = 0;
        for (CodeBlock argument : arguments) {
            boolean first = length == 0;
            int own = argument.toString().length() + 2;
            boolean breaks = !first && length + own > LINE;
            code.add(first ? "$L" : breaks ? ",\n$L" : ", $L", argument);
            length = breaks ? own : length + own;
        }
        return code.add(");\n$]").build();
    }
}
