package io.espalier.processor.lint;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelSmoothingWithoutClassesTest {
    @ParameterizedTest
    @EnumSource
    void labelsAndValuesHaveNone(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, loss = Loss.BINARY_CROSS_ENTROPY)
                        /*ERROR LabelSmoothingWithoutClasses*/ @LabelSmoothing
                        class Labels {
                            @Dense(3) Layer logits;
                        }

                        @SuppressWarnings("espalier")
                        @Network(input = 4, loss = Loss.MEAN_SQUARED_ERROR)
                        /*ERROR LabelSmoothingWithoutClasses*/ @LabelSmoothing(0.1)
                        class Values {
                            @Dense(3) Layer values;
                        }
                        """).check(compiler, "-Aespalier.lint=all:off");
    }

    @ParameterizedTest
    @EnumSource
    void speaksAloneWhereTheValueIsWrongToo(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, loss = Loss.MEAN_SQUARED_ERROR)
                        /*ERROR LabelSmoothingWithoutClasses*/ @LabelSmoothing(1.5)
                        class Values {
                            @Dense(3) Layer values;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void otherwise(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, loss = Loss.CROSS_ENTROPY)
                        @LabelSmoothing
                        class Classes {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, loss = Loss.BINARY_CROSS_ENTROPY)
                        class Labels {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }
}
