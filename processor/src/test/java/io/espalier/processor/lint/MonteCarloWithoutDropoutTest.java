package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MonteCarloWithoutDropoutTest {
    @ParameterizedTest
    @EnumSource
    void withNothingRandom(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        /*ERROR MonteCarloWithoutDropout*/ @MonteCarlo
                        class Bare {
                            @Dense(4) @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        /*ERROR MonteCarloWithoutDropout*/ @MonteCarlo
                        class NeverDrops {
                            @Dense(4) @Relu @Dropout(p = 0) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        /*ERROR MonteCarloWithoutDropout*/ @MonteCarlo
                        class RoundedToNothing {
                            @Dense(4) @Relu @Dropout(p = 1e-6) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @SuppressWarnings("espalier:MonteCarloWithoutDropout")
                        @MonteCarlo
                        class Silenced {
                            @Dense(4) @Relu Layer features;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void withNoiseAnywhere(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @MonteCarlo
                        class InABlock {
                            @Repeat(2) Inner inner;
                            @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @Dense(4) @Relu @Dropout(p = 0.1) Layer features;
                            }
                        }

                        @Network(input = 4)
                        @MonteCarlo
                        @DropPath(p = 0.1)
                        class Paths {
                            @Residual @Dense(4) Layer first;
                            @Relu @Residual @Dense(4) Layer second;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void oneCauseOneFinding(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @MonteCarlo
                        class Percent {
                            @Dense(4) @Relu @Dropout(/*ERROR ProbabilityRange*/ p = 30) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @MonteCarlo
                        class Negative {
                            @Dense(4) @Relu @GaussianNoise(/*ERROR ValueRange*/ deviation = -1) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @MonteCarlo
                        @DropPath(/*ERROR ProbabilityRange*/ p = Double.NaN)
                        class NoNumber {
                            @Residual @Dense(4) @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @MonteCarlo
                        class Stray {
                            @Dense(4) Layer features;
                            @Relu /*ERROR DropConnectOffWeights*/ @DropConnect Layer active;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @MonteCarlo
                        /*ERROR DropPathWithoutShortcut*/ @DropPath
                        class WithoutShortcut {
                            @Dense(4) @Relu Layer features;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheModelAsItIsWritten(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        class Outer {
                            @Network(input = 4)
                            /*ERROR MonteCarloWithoutDropout*/ @MonteCarlo
                            static class Inner {
                                @Dense(4) @Relu Layer features;
                                @Dense(3) Layer logits;
                            }
                        }
                        """).check(compiler);
        assertThat(compilation.findings("MonteCarloWithoutDropout").getFirst().text())
                .contains("@MonteCarlo on 'Inner', which has nothing random");
    }
}
