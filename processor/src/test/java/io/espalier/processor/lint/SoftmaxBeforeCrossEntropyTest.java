package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoftmaxBeforeCrossEntropyTest {
    @ParameterizedTest
    @EnumSource
    void softmaxOrSigmoidOnTheOutputs(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class InItsStage {
                            @Dense(3) /*ERROR SoftmaxBeforeCrossEntropy*/ @Softmax Layer logits;
                        }

                        @Network(input = 4)
                        class Sigmoids {
                            @Dense(3) Layer logits;
                            /*ERROR SoftmaxBeforeCrossEntropy*/ @Sigmoid @Flatten Layer end;
                        }

                        @Network(input = 4)
                        class Both {
                            @Dense(3) /*ERROR SoftmaxBeforeCrossEntropy*/ @Sigmoid /*ERROR SoftmaxBeforeCrossEntropy*/ @Softmax Layer logits;
                        }

                        @Network(input = 4, loss = Loss.BINARY_CROSS_ENTROPY)
                        class OfLabels {
                            @Dense(3) /*ERROR SoftmaxBeforeCrossEntropy*/ @Sigmoid Layer logits;
                        }

                        @Network(input = 4, loss = Loss.BINARY_CROSS_ENTROPY)
                        class SoftmaxOfLabels {
                            @Dense(3) /*ERROR SoftmaxBeforeCrossEntropy*/ @Softmax Layer logits;
                        }

                        @Network(input = 4)
                        class InABlockWithDropout {
                            Head head;

                            @Block
                            static class Head {
                                @Dense(3) /*ERROR SoftmaxBeforeCrossEntropy*/ @Softmax /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer end;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void elsewhere(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Gates {
                            @Dense(8) @Sigmoid Layer gate;
                            @Dense(8) @Softmax Layer mixture;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, loss = Loss.MEAN_SQUARED_ERROR)
                        class SharesAsValues {
                            @Dense(3) @Sigmoid Layer shares;
                        }

                        @Network(input = 4)
                        class AddedToTheInput {
                            @Residual @Dense(4) @Sigmoid Layer logits;
                        }

                        @Network(input = 4)
                        class Silenced {
                            @SuppressWarnings("espalier:SoftmaxBeforeCrossEntropy") @Dense(3) @Softmax Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheLossOfLabels(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4, loss = Loss.BINARY_CROSS_ENTROPY)
                        class Model {
                            @Dense(3) /*ERROR SoftmaxBeforeCrossEntropy*/ @Sigmoid Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("SoftmaxBeforeCrossEntropy").getFirst().text())
                .contains("sigmoid is applied twice: the loss BINARY_CROSS_ENTROPY does it itself")
                .contains("the loss of a label that does not hold can never fall below 0.693");
    }

    @ParameterizedTest
    @EnumSource
    void saysHowFarTheLossCanFall(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dense(100) /*ERROR SoftmaxBeforeCrossEntropy*/ @Softmax Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("SoftmaxBeforeCrossEntropy").getFirst().text())
                .contains("the loss can never fall below 3.622 with 100 classes");
    }
}
