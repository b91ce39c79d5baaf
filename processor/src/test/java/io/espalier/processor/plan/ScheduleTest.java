package io.espalier.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is planned into one loop and one phase, and which arrays predictions need. */
class ScheduleTest {
    @Test
    void fusesAllAfterAProductIntoOneRoutine() {
        assertThat(forward("@Dense(16) @LayerNorm @Gelu @Dropout(p = 0.3) Layer hidden; @Relu Layer again;"))
                .containsExactly(
                        "hidden: dense 8 → 16 with bias, layer norm, GELU, dropout (p = 0.3), ReLU of again",
                        "out: dense 16 → 2 with bias");
    }

    @Test
    void cutsPhasesAtBatchStatistics() {
        assertThat(forward("@Dense(16) @BatchNorm @Relu Layer first; @BatchNorm @Tanh @Dropout(p = 0.5) Layer second;"))
                .containsExactly(
                        "first: dense 8 → 16, batch norm",
                        "the batch: combine",
                        "firstBatchNorm: batch norm, ReLU, batch norm of second",
                        "the batch: combine",
                        "second: batch norm, tanh, dropout (p = 0.5)",
                        "out: dense 16 → 2 with bias");
    }

    @Test
    void fusesTheNormOfTheNextBranchAfterTheJoin() {
        assertThat(
                        forward(
                                "@Residual @LayerNorm @Dense(8) @Tanh Layer first; @Residual @LayerNorm @Dense(8) Layer second;"))
                .containsExactly(
                        "first: layer norm",
                        "firstDense: dense 8 → 8 with bias, tanh, shortcut, layer norm of second",
                        "second: dense 8 → 8 with bias, shortcut",
                        "out: dense 8 → 2 with bias");
    }

    @Test
    void addsAProjectedShortcutInTheLoopOfItsBranch() {
        String stages = "@DropPath(p = 0.1, schedule = Schedule.CONSTANT) @Residual @Dense(12) @Sigmoid Layer wider;";
        assertThat(forward(stages))
                .containsExactly(
                        "wider: dense 8 → 12 with bias, sigmoid, drop path (p = 0.1), projected shortcut",
                        "out: dense 12 → 2 with bias");
        Part.Routine wider =
                routines(plan(stages).root().code(Mode.TRAINING).forward()).getFirst();
        assertThat(wider.products()).hasSize(2);
        assertThat(wider.pieces()).singleElement().isInstanceOf(Piece.Loop.class);
    }

    @Test
    void keepsTheAdjointsOfARoutineTogether() {
        List<Part.Routine> backward =
                routines(plan("@Dense(16) @Gelu Layer first; @Dense(12) @Tanh @Dropout(p = 0.1) Layer second;")
                        .root()
                        .code(Mode.TRAINING)
                        .backward());

        assertThat(backward.stream().map(routine -> routine.name() + ": " + String.join(", ", routine.titles())))
                .containsExactly(
                        "outBackward: dense 12 → 2 with bias",
                        "secondBackward: dropout (p = 0.1), tanh, dense 16 → 12 with bias",
                        "firstBackward: GELU, dense 8 → 16 with bias");
        assertThat(backward).allSatisfy(routine -> assertThat(routine.pieces()).hasSize(1));
        assertThat(backward.get(1).lastProducts()).hasSize(1);
    }

    @Test
    void computesAgainWhatIsNotKept() {
        Code code = plan("@Dense(16) @Gelu Layer first;").root().code(Mode.TRAINING);
        Piece.Loop forward =
                (Piece.Loop) routines(code.forward()).getFirst().pieces().getFirst();
        Piece.Loop backward =
                (Piece.Loop) routines(code.backward()).get(1).pieces().getFirst();

        assertThat(forward.stored()).hasSize(1);
        // The bias is added again; the activation itself is not needed.
        assertThat(backward.kernels()).contains(forward.kernels().getFirst());
        assertThat(backward.kernels()).doesNotContain(forward.kernels().getLast());
    }

    @Test
    void cutsLongLoops() {
        String stages = IntStream.range(0, 20)
                .mapToObj("@Gelu Layer stage%d;"::formatted)
                .collect(Collectors.joining("\n"));
        List<Part.Routine> routines =
                routines(plan(stages).root().code(Mode.TRAINING).forward());

        assertThat(routines).hasSizeBetween(4, 10);
        assertThat(routines).allSatisfy(routine -> assertThat(CodeSize.of(routine.kernels()))
                .isLessThanOrEqualTo(CodeSize.MOST));
    }

    @Test
    void multipliesALargeWeightWithTheWholeBatchAtOnce() {
        NetworkProgram plan = plan("@Dense(512) @Gelu Layer first; @Dense(512) @Gelu Layer second;"
                + " @Repeat(2) @Residual @Dense(512) Layer body;");

        assertThat(forward(plan.root().code(Mode.TRAINING)))
                .containsExactly(
                        "first: dense 8 → 512 with bias, GELU",
                        "all outputs of second.dense.weight",
                        "second: dense 512 → 512 with bias, GELU",
                        "phases of body",
                        "out: dense 512 → 2 with bias");
        assertThat(plan.regions().getFirst().code(Mode.TRAINING).synchronizes()).isTrue();
        assertThat(plan.regions().getFirst().code(Mode.PREDICTION).synchronizes())
                .isFalse();
        assertThat(plan("@Dense(511) Layer first; @Repeat(2) @Residual @Dense(511) Layer body;")
                        .regions()
                        .getFirst()
                        .code(Mode.TRAINING)
                        .synchronizes())
                .isFalse();
    }

    @Test
    void plansARepeatedStageOnce() {
        NetworkProgram plan = plan("@Repeat(5) @Residual @LayerNorm @Dense(8) @Gelu Layer body;");

        assertThat(plan.regions()).hasSize(1);
        Phase.Examples first =
                (Phase.Examples) plan.root().code(Mode.TRAINING).forward().getFirst();
        assertThat(first.parts()).first().isInstanceOfSatisfying(Part.Inline.class, inline -> {
            assertThat(inline.call().run().times()).isEqualTo(5);
            assertThat(inline.call().run().callee()).isSameAs(plan.regions().getFirst());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2, @Dense(16) @LayerNorm @Gelu @Dropout(p = 0.3) Layer s%d;",
        "2, @Dense(16) @BatchNorm @Relu Layer s%d;",
        "2, @Dense(16) Layer s%d;",
        "3, @Residual @LayerNorm @Dense(8) @Gelu Layer s%d;",
        "4, @Residual @Dense(12) @Relu Layer s%d;",
        "3, @Tanh Layer s%d;",
    })
    void sharesBuffersBetweenStages(int most, String stage) {
        NetworkProgram plan =
                plan(IntStream.range(0, 50).mapToObj(stage::formatted).collect(Collectors.joining("\n")));

        assertThat(buffers(plan)).isBetween(1, most);
    }

    @Test
    void sharesBuffersBetweenRuns() {
        NetworkProgram few = plan("@Repeat(2) @Residual @LayerNorm @Dense(8) @Gelu Layer body;");
        NetworkProgram many = plan("@Repeat(600) @Residual @LayerNorm @Dense(8) @Gelu Layer body;");

        assertThat(buffers(many)).isEqualTo(buffers(few)).isLessThanOrEqualTo(8);
    }

    @Test
    void sharesBuffersBetweenNestedRuns() {
        StringBuilder blocks = new StringBuilder();
        int depth = 12;
        for (int i = 0; i < depth; i++) {
            blocks.append(
                    "@Block final class Level%d { @Repeat(2) Level%d a; Level%d b; }\n".formatted(i, i + 1, i + 1));
        }
        blocks.append("@Block final class Level12 { @Residual @LayerNorm @Dense(8) @Gelu Layer leaf; }\n");
        NetworkProgram plan = Planner.plan(Graphs.build(
                CompilerKind.JAVAC,
                "@Network(input = 8) final class Deep { Level0 levels; @Dense(2) Layer out; }\n" + blocks));

        assertThat(buffers(plan)).isLessThan(4 * depth);
    }

    /** Arrays of features, not of a number for each example. */
    private static int buffers(NetworkProgram plan) {
        return (int) plan.memory(plan.root().code(Mode.PREDICTION)).shared().stream()
                .filter(stride -> stride >= 16)
                .count();
    }

    private static List<String> forward(String stages) {
        return forward(plan(stages).root().code(Mode.TRAINING));
    }

    private static List<String> forward(Code code) {
        List<String> parts = new ArrayList<>();
        for (Phase phase : code.forward()) {
            switch (phase) {
                case Phase.Wide wide ->
                    parts.add("all outputs of " + wide.contraction().weight());
                case Phase.Batch batch -> parts.add("the batch: " + batch.call().method());
                case Phase.Nested nested ->
                    parts.add("phases of " + nested.call().run().name());
                case Phase.Examples examples -> examples.parts().forEach(part -> parts.add(text(part)));
            }
        }
        return parts;
    }

    private static String text(Part part) {
        return switch (part) {
            case Part.Inline inline -> inline.call().run().name();
            case Part.Routine routine ->
                routine.name().replaceAll("Forward$", "") + ": " + String.join(", ", routine.titles());
        };
    }

    private static List<Part.Routine> routines(List<Phase> pass) {
        List<Part.Routine> routines = new ArrayList<>();
        for (Phase phase : pass) {
            if (phase instanceof Phase.Examples examples) {
                for (Part part : examples.parts()) {
                    if (part instanceof Part.Routine routine) {
                        routines.add(routine);
                    }
                }
            }
        }
        return routines;
    }

    private static NetworkProgram plan(String stages) {
        return Planner.plan(Graphs.build(
                CompilerKind.JAVAC,
                "@Network(input = 8) final class Small {\n" + stages + "\n@Dense(2) Layer out; }\n"));
    }
}
