package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeepProbabilityTest {
    @ParameterizedTest
    @EnumSource
    void ofEveryOperationThatDrops(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            static final double KEPT = 0.95;

                            @Dense(8) @Relu @Dropout(/*WARNING KeepProbability*/ p = 0.8) Layer element;
                            @Tanh @DropConnect(/*WARNING KeepProbability*/ p = 0.9) @Dense(8) @Relu Layer weights;
                            @Dense(8) @Selu @AlphaDropout(/*WARNING KeepProbability*/ p = Model.KEPT) Layer alpha;
                            @Dense(8) @Relu @GaussianDropout(/*WARNING KeepProbability*/ p = 0.9999) Layer gaussian;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void onceInABlockAndInARepeat(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            Part first;
                            @Dense(8) @Relu Layer wider;
                            @Repeat(3) Part others;
                            @Repeat(2) @Dense(Width.SAME) @Relu @Dropout(/*WARNING KeepProbability*/ p = 0.85) Layer repeated;
                            @Dense(3) Layer logits;
                        }

                        @Block
                        class Part {
                            @Dense(Width.SAME) @Relu @Dropout(/*WARNING KeepProbability*/ p = 0.8) Layer only;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void leavesOtherRatesAlone(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Below {
                            @Dense(8) @Relu @Dropout(p = 0.7999) Layer element;
                            @Dense(8) @Relu @GaussianDropout(p = 0.5) Layer gaussian;
                            @Dense(8) @Relu @GaussianNoise(deviation = 5) Layer noProbability;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class NoRates {
                            @Dense(8) @Relu @Dropout(/*ERROR ProbabilityRange*/ p = 1) Layer one;
                            @Dense(8) @Relu @Dropout(/*ERROR ProbabilityRange*/ p = 90) Layer percent;
                            @Dense(8) @Relu @Dropout(/*ERROR ProbabilityRange*/ p = 0.999999) Layer roundsToOne;
                            @Dense(8) @Relu @Dropout(/*ERROR ProbabilityRange*/ p = Double.NaN) Layer noNumber;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class OfBranches {
                            @Residual @DropPath(/*WARNING DropPathRate*/ p = 0.9, schedule = CONSTANT) @Dense(4) @Relu Layer branch;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void besideRulesThatSpeakOfThePlace(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dense(8) @Relu /*ERROR DropoutBeforeBatchNorm*/ @Dropout(/*WARNING KeepProbability*/ p = 0.8) Layer before;
                            @BatchNorm @Relu Layer norm;
                            @Dense(8) @Relu /*WARNING StrongDropoutWithBatchNorm*/ @Dropout(/*WARNING KeepProbability*/ p = 0.8) Layer behind;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void silencedAndRegraded(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @SuppressWarnings("espalier:KeepProbability") @Dense(8) @Relu @Dropout(p = 0.9) Layer meant;
                            @Dense(8) @Relu @Dropout(/*ERROR KeepProbability*/ p = 0.9) Layer found;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=KeepProbability:error");
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dense(8) @Relu @Dropout(p = 0.9) Layer off;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=KeepProbability:off");
    }

    @ParameterizedTest
    @EnumSource
    void namesTheRateThatMayHaveBeenMeant(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @DropConnect(/*WARNING KeepProbability*/ p = 0.95) @Dense(8) @Relu Layer weights;
                            @Dense(8) @Relu @GaussianDropout(/*WARNING KeepProbability*/ p = 0.8) Layer gaussian;
                            @Dense(8) @Relu @Dropout(/*WARNING KeepProbability*/ p = 0.9f) Layer ofFloats;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("KeepProbability"))
                .extracting(message -> message.text().replaceAll(": p is .* To keep", " … To keep"))
                .containsExactly(
                        "[KeepProbability] p = 0.95 of @DropConnect drops 95 % of the weights … To keep 95 %, write p = 0.05.",
                        "[KeepProbability] p = 0.8 of @GaussianDropout is as strong as dropping 80 % of the values … To keep 80 %, write p = 0.2.",
                        "[KeepProbability] p = 0.9 of @Dropout drops 90 % of the values … To keep 90 %, write p = 0.1.");
    }
}
