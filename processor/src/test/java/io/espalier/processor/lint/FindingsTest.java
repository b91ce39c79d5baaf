package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for all findings together. */
class FindingsTest {
    @ParameterizedTest
    @EnumSource
    void allOfAModelInSourceOrderWithTheirsAlone(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = {4})
                        @WeightDecay(/*WARNING WeightDecayOnBiasOrNorm*/ exclude = Exclude.NONE)
                        @AdamW(/*ERROR ValueRange*/ epsilon = -1, /*ERROR ValueRange*/ beta1 = 1.0, /*ERROR ValueRange*/ beta2 = 1.0)
                        @LabelSmoothing(/*WARNING LabelSmoothingRange*/ 0.7)
                        @DropPath(schedule = CONSTANT, /*WARNING DropPathRate*/ p = 0.6)
                        class Model {
                            @Dense(8) @Relu /*WARNING DropoutBeforeBatchNorm*/ @Dropout(p = 0.5) Layer first;
                            Inner inner;
                            @Residual @BatchNorm(/*ERROR ValueRange*/ momentum = 2) @Relu @Dense(8) @Dropout(/*ERROR ProbabilityRange*/ p = 1.5) Layer second;
                            @Relu @Dense(16) /*WARNING StrongDropoutWithBatchNorm*/ @Dropout Layer third;
                            /*ERROR DropPathWithoutShortcut*/ @DropPath(p = 0.1) @Relu @Dense(3) Layer logits;
                            /*ERROR SoftmaxBeforeCrossEntropy*/ @Softmax /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer probabilities;

                            static Object use(ModelNetwork network) {
                                return new Object[] {network.trainer(), ModelNetwork.create(42).predictor()};
                            }
                        }

                        @Block
                        class Inner {
                            @Repeat(2) @Dense(Width.SAME) @Elu(/*ERROR ValueRange*/ alpha = -1) Layer only;
                        }
                        """).checkInOrder(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotResolveIsLeftToTheCompiler(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = {4})
                        class Model {
                            static final double RATE = 0.5;

                            @Dense(8) @Dropout(p = RATE) Layer hidden;
                            @Dense(3) @Dropout(p = MISSING) Layer logits;
                        }
                        """).compileWith(compiler, new EspalierProcessor());
        assertThat(compilation.success()).isFalse();
        assertThat(compilation.crash()).isEmpty();
        assertThat(compilation.messages()).noneMatch(message -> message.text().startsWith("["));
    }

    @ParameterizedTest
    @EnumSource
    void ofOneRuleOnOneComponentAreTwo(CompilerKind compiler) {
        // Behind the constant, Eclipse's compiler (3.46) shows the component's annotations, but not its field's.
        LintProbe probe = new LintProbe(List.of("all:off,DropoutBeforeBatchNorm:error"));
        MarkedSource.models("""
                        @Network(input = 4)
                        record Model(
                                @Dense(value = 8, bias = Bias.ON) @Dropout(p = 0.1) @GaussianDropout Layer noisy,
                                @Dense(8) @BatchNorm Layer normalized,
                                @Dense(3) Layer logits) {}
                        """).compileWith(compiler, probe);
        assertThat(probe.found()).containsExactly("ERROR DropoutBeforeBatchNorm, ERROR DropoutBeforeBatchNorm");
    }

    @ParameterizedTest
    @EnumSource
    void ofARecordComeInTheOrderOfItsComponents(CompilerKind compiler) {
        LintProbe probe = new LintProbe(List.of("all:off"));
        MarkedSource.models("""
                        @Network(input = 4)
                        record Model(
                                @Dropout(p = 1.5) Layer zero,
                                @LayerNorm(epsilon = 0) Layer one,
                                @Tanh @AlphaDropout(p = -1) Layer alpha,
                                @Dense(3) Layer logits) {}
                        """).compileWith(compiler, probe);
        assertThat(probe.found()).containsExactly("ERROR ProbabilityRange, ERROR ValueRange, ERROR ProbabilityRange");
    }

    @ParameterizedTest
    @EnumSource
    void blocksInBlocksCostNoMoreThanTheirSum(CompilerKind compiler) {
        StringBuilder blocks = new StringBuilder();
        for (int depth = 0; depth < 30; depth++) {
            blocks.append("@Block class B%d { B%d first; @Relu Layer between; B%d second; }\n"
                    .formatted(depth, depth + 1, depth + 1));
        }
        LintProbe probe = new LintProbe(List.of("DropPathRate:error"));
        MarkedSource.models("""
                        @Network(input = {4})
                        class Model {
                            @Dense(4) @BatchNorm @Dropout(p = 0.1) Layer start;
                            B0 blocks;
                            @BatchNorm Layer norm;
                            @Dense(3) Layer logits;
                        }
                        @Block class B30 { @Tanh @Dropout(p = 0.4) Layer only; }
                        """ + blocks).compileWith(compiler, probe);
        assertThat(probe.found()).containsExactly("WARNING DropoutBeforeBatchNorm, ERROR DropoutBeforeBatchNorm");
    }

    @ParameterizedTest
    @EnumSource
    void blocksThatChangeNothingAreLookedThroughAtNoMoreThanTheirSum(CompilerKind compiler) {
        StringBuilder blocks = new StringBuilder();
        for (int depth = 0; depth < 28; depth++) {
            blocks.append("@Block class B%d { B%d first; @Flatten Layer between; B%d second; }\n"
                    .formatted(depth, depth + 1, depth + 1));
        }
        LintProbe probe = new LintProbe(List.of("DropPathRate:error"));
        MarkedSource.models("""
                        @Network(input = {4})
                        class Model {
                            @Dense(value = 4, bias = Bias.ON) Layer start;
                            B0 blocks;
                            @BatchNorm @Dropout(p = 0.1) Layer norm;
                            B0 again;
                            @GaussianNoise @Dense(3) Layer logits;
                            B0 behind;
                            @Tanh Layer end;
                        }
                        @Block class B28 { @Flatten Layer only; }
                        """ + blocks).compileWith(compiler, probe);
        assertThat(probe.found())
                .containsExactly(
                        "WARNING RedundantBias, WARNING ConsecutiveDropout, WARNING MissingNonlinearity, WARNING ActivationOnLogits");
    }
}
