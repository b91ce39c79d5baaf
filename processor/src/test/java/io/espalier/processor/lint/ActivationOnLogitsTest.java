package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationOnLogitsTest {
    @ParameterizedTest
    @EnumSource
    void everyActivationOnTheOutputs(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class InItsStage {
                            @Dense(3) /*WARNING ActivationOnLogits*/ @Relu Layer logits;
                        }

                        @Network(input = 4, loss = Loss.BINARY_CROSS_ENTROPY)
                        class Several {
                            @Dense(3) /*WARNING ActivationOnLogits*/ @LeakyRelu /*WARNING ActivationOnLogits*/ @Elu Layer logits;
                            /*WARNING ActivationOnLogits*/ @Selu /*WARNING ActivationOnLogits*/ @Gelu @Flatten Layer more;
                            /*WARNING ActivationOnLogits*/ @Silu /*WARNING ActivationOnLogits*/ @Tanh Layer end;
                        }

                        @Network(input = 4)
                        class BehindAResidualJoin {
                            @Dense(3) @Relu Layer hidden;
                            @Residual @Dense(3) Layer branch;
                            /*WARNING ActivationOnLogits*/ @Relu Layer end;
                        }

                        @Network(input = 4)
                        class InABlockThatRunsTwice {
                            @Dense(8) Layer hidden;
                            Bend first;
                            @Dense(3) Layer logits;
                            @Repeat(2) Bend second;

                            @Block
                            static class Bend {
                                /*WARNING ActivationOnLogits*/ @Tanh Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void elsewhere(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class BeforeTheLastLinearOperation {
                            @Dense(8) @Relu Layer hidden;
                            @Tanh @Dense(3) Layer logits;
                        }

                        @Network(input = 4, loss = Loss.MEAN_SQUARED_ERROR)
                        class Values {
                            @Dense(3) @Tanh Layer values;
                        }

                        @Network(input = 4)
                        class InABranch {
                            @Dense(4) Layer logits;
                            @Residual @LayerNorm @Relu Layer end;
                        }

                        @Network(input = 4)
                        class InARepeatedBranch {
                            @Dense(4) Layer logits;
                            @Repeat(2) @Residual Branch end;

                            @Block
                            static class Branch {
                                @Gelu Layer only;
                            }
                        }

                        @Network(input = 4)
                        class WithoutALinearOperation {
                            @BatchNorm @Relu Layer only;
                        }

                        @Network(input = 4)
                        class InFrontOfANorm {
                            @Dense(4) @Relu @LayerNorm Layer logits;
                        }

                        @Network(input = 4)
                        class InFrontOfABatchNorm {
                            @Dense(4) @Relu @BatchNorm Layer logits;
                        }

                        @Network(input = 4)
                        class InFrontOfABranch {
                            @Dense(3) Layer logits;
                            @Residual Head head;

                            @Block
                            static class Head {
                                @Relu @Dense(3) @BatchNorm Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void oneCauseOneFinding(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class SoftmaxAndSigmoid {
                            @Dense(4) /*ERROR SoftmaxBeforeCrossEntropy*/ @Sigmoid /*ERROR SoftmaxBeforeCrossEntropy*/ @Softmax Layer logits;
                        }

                        @Network(input = 4)
                        class EachWithItsOwn {
                            @Dense(4) /*WARNING ActivationOnLogits*/ @Relu /*ERROR SoftmaxBeforeCrossEntropy*/ @Softmax /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer logits;
                        }

                        /*ERROR CrossEntropyOfOneClass*/ @Network(input = 4)
                        class OneClass {
                            @Dense(8) @Relu Layer hidden;
                            @Dense(1) /*WARNING ActivationOnLogits*/ @Tanh Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void silencedAndRegraded(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Loud {
                            @Dense(3) /*ERROR ActivationOnLogits*/ @Relu Layer logits;
                        }

                        @SuppressWarnings("espalier:ActivationOnLogits")
                        @Network(input = 4)
                        class Silenced {
                            @Dense(3) @Relu Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=ActivationOnLogits:error");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatBecomesOfTheLogits(CompilerKind compiler) {
        assertThat(text(compiler, "CROSS_ENTROPY", "@Relu"))
                .isEqualTo(
                        "[ActivationOnLogits] @Relu of 'logits' stands on the outputs of the network, which the loss "
                                + "CROSS_ENTROPY takes for logits, values of any size and sign: none of them can fall below 0, so that "
                                + "scores which should be low learn slowly or not at all. Remove @Relu, or put a @Dense behind it.");
        assertThat(text(compiler, "CROSS_ENTROPY", "@LeakyRelu(slope = 0.2)"))
                .contains("those below 0 are multiplied by 0.2, so that scores which should be low");
        assertThat(text(compiler, "BINARY_CROSS_ENTROPY", "@LeakyRelu"))
                .contains("those below 0 are multiplied by 0.01, so that scores which should be low");
        assertThat(text(compiler, "CROSS_ENTROPY", "@Tanh"))
                .contains(
                        "all of them lie between -1 and 1, so that the loss can never fall below 0.240 with 3 classes");
        assertThat(text(compiler, "BINARY_CROSS_ENTROPY", "@Tanh"))
                .contains("so that no label's probability can fall below 0.269 or rise above 0.731");
        assertThat(text(compiler, "BINARY_CROSS_ENTROPY", "@Relu"))
                .contains("none of them can fall below 0, so that no label's probability can fall below 0.500");
        assertThat(text(compiler, "BINARY_CROSS_ENTROPY", "@Elu(alpha = 0.5)"))
                .contains("fall below -0.5, so that no label's probability can fall below 0.378");
        assertThat(text(compiler, "BINARY_CROSS_ENTROPY", "@Selu")).contains("fall below -1.758,", "fall below 0.147");
        assertThat(text(compiler, "BINARY_CROSS_ENTROPY", "@Gelu")).contains("fall below -0.17,", "fall below 0.458");
        assertThat(text(compiler, "BINARY_CROSS_ENTROPY", "@Silu")).contains("fall below -0.278,", "fall below 0.431");
    }

    private static String text(CompilerKind compiler, String loss, String activation) {
        return MarkedSource.models("""
                        @Network(input = 4, loss = Loss.%s)
                        class Model {
                            @Dense(3) /*WARNING ActivationOnLogits*/ %s Layer logits;
                        }
                        """.formatted(loss, activation))
                .check(compiler)
                .findings("ActivationOnLogits")
                .getFirst()
                .text();
    }
}
