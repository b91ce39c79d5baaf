package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightDecayOnBiasOrNormTest {
    @ParameterizedTest
    @EnumSource
    void decayThatReachesBiasesOrNorms(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @WeightDecay(/*WARNING WeightDecayOnBiasOrNorm*/ exclude = Exclude.NONE)
                        class Both {
                            @Dense(8) @BatchNorm @Relu Layer hidden;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @WeightDecay(value = 0.1, /*WARNING WeightDecayOnBiasOrNorm*/ exclude = Exclude.BIAS)
                        class Norms {
                            Inner inner;
                            @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @LayerNorm Layer norm;
                            }
                        }

                        @Network(input = 4)
                        @WeightDecay(/*WARNING WeightDecayOnBiasOrNorm*/ exclude = Exclude.NORM)
                        class Biases {
                            @Dense(value = 3, bias = Bias.ON) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void decayThatReachesOnlyWeights(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @WeightDecay
                        class ByDefault {
                            @Dense(8) @BatchNorm @Relu Layer hidden;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @WeightDecay(exclude = Exclude.NORM)
                        class NoBiasThere {
                            @Dense(8) @BatchNorm @Relu Layer hidden;
                            @Dense(value = 3, bias = Bias.OFF) Layer logits;
                        }

                        @Network(input = 4)
                        @WeightDecay(exclude = Exclude.BIAS)
                        class NoNormThere {
                            @Dense(8) @Relu Layer norm;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @WeightDecay(value = 0, exclude = Exclude.NONE)
                        class NoDecay {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @SuppressWarnings("espalier:WeightDecayOnBiasOrNorm")
                        @WeightDecay(exclude = Exclude.NONE)
                        class Silenced {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void countsAndNamesThem(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        @WeightDecay(value = 0.05, /*WARNING WeightDecayOnBiasOrNorm*/ exclude = Exclude.NONE)
                        class Model {
                            @Repeat(600) Inner blocks;
                            @Repeat(2) @Relu @Dense(4) Layer more;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @LayerNorm @Dense(4) Layer expand;
                            }
                        }
                        """).check(compiler);
        assertThat(compilation.findings("WeightDecayOnBiasOrNorm").getFirst().text())
                .startsWith(
                        "[WeightDecayOnBiasOrNorm] weight decay (0.05) reaches 603 biases ('blocks.0.expand.dense.bias', "
                                + "'more.0.dense.bias', …), 600 norm scales ('blocks.0.expand.layerNorm.scale', …) and 600 norm shifts "
                                + "('blocks.0.expand.layerNorm.shift', …): ");
    }
}
