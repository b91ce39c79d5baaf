package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlphaDropoutWithoutSeluTest {
    @ParameterizedTest
    @EnumSource
    void alphaDropoutOfOtherValues(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class AfterOperations {
                            @Dense(8) @Relu /*WARNING AlphaDropoutWithoutSelu*/ @AlphaDropout Layer relu;
                            @Dense(8) /*WARNING AlphaDropoutWithoutSelu*/ @AlphaDropout @Selu Layer dense;
                            @Dense(8) @Selu @LayerNorm /*WARNING AlphaDropoutWithoutSelu*/ @AlphaDropout Layer norm;
                            @Residual @Dense(8) @Selu Layer branch;
                            /*WARNING AlphaDropoutWithoutSelu*/ @AlphaDropout @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class InABlockThatTwoStagesRun {
                            @Dense(4) @Selu Layer selu;
                            Drop right;
                            @Dense(4) @Elu Layer elu;
                            Drop wrong;
                            @Dense(3) Layer logits;

                            @Block
                            static class Drop {
                                /*WARNING AlphaDropoutWithoutSelu*/ @AlphaDropout Layer only;
                            }
                        }

                        @Network(input = 4)
                        class InTheNextPassOfARepeat {
                            @Dense(4) @Selu Layer selu;
                            @Repeat(2) Pass passes;
                            @Dense(3) Layer logits;

                            @Block
                            static class Pass {
                                /*WARNING AlphaDropoutWithoutSelu*/ @AlphaDropout Layer first;
                                @Dense(4) @Gelu Layer last;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void plainDropoutOfSelu(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = {2, 2})
                        class Model {
                            @Flatten @Dense(8) @Selu /*WARNING AlphaDropoutWithoutSelu*/ @Dropout(p = 0.1) Layer first;
                            Scaled scaled;
                            @Flatten /*WARNING AlphaDropoutWithoutSelu*/ @Dropout(p = 0.1) @Dense(3) Layer logits;

                            @Block
                            static class Scaled {
                                @Dense(8) @Selu Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void eachWithItsOwn(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = {2, 2})
                        class Model {
                            @Flatten @AlphaDropout Layer input;
                            @Dense(8) @Selu @Flatten @GaussianNoise /*WARNING ConsecutiveDropout*/ @AlphaDropout Layer first;
                            @Dense(8) @Selu @GaussianDropout /*WARNING ConsecutiveDropout*/ @GaussianNoise Layer others;
                            @Dense(8) @Relu @Dropout(p = 0.1) Layer plain;
                            @Dense(8) @Selu @Dropout(p = 0) Layer nothing;
                            @SuppressWarnings("espalier:AlphaDropoutWithoutSelu")
                            @Dense(8) @Relu @AlphaDropout Layer silenced;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void oneCauseOneFinding(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class OnTheOutputs {
                            @Dense(3) /*ERROR DropoutOnOutput*/ @AlphaDropout Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatComesBefore(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Residual @Dense(4) @Selu Layer branch;
                            /*WARNING AlphaDropoutWithoutSelu*/ @AlphaDropout(p = 0.25) @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("AlphaDropoutWithoutSelu").getFirst().text())
                .contains("alpha dropout (p = 0.25) comes after the residual join of 'branch', not after @Selu");
    }
}
