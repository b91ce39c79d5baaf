package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropoutBeforeBatchNormTest {
    @ParameterizedTest
    @EnumSource
    void errorWhereNothingLinearStandsBetween(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Adjacent {
                            @Dense(8) @Relu /*ERROR DropoutBeforeBatchNorm*/ @Dropout @BatchNorm Layer hidden;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class OfEveryKind {
                            @Dense(8) @Selu /*ERROR DropoutBeforeBatchNorm*/ @AlphaDropout(p = 0.4) @BatchNorm Layer alpha;
                            @Dense(8) /*ERROR DropoutBeforeBatchNorm*/ @GaussianDropout(p = 0.4) @BatchNorm Layer factor;
                            @Relu @Dense(8) /*ERROR DropoutBeforeBatchNorm*/ @GaussianNoise(deviation = 0.7) @BatchNorm Layer added;
                            @Relu @Dense(8) /*WARNING DropoutBeforeBatchNorm*/ @GaussianNoise @BatchNorm Layer weak;
                            @Relu @Dense(8) /*WARNING StrongDropoutWithBatchNorm*/ @GaussianNoise(deviation = 0.7) @RmsNorm @BatchNorm Layer normalized;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = {2, 2})
                        class ThroughActivationsAndShapes {
                            @Relu /*ERROR DropoutBeforeBatchNorm*/ @Dropout(p = 0.31) @Flatten Layer hidden;
                            @Gelu @Sigmoid Layer activation;
                            @BatchNorm Layer norm;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class OutOfABlockIntoABlock {
                            Noisy noisy;
                            @Relu Layer activation;
                            Normed normed;
                            @Dense(3) Layer logits;

                            @Block
                            static class Noisy {
                                @Dense(8) /*ERROR DropoutBeforeBatchNorm*/ @Dropout(p = 0.4) Layer end;
                            }

                            @Block
                            static class Normed {
                                @Tanh Layer start;
                                @BatchNorm Layer norm;
                            }
                        }

                        @Network(input = 4)
                        class IntoABranch {
                            @Dense(8) @Relu /*ERROR DropoutBeforeBatchNorm*/ @Dropout(p = 0.4) Layer hidden;
                            @Residual @BatchNorm @Relu @Dense(8) Layer branch;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class AroundARepeat {
                            @Repeat(3) Round rounds;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Round {
                                @BatchNorm @Relu Layer start;
                                @Dense(8) /*ERROR DropoutBeforeBatchNorm*/ @Dropout(p = 0.4) Layer end;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void warningThroughLinearOperationsAndJoinsAndAtSmallRates(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class SmallRate {
                            @Dense(8) @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.3) @BatchNorm Layer hidden;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class ThroughDense {
                            @Dense(8) @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer first;
                            @Dense(8) Layer second;
                            @BatchNorm @Relu Layer third;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class ThroughAJoin {
                            @Residual @Dense(8) @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer branch;
                            @BatchNorm Layer norm;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class AlongAShortcut {
                            @Dense(8) @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer first;
                            @Residual @LayerNorm @Dense(8) Layer branch;
                            @BatchNorm Layer norm;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class AroundARepeatThroughDense {
                            @Repeat(3) @Dense(8) @BatchNorm @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.2) Layer layers;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class PastAnotherDropout {
                            @Dense(8) @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.1) Layer first;
                            @Dense(8) @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.1) Layer second;
                            @BatchNorm Layer norm;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void noNoiseNoFinding(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 8)
                        class BehindTheNorm {
                            @Dense(8) @BatchNorm @Relu @Dropout(p = 0.2) Layer hidden;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class OnlyOnePass {
                            @Repeat(1) @Dense(8) @BatchNorm @Relu @Dropout(p = 0.2) Layer layers;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class NormOverFeaturesBetween {
                            @Dense(8) @Relu @Dropout(p = 0.5) Layer hidden;
                            @LayerNorm @Dense(8) @BatchNorm Layer norm;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        @DropPath(p = 0.4)
                        class DropPathIsNoNoise {
                            @Residual @Dense(8) @Relu Layer first;
                            @Residual @BatchNorm @Relu @Dense(8) Layer second;
                            @BatchNorm Layer norm;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class RateOfZero {
                            @Dense(8) @Relu @Dropout(p = 0) @BatchNorm Layer hidden;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class ASecondUseIsNotTheFirst {
                            Plain first;
                            @BatchNorm @Relu @Dropout(p = 0.1) Layer norm;
                            Plain second;
                            @Dense(3) Layer logits;

                            @Block
                            static class Plain {
                                @Dense(8) @Relu Layer only;
                            }
                        }

                        @Network(input = 8)
                        class Silenced {
                            @SuppressWarnings("espalier:DropoutBeforeBatchNorm")
                            @Dense(8) @Relu @Dropout(p = 0.5) @BatchNorm Layer hidden;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void oneFindingForANoiseWhateverItReaches(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 8)
                        class TwoNorms {
                            @Dense(8) @Relu /*ERROR DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer hidden;
                            @Residual @BatchNorm @Dense(8) Layer branch;
                            @BatchNorm Layer norm;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 8)
                        class OneBlockAtTwoShapes {
                            Noisy narrow;
                            @Relu @Dense(16) @BatchNorm Layer between;
                            Noisy wide;
                            @BatchNorm Layer norm;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Noisy {
                                @Relu @Dense(times = 2) /*ERROR DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheWay(CompilerKind compiler) {
        assertThat(text(compiler, """
                        @Dense(8) @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer dense1;
                        @Dense(8) Layer dense2;
                        @BatchNorm Layer norm2;
                        @Relu @Dense(3) Layer logits;
                        """))
                .isEqualTo(
                        "[DropoutBeforeBatchNorm] dropout (p = 0.5) feeds batch normalization 'norm2' through 'dense2': its "
                                + "variance in training is not its variance at inference (Li et al., 2019). Put @Dropout after "
                                + "@BatchNorm.");
        assertThat(text(compiler, """
                        @Dense(8) @BatchNorm @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.125) Layer first;
                        Inner inner;
                        @Residual @Dense(8) @LayerNorm Layer branch;
                        @Dense(8) @BatchNorm Layer last;
                        @Relu @Dense(3) Layer logits;

                        @Block
                        static class Inner {
                            @Dense(8) Layer dense;
                            @Relu Layer activation;
                        }
                        """))
                .startsWith(
                        "[DropoutBeforeBatchNorm] dropout (p = 0.125) feeds batch normalization 'last' through 'inner', the "
                                + "residual join of 'branch' and its own @Dense: ")
                .endsWith("Put @Dropout after the last @BatchNorm of the network.");
        assertThat(text(compiler, """
                        @Repeat(4) Inner rounds;
                        @Relu @Dense(3) Layer logits;

                        @Block
                        static class Inner {
                            @BatchNorm Layer norm;
                            @Relu @Dense(8) /*ERROR DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer end;
                        }
                        """))
                .startsWith(
                        "[DropoutBeforeBatchNorm] dropout (p = 0.5) feeds batch normalization 'norm' in the next pass of "
                                + "'Model.rounds': ");
        assertThat(text(compiler, """
                        @Dense(8) /*WARNING DropoutBeforeBatchNorm*/ @DropConnect(p = 0.25) @BatchNorm @Relu Layer hidden;
                        @Dense(3) Layer logits;
                        """))
                .startsWith(
                        "[DropoutBeforeBatchNorm] drop connect (p = 0.25) feeds batch normalization 'hidden' through its own @Dense: ")
                .endsWith("Put @DropConnect on a stage behind the last @BatchNorm, or remove it.");
    }

    private static String text(CompilerKind compiler, String stages) {
        return MarkedSource.models("@Network(input = 8) class Model {\n" + stages + "}")
                .check(compiler)
                .findings("DropoutBeforeBatchNorm")
                .getFirst()
                .text();
    }
}
