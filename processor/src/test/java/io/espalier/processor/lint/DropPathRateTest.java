package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropPathRateTest {
    @ParameterizedTest
    @EnumSource
    void ratesAboveAHalf(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        @DropPath(schedule = LINEAR, /*WARNING DropPathRate*/ p = 0.9)
                        class OverTheClass {
                            @Repeat(3) Rounds rounds;
                            @Residual @Relu @Dense(4) Layer last;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Rounds {
                                @Residual @Relu @Dense(4) Layer first;
                                @Residual Inner second;
                            }

                            @Block
                            static class Inner {
                                @Relu @Dense(4) Layer only;
                            }
                        }

                        @Network(input = 4)
                        class OnAStage {
                            @Residual @DropPath(/*WARNING DropPathRate*/ p = 0.6, schedule = CONSTANT) @Dense(4) Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class OnARepeatedStage {
                            @Repeat(5) @Residual @DropPath(/*WARNING DropPathRate*/ p = 0.51, schedule = CONSTANT) @Relu @Dense(4) Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("DropPathRate"))
                .extracting(message -> message.text().replaceAll(": what is seldom.*", ""))
                .containsExactlyInAnyOrder(
                        "[DropPathRate] drop path leaves branches 'rounds.2.first' to 'last' out of most examples (rate 0.600 to 0.9, "
                                + "3 of 7 branches)",
                        "[DropPathRate] drop path leaves branch 'branch' out of most examples (rate 0.6)",
                        "[DropPathRate] drop path leaves branches 'branch.0' to 'branch.4' out of most examples (rate 0.51, all 5 "
                                + "branches)");
    }

    @ParameterizedTest
    @EnumSource
    void linearOverASingleBranch(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class ByDefault {
                            @Residual /*WARNING DropPathRate*/ @DropPath(p = 0.2) @Dense(4) Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @DropPath(/*WARNING DropPathRate*/ schedule = LINEAR)
                        class Written {
                            @Residual @Dense(4) Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("DropPathRate"))
                .extracting(message -> message.text())
                .contains(
                        "[DropPathRate] drop path (p = 0.2, linear over depth) never drops: it governs the single branch "
                                + "'branch', and a linear schedule starts at 0. Write schedule = Schedule.CONSTANT.");
    }

    @ParameterizedTest
    @EnumSource
    void usualRates(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @DropPath(p = 0.5)
                        class UpToAHalf {
                            @Repeat(6) @Residual @Relu @Dense(4) Layer blocks;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class OneRepeatedBranch {
                            @Repeat(2) @Residual @DropPath(p = 0.2) @Relu @Dense(4) Layer blocks;
                            @Residual @DropPath(p = 0.2, schedule = CONSTANT) @Relu @Dense(4) Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @DropPath(p = 0.2)
                        class WhoKnowsHowManyBranches {
                            @Residual @Dense(4) Layer branch;
                            int /*ERROR UnknownStructure*/ branches;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @DropPath(p = 0.2)
                        class NorHowOftenItRuns {
                            @Repeat(/*ERROR ValueRange*/ 0) @Residual @Dense(4) Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @SuppressWarnings("espalier:DropPathRate")
                        @DropPath(p = 0.7)
                        class Silenced {
                            @Repeat(2) @Residual @Relu @Dense(4) Layer blocks;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }
}
