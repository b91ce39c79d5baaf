package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression of emitted code: a receiver and the methods that are called on it one after the other.
 *
 * @param receiver what comes first
 * @param calls the calls, each with its dot
 * @param scalar whether it is a float rather than a vector
 */
record Chain(CodeBlock receiver, List<CodeBlock> calls, boolean scalar) {
    /** Longer lines are broken at the calls. */
    private static final int LINE = 80;

    Chain {
        calls = List.copyOf(calls);
    }

    static Chain vector(CodeBlock code) {
        return new Chain(code, List.of(), false);
    }

    static Chain scalar(CodeBlock code) {
        return new Chain(code, List.of(), true);
    }

    /** The same with one more call. */
    Chain then(String method, CodeBlock arguments) {
        List<CodeBlock> all = new ArrayList<>(calls);
        all.add(CodeBlock.of(".$L($L)", method, arguments));
        return new Chain(receiver, all, scalar);
    }

    /** All of it on one line. */
    CodeBlock code() {
        CodeBlock.Builder code = CodeBlock.builder().add(receiver);
        calls.forEach(code::add);
        return code.build();
    }

    /** The same, broken where it would be a long line. */
    CodeBlock lines() {
        if (calls.size() < 2 || length() <= LINE) {
            return code();
        }
        CodeBlock.Builder code =
                CodeBlock.builder().add(receiver).add(calls.getFirst()).add("$>$>");
        calls.subList(1, calls.size()).forEach(call -> code.add("\n").add(call));
        return code.add("$<$<").build();
    }

    /** Without the packages of types, which are imported. */
    private int length() {
        return code().toString().replaceAll("[a-z.]+\\.(?=[A-Z])", "").length();
    }
}
