package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchNormTinyBatchTest {
    private static final String STAGES = "{ @Dense(8) @BatchNorm @Relu Layer features; @Dense(3) Layer logits; }\n";

    @ParameterizedTest
    @EnumSource
    void declaredBatches(CompilerKind compiler) {
        MarkedSource.models("@Network(input = 4, /*ERROR BatchNormTinyBatch*/ batch = 1) class One " + STAGES
                        + "@Network(input = 4, /*WARNING BatchNormTinyBatch*/ batch = 2) class Two " + STAGES
                        + "@Network(/*WARNING BatchNormTinyBatch*/ batch = 7, input = 4) class Seven " + STAGES
                        + "@Network(input = 4, batch = 8) class Eight " + STAGES
                        + "@Network(input = 4, examples = 1) class Unknown " + STAGES
                        + "@Network(input = 4, batch = 0, examples = 7) class Zero " + STAGES)
                .check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void leftOverExamples(CompilerKind compiler) {
        MarkedSource.models("@Network(input = 4, examples = 1001, /*ERROR BatchNormTinyBatch*/ batch = 100) class One "
                        + STAGES
                        + "@Network(input = 4, /*ERROR BatchNormTinyBatch*/ batch = 7, examples = 1002) class OneOfFew "
                        + STAGES
                        + "@Network(input = 4, examples = 1, /*ERROR BatchNormTinyBatch*/ batch = 64) class OneAtAll "
                        + STAGES
                        + "@Network(input = 4, examples = 1000, batch = 100) class None " + STAGES
                        + "@Network(input = 4, examples = 1002, batch = 100) class Two " + STAGES
                        + "@Network(input = 4, examples = 50, batch = 100) class AllAtOnce " + STAGES)
                .check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWithBatchNorm(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, batch = 1)
                        class WithoutNorm {
                            @Dense(8) @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 65, batch = 64)
                        class OverFeatures {
                            @Dense(8) @LayerNorm @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, /*ERROR BatchNormTinyBatch*/ batch = 1)
                        class InABlock {
                            @Repeat(2) @Residual Outer blocks;
                            @Dense(3) Layer logits;
                        }

                        @Block
                        class Outer {
                            @Dense(times = 2) @Relu Layer wide;
                            Inner inner;
                        }

                        @Block
                        class Inner {
                            @BatchNorm @Relu @Dense(Width.BRANCH) Layer only;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void negativeCountsAreOutOfRangeAlone(CompilerKind compiler) {
        MarkedSource.models("@Network(input = 4, /*ERROR ValueRange*/ batch = -1) class NegativeBatch " + STAGES
                        + "@Network(input = 4, /*ERROR ValueRange*/ examples = -63, batch = 64) class NegativeExamples "
                        + STAGES)
                .check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void silencedAndRegraded(CompilerKind compiler) {
        String silenced =
                "@SuppressWarnings(\"espalier:BatchNormTinyBatch\") @Network(input = 4, batch = 1) class Silenced ";
        MarkedSource.models("@Network(input = 4, /*WARNING BatchNormTinyBatch*/ batch = 1) class One " + STAGES
                        + silenced + STAGES)
                .check(compiler, "-Aespalier.lint=BatchNormTinyBatch:warning");
        MarkedSource.models("@Network(input = 4, batch = 1) class One " + STAGES)
                .check(compiler, "-Aespalier.lint=BatchNormTinyBatch:off");
    }

    @ParameterizedTest
    @EnumSource
    void namesBatchesThatWouldDo(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4, examples = 1001, /*ERROR BatchNormTinyBatch*/ batch = 100)
                        class Hundreds {
                            @Dense(8) @BatchNorm @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, examples = 11, /*ERROR BatchNormTinyBatch*/ batch = 2)
                        class Pairs {
                            @Dense(8) @BatchNorm @Relu Layer first;
                            @Dense(8) @BatchNorm @Relu Layer second;
                            @Dense(8) @BatchNorm @Relu Layer third;
                            Part fourth;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, /*WARNING BatchNormTinyBatch*/ batch = 4)
                        class Fours {
                            Part part;
                            @Dense(8) @BatchNorm @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Block
                        class Part {
                            @Dense(8) @BatchNorm @Relu Layer only;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("BatchNormTinyBatch"))
                .extracting(Message::text)
                .containsExactlyInAnyOrder(
                        "[BatchNormTinyBatch] 1001 examples in batches of 100 leave one for the last batch, which has no variance for "
                                + "batch normalization 'features' to divide by: a training step refuses it, and Trainer, to avoid it, "
                                + "shares the last two batches out evenly. Write a batch that leaves none or several, such as "
                                + "batch = 101, or @LayerNorm in place of @BatchNorm.",
                        "[BatchNormTinyBatch] 11 examples in batches of 2 leave one for the last batch, which has no variance for "
                                + "batch normalization 'first', 'second' and 2 more to divide by: a training step refuses it, and "
                                + "Trainer, to avoid it, leaves one example out of every epoch. Write a batch that leaves none or "
                                + "several, such as batch = 11, or @LayerNorm in place of @BatchNorm.",
                        "[BatchNormTinyBatch] batch = 4: the variance of 4 examples, which batch normalization 'features' and "
                                + "'Part.only' divides by, is off by some 82 % of itself, so that training and prediction differ widely (Wu "
                                + "and He, 2018). Write a batch of 32 or more, or @LayerNorm in place of @BatchNorm, which needs no "
                                + "batch.");
    }
}
