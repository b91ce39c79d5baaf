package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.plan.Item;
import io.espalier.processor.plan.NetworkPlan;
import io.espalier.processor.plan.Planner;
import io.espalier.processor.plan.PredictionSlots;
import io.espalier.processor.plan.RegionPlan;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is planned into one loop, and which buffers predictions need. */
class FusionTest {
    @Test
    void fusesAllBehindAProductIntoOneLoop() {
        assertThat(parts("@Dense(16) @LayerNorm @Gelu @Dropout(p = 0.3) Layer hidden; @Relu Layer again;"))
                .containsExactly(
                        "hidden: dense 8 → 16; bias, layer norm, GELU, dropout (p = 0.3), ReLU",
                        "out: dense 16 → 2; bias");
    }

    @Test
    void cutsForEachProductAndEachBatchNorm() {
        assertThat(parts("@Dense(16) @BatchNorm @Relu Layer first; @BatchNorm @Tanh @Dropout(p = 0.5) Layer second;"))
                .containsExactly(
                        "first: dense 8 → 16; batch norm, ReLU",
                        "second: batch norm, tanh, dropout (p = 0.5)",
                        "out: dense 16 → 2; bias");
    }

    @Test
    void fusesTheNormOfTheNextBranchBehindTheJoin() {
        assertThat(
                        parts(
                                "@Residual @LayerNorm @Dense(8) @Tanh Layer first; @Residual @LayerNorm @Dense(8) Layer second;"))
                .containsExactly(
                        "first: layer norm",
                        "first: dense 8 → 8; bias, tanh, shortcut, layer norm",
                        "second: dense 8 → 8; bias, shortcut",
                        "out: dense 8 → 2; bias");
    }

    @Test
    void addsAProjectedShortcutInTheLoopOfItsBranch() {
        assertThat(parts("@DropPath(p = 0.1, schedule = Schedule.CONSTANT) @Residual @Dense(12) @Sigmoid Layer wider;"))
                .containsExactly(
                        "wider: the shortcut's start",
                        "wider: dense 8 → 12; bias, sigmoid, drop path, projected shortcut",
                        "out: dense 12 → 2; bias");
    }

    @Test
    void multipliesALargeWeightWithTheWholeBatchAtOnce() {
        NetworkPlan plan = plan("@Dense(512) @Gelu Layer first; @Dense(512) @Gelu Layer second;"
                + " @Repeat(2) @Residual @Dense(512) Layer body;");

        assertThat(plan.root().items().stream()
                        .filter(Item.Segment.class::isInstance)
                        .map(item -> ((Item.Segment) item).product().orElseThrow())
                        .map(product -> product.in() + " → " + product.out() + (product.isWide() ? ", wide" : "")))
                .containsExactly("8 → 512", "512 → 512, wide", "512 → 2");
        assertThat(plan.root().items().stream()
                        .filter(Item.Segment.class::isInstance)
                        .map(item -> SegmentNames.rowsTitle((Item.Segment) item)))
                .containsExactly(
                        "dense 8 → 512; bias, GELU", "beside dense 512 → 512; bias, GELU", "dense 512 → 2; bias");
        RegionPlan body = plan.regions().getFirst();
        assertThat(body.synchronizes()).isTrue();
        assertThat(body.batchNorm()).isFalse();
        assertThat(plan("@Dense(511) Layer first; @Repeat(2) @Residual @Dense(511) Layer body;")
                        .regions()
                        .getFirst()
                        .synchronizes())
                .isFalse();
    }

    @Test
    void plansARepeatedStageOnce() {
        NetworkPlan plan = plan("@Repeat(5) @Residual @LayerNorm @Dense(8) @Gelu Layer body;");

        assertThat(plan.regions()).hasSize(1);
        assertThat(plan.root().items()).first().isInstanceOfSatisfying(Item.Call.class, call -> {
            assertThat(call.times()).isEqualTo(5);
            assertThat(call.callee()).isSameAs(plan.regions().getFirst());
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
        NetworkPlan plan =
                plan(IntStream.range(0, 50).mapToObj(stage::formatted).collect(Collectors.joining("\n")));

        assertThat(buffers(plan)).isBetween(1, most);
    }

    @Test
    void sharesBuffersBetweenRuns() {
        NetworkPlan few = plan("@Repeat(2) @Residual @LayerNorm @Dense(8) @Gelu Layer body;");
        NetworkPlan many = plan("@Repeat(600) @Residual @LayerNorm @Dense(8) @Gelu Layer body;");

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
        NetworkPlan plan = Planner.plan(Graphs.build(
                CompilerKind.JAVAC,
                "@Network(input = 8) final class Deep { Level0 levels; @Dense(2) Layer out; }\n" + blocks));

        assertThat(buffers(plan)).isLessThan(4 * depth);
    }

    private static int buffers(NetworkPlan plan) {
        PredictionSlots root = PredictionSlots.of(plan).get(plan.root());
        assertThat(root).isNotNull();
        return root == null ? 0 : root.count();
    }

    private static List<String> parts(String stages) {
        RegionPlan root = plan(stages).root();
        return root.items().stream()
                .map(item -> item instanceof Item.Segment segment ? text(segment) : item.name())
                .toList();
    }

    private static String text(Item.Segment segment) {
        return segment.name().replaceAll("(Dense|BatchNorm|LayerNorm|Branch)$", "") + ": "
                + SegmentNames.title(segment);
    }

    private static NetworkPlan plan(String stages) {
        return Planner.plan(Graphs.build(
                CompilerKind.JAVAC,
                "@Network(input = 8) final class Small {\n" + stages + "\n@Dense(2) Layer out; }\n"));
    }
}
