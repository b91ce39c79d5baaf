package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * A pass over a region, as the thread that drives it sees it: phases in which rows are independent, and between them what
 * needs the whole batch.
 */
final class PhaseList {
    /** Either a phase, with its statements for some rows, or a statement between two phases. */
    record Action(List<CodeBlock> rows, CodeBlock between) {
        boolean isPhase() {
            return !rows.isEmpty();
        }
    }

    private final List<Action> actions = new ArrayList<>();
    private List<CodeBlock> rows = new ArrayList<>();

    /** Adds a statement in terms of {@code from} and {@code to}. */
    void rows(String format, Object... args) {
        rows.add(CodeBlock.builder().addStatement(format, args).build());
    }

    void rows(CodeBlock code) {
        rows.add(code);
    }

    /** Adds what waits for all rows. */
    void between(CodeBlock code) {
        flush();
        actions.add(new Action(List.of(), code));
    }

    /** The actions so far; a phase that was open ends. */
    List<Action> actions() {
        flush();
        return actions;
    }

    private void flush() {
        if (!rows.isEmpty()) {
            actions.add(new Action(List.copyOf(rows), CodeBlock.of("")));
            rows = new ArrayList<>();
        }
    }
}
