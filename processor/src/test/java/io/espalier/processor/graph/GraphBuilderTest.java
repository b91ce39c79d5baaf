package io.espalier.processor.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphBuilderTest {
    @ParameterizedTest
    @EnumSource
    void laysOperationsInTheOrderInWhichTheyAreWritten(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, """
                @Network(input = {28, 28, 1})
                final class Small {
                    static int notAStage;
                    @Flatten @Dense(128) @BatchNorm @Relu @Dropout(p = 0.3) Layer features;
                    @LayerNorm @Tanh @Sigmoid @Gelu @Dense(10) @Softmax Layer logits;
                }
                """);

        assertThat(graph.defects()).isEmpty();
        assertThat(GraphText.of(graph)).isEqualTo("""
                        Small {28, 28, 1}
                          features: Flatten[] {784}
                          features: Dense[units=128, bias=false] {128} with features.dense.weight[128, 784]
                          features: BatchNorm[momentum=0.1, epsilon=1.0E-5] {128} with features.batchNorm.scale[128], \
                        features.batchNorm.shift[128], features.batchNorm.runningMean[128], features.batchNorm.runningVariance[128]
                          features: Relu[] {128}
                          features: Dropout[p=0.3] {128}
                          logits: LayerNorm[epsilon=1.0E-5] {128} with logits.layerNorm.scale[128], logits.layerNorm.shift[128]
                          logits: Tanh[] {128}
                          logits: Sigmoid[] {128}
                          logits: Gelu[] {128}
                          logits: Dense[units=10, bias=true] {10} with logits.dense.weight[10, 128], logits.dense.bias[10]
                          logits: Softmax[] {10}
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void readsTheConstantsOfOperations(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, """
                @Network(input = 5)
                final class Small {
                    @RmsNorm @LeakyRelu @Elu(alpha = 0.5) @Selu @Silu Layer first;
                    @AlphaDropout(p = 0.2) @GaussianDropout @GaussianNoise(deviation = 0.3) Layer noise;
                    @RmsNorm(epsilon = 1e-3) @LeakyRelu(slope = 0.2) @Elu @Dense(3) Layer logits;
                }
                """);

        assertThat(graph.defects()).isEmpty();
        assertThat(GraphText.of(graph)).isEqualTo("""
                        Small {5}
                          first: RmsNorm[epsilon=1.0E-5] {5} with first.rmsNorm.scale[5]
                          first: LeakyRelu[slope=0.01] {5}
                          first: Elu[alpha=0.5] {5}
                          first: Selu[] {5}
                          first: Silu[] {5}
                          noise: AlphaDropout[p=0.2] {5}
                          noise: GaussianDropout[p=0.1] {5}
                          noise: GaussianNoise[deviation=0.3] {5}
                          logits: RmsNorm[epsilon=0.001] {5} with logits.rmsNorm.scale[5]
                          logits: LeakyRelu[slope=0.2] {5}
                          logits: Elu[alpha=1.0] {5}
                          logits: Dense[units=3, bias=true] {3} with logits.dense.weight[3, 5], logits.dense.bias[3]
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void readsRecordsLikeClasses(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, """
                @Network(input = 4)
                record Small(@Dense(3) @Relu Layer second, @Residual Inner first, @Dense(SAME) Layer last) {
                    static Layer none;

                    @Block
                    record Inner(@Dense(times = 2) Layer zoom, @Dense(BRANCH) Layer back) {}
                }
                """);

        assertThat(graph.defects()).isEmpty();
        assertThat(GraphText.of(graph)).isEqualTo("""
                        Small {4}
                          second: Dense[units=3, bias=true] {3} with second.dense.weight[3, 4], second.dense.bias[3]
                          second: Relu[] {3}
                          first: run
                          Small_Inner {3}
                            zoom: Dense[units=6, bias=true] {6} with zoom.dense.weight[6, 3], zoom.dense.bias[6]
                            back: Dense[units=3, bias=true] {3} with back.dense.weight[3, 6], back.dense.bias[3]
                            first: join {3}
                          last: Dense[units=3, bias=true] {3} with last.dense.weight[3, 3], last.dense.bias[3]
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void givesABlockOneRegionForEachShapeAndSituation(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, """
                @Network(input = 8)
                final class Small {
                    Inner plain;
                    Inner again;
                    @Residual Inner residual;
                    @Residual @Repeat(3) Inner repeated;
                    @Dense(4) Layer narrow;
                    Inner narrower;
                }

                @Block
                final class Inner {
                    @Dense(SAME) Layer only;
                }
                """);

        assertThat(graph.defects()).isEmpty();
        assertThat(GraphText.of(graph)).isEqualTo("""
                        Small {8}
                          plain: run
                          Inner {8}
                            only: Dense[units=8, bias=true] {8} with only.dense.weight[8, 8], only.dense.bias[8]
                          again: run
                          Inner {8} as above
                          residual: run
                          Inner {8}
                            only: Dense[units=8, bias=true] {8} with only.dense.weight[8, 8], only.dense.bias[8]
                            residual: join {8}
                          repeated: run 3 times
                          Inner {8} as above
                          narrow: Dense[units=4, bias=true] {4} with narrow.dense.weight[4, 8], narrow.dense.bias[4]
                          narrower: run
                          Inner {4}
                            only: Dense[units=4, bias=true] {4} with only.dense.weight[4, 4], only.dense.bias[4]
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void repeatsAndJoinsWhereverAmongTheAnnotationsTheyStand(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, """
                @Network(input = 8)
                final class Small {
                    @Dense(SAME) @Residual @Relu @Repeat(6) @DropPath(p = 0.2) Layer blocks;
                    @Residual @Dense(16) Layer wider;
                    @Residual(shortcut = Shortcut.PROJECTION) @Tanh Layer projected;
                    @Residual(shortcut = Shortcut.IDENTITY) @Tanh Layer identity;
                    @Residual Inner narrower;
                }

                @Block
                final class Inner {
                    @Dense(2) Layer only;
                }
                """);

        assertThat(graph.defects()).isEmpty();
        assertThat(GraphText.of(graph)).isEqualTo("""
                        Small {8}
                          blocks: run 6 times
                          blocks {8}
                            blocks: Dense[units=8, bias=true] {8} with dense.weight[8, 8], dense.bias[8]
                            blocks: Relu[] {8}
                            blocks: join dropped 0.2 {8}
                          wider: Dense[units=16, bias=true] {16} with wider.dense.weight[16, 8], wider.dense.bias[16]
                          wider: join {16} with wider.shortcut.weight[16, 8]
                          projected: Tanh[] {16}
                          projected: join {16} with projected.shortcut.weight[16, 16]
                          identity: Tanh[] {16}
                          identity: join {16}
                          narrower: run
                          Inner {16}
                            only: Dense[units=2, bias=true] {2} with only.dense.weight[2, 16], only.dense.bias[2]
                            narrower: join {2} with shortcut.weight[2, 16]
                        """);
        assertThat(GraphText.branches(graph)).isEqualTo(Map.of("blocks", 6L));
    }

    @ParameterizedTest
    @EnumSource
    void takesTheBranchWidthThroughBlocks(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, """
                @Network(input = 8)
                final class Small {
                    @Residual Outer first;
                    @Residual @Dense(4) Layer narrow;
                    @Residual Outer second;
                }

                @Block
                final class Outer {
                    @Dense(6) Layer six;
                    Back back;
                    @Residual Back own;
                }

                @Block
                final class Back {
                    @Dense(5) Layer five;
                    @Dense(BRANCH) Layer branch;
                }
                """);

        assertThat(graph.defects()).isEmpty();
        assertThat(GraphText.of(graph))
                .contains("branch.dense.weight[8, 5]")
                .contains("branch.dense.weight[4, 5]")
                .doesNotContain("branch.dense.weight[6, 5]");
        // What enters the branch 'own' is what 'back' gave: 8 features, then 4.
        assertThat(GraphText.of(graph)).containsSubsequence("own: run", "Back {8}", "own: run", "Back {4}");
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheBiasOutWhereABatchNormFollowsAtOnce(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, """
                @Network(input = 8)
                final class Small {
                    @Dense(1) @BatchNorm Layer inStage;
                    @Dense(2) Layer nextStage;
                    @BatchNorm @Dense(3) Layer intoBlock;
                    Norm norm;
                    @Dense(4) Layer intoBranch;
                    @Residual Norm branch;
                    @Dense(5) @Relu @BatchNorm Layer throughActivation;
                    @Dense(value = 6, bias = Bias.ON) @BatchNorm Layer on;
                    @Dense(value = 7, bias = Bias.OFF) Layer off;
                    Last endOfRegion;
                    @BatchNorm @Residual @Dense(9) Layer join;
                    @BatchNorm @Dense(10) Layer repeated;
                    @Repeat(2) @BatchNorm @Dense(SAME) Layer iterations;
                }

                @Block
                final class Norm {
                    @BatchNorm Layer norm;
                }

                @Block
                final class Last {
                    @Dense(8) Layer last;
                }
                """);

        assertThat(graph.defects()).isEmpty();
        assertThat(GraphText.of(graph)
                        .lines()
                        .filter(line -> line.contains("Dense["))
                        .map(line -> line.replaceAll(".*units=(\\d+), bias=(\\w+).*", "$1 $2")))
                .containsExactly(
                        "1 false",
                        "2 false",
                        "3 false",
                        "4 true",
                        "5 true",
                        "6 true",
                        "7 false",
                        "8 true",
                        "9 true",
                        "10 false",
                        "10 true");
    }

    @ParameterizedTest
    @EnumSource
    void countsBranchesByRuleWithRepeatsAndReuseMultiplied(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, """
                @Network(input = 8)
                @DropPath(p = 0.4)
                final class Small {
                    @Repeat(6) Pair pairs;
                    Pair more;
                    @Residual @Tanh Layer single;
                }

                @Block
                final class Pair {
                    @Residual @Tanh Layer one;
                    @Residual @Tanh @Repeat(5) Layer five;
                    @Residual @Tanh @DropPath(p = 0.1, schedule = Schedule.CONSTANT) Layer own;
                }
                """);

        assertThat(graph.defects()).isEmpty();
        assertThat(GraphText.branches(graph)).isEqualTo(Map.of("Small", 7 * 6 + 1L, "own", 7L));
        assertThat(graph.branches().keySet()).extracting(DropPathRule::linear).containsExactly(true, false);
    }

    @ParameterizedTest
    @EnumSource
    void keepsBlocksNestedDeepInLinearSpace(CompilerKind compiler) {
        StringBuilder classes = new StringBuilder("@Network(input = 8) @DropPath final class Small { B29 top; }\n");
        classes.append("@Block final class B0 { @Residual @Dense(SAME) Layer only; }\n");
        for (int i = 1; i < 30; i++) {
            classes.append("@Block final class B%d { B%d one; B%d two; }%n".formatted(i, i - 1, i - 1));
        }
        NetworkGraph graph = Graphs.build(compiler, classes.toString());

        // 2²⁹ uses of 72 parameters are more than a network can have, which is all that is wrong.
        assertThat(GraphText.places(graph)).containsExactly("VALUE Small @Network");
        assertThat(graph.branches().values()).containsExactly(1L << 29);
        assertThat(GraphText.of(graph).lines().filter(line -> line.contains("join")))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void countsAsFarAsALongGoes(CompilerKind compiler) {
        StringBuilder classes = new StringBuilder("@Network(input = 8) @DropPath final class Small { B9 top; }\n");
        classes.append("@Block final class B0 { @Residual @Tanh Layer only; }\n");
        for (int i = 1; i < 10; i++) {
            classes.append("@Block final class B%d { @Repeat(1000000000) B%d many; }%n".formatted(i, i - 1));
        }
        NetworkGraph graph = Graphs.build(compiler, classes.toString());

        // More runs than an int numbers are more than a network can have, which is all that is wrong.
        assertThat(GraphText.places(graph)).containsExactly("VALUE Small @Network");
        assertThat(graph.branches().values()).containsExactly(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void takesTheSettingsOfTrainingFromTheClass(CompilerKind compiler) {
        Map<String, NetworkGraph> graphs = Graphs.buildAll(compiler, """
                @Network(input = 8) final class Bare { @Dense(2) Layer out; }
                @Network(input = 8) @Sgd(learningRate = 1) final class Plain { @Dense(2) Layer out; }
                @Network(input = 8) @AdamW(beta2 = 0.99) @WeightDecay(value = 0.5, exclude = Exclude.NORM)
                @LabelSmoothing @ClipNorm(2) final class Full { @Dense(2) Layer out; }
                @Network(input = 8) @Adam @WeightDecay(exclude = Exclude.BIAS_NORM_EMBEDDING) @L1(0.25) @MaxNorm
                final class Sparse { @Dense(2) Layer out; }
                @Network(input = 8) @RmsProp(momentum = 0.5) @L2(0.125) final class Old { @Dense(2) Layer out; }
                @Network(input = 8) @Adam final class NoDecay { @Dense(2) Layer out; }
                """);

        assertThat(graphs.get("Bare").training().toString())
                .isEqualTo(
                        "TrainingSettings[optimizer=Adam[learningRate=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8],"
                                + " optimizerAnnotation=Optional.empty, weightDecay=0.01, exclude=BIAS_NORM, l1=0.0, l2=0.0, labelSmoothing=0.0,"
                                + " clipNorm=OptionalDouble.empty, maxNorm=OptionalDouble.empty]");
        TrainingSettings plain = graphs.get("Plain").training();
        assertThat(plain.optimizer()).isEqualTo(new TrainingSettings.Optimizer.Sgd(1, 0.9, false));
        assertThat(plain.weightDecay()).isZero();
        TrainingSettings full = graphs.get("Full").training();
        assertThat(full.optimizer()).isEqualTo(new TrainingSettings.Optimizer.Adam(1e-3, 0.9, 0.99, 1e-8));
        assertThat(full.weightDecay()).isEqualTo(0.5);
        assertThat(full.exclude()).isEqualTo(TrainingSettings.Exclusion.NORM);
        assertThat(full.labelSmoothing()).isEqualTo(0.1);
        assertThat(full.clipNorm()).hasValue(2);
        TrainingSettings sparse = graphs.get("Sparse").training();
        assertThat(sparse.optimizer()).isEqualTo(new TrainingSettings.Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8));
        assertThat(sparse.exclude()).isEqualTo(TrainingSettings.Exclusion.BIAS_NORM_EMBEDDING);
        assertThat(sparse.l1()).isEqualTo(0.25);
        assertThat(sparse.maxNorm()).hasValue(3);
        TrainingSettings old = graphs.get("Old").training();
        assertThat(old.optimizer()).isEqualTo(new TrainingSettings.Optimizer.RmsProp(1e-2, 0.99, 1e-8, 0.5));
        assertThat(old.weightDecay()).isZero();
        assertThat(old.l2()).isEqualTo(0.125);
        assertThat(graphs.get("NoDecay").training().weightDecay()).isZero();
    }
}
