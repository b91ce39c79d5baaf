package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loops over rows, and kernel calls between them. Where there are such calls, rows go through all of it a slice at a time, so
 * that they stay in the first-level cache; else one loop takes them all.
 */
final class SliceBody {
    private record Part(@Nullable RowLoop loop, CodeBlock call) {}

    private final List<Part> parts = new ArrayList<>();

    void add(RowLoop loop) {
        parts.add(new Part(loop, CodeBlock.of("")));
    }

    /** A statement in terms of {@code slice} and {@code end}. */
    void call(String format, Object... args) {
        parts.add(new Part(null, CodeBlock.builder().addStatement(format, args).build()));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    CodeBlock build(String from, String to) {
        CodeBlock.Builder code = CodeBlock.builder();
        boolean cut = parts.stream().anyMatch(part -> part.loop() == null);
        if (cut) {
            code.beginControlFlow("for (int slice = $L; slice < $L; slice += $T.ROWS)", from, to, Types.SLICES);
            code.addStatement("int end = $T.min(slice + $T.ROWS, $L)", Math.class, Types.SLICES, to);
        }
        for (Part part : parts) {
            RowLoop loop = part.loop();
            code.add(loop == null ? part.call() : cut ? loop.build("slice", "end") : loop.build(from, to));
        }
        if (cut) {
            code.endControlFlow();
        }
        return code.build();
    }
}
