package io.espalier.processor.emit;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression of emitted code: a receiver and the methods that are called on it one after the other.
 *
 * @param receiver what comes first, as {@link MarkedText}
 * @param calls the calls, each with its dot
 * @param scalar whether it is a float rather than a vector
 */
record Chain(String receiver, List<String> calls, boolean scalar) {
    /** Longer lines are broken at the calls. */
    private static final int LINE = 80;

    Chain {
        calls = List.copyOf(calls);
    }

    static Chain vector(String code) {
        return new Chain(code, List.of(), false);
    }

    static Chain scalar(String code) {
        return new Chain(code, List.of(), true);
    }

    /** The same with one more call. */
    Chain then(String method, String arguments) {
        List<String> all = new ArrayList<>(calls);
        all.add("." + method + "(" + arguments + ")");
        return new Chain(receiver, all, scalar);
    }

    /** All of it on one line. */
    String code() {
        return receiver + String.join("", calls);
    }

    /** The same, broken where it would be a long line. */
    String lines() {
        String line = code();
        if (calls.size() < 2 || MarkedText.length(line) <= LINE) {
            return line;
        }
        StringBuilder code = new StringBuilder(receiver)
                .append(calls.getFirst())
                .append(MarkedText.INDENT)
                .append(MarkedText.INDENT);
        calls.subList(1, calls.size()).forEach(call -> code.append('\n').append(call));
        return code.append(MarkedText.UNINDENT).append(MarkedText.UNINDENT).toString();
    }
}
