package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.plan.Names;
import io.espalier.processor.plan.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One emitted loop over rows and, in each, over vectors. What holds for a whole row is declared in front of the inner loop,
 * once. Names that the loop uses do not clash within it.
 */
final class RowLoop {
    private final int stride;
    private final Map<String, CodeBlock> rowLines = new LinkedHashMap<>();
    private final CodeBlock.Builder body = CodeBlock.builder();
    private final Map<String, String> shared = new LinkedHashMap<>();
    private final Names names = new Names();

    RowLoop(int stride) {
        this.stride = stride;
        for (String fixed : new String[] {"row", "i", "at", "flow", "sums", "from", "to", "slice", "end", "rows"}) {
            names.unique(fixed);
        }
    }

    CodeBlock.Builder body() {
        return body;
    }

    /** A new variable's name. */
    String variable(String wanted) {
        return names.unique(wanted);
    }

    /** A variable of the row, declared by the line that is made for its name; the same key gives the same variable. */
    String rowVariable(String key, String wanted, Function<String, CodeBlock> line) {
        String known = shared.get(key);
        if (known == null) {
            known = names.unique(wanted);
            shared.put(key, known);
            rowLines.put(known, line.apply(known));
        }
        return known;
    }

    /** A variable of the inner loop that several steps use. */
    String bodyVariable(String key, String wanted, Function<String, CodeBlock> line) {
        String known = shared.get(key);
        if (known == null) {
            known = names.unique(wanted);
            shared.put(key, known);
            body.add(line.apply(known));
        }
        return known;
    }

    /** Where the row starts in values of this width. */
    String at() {
        rowLines.putIfAbsent("at", CodeBlock.of("int at = row * $L;\n", stride));
        return "at";
    }

    /** Where the row starts in a gradient buffer. */
    String flow() {
        rowLines.putIfAbsent("flow", CodeBlock.of("int flow = row * GRADIENT_STRIDE;\n"));
        return "flow";
    }

    /** Where the partial sums of the row's slice start, of which each slice has so many. */
    String sums(int columns) {
        rowLines.putIfAbsent("sums", CodeBlock.of("int sums = row / $T.ROWS * $L;\n", Types.SLICES, columns));
        return "sums";
    }

    CodeBlock load(Value value) {
        return loadFrom(value.name(), at());
    }

    CodeBlock loadFrom(String array, String base) {
        return CodeBlock.of("$T.fromArray(FLOATS, $L, $L + i)", Types.FLOAT_VECTOR, array, base);
    }

    /** Loads part of a vector that is the same for every row. */
    static CodeBlock loadColumn(String array, String place) {
        return CodeBlock.of("$T.fromArray(FLOATS, $L, $L + i)", Types.FLOAT_VECTOR, array, place);
    }

    static CodeBlock loadColumn(String array) {
        return CodeBlock.of("$T.fromArray(FLOATS, $L, i)", Types.FLOAT_VECTOR, array);
    }

    void store(String variable, Value value) {
        body.addStatement("$L.intoArray($L, $L + i)", variable, value.name(), at());
    }

    CodeBlock build(String from, String to) {
        CodeBlock.Builder loop = CodeBlock.builder();
        loop.beginControlFlow("for (int row = $L; row < $L; row++)", from, to);
        rowLines.values().forEach(loop::add);
        loop.beginControlFlow("for (int i = 0; i < $L; i += LANES)", stride);
        loop.add(body.build());
        loop.endControlFlow();
        loop.endControlFlow();
        return loop.build();
    }
}
