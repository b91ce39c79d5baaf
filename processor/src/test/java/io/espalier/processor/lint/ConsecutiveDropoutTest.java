package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsecutiveDropoutTest {
    @ParameterizedTest
    @EnumSource
    void noiseOnNoise(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = {2, 2})
                        class InItsStage {
                            @Flatten @Dense(8) @Relu @Dropout(p = 0.1) /*WARNING ConsecutiveDropout*/ @GaussianNoise Layer two;
                            @Dense(8) @Selu @AlphaDropout Layer selu;
                            /*WARNING ConsecutiveDropout*/ @GaussianDropout /*WARNING ConsecutiveDropout*/ @GaussianNoise Layer three;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = {2, 2})
                        class AcrossChangesOfShape {
                            @Dropout(p = 0.1) @Flatten Layer input;
                            @Flatten /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.1) @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class OfValuesAndWeights {
                            @Dropout(p = 0.1) /*WARNING ConsecutiveDropout*/ @DropConnect(p = 0.1) @Dense(8) @Relu Layer hidden;
                            /*WARNING ConsecutiveDropout*/ @DropConnect(p = 0.1) @Dropout(p = 0.1) @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class PastANoiseThatDoesNothing {
                            @Dense(8) @Relu @Dropout(p = 0.1) @GaussianNoise(deviation = 0) Layer hidden;
                            /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.1) @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void throughBlocksBranchesAndRepeats(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class OutOfABlockIntoABlock {
                            Noisy noisy;
                            Empty empty;
                            Head head;

                            @Block
                            static class Noisy {
                                @Dense(8) @Relu @Dropout(p = 0.1) Layer end;
                            }

                            @Block
                            static class Empty {
                                @Flatten Layer only;
                            }

                            @Block
                            static class Head {
                                /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.1) @Dense(3) Layer logits;
                            }
                        }

                        @Network(input = 4)
                        class InOneOfTwoUses {
                            @Dense(4) @Relu Layer plain;
                            Drop first;
                            @Dense(4) @Relu @GaussianNoise Layer noisy;
                            Drop second;
                            @Dense(3) Layer logits;

                            @Block
                            static class Drop {
                                /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.1) Layer only;
                            }
                        }

                        @Network(input = 4)
                        class IntoABranch {
                            @Dense(4) @Relu @Dropout(p = 0.1) Layer hidden;
                            @Residual /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.1) @Dense(4) @Relu Layer branch;
                            @Residual Inner block;
                            @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @Relu @Dropout(p = 0.1) Layer start;
                                @Residual /*WARNING ConsecutiveDropout*/ @GaussianNoise @Dense(4) @Relu Layer end;
                            }
                        }

                        @Network(input = 4)
                        class IntoABranchOfTheNextPass {
                            @Repeat(2) Pass passes;
                            @Dense(3) Layer logits;

                            @Block
                            static class Pass {
                                @Residual /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.1) @Dense(4) @Relu Layer branch;
                                @Tanh @Dropout(p = 0.2) Layer end;
                            }
                        }

                        @Network(input = 4)
                        class InTheNextPass {
                            @Repeat(2) Pass passes;
                            @Repeat(2) /*WARNING ConsecutiveDropout*/ @GaussianNoise Layer noise;
                            @Dense(3) Layer logits;

                            @Block
                            static class Pass {
                                /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.1) @Dense(4) Layer start;
                                @Relu @Dropout(p = 0.2) Layer end;
                                @Dense(4) @Relu Layer last;
                                Drop drop;
                            }

                            @Block
                            static class Drop {
                                @Dropout(p = 0.1) Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void somethingBetween(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Operations {
                            @Dropout(p = 0.1) @Dense(8) @Relu @GaussianNoise Layer dense;
                            @Tanh @Dropout(p = 0.1) Layer activation;
                            @LayerNorm @Dropout(p = 0.1) Layer norm;
                            @Tanh @DropConnect(p = 0.1) @Dense(8) @Relu @GaussianNoise Layer weights;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class Joins {
                            @Residual @Dense(4) @Relu @Dropout(p = 0.1) Layer first;
                            @Residual @Dropout(p = 0.1) @Dense(4) @Relu @GaussianNoise Layer second;
                            @Repeat(3) @Residual @Dropout(p = 0.1) @Dense(4) @Relu @GaussianNoise Layer more;
                            @Dropout(p = 0.1) @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @DropPath(p = 0.2)
                        class DropPathIsNoNoise {
                            @Residual @Dense(4) @Relu Layer first;
                            @Residual @Dropout(p = 0.1) @Dense(4) @Relu Layer second;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class RateOfZero {
                            @Dense(8) @Relu @Dropout(p = 0.1) @GaussianDropout(p = 0) Layer first;
                            @Dense(8) @Relu @Dropout(p = 0) @GaussianDropout Layer second;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class InEachOfTwoUses {
                            Drop first;
                            @Dense(4) @Relu Layer hidden;
                            Drop second;
                            @Repeat(1) Drop third;
                            @Dense(3) Layer logits;

                            @Block
                            static class Drop {
                                @Relu @Dropout(p = 0.1) Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void oneCauseOneFinding(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class OnTheOutputs {
                            @Dense(3) /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) /*ERROR DropoutOnOutput*/ @GaussianNoise Layer logits;
                        }

                        @Network(input = 4)
                        class OutOfRange {
                            @Dense(8) @Relu @Dropout(p = 0.1) @GaussianDropout(/*ERROR ProbabilityRange*/ p = 1) Layer hidden;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSaidOfWhatIsNotUnderstood(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dropout(p = 0.1) Layer first;
                            Layer /*ERROR UnknownStructure*/ empty;
                            @Dropout(p = 0.1) Layer second;
                            /*ERROR UnknownStructure*/ @Relu Drop third;
                            @Dropout(p = 0.1) @Dense(3) Layer logits;

                            @Block
                            static class Drop {
                                @Dropout(p = 0.1) Layer only;
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
                            @Dense(8) @Relu @Dropout(p = 0.1) /*ERROR ConsecutiveDropout*/ @GaussianNoise Layer hidden;
                            @SuppressWarnings("espalier:ConsecutiveDropout") @Dropout(p = 0.1) @Dense(3) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=ConsecutiveDropout:error");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatTheyComeTo(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dropout(p = 0.2) Layer first;
                            /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.3) @Dense(4) Layer second;
                            @Repeat(2) Pass passes;
                            @Repeat(3) /*WARNING ConsecutiveDropout*/ @GaussianNoise Layer again;
                            @Dense(3) Layer logits;

                            @Block
                            static class Pass {
                                /*WARNING ConsecutiveDropout*/ @GaussianNoise(deviation = 0.5) @Relu Layer start;
                                @Tanh @Dropout(p = 0.25) @Flatten Layer end;
                            }
                        }
                        """).check(compiler);
        List<String> texts = compilation.findings("ConsecutiveDropout").stream()
                .map(message -> message.text())
                .toList();
        assertThat(texts.get(0))
                .isEqualTo(
                        "[ConsecutiveDropout] dropout (p = 0.3) follows dropout (p = 0.2) of 'first' with no operation on the "
                                + "values between them: together they drop 0.44 of what comes in, a rate that is written nowhere. "
                                + "Keep one of the two, at the strength that is meant.");
        assertThat(texts.get(1))
                .contains(
                        "Gaussian noise (deviation = 0.1) follows dropout (p = 0.25) of 'Pass.end' with no operation");
        assertThat(texts.get(2))
                .isEqualTo(
                        "[ConsecutiveDropout] Gaussian noise (deviation = 0.5) follows dropout (p = 0.25) of 'end' in the next "
                                + "pass of 'Model.passes' with no operation on the values between them: together they are stronger "
                                + "than each is written to be. Keep one of the two, at the strength that is meant.");
    }

    @ParameterizedTest
    @EnumSource
    void noiseThatFollowsItself(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Repeat(3) /*WARNING ConsecutiveDropout*/ @GaussianNoise Layer again;
                            @Dense(4) @Relu Layer hidden;
                            Drop first;
                            Drop second;
                            @Dense(3) Layer logits;

                            @Block
                            static class Drop {
                                /*WARNING ConsecutiveDropout*/ @Dropout(p = 0.1) Layer only;
                            }
                        }
                        """).check(compiler);
        assertThat(compilation.findings("ConsecutiveDropout").getLast().text())
                .contains("dropout (p = 0.1) follows itself from an earlier use of its block with no")
                .contains("together they drop 0.19 of what comes in")
                .endsWith("Put @Dropout on a stage that runs once.");
        assertThat(compilation.findings("ConsecutiveDropout").getFirst().text())
                .contains("Gaussian noise (deviation = 0.1) follows itself in the next pass of 'again' with no")
                .endsWith("Put @GaussianNoise on a stage that runs once.");
    }
}
