package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrongDropoutWithBatchNormTest {
    @ParameterizedTest
    @EnumSource
    void strongNoiseBehindABatchNorm(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class InItsStage {
                            @Dense(8) @BatchNorm @Relu /*WARNING StrongDropoutWithBatchNorm*/ @Dropout(p = 0.5) Layer hidden;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class FarBehind {
                            @Residual @BatchNorm @Dense(4) Layer branch;
                            @LayerNorm @Dense(8) @Relu /*WARNING StrongDropoutWithBatchNorm*/ @Dropout Layer hidden;
                            @Dense(8) @Relu /*WARNING StrongDropoutWithBatchNorm*/ @Dropout(p = 0.31) Layer more;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class InABlockBehindABlock {
                            Normed normed;
                            Noisy noisy;
                            @Dense(3) Layer logits;

                            @Block
                            static class Normed {
                                @BatchNorm Layer norm;
                            }

                            @Block
                            static class Noisy {
                                @Relu /*WARNING StrongDropoutWithBatchNorm*/ @Dropout(p = 0.4) Layer only;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfNoise(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @BatchNorm Layer input;
                            @Dense(8) @Selu /*WARNING StrongDropoutWithBatchNorm*/ @AlphaDropout(p = 0.4) Layer alpha;
                            @Dense(8) /*WARNING StrongDropoutWithBatchNorm*/ @GaussianDropout(p = 0.4) Layer factor;
                            @Relu @Dense(8) @GaussianDropout(p = 0.3) Layer weakFactor;
                            @Relu @Dense(8) /*WARNING StrongDropoutWithBatchNorm*/ @GaussianNoise(deviation = 0.7) Layer added;
                            @Relu @Dense(8) @GaussianNoise(deviation = 0.6) Layer weakNoise;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("StrongDropoutWithBatchNorm").get(1).text())
                .contains("Gaussian dropout (p = 0.4) stands behind");
        assertThat(compilation.findings("StrongDropoutWithBatchNorm").get(2).text())
                .contains("Gaussian noise (deviation = 0.7) stands behind", "Lower deviation to 0.65 or less");
    }

    @ParameterizedTest
    @EnumSource
    void oneCauseOneFinding(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class BetweenTwo {
                            @Dense(8) @BatchNorm @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer first;
                            @Dense(8) @BatchNorm @Relu /*WARNING StrongDropoutWithBatchNorm*/ @Dropout(p = 0.5) Layer second;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class SilencedBetweenTwo {
                            @SuppressWarnings("espalier:DropoutBeforeBatchNorm")
                            @Dense(8) @BatchNorm @Relu @Dropout(p = 0.5) Layer first;
                            @Dense(8) @BatchNorm @Relu Layer second;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void weakNoiseOrNoneBehindABatchNorm(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @DropPath(p = 0.4)
                        class Weak {
                            @Dense(8) @BatchNorm @Relu @Dropout(p = 0.3) Layer hidden;
                            @Repeat(2) @Residual @Relu @Dense(8) Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class WithoutBatchNorm {
                            @Dense(8) @LayerNorm @Relu @Dropout(p = 0.5) Layer hidden;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class InFrontOfANormOverFeaturesAndABatchNorm {
                            @Dense(8) @Relu @Dropout(p = 0.5) Layer hidden;
                            @LayerNorm @BatchNorm Layer norm;
                            @Dense(3) Layer logits;
                        }

                        @SuppressWarnings("espalier:StrongDropoutWithBatchNorm")
                        @Network(input = 4)
                        class Silenced {
                            @Dense(8) @BatchNorm @Relu @Dropout(p = 0.5) Layer hidden;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheNearestBatchNorm(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @BatchNorm Layer first;
                            @Dense(8) @BatchNorm Layer second;
                            @Relu @Dense(8) /*WARNING StrongDropoutWithBatchNorm*/ @Dropout(p = 0.5) Layer third;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("StrongDropoutWithBatchNorm").getFirst().text())
                .contains("dropout (p = 0.5) stands behind batch normalization 'second'");
    }
}
