package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedundantBiasTest {
    @ParameterizedTest
    @EnumSource
    void biasBeforeABatchNorm(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dense(value = 8, /*WARNING RedundantBias*/ bias = Bias.ON) @BatchNorm @Relu Layer inItsStage;
                            @Dense(/*WARNING RedundantBias*/ bias = Bias.ON, value = 8) @Flatten Layer acrossStages;
                            @Flatten @BatchNorm @Relu Layer norm;
                            @Repeat(2) @Dense(value = 8, /*WARNING RedundantBias*/ bias = Bias.ON) @BatchNorm @Relu Layer repeated;
                            @Residual @Dense(value = 8, /*WARNING RedundantBias*/ bias = Bias.ON) @BatchNorm @Relu Layer branch;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class OutOfABlockIntoABlock {
                            Wide first;
                            Empty empty;
                            Normed normed;
                            Wide second;
                            @BatchNorm @Relu Layer norm;
                            @Dense(3) Layer logits;

                            @Block
                            static class Wide {
                                @Dense(value = 8, /*WARNING RedundantBias*/ bias = Bias.ON) Layer end;
                            }

                            @Block
                            static class Empty {
                                @Flatten Layer only;
                            }

                            @Block
                            static class Normed {
                                @BatchNorm @Relu Layer start;
                            }
                        }

                        @Network(input = 4)
                        class IntoTheFirstPass {
                            @Dense(value = 4, /*WARNING RedundantBias*/ bias = Bias.ON) Layer stem;
                            @Repeat(2) Pass passes;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Pass {
                                @BatchNorm @Relu @Dense(value = 4, bias = Bias.ON) Layer only;
                            }
                        }

                        @Network(input = 4)
                        class IntoTheNextPassAndOut {
                            @Repeat(3) Pass passes;
                            @BatchNorm @Relu @Dense(3) Layer logits;

                            @Block
                            static class Pass {
                                @BatchNorm @Relu Layer start;
                                @Dense(value = 4, /*WARNING RedundantBias*/ bias = Bias.ON) Layer end;
                            }
                        }

                        @Network(input = 4, loss = Loss.MEAN_SQUARED_ERROR)
                        class OnTheOutput {
                            @Dense(value = 4, /*WARNING RedundantBias*/ bias = Bias.ON) @BatchNorm Layer values;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void biasThatCounts(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class LeftToAuto {
                            @Dense(8) @BatchNorm @Relu Layer auto;
                            @Dense(value = 8, bias = Bias.OFF) @BatchNorm @Relu Layer off;
                            @Dense(value = 8, bias = Bias.AUTO) Layer written;
                            Normed normed;
                            @Dense(value = 3, bias = Bias.ON) Layer logits;

                            @Block
                            static class Normed {
                                @BatchNorm @Relu Layer only;
                            }
                        }

                        @Network(input = 4)
                        class SomethingBetween {
                            @Dense(value = 8, bias = Bias.ON) @Relu @BatchNorm Layer activation;
                            @Relu @Dense(value = 8, bias = Bias.ON) /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.1) @BatchNorm Layer dropout;
                            @Relu @Dense(value = 8, bias = Bias.ON) @LayerNorm @BatchNorm Layer norm;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class IntoAShortcutToo {
                            @Dense(value = 8, bias = Bias.ON) Layer stem;
                            @Residual @BatchNorm @Relu @Dense(value = 8, bias = Bias.ON) Layer branch;
                            @BatchNorm @Relu Layer norm;
                            @Dense(value = 8, bias = Bias.ON) Layer second;
                            @Residual Branch block;
                            @Dense(3) Layer logits;

                            @Block
                            static class Branch {
                                @BatchNorm @Relu @Dense(8) Layer only;
                            }
                        }

                        @Network(input = 4)
                        class UsesThatDiffer {
                            Wide first;
                            @BatchNorm @Relu Layer norm;
                            Wide second;
                            @Relu Layer activation;
                            Wide third;
                            @BatchNorm @Relu Layer last;
                            @Dense(3) Layer logits;

                            @Block
                            static class Wide {
                                Inner inner;
                            }

                            @Block
                            static class Inner {
                                @Dense(value = 4, bias = Bias.ON) Layer end;
                            }
                        }

                        @Network(input = 4)
                        class PassesThatDiffer {
                            @Repeat(2) Pass passes;
                            @BatchNorm @Relu @Dense(4) Layer norm;
                            @Relu Layer activation;
                            @Repeat(2) Normed more;
                            @Dense(3) Layer logits;

                            @Block
                            static class Pass {
                                @Relu Layer start;
                                @Dense(value = 4, bias = Bias.ON) Layer end;
                            }

                            @Block
                            static class Normed {
                                @BatchNorm @Relu Layer start;
                                @Dense(value = 4, bias = Bias.ON) @Flatten Layer end;
                                @Relu Layer last;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSaidOfWhatIsNotUnderstood(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dense(value = 8, bias = Bias.ON) Layer first;
                            Layer /*ERROR UnknownStructure*/ empty;
                            @BatchNorm @Relu Layer norm;
                            @Dense(value = 8, bias = Bias.ON) Layer second;
                            /*ERROR UnknownStructure*/ @Relu Normed normed;
                            @Dense(3) Layer logits;

                            @Block
                            static class Normed {
                                @BatchNorm @Relu Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void silencedAndRegraded(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dense(value = 8, /*ERROR RedundantBias*/ bias = Bias.ON) @BatchNorm @Relu Layer loud;
                            @SuppressWarnings("espalier:RedundantBias")
                            @Dense(value = 8, bias = Bias.ON) @BatchNorm @Relu Layer silenced;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=RedundantBias:error");
    }

    @ParameterizedTest
    @EnumSource
    void namesTheBatchNorm(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            Wide wide;
                            @BatchNorm @Relu Layer norm;
                            @Dense(3) Layer logits;

                            @Block
                            static class Wide {
                                @Dense(value = 8, /*WARNING RedundantBias*/ bias = Bias.ON) Layer end;
                            }
                        }
                        """).check(compiler);
        assertThat(compilation.findings("RedundantBias").getFirst().text())
                .isEqualTo(
                        "[RedundantBias] the bias of @Dense of 'end' does nothing: batch normalization 'Model.norm' subtracts "
                                + "the mean of the batch, and with it whatever the bias added. Write bias = Bias.OFF; the norm's own shift "
                                + "takes its place.");
    }
}
