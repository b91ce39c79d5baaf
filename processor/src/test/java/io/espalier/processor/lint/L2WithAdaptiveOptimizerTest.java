package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class L2WithAdaptiveOptimizerTest {
    @ParameterizedTest
    @EnumSource
    void adaptiveOptimizers(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @Adam
                        /*WARNING L2WithAdaptiveOptimizer*/ @L2(1e-4)
                        class WithAdam {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        /*WARNING L2WithAdaptiveOptimizer*/ @L2(value = 0.5)
                        @AdamW
                        class WithAdamW {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @RmsProp(momentum = 0.9)
                        /*WARNING L2WithAdaptiveOptimizer*/ @L2(1e-4)
                        class WithRmsProp {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        /*WARNING L2WithAdaptiveOptimizer*/ @L2(1e-4)
                        class ByDefault {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void nothingToSay(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @Sgd
                        @L2(1e-4)
                        class Descent {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @Adam
                        @L2(0)
                        class NoPenalty {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @Adam
                        @L1(1e-4)
                        @WeightDecay
                        @MaxNorm
                        class OtherPenalties {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @SuppressWarnings("espalier:L2WithAdaptiveOptimizer")
                        @L2(1e-4)
                        class Silenced {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @L2(/*ERROR ValueRange*/ -1e-4)
                        class OutOfRange {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheOptimizerAndTheRemedy(CompilerKind compiler) {
        assertThat(text(compiler, "@WeightDecay(0.05)"))
                .startsWith(
                        "[L2WithAdaptiveOptimizer] @L2(0.002) adds to the gradients, and @AdamW, the default optimizer, "
                                + "divides these by their size")
                .endsWith("Remove @L2: @WeightDecay(0.05) is there already.");
        assertThat(text(compiler, ""))
                .endsWith("Remove @L2: @AdamW decays by 0.01 already, and @WeightDecay sets another rate.");
        assertThat(text(compiler, "@RmsProp")).endsWith("Write @WeightDecay in its place; its usual value is 0.01.");
    }

    private static String text(CompilerKind compiler, String annotations) {
        return MarkedSource.models("@Network(input = 4) " + annotations + """
                         /*WARNING L2WithAdaptiveOptimizer*/ @L2(0.002)
                        class Model {
                            @Dense(3) Layer logits;
                        }
                        """)
                .check(compiler)
                .findings("L2WithAdaptiveOptimizer")
                .getFirst()
                .text();
    }
}
