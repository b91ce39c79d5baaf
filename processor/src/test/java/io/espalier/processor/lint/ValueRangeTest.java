package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueRangeTest {
    @ParameterizedTest
    @EnumSource
    void training(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @AdamW(/*ERROR ValueRange*/ learningRate = 0, /*ERROR ValueRange*/ beta1 = 1, /*ERROR ValueRange*/ beta2 = -0.1,
                                /*ERROR ValueRange*/ epsilon = 0)
                        @WeightDecay(/*ERROR ValueRange*/ -0.01)
                        @ClipNorm(/*ERROR ValueRange*/ 0)
                        class WithAdam {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @Sgd(/*ERROR ValueRange*/ momentum = 1, /*ERROR ValueRange*/ learningRate = Double.POSITIVE_INFINITY)
                        @WeightDecay(/*ERROR ValueRange*/ value = Double.NaN, exclude = Exclude.NONE)
                        @ClipNorm(/*ERROR ValueRange*/ Double.POSITIVE_INFINITY)
                        class WithSgd {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @Adam(/*ERROR ValueRange*/ learningRate = -1, /*ERROR ValueRange*/ beta1 = -0.1, /*ERROR ValueRange*/ beta2 = 1,
                                /*ERROR ValueRange*/ epsilon = -1e-8)
                        @L1(/*ERROR ValueRange*/ -1e-5)
                        @L2(/*ERROR ValueRange*/ Double.NaN)
                        @MaxNorm(/*ERROR ValueRange*/ 0)
                        class WithPlainAdam {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @RmsProp(/*ERROR ValueRange*/ learningRate = 0, /*ERROR ValueRange*/ alpha = 1, /*ERROR ValueRange*/ epsilon = 0,
                                /*ERROR ValueRange*/ momentum = 1)
                        @L1(/*ERROR ValueRange*/ Double.POSITIVE_INFINITY)
                        @MaxNorm(/*ERROR ValueRange*/ Double.POSITIVE_INFINITY)
                        class WithRmsProp {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @Sgd(momentum = 0, /*ERROR ValueRange*/ nesterov = true)
                        class Nesterov {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @AdamW(/*ERROR ValueRange*/ epsilon = 1e-60, /*ERROR ValueRange*/ beta2 = 0.9999999999, /*ERROR ValueRange*/ learningRate = 1e39)
                        class AsFloats {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void structure(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(/*ERROR ValueRange*/ input = {})
                        class NoInput {
                            @Dense(3) Layer logits;
                        }

                        @Network(/*ERROR ValueRange*/ input = {28, 0})
                        class EmptyInput {
                            @Flatten @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class Widths {
                            @Dense(/*ERROR ValueRange*/ 0) Layer zero;
                            @Relu @Dense(4) Layer four;
                            @Relu @Dense(/*ERROR ValueRange*/ -3) Layer negative;
                            @Relu /*ERROR ValueRange*/ @Dense Layer neither;
                            @Relu @Dense(value = 4, /*ERROR ValueRange*/ times = 2) Layer both;
                            @Relu @Dense(/*ERROR ValueRange*/ times = 0) Layer noTimes;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class Repeats {
                            @Repeat(/*ERROR ValueRange*/ 0) @Dense(4) Layer none;
                            @Repeat(/*ERROR ValueRange*/ -1) @Relu @Dense(8) Layer wider;
                            @Repeat(/*ERROR ValueRange*/ 0) Widening block;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Block
                        class Widening {
                            @Relu @Dense(times = 2) Layer only;
                        }

                        @Network(input = 4)
                        class Norms {
                            @BatchNorm(/*ERROR ValueRange*/ momentum = 0, /*ERROR ValueRange*/ epsilon = -1e-5) Layer batch;
                            @BatchNorm(/*ERROR ValueRange*/ momentum = 1.1) Layer another;
                            @LayerNorm(/*ERROR ValueRange*/ epsilon = 0) Layer layer;
                            @RmsNorm(/*ERROR ValueRange*/ epsilon = 0) Layer rootMeanSquare;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void counts(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4, /*ERROR ValueRange*/ batch = -1, /*ERROR ValueRange*/ examples = Integer.MIN_VALUE)
                        class Model {
                            @Dense(4) @BatchNorm @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 0, batch = 0)
                        class Unknown {
                            @Dense(4) @BatchNorm @Relu Layer features;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("ValueRange").getFirst().text())
                .isEqualTo(
                        "[ValueRange] batch = -1 of @Network is out of range: the number of examples in a batch must be 0 or "
                                + "more. Write that number, or leave batch out if it is not known.");
    }

    @ParameterizedTest
    @EnumSource
    void activationsAndNoise(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            @Dense(4) @LeakyRelu(/*ERROR ValueRange*/ slope = 1) Layer linear;
                            @Dense(4) @LeakyRelu(/*ERROR ValueRange*/ slope = -0.1) Layer falling;
                            @Dense(4) @LeakyRelu(/*ERROR ValueRange*/ slope = Double.NaN) Layer noSlope;
                            @Dense(4) @LeakyRelu(slope = 0) Layer relu;
                            @Dense(4) @Elu(/*ERROR ValueRange*/ alpha = -1) Layer negative;
                            @Dense(4) @Elu(/*ERROR ValueRange*/ alpha = Double.POSITIVE_INFINITY) Layer infinite;
                            @Dense(4) @Elu(alpha = 0) Layer reluAgain;
                            @Dense(4) @GaussianNoise(/*ERROR ValueRange*/ deviation = -0.1) Layer negativeNoise;
                            @Relu @Dense(4) @GaussianNoise(/*ERROR ValueRange*/ deviation = Double.NaN) Layer noNoise;
                            @Relu @Dense(4) @GaussianNoise(deviation = 0) Layer silence;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void allowed(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = {1})
                        @AdamW(learningRate = 10, beta1 = 0, beta2 = 0.9999, epsilon = 1e-30)
                        @WeightDecay(0)
                        @ClipNorm(1e-3)
                        class WithAdam {
                            @Dense(times = 4) @BatchNorm(momentum = 1) Layer batch;
                            @Repeat(1) @Relu @Dense(Width.SAME) Layer same;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @Sgd(momentum = 0)
                        class WithSgd {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @RmsProp(alpha = 0, momentum = 0.99)
                        @L1(0)
                        @L2(0)
                        @MaxNorm(1e-3)
                        class WithRmsProp {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @Sgd(nesterov = true)
                        class WithNesterov {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsUsual(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        @AdamW(/*ERROR ValueRange*/ epsilon = 1e-60)
                        class Model {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("ValueRange").getFirst().text())
                .isEqualTo(
                        "[ValueRange] epsilon = 1e-60 of @AdamW is out of range (as a 32-bit float it is 0): what keeps the "
                                + "step's divisor from 0 must be above 0 and finite. Write 1e-8, the usual value, or one near it.");
    }
}
