package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MissingNonlinearityTest {
    private static final String BETWEEN =
            " with no non-linearity between them (batch norm, noise, changes of shape and linear branches are none): one linear "
                    + "operation can do all that several in a row can. Put an activation such as @Relu between them, or ";

    @ParameterizedTest
    @EnumSource
    void theCodeOfAnAutoencoderMayBeLinear(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = {4, 4}, loss = Loss.MEAN_SQUARED_ERROR)
                        class Autoencoder {
                            @Flatten @Dense(8) @Relu Layer encode;
                            @Dense(2) Layer code;
                            @Dense(8) @Relu Layer decode;
                            @Dense(16) Layer pixels;
                        }

                        @Network(input = 4, loss = Loss.BINARY_CROSS_ENTROPY)
                        class OfBlocks {
                            Encoder encoder;
                            Decoder decoder;

                            @Block
                            static class Encoder {
                                @Dense(8) @Relu Layer wide;
                                @Dense(2) Layer code;
                            }

                            @Block
                            static class Decoder {
                                @Dense(8) @Relu Layer wide;
                                @Dense(4) Layer labels;
                            }
                        }

                        @Network(input = 16, loss = Loss.MEAN_SQUARED_ERROR)
                        class LinearBesidesTheCode {
                            @Dense(8) Layer encode;
                            /*WARNING MissingNonlinearity*/ @Dense(2) Layer code;
                            @Dense(8) Layer decode;
                            /*WARNING MissingNonlinearity*/ @Dense(16) Layer pixels;
                        }

                        @Network(input = 16, loss = Loss.MEAN_SQUARED_ERROR)
                        class NoNarrowestPlace {
                            @Dense(8) Layer encode;
                            /*WARNING MissingNonlinearity*/ @Dense(8) Layer decode;
                            /*WARNING MissingNonlinearity*/ @Dense(16) Layer pixels;
                        }

                        @Network(input = 16)
                        class OfClasses {
                            @Dense(2) Layer code;
                            /*WARNING MissingNonlinearity*/ @Dense(16) Layer logits;
                        }

                        @Network(input = 16, loss = Loss.MEAN_SQUARED_ERROR)
                        class OfUnknownWidth {
                            @Dense(/*ERROR ValueRange*/ 0) Layer code;
                            @Dense(16) Layer pixels;
                        }

                        @Network(input = 16, loss = Loss.MEAN_SQUARED_ERROR)
                        class OtherValuesThanComeIn {
                            @Dense(2) Layer code;
                            /*WARNING MissingNonlinearity*/ @Dense(15) Layer values;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void linearOnLinear(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Adjacent {
                            @Dense(8) Layer first;
                            /*WARNING MissingNonlinearity*/ @Dense(8) Layer second;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class ThroughNormNoiseAndShapes {
                            @Dense(8) @BatchNorm @Dropout(p = 0.1) @Flatten Layer first;
                            @GaussianNoise(deviation = 0) @DropConnect(p = 0) /*WARNING MissingNonlinearity*/ @Dense(3) Layer logits;
                        }

                        @Network(input = 4, loss = Loss.MEAN_SQUARED_ERROR)
                        class WithDropConnect {
                            @Dense(8) Layer first;
                            @DropConnect(p = 0.1) /*WARNING MissingNonlinearity*/ @Dense(4) Layer values;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void throughBlocksAndRepeats(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class OutOfABlockIntoABlock {
                            Linear linear;
                            Normed normed;
                            Head head;

                            @Block
                            static class Linear {
                                @Dense(8) Layer end;
                            }

                            @Block
                            static class Normed {
                                @BatchNorm Layer only;
                            }

                            @Block
                            static class Head {
                                /*WARNING MissingNonlinearity*/ @Dense(3) Layer logits;
                            }
                        }

                        @Network(input = 4)
                        class InOneOfTwoUses {
                            Linear first;
                            @Relu Layer activation;
                            Linear second;
                            Linear third;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Linear {
                                /*WARNING MissingNonlinearity*/ @Dense(4) Layer only;
                            }
                        }

                        @Network(input = 4)
                        class InTheNextPass {
                            @Repeat(2) /*WARNING MissingNonlinearity*/ @Dense(4) Layer layers;
                            @Relu Layer activation;
                            @Repeat(2) Pass passes;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Pass {
                                /*WARNING MissingNonlinearity*/ @Dense(4) @Relu Layer start;
                                @Dense(4) Layer end;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void affineBranches(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class LinearBranch {
                            @Dense(4) Layer stem;
                            @Residual @BatchNorm /*WARNING MissingNonlinearity*/ @Dense(4) @Dropout(p = 0.1) Layer branch;
                            /*WARNING MissingNonlinearity*/ @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class BranchOfNoise {
                            @Dense(4) Layer stem;
                            @Residual @GaussianNoise Layer branch;
                            /*WARNING MissingNonlinearity*/ @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class RepeatedLinearBranch {
                            @Repeat(3) @Residual /*WARNING MissingNonlinearity*/ @Dense(4) Layer branches;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class BlockWithABranchOfALinearBlock {
                            @Dense(4) Layer stem;
                            @Residual Branch branch;
                            /*WARNING MissingNonlinearity*/ @Dense(3) Layer logits;

                            @Block
                            static class Branch {
                                @BatchNorm Layer norm;
                                @Residual Linear linear;
                            }

                            @Block
                            static class Linear {
                                /*WARNING MissingNonlinearity*/ @Dense(4) Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void nonlinearityBetween(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class EveryKind {
                            @Dense(8) @Relu Layer relu;
                            @Dense(8) @LeakyRelu Layer leaky;
                            @Dense(8) @Elu Layer elu;
                            @Dense(8) @Softmax Layer softmax;
                            @Dense(8) @LayerNorm Layer layerNorm;
                            @Dense(8) @RmsNorm @BatchNorm Layer rmsNorm;
                            @Tanh @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class PreNormStack {
                            @Dense(8) Layer stem;
                            @Repeat(4) @Residual Branch branches;
                            @LayerNorm @Dense(3) Layer logits;

                            @Block
                            static class Branch {
                                @LayerNorm @Dense(times = 4) @Gelu @Dropout(p = 0.1) Layer expand;
                                @Dense(Width.BRANCH) Layer project;
                            }
                        }

                        @Network(input = 4)
                        class StemInFrontOfBranchesWithoutNorms {
                            @Dense(8) Layer stem;
                            @Residual @BatchNorm @Dense(8) @Relu Layer branch;
                            @Residual Bottleneck first;
                            @Repeat(2) @Residual Bottleneck more;
                            @Dense(3) Layer logits;

                            @Block
                            static class Bottleneck {
                                @Dense(2) @BatchNorm @Relu Layer reduce;
                                @Dense(Width.BRANCH) Layer expand;
                            }
                        }

                        @Network(input = 4)
                        class LinearBranchInFrontOfAnother {
                            @Dense(4) Layer stem;
                            @Residual @BatchNorm Layer linear;
                            @Residual @Dense(8) @Relu Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class Passes {
                            @Dense(8) @Relu Layer stem;
                            @Repeat(3) @Dense(8) @BatchNorm @Relu Layer after;
                            @Repeat(3) @Relu @Dense(8) Layer before;
                            @Repeat(1) Linear one;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Linear {
                                @Relu @Dense(8) Layer only;
                            }
                        }

                        @Network(input = 4, loss = Loss.MEAN_SQUARED_ERROR)
                        class Autoencoder {
                            @Dense(2) @Selu Layer code;
                            @Dense(4) Layer values;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSaidOfWhatIsNotUnderstood(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dense(8) Layer first;
                            Layer /*ERROR UnknownStructure*/ empty;
                            @Dense(8) Layer second;
                            String /*ERROR UnknownStructure*/ text;
                            @Dense(8) Layer third;
                            /*ERROR UnknownStructure*/ @Relu Linear fourth;
                            @Dense(3) Layer logits;

                            @Block
                            static class Linear {
                                @Dense(8) Layer only;
                            }
                        }

                        @Network(input = 4)
                        class InABranch {
                            @Dense(8) Layer stem;
                            @Residual Branch branch;
                            @Dense(3) Layer logits;

                            @Block
                            static class Branch {
                                @Dense(8) Layer first;
                                Layer /*ERROR UnknownStructure*/ empty;
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
                            @Dense(2) Layer narrow;
                            @SuppressWarnings("espalier:MissingNonlinearity") @Dense(8) Layer factored;
                            /*ERROR MissingNonlinearity*/ @Dense(3) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=MissingNonlinearity:error");
    }

    @ParameterizedTest
    @EnumSource
    void oneCauseOneFinding(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class ActivationAtTheWrongEnd {
                            @Dense(8) Layer hidden;
                            /*WARNING MissingNonlinearity*/ @Dense(3) /*WARNING ActivationOnLogits*/ @Relu Layer logits;
                        }

                        @Network(input = {2, 2})
                        class WithoutFlatten {
                            @Dense(8) Layer hidden;
                            @Relu /*ERROR ShapeMismatch*/ @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesBoth(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Repeat(2) /*WARNING MissingNonlinearity*/ @Dense(4) Layer layers;
                            @BatchNorm Layer norm;
                            Head head;
                            @Relu Layer activation;
                            @Repeat(2) Pass passes;
                            @Tanh Layer bend;
                            Narrow first;
                            Narrow second;
                        }

                        @Block
                        class Narrow {
                            /*WARNING MissingNonlinearity*/ @Dense(3) Layer only;
                        }

                        @Block
                        class Head {
                            /*WARNING MissingNonlinearity*/ @Dense(4) Layer only;
                        }

                        @Block
                        class Pass {
                            /*WARNING MissingNonlinearity*/ @Dense(4) @Relu Layer start;
                            @Dense(4) Layer end;
                        }
                        """).check(compiler);
        List<String> texts = compilation.findings("MissingNonlinearity").stream()
                .map(message -> message.text())
                .toList();
        assertThat(texts)
                .containsExactlyInAnyOrder(
                        "[MissingNonlinearity] @Dense of 'only' follows itself from an earlier use of its block"
                                + BETWEEN + "leave one of them out.",
                        "[MissingNonlinearity] @Dense of 'layers' follows itself in the next pass of 'layers'" + BETWEEN
                                + "leave out @Repeat.",
                        "[MissingNonlinearity] @Dense of 'only' follows @Dense of 'Model.layers'" + BETWEEN
                                + "leave one of them out.",
                        "[MissingNonlinearity] @Dense of 'start' follows @Dense of 'end' in the next pass of 'Model.passes'"
                                + BETWEEN + "leave one of them out.");
    }
}
