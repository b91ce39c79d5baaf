package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuppressionsTest {
    @ParameterizedTest
    @EnumSource
    void onTheFieldTheClassAndWhatEnclosesIt(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class OnOneField {
                            @SuppressWarnings("espalier:StrongDropoutWithBatchNorm")
                            @Dense(4) @BatchNorm @Dropout(p = 0.5) Layer silenced;
                            @Relu @Dense(4) /*WARNING StrongDropoutWithBatchNorm*/ @Dropout(p = 0.5) Layer loud;
                            @Relu @Dense(3) Layer logits;
                        }

                        @SuppressWarnings("espalier:DropoutOnOutput")
                        class Outer {
                            @Network(input = 4)
                            static class OnTheOutermost {
                                @Dense(4) @BatchNorm /*WARNING StrongDropoutWithBatchNorm*/ @Dropout(p = 0.5) Layer loud;
                                @Relu @Dense(3) @Dropout(p = 0.1) Layer logits;
                            }

                            @SuppressWarnings("espalier")
                            static class Inner {
                                @Network(input = 4)
                                static class Everything {
                                    @Dense(4) @BatchNorm @Dropout(p = 0.5) Layer hidden;
                                    @Dense(3) @Softmax @Dropout(p = 0.1) Layer logits;
                                }
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void byArrayOrConstant(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Model {
                            static final String RULE = "espalier:" + "DropoutOnOutput";
                            static final String OTHER = "espalier:dropoutOnOutput";

                            @SuppressWarnings(RULE)
                            @Tanh @Dropout(p = 0.1) Layer constant;

                            @SuppressWarnings({"unused", RULE})
                            @Tanh @Dropout(p = 0.1) Layer array;

                            @SuppressWarnings({OTHER, "DropoutOnOutput", "espalier:DropPathRate"})
                            @Tanh /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer otherWords;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void onARecordsComponent(CompilerKind compiler) {
        // Eclipse's compiler cannot point into records.
        LintProbe probe = new LintProbe(List.of("DropPathRate:error"));
        MarkedSource.models("""
                        @Network(input = 4)
                        record Model(
                                @SuppressWarnings("espalier:DropoutOnOutput") @Tanh @Dropout(p = 0.1) Layer silenced,
                                @Tanh @Dropout(p = 0.2) Layer loud) {}
                        """).compileWith(compiler, probe);
        assertThat(probe.found()).containsExactly("ERROR DropoutOnOutput");
    }

    @ParameterizedTest
    @EnumSource
    void behindAConstantOnARecordsComponent(CompilerKind compiler) {
        // Eclipse's compiler (3.46) loses the annotations of the component's field from the constant on.
        LintProbe probe = new LintProbe(List.of("all:off,DropPathRate:error"));
        MarkedSource.models("""
                        @Network(input = 4)
                        record Model(
                                @DropPath @Residual(shortcut = Shortcut.AUTO) @SuppressWarnings("espalier")
                                @Dense(4) Layer silenced,
                                @Dense(2) Layer out) {}
                        """).compileWith(compiler, probe);
        assertThat(probe.found()).containsExactly("");
    }

    @ParameterizedTest
    @EnumSource
    void onThePackage(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/package-info.java", "@SuppressWarnings(\"espalier:DropoutOnOutput\")\npackage demo;\n")
                .source("demo/Noisy.java", block("Noisy", "@Tanh @Dropout(p = 0.1)"))
                .source("demo/Model.java", network("Model", "@Dense(3) Layer logits; Noisy"))
                .compile();
        assertThat(compilation.success()).as(compilation.toString()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void onTheBlockNotOnTheNetworkThatRunsIt(CompilerKind compiler) {
        MarkedSource.models("""
                        @SuppressWarnings("espalier")
                        @Network(input = 4)
                        class Model {
                            Loud loud;
                            Silenced silenced;
                        }

                        @Block
                        class Loud {
                            @Tanh /*ERROR DropoutOnOutput*/ @Dropout(p = 0.1) Layer only;
                        }

                        @SuppressWarnings("espalier:DropoutOnOutput")
                        @Block
                        class Silenced {
                            @Tanh @Dropout(p = 0.1) Layer only;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void aBlockOfTwoNetworksIsReportedOnce(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Wrong.java", block("Wrong", "@Relu @Dropout(p = 2)"))
                .source("demo/First.java", network("First", "Wrong"))
                .source("demo/Second.java", network("Second", "Wrong"))
                .compile();
        assertThat(compilation.findings("ProbabilityRange")).hasSize(1);
    }

    private static String block(String name, String operations) {
        return "package demo; import io.espalier.Layer; import io.espalier.annotation.*;\n@Block class " + name + " { "
                + operations + " Layer only; }";
    }

    private static String network(String name, String block) {
        return "package demo; import io.espalier.Layer; import io.espalier.annotation.*;\n@Network(input = 4) class "
                + name + " { " + block + " block; }";
    }
}
