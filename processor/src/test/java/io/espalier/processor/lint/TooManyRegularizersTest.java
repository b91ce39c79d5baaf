package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TooManyRegularizersTest {
    @ParameterizedTest
    @EnumSource
    void strongNoise(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, /*WARNING TooManyRegularizers*/ examples = 999)
                        class Few {
                            @Dense(8) @Relu @Dropout(p = 0.21) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 1000)
                        class Enough {
                            @Dense(8) @Relu @Dropout(p = 0.5) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class Unknown {
                            @Dense(8) @Relu @Dropout(p = 0.5) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 1)
                        class Weak {
                            @Dense(8) @Relu @Dropout(p = 0.2) Layer features;
                            @Tanh @DropConnect(p = 0.2) @Dense(3) Layer logits;
                        }

                        @Network(/*WARNING TooManyRegularizers*/ examples = 300, input = 4)
                        class StrongNormalNoise {
                            @GaussianNoise(deviation = 0.51) @Dense(8) @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 300)
                        class WeakNormalNoise {
                            @GaussianNoise(deviation = 0.5) @Dense(8) @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, /*WARNING TooManyRegularizers*/ examples = 300)
                        class InABlock {
                            @Repeat(2) Part parts;
                            @Dense(3) Layer logits;
                        }

                        @Block
                        class Part {
                            @Dense(Width.SAME) @Selu @AlphaDropout(p = 0.3) Layer only;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void kinds(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, /*WARNING TooManyRegularizers*/ examples = 300)
                        @WeightDecay @LabelSmoothing
                        class Three {
                            @Dense(8) @Relu @Dropout(p = 0.1) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 300)
                        @LabelSmoothing
                        class OneTwice {
                            @Dense(8) @Relu @Dropout(p = 0.1) Layer first;
                            @Dense(8) @Relu @Dropout(p = 0.1) Layer second;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 300)
                        @AdamW @ClipNorm @MaxNorm
                        class NoRegularizers {
                            @Dense(8) @BatchNorm @Relu @Dropout(p = 0.1) Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, /*WARNING TooManyRegularizers*/ examples = 300)
                        @L1(1e-5) @Sgd @L2(1e-4) @MaxNorm
                        class Penalties {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, /*WARNING TooManyRegularizers*/ examples = 300)
                        @DropPath(p = 0.1)
                        class Noises {
                            @GaussianNoise(deviation = 0.1) @Dense(4) @Relu Layer features;
                            @Residual @Dense(4) @Relu Layer first;
                            @Residual @Dense(4) @Relu Layer second;
                            @DropConnect(p = 0.1) @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void whatHasNoEffectIsNoKind(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, examples = 300)
                        @WeightDecay(0) @L1(0) @Sgd @L2(0) @LabelSmoothing(0) @MaxNorm
                        class Zeros {
                            @Dense(8) @Relu @Dropout(p = 0) Layer first;
                            @Dense(8) @Relu @GaussianNoise(deviation = 0) Layer second;
                            @Dense(8) @Relu @AlphaDropout(p = 0) Layer third;
                            @Dense(8) @Relu @GaussianDropout(p = 0.1) Layer fourth;
                            @DropConnect(p = 0) @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 300)
                        @WeightDecay @DropPath(p = 0)
                        class NoDropPath {
                            @Residual @Dense(4) @Relu Layer first;
                            @Residual @Dense(4) @Relu Layer second;
                            @Dense(8) @Relu @Dropout(p = 0.1) Layer third;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 300)
                        @WeightDecay @DropPath(/*WARNING DropPathRate*/ schedule = LINEAR)
                        class ASingleBranch {
                            @Residual @Dense(4) @Relu Layer first;
                            @Dense(8) @Relu @Dropout(p = 0.1) Layer second;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 300, loss = Loss.MEAN_SQUARED_ERROR)
                        @WeightDecay /*ERROR LabelSmoothingWithoutClasses*/ @LabelSmoothing
                        class NoClasses {
                            @Dense(8) @Relu @Dropout(p = 0.1) Layer features;
                            @Dense(1) Layer price;
                        }

                        @Network(input = 4, examples = 300)
                        class NoRate {
                            @Dense(8) @Relu @Dropout(/*ERROR ProbabilityRange*/ p = 30) Layer features;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void silencedAndRegraded(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, /*ERROR TooManyRegularizers*/ examples = 300)
                        class Found {
                            @Dense(8) @Relu @Dropout Layer features;
                            @Dense(3) Layer logits;
                        }

                        @SuppressWarnings("espalier:TooManyRegularizers")
                        @Network(input = 4, examples = 300)
                        class Silenced {
                            @Dense(8) @Relu @Dropout Layer features;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=TooManyRegularizers:error");
        MarkedSource.models("""
                        @Network(input = 4, examples = 300)
                        class Off {
                            @Dense(8) @Relu @Dropout Layer features;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler, "-Aespalier.lint=TooManyRegularizers:off");
    }

    @ParameterizedTest
    @EnumSource
    void oneFindingListsTheFacts(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4, /*WARNING TooManyRegularizers*/ examples = 1)
                        class Noises {
                            @Dense(8) @Relu @Dropout(p = 0.3) Layer first;
                            Part part;
                            @Dense(6) @Relu @Dropout(p = 0.4) Layer second;
                            Part another;
                            @Dense(8) @Relu @Dropout(p = 0.5) Layer third;
                            @Dense(3) Layer logits;
                        }

                        @Block
                        class Part {
                            @Dense(Width.SAME) @Relu @GaussianNoise(deviation = 2) Layer only;
                        }

                        @Network(input = 4, /*WARNING TooManyRegularizers*/ examples = 500)
                        @WeightDecay @L1(1e-5) @MaxNorm
                        class Kinds {
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("TooManyRegularizers"))
                .extracting(Message::text)
                .containsExactlyInAnyOrder(
                        "[TooManyRegularizers] 1 example is too few for Gaussian noise (deviation = 2) on 'Part.only', dropout (p = "
                                + "0.5) on 'third' and 2 more (Srivastava et al., 2014, section 7.4: on a few hundred dropout gains "
                                + "nothing). Lower deviation to 0.5 and p to 0.2 or less.",
                        "[TooManyRegularizers] 500 examples are too few for 3 kinds of regularizer (@WeightDecay, @L1 and @MaxNorm), "
                                + "whose strengths cannot be tuned on what can be held out of so few. Keep one or two kinds.");
    }
}
