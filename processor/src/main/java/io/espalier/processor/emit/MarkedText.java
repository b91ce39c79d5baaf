package io.espalier.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of emitted loops, in which types, and what JavaPoet does with lines, stand as single characters: such text is put
 * together and measured as strings are, which takes a fraction of what nested blocks of code cost, and types are imported all
 * the same.
 */
final class MarkedText {
    private static final char FIRST_TYPE = '\uE000';
    private static final List<ClassName> TYPES = List.of(
            Types.FLOAT_VECTOR, Types.VECTOR_MASK, Types.VECTOR_OPERATORS, Types.SLICES, ClassName.get(Float.class));

    static final String FLOAT_VECTOR = mark(Types.FLOAT_VECTOR);
    static final String VECTOR_MASK = mark(Types.VECTOR_MASK);
    static final String VECTOR_OPERATORS = mark(Types.VECTOR_OPERATORS);
    static final String SLICES = mark(Types.SLICES);
    static final String FLOAT = mark(ClassName.get(Float.class));

    /** Here a line may be broken. */
    static final String WRAP = "\uE100";

    /** What follows is indented further, and less far. */
    static final String INDENT = "\uE101";

    static final String UNINDENT = "\uE102";

    /** Where a statement begins and ends: lines in between are continued. */
    private static final char STATEMENT = '\uE103';

    private static final char END = '\uE104';

    private MarkedText() {}

    private static String mark(ClassName type) {
        return String.valueOf((char) (FIRST_TYPE + TYPES.indexOf(type)));
    }

    /** The examples of a slice. */
    static String sliceExamples(int positions) {
        return SLICES + (positions == 1 ? ".ROWS" : ".examples(" + positions + ")");
    }

    /** A statement, with its semicolon. */
    static String statement(String text) {
        return STATEMENT + text + ";\n" + END;
    }

    /** A block, from its head to its closing brace. */
    static String block(String head, String body) {
        return head + " {\n" + INDENT + body + UNINDENT + "}\n";
    }

    /** How long the text is when it is written. */
    static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int type = text.charAt(i) - FIRST_TYPE;
            length += type >= 0 && type < TYPES.size()
                    ? TYPES.get(type).simpleName().length()
                    : 1;
        }
        return length;
    }

    /** The text as code. */
    static CodeBlock code(String text) {
        StringBuilder format = new StringBuilder(2 * text.length());
        List<Object> types = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '$' -> format.append("$$");
                case '\uE100' -> format.append("$W");
                case '\uE101' -> format.append("$>");
                case '\uE102' -> format.append("$<");
                case STATEMENT -> format.append("$[");
                case END -> format.append("$]");
                default -> {
                    int type = c - FIRST_TYPE;
                    if (type >= 0 && type < TYPES.size()) {
                        format.append("$T");
                        types.add(TYPES.get(type));
                    } else {
                        format.append(c);
                    }
                }
            }
        }
        return CodeBlock.of(format.toString(), types.toArray());
    }
}
