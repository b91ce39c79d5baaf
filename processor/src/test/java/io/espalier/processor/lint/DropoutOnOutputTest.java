package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropoutOnOutputTest {
    @ParameterizedTest
    @EnumSource
    void dropoutBehindTheLastLinearOperation(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class InItsStage {
                            @Dense(8) @Relu Layer hidden;
                            @Dense(3) /*ERROR DropoutOnOutput*/ @Dropout(p = 0.3) Layer logits;
                        }

                        @Network(input = 4)
                        class OfEveryKind {
                            @Dense(3) /*ERROR DropoutOnOutput*/ @AlphaDropout Layer logits;
                            /*ERROR DropoutOnOutput*/ @GaussianDropout /*ERROR DropoutOnOutput*/ @GaussianNoise(deviation = 1e6) Layer end;
                        }

                        @Network(input = 4)
                        class InAStageOfItsOwn {
                            @Dense(3) Layer logits;
                            @LayerNorm /*ERROR DropoutOnOutput*/ @Dropout Layer end;
                        }

                        @Network(input = 4)
                        class InABlock {
                            Head head;

                            @Block
                            static class Head {
                                @Dropout(p = 0.2) @Dense(3) Layer logits;
                                /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer end;
                            }
                        }

                        @Network(input = 4)
                        class InARepeat {
                            @Dense(3) Layer logits;
                            @Repeat(2) @LayerNorm /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer end;
                        }

                        @Network(input = 4)
                        class InAResidualBranch {
                            @Dense(3) Layer logits;
                            @Residual @Relu /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer end;
                        }

                        @Network(input = 4)
                        class WithoutALinearOperation {
                            /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer end;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void dropPathBehindTheLastLinearOperation(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class OnTheStage {
                            /*ERROR DropoutOnOutput*/ @DropPath(p = 0.2, schedule = CONSTANT) @Residual @Dense(4) Layer logits;
                        }

                        @Network(input = 4)
                        /*ERROR DropoutOnOutput*/ @DropPath(p = 0.2)
                        class OnTheClass {
                            @Repeat(3) @Residual @Dense(4) @Relu Layer blocks;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void noiseThatALinearOperationFollows(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class UsualHead {
                            @Dense(8) @Relu Layer hidden;
                            @Dropout(p = 0.3) @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @DropPath(p = 0.2)
                        class HeadBehindBranches {
                            @Repeat(3) @Residual @Dense(4) @Relu @Dropout(p = 0.1) Layer blocks;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class BeforeABranchWithALinearOperation {
                            @Dense(3) @Relu @Dropout(p = 0.1) Layer hidden;
                            @Residual @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class RateOfZero {
                            @Dense(3) @Dropout(p = 0) Layer logits;
                        }

                        @Network(input = 4)
                        class Silenced {
                            @SuppressWarnings("espalier:DropoutOnOutput")
                            @Dense(3) @Dropout(p = 0.3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheLastLinearOperation(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            Head head;
                            @LayerNorm /*ERROR DropoutOnOutput*/ @Dropout(p = 0.25) Layer end;

                            @Block
                            static class Head {
                                @Dense(3) Layer logits;
                            }
                        }
                        """).check(compiler);
        assertThat(compilation.findings("DropoutOnOutput").getFirst().text())
                .isEqualTo(
                        "[DropoutOnOutput] dropout (p = 0.25) falls on the outputs of the network, because it stands after "
                                + "the last linear operation, @Dense of 'Head.logits': the loss is then that of outputs changed at "
                                + "random. Put @Dropout before @Dense.");
    }
}
