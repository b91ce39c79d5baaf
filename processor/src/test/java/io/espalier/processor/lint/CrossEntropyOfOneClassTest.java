package io.espalier.processor.lint;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrossEntropyOfOneClassTest {
    @ParameterizedTest
    @EnumSource
    void oneOutput(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, /*ERROR CrossEntropyOfOneClass*/ loss = Loss.CROSS_ENTROPY)
                        class Written {
                            @Dense(1) Layer logits;
                        }

                        @SuppressWarnings("espalier:CrossEntropyOfOneClass")
                        /*ERROR CrossEntropyOfOneClass*/ @Network(input = 4)
                        @LabelSmoothing
                        class ByDefault {
                            Head head;

                            @Block
                            static class Head {
                                @Dense(1) Layer logits;
                            }
                        }
                        """).check(compiler, "-Aespalier.lint=all:warning");
    }

    @ParameterizedTest
    @EnumSource
    void twoOutputsOrAnUnknownNumber(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Two {
                            @Dense(2) Layer logits;
                        }

                        @Network(input = 4, loss = Loss.BINARY_CROSS_ENTROPY)
                        class OneLabel {
                            @Dense(1) Layer logit;
                        }

                        @Network(input = 4, loss = Loss.MEAN_SQUARED_ERROR)
                        class OneValue {
                            @Dense(1) Layer value;
                        }

                        @Network(input = {2, 2})
                        class Unknown {
                            /*ERROR ShapeMismatch*/ @Dense(1) Layer logits;
                        }

                        @Network(input = 1)
                        /*ERROR UnknownStructure*/ class NoStages {}
                        """).check(compiler);
    }
}
