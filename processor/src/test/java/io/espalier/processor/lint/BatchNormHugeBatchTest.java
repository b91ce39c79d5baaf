package io.espalier.processor.lint;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchNormHugeBatchTest {
    private static final String STAGES = "{ @Dense(8) @BatchNorm @Relu Layer features; @Dense(3) Layer logits; }\n";

    @ParameterizedTest
    @EnumSource
    void from4096On(CompilerKind compiler) {
        MarkedSource.models("@Network(input = 4, /*WARNING BatchNormHugeBatch*/ batch = 4096) class Huge " + STAGES
                        + "@Network(input = 4, examples = 1_000_000, /*WARNING BatchNormHugeBatch*/ batch = 16_384) class Larger "
                        + STAGES
                        + "@Network(input = 4, batch = 4095) class Large " + STAGES
                        + "@Network(input = 4, examples = 1_000_000) class Unknown " + STAGES)
                .check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWithBatchNorm(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4, batch = 8192)
                        class OverFeatures {
                            @Dense(8) @LayerNorm @Relu Layer features;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4, /*WARNING BatchNormHugeBatch*/ batch = 8192)
                        class InABlock {
                            Part part;
                            @Dense(3) Layer logits;
                        }

                        @Block
                        class Part {
                            @Dense(8) @BatchNorm @Relu Layer only;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void oneExampleLeftOverIsAnotherMatter(CompilerKind compiler) {
        MarkedSource.models(
                        "@Network(input = 4, examples = 8193, /*ERROR BatchNormTinyBatch*/ /*WARNING BatchNormHugeBatch*/ batch = 8192) class Both "
                                + STAGES)
                .check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void silencedAndRegraded(CompilerKind compiler) {
        String silenced = "@SuppressWarnings(\"espalier\") @Network(input = 4, batch = 4096) class Silenced ";
        MarkedSource.models("@Network(input = 4, /*ERROR BatchNormHugeBatch*/ batch = 4096) class Found " + STAGES
                        + silenced + STAGES)
                .check(compiler, "-Aespalier.lint=BatchNormHugeBatch:error");
        MarkedSource.models("@Network(input = 4, batch = 4096) class Off " + STAGES)
                .check(compiler, "-Aespalier.lint=BatchNormHugeBatch:off");
    }
}
