package io.espalier.processor.lint;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelSmoothingRangeTest {
    @ParameterizedTest
    @EnumSource
    void outsideItsRange(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @LabelSmoothing(/*ERROR LabelSmoothingRange*/ 1)
                        class One {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @LabelSmoothing(/*ERROR LabelSmoothingRange*/ -0.1)
                        class Negative {
                            @Dense(3) Layer logits;
                        }

                        @SuppressWarnings("espalier")
                        @Network(input = 4)
                        @LabelSmoothing(/*ERROR LabelSmoothingRange*/ value = Double.NaN)
                        class NoNumber {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=LabelSmoothingRange:off");
    }

    @ParameterizedTest
    @EnumSource
    void tooStrongForTheNumberOfClasses(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @LabelSmoothing(/*WARNING LabelSmoothingRange*/ value = 0.5)
                        class HalfOfTwo {
                            @Dense(2) Layer logits;
                        }

                        @Network(input = 4)
                        @LabelSmoothing(/*WARNING LabelSmoothingRange*/ 0.95)
                        class OfTen {
                            @Dense(10) Layer logits;
                        }

                        @Network(input = 4)
                        @LabelSmoothing(0.5)
                        class HalfOfThree {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @LabelSmoothing
                        class ByDefault {
                            @Dense(2) Layer logits;
                        }

                        @Network(input = 4)
                        @LabelSmoothing(0)
                        class None {
                            @Dense(2) Layer logits;
                        }

                        @SuppressWarnings("espalier:LabelSmoothingRange")
                        @Network(input = 4)
                        @LabelSmoothing(0.95)
                        class Silenced {
                            @Dense(10) Layer logits;
                        }

                        @Network(input = {2, 2})
                        @LabelSmoothing(0.95)
                        class UnknownNumberOfClasses {
                            /*ERROR ShapeMismatch*/ @Dense(10) Layer logits;
                        }
                        """).check(compiler);
    }
}
