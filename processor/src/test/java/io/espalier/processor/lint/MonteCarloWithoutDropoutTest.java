package io.espalier.processor.lint;

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
}
