package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbabilityRangeTest {
    @ParameterizedTest
    @EnumSource
    void outsideItsRange(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @DropPath(/*ERROR ProbabilityRange*/ p = 1, schedule = CONSTANT)
                        class Model {
                            static final double PERCENT = 30;

                            @Dense(4) @Dropout(/*ERROR ProbabilityRange*/ p = 1.0) @BatchNorm Layer one;
                            @Dense(4) @Dropout(/*ERROR ProbabilityRange*/ p = -0.1) Layer negative;
                            @Dense(4) @Dropout(/*ERROR ProbabilityRange*/ p = Double.NaN) Layer noNumber;
                            @Dense(4) @Dropout(/*ERROR ProbabilityRange*/ p = 0.999999) Layer roundsToOne;
                            @Dense(4) @SuppressWarnings("espalier") @Dropout(/*ERROR ProbabilityRange*/ p = PERCENT) Layer constant;
                            @Dense(4) @Selu @AlphaDropout(/*ERROR ProbabilityRange*/ p = 1) Layer alpha;
                            @Dense(4) @GaussianDropout(/*ERROR ProbabilityRange*/ p = -1) Layer gaussian;
                            @Residual @DropPath(/*ERROR ProbabilityRange*/ p = 2) @Dense(4) Layer branch;
                            @Residual @Dense(4) Layer more;
                            @Dense(3) @Dropout(/*ERROR ProbabilityRange*/ p = 1.5) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=all:off");
    }

    @ParameterizedTest
    @EnumSource
    void probabilities(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @DropPath(p = 0)
                        class Model {
                            @Residual @Dropout(p = 0) @Dense(4) Layer one;
                            @Residual @Dropout(/*WARNING KeepProbability*/ p = 0.9999) @Relu @Dense(4) Layer two;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatAPercentageWouldBe(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dropout(/*ERROR ProbabilityRange*/ p = 30) @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("ProbabilityRange").getFirst().text())
                .endsWith("Write a rate from 0 to below 1, for 30 percent 0.3.");
    }
}
