package io.espalier.processor.lint;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropConnectOffWeightsTest {
    @ParameterizedTest
    @EnumSource
    void withoutAWeightMatrix(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class OnAStage {
                            @Dense(4) Layer features;
                            /*ERROR DropConnectOffWeights*/ @DropConnect(p = 0.2) @LayerNorm @Relu Layer normed;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @SuppressWarnings("espalier:DropConnectOffWeights")
                        class OnABlockAndNotSilenced {
                            /*ERROR DropConnectOffWeights*/ @DropConnect Inner inner;
                            @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @Dense(4) @Relu Layer features;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void wherever(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @DropConnect(p = 0.2) @Dense(4) @Relu Layer before;
                            @Dense(4) @Relu @DropConnect(p = 0.2) Layer behind;
                            @Dense(3) @DropConnect(p = 0.2) Layer logits;
                        }

                        @Network(input = 4)
                        class IntoBatchNorm {
                            @Dense(4) @BatchNorm @Relu /*WARNING DropoutBeforeBatchNorm*/ @DropConnect(p = 0.2) Layer features;
                            @Dense(3) @DropConnect(/*ERROR ProbabilityRange*/ p = 1) Layer logits;
                        }
                        """).check(compiler);
    }
}
