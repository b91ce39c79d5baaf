package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.Message;
import io.espalier.processor.testing.WritingProcessor;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnneededSuppressionsTest {
    private static final String WARN = "-Aespalier.unneededSuppressions=warning";
    private static final Pattern FINDING =
            Pattern.compile("\\[UnneededSuppression] \"(.*)\" on (.*) silences nothing.*", Pattern.DOTALL);

    private static Compilations models(CompilerKind compiler, String classes, String... options) {
        return Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .options(options)
                .source("demo/Models.java", Graphs.source(classes));
    }

    /** What is reported, each as {@code word on place}, in the order in which it comes. */
    private static List<String> unneeded(Compilation compilation) {
        return compilation.findings("UnneededSuppression").stream()
                .map(message -> {
                    Matcher matcher = FINDING.matcher(message.text());
                    assertThat(matcher.matches()).as(message.text()).isTrue();
                    return matcher.group(1) + " on " + matcher.group(2);
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void standsAtTheVeryWord(CompilerKind compiler) {
        Compilation compilation = models(compiler, """
                        @Network(input = 4)
                        @SuppressWarnings({"unused", "espalier"})
                        class Model {
                            static final String RULE = "espalier:DropPathRate";
                            @SuppressWarnings("espalier:DropPathRate")
                            @Relu Layer bare;
                            @Relu @SuppressWarnings({"espalier:DropPathRate", RULE, "espalier:DropoutOnOutput"})
                            Layer array;
                            @SuppressWarnings(value = RULE)
                            @Dense(3) Layer named;
                        }
                        """, WARN).compile();

        boolean javac = compiler == CompilerKind.JAVAC;
        // Eclipse's compiler points at the name of the annotation's element, and does not tell values of an array
        // apart.
        assertThat(compilation.findings("UnneededSuppression"))
                .as(compilation.toString())
                .extracting(message -> message.line() + ":" + message.column())
                .containsExactly(
                        javac ? "10:30" : "10:19",
                        "13:23",
                        javac ? "15:30" : "15:29",
                        javac ? "15:55" : "15:29",
                        javac ? "15:61" : "15:29",
                        javac ? "17:31" : "17:23");
        assertThat(compilation.findings("UnneededSuppression").getLast().text())
                .isEqualTo("[UnneededSuppression] \"espalier:DropPathRate\" on 'named' silences nothing:"
                        + " no finding of DropPathRate there needs it. Take it out.");
        assertThat(compilation.findings("UnneededSuppression").getFirst().text())
                .isEqualTo("[UnneededSuppression] \"espalier\" on demo.Model silences nothing:"
                        + " no finding there needs it. Take it out.");
        assertThat(compilation.success()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatSilencesSomethingIsNeededWhateverItStandsOn(CompilerKind compiler) {
        String classes = """
                @SuppressWarnings("espalier:DropoutOnOutput")
                class Outer {
                    static final String STRONG = "espalier:StrongDropoutWithBatchNorm";

                    @Network(input = 4)
                    @SuppressWarnings("espalier:L2WithAdaptiveOptimizer")
                    @L2(1e-3)
                    static class Model {
                        @SuppressWarnings({"unused", STRONG})
                        @Dense(4) @BatchNorm @Dropout(p = 0.5) Layer hidden;
                        Tail tail;
                    }

                    @Block
                    record Tail(@SuppressWarnings(Words.ALL) @Dense(4) @Dropout(p = 0.5) Layer strong,
                            @Relu @Dense(3) @Dropout(p = 0.1) Layer noisy) {}
                }
                class Words {
                    static final String ALL = "espalier";
                }
                @Network(input = 4)
                class InPackage {
                    @Dense(3) @Softmax Layer probabilities;
                }
                """;
        // A rule that is off needs its suppressions none the less.
        for (String grades : List.of("all:error", "all:off")) {
            Compilation compilation = models(compiler, classes, WARN, "-Aespalier.lint=" + grades)
                    .source(
                            "demo/package-info.java",
                            "@SuppressWarnings(\"espalier:SoftmaxBeforeCrossEntropy\")\npackage demo;\n")
                    .compile();
            assertThat(compilation.success()).as(compilation.toString()).isTrue();
            assertThat(unneeded(compilation)).as(compilation.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofSeveralTheNearestIsNeededAndTheOneThatNamesTheRule(CompilerKind compiler) {
        Compilation compilation = models(compiler, """
                        @SuppressWarnings("espalier:DropoutOnOutput")
                        class Outer {
                            @Network(input = 4)
                            @SuppressWarnings({"espalier", "espalier:DropoutOnOutput", "espalier:DropoutOnOutput"})
                            static class Model {
                                @SuppressWarnings("espalier:DropoutOnOutput")
                                @Dense(3) @Dropout(p = 0.1) Layer near;
                                @Dropout(p = 0.1) Layer far;
                            }
                        }
                        """, WARN).compile();
        assertThat(unneeded(compilation))
                .as(compilation.toString())
                .containsExactly(
                        "espalier:DropoutOnOutput on demo.Outer",
                        "espalier on demo.Outer.Model",
                        "espalier:DropoutOnOutput on demo.Outer.Model");
    }

    @ParameterizedTest
    @EnumSource
    void aSharedBlocksIsNeededIfOneNetworkNeedsIt(CompilerKind compiler) {
        String block = """
                @Block @SuppressWarnings({"espalier:DropoutOnOutput", "espalier:DropPathRate"})
                class Shared { @Tanh @Dropout(p = 0.1) Layer only; }
                """;
        String needs = "@Network(input = 4) class Needs { @Dense(3) Layer a; Shared last; }\n";
        String not = "@Network(input = 4) class Not { Shared first; @Dense(3) Layer a; }\n";
        for (String classes : List.of(needs + not + block, block + not + needs)) {
            Compilation compilation = models(compiler, classes, WARN).compile();
            assertThat(unneeded(compilation))
                    .as(compilation.toString())
                    .containsExactly("espalier:DropPathRate on demo.Shared");
        }
        assertThat(unneeded(models(compiler, not + block, WARN).compile())).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void onANetworkThatRunsTheBlockItIsUnneeded(CompilerKind compiler) {
        Compilation compilation = models(compiler, """
                        @Network(input = 4) @SuppressWarnings("espalier:DropoutOnOutput")
                        class Model { @Dense(3) Layer a; @SuppressWarnings("espalier") Loud loud; }
                        @Block class Loud { @Tanh @Dropout(p = 0.1) Layer only; }
                        """, WARN).compile();
        assertThat(unneeded(compilation))
                .as(compilation.toString())
                .containsExactly("espalier:DropoutOnOutput on demo.Model", "espalier on 'loud'");
    }

    @ParameterizedTest
    @EnumSource
    void whatCanNeverSilenceIsToldWithItsReason(CompilerKind compiler) {
        Compilation compilation = models(compiler, """
                        @Network(input = 4)
                        @SuppressWarnings("espalier:dropoutOnOutptu")
                        class Model {
                            @SuppressWarnings("espalier:Nonsense")
                            @Relu Layer nonsense;
                            @SuppressWarnings("espalier:ProbabilityRange")
                            @Dense(3) Layer fixed;
                        }
                        """, WARN).compile();
        assertThat(compilation.findings("UnneededSuppression"))
                .as(compilation.toString())
                .extracting(Message::text)
                .satisfiesExactly(
                        near -> assertThat(near)
                                .endsWith(
                                        "\"espalier:dropoutOnOutptu\" on demo.Model silences nothing, because there is"
                                                + " no rule of that name. Did you mean DropoutOnOutput?"),
                        far -> assertThat(far)
                                .contains("no rule of that name. The rules are: DropoutOnOutput, ")
                                .contains(Lint.ruleIds()),
                        fixed -> assertThat(fixed)
                                .endsWith(
                                        "because what ProbabilityRange finds stays an error: no code could be generated"
                                                + " from it. Take it out."));
    }

    @ParameterizedTest
    @EnumSource
    void whileANetworkIsNotUnderstoodOnlyWhatIsCertainIsTold(CompilerKind compiler) {
        String suppressed = """
                @Network(input = 4)
                class Model {
                    @SuppressWarnings({"espalier:DropPathRate", "espalier:Nonsense"})
                    @Dense(3) Layer only;
                }
                """;
        assertThat(unneeded(models(compiler, suppressed, WARN).compile())).hasSize(2);
        for (String other : List.of(
                "@Network(input = 4) class Other { Missing missing; }",
                "@Network(input = 4) class Other { @Dense(0) Layer zero; }",
                "@Network(input = 4) class Other { @Dense(3) Layer a; @Residual @Dense(SAME) String odd; }")) {
            Compilation compilation = models(compiler, suppressed + other, WARN).compile();
            assertThat(compilation.success()).isFalse();
            assertThat(unneeded(compilation)).as(compilation.toString()).containsExactly("espalier:Nonsense on 'only'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForNetworksThatWait(CompilerKind compiler) {
        String classes = """
                @Block
                class Shared {
                    @SuppressWarnings("espalier:DropoutOnOutput")
                    @Tanh @Dropout(p = 0.1) Layer needed;
                    @SuppressWarnings("espalier:DropPathRate")
                    @Tanh Layer unneeded;
                }
                @Network(input = 4) class Early { Shared first; @Dense(3) Layer a; }
                @Network(input = Made.WIDTH) class Late { @Dense(3) Layer a; Shared last; }
                """;
        Compilation compilation = models(compiler, classes, WARN)
                .processor(new WritingProcessor(
                        "demo.Made", "package demo;\nfinal class Made { static final int WIDTH = 6; }\n"))
                .compile();
        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        assertThat(compilation.findings("UnneededSuppression"))
                .as(compilation.toString())
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.text()).contains("on 'unneeded'");
                    assertThat(message.place()).isEqualTo("demo/Models.java:13:23");
                });
    }

    @ParameterizedTest
    @EnumSource
    void whatBelongsToNoNetworkIsLeftAlone(CompilerKind compiler) {
        Compilation compilation = models(compiler, """
                        @Network(input = 4)
                        class Model {
                            @SuppressWarnings("espalier") static final int WIDTH = 3;
                            @Dense(WIDTH) Layer only;
                            @SuppressWarnings("espalier") void method() {}
                            @SuppressWarnings("espalier") static class Nested {}
                        }
                        @SuppressWarnings("espalier") class Elsewhere {}
                        @SuppressWarnings("espalier") @Block class OfNoNetwork { @Relu Layer only; }
                        @SuppressWarnings({"espalierOfOthers", "others:espalier"})
                        @Network(input = 4)
                        class OtherWords { @Dense(3) Layer only; }
                        """, WARN).compile();
        assertThat(unneeded(compilation)).as(compilation.toString()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isSilencedByItsOwnName(CompilerKind compiler) {
        Compilation compilation = models(compiler, """
                        @SuppressWarnings("espalier:UnneededSuppression")
                        class Outer {
                            @Network(input = 4)
                            static class Model {
                                @SuppressWarnings("espalier:DropPathRate") @Dense(3) Layer only;
                            }
                        }
                        @Network(input = 4)
                        @SuppressWarnings({"espalier", "espalier:UnneededSuppression"})
                        class All { @Dense(3) Layer only; }
                        @Network(input = 4)
                        @SuppressWarnings("espalier:UnneededSuppression")
                        class Nothing { @Dense(3) Layer only; }
                        """, WARN).compile();
        assertThat(unneeded(compilation))
                .as(compilation.toString())
                .containsExactly("espalier:UnneededSuppression on demo.Nothing");
    }

    @ParameterizedTest
    @EnumSource
    void hasTheGradeThatTheOptionSays(CompilerKind compiler) {
        String classes = "@Network(input = 4) @SuppressWarnings(\"espalier\") class Model { @Dense(3) Layer only; }";
        for (String off : List.of("-Aespalier.unneededSuppressions=off", "-Aespalier.lint=all:error")) {
            assertThat(unneeded(models(compiler, classes, off).compile())).isEmpty();
        }
        Compilation failed = models(
                        compiler, classes, "-Aespalier.unneededSuppressions=error", "-Aespalier.lint=all:off")
                .compile();
        assertThat(failed.success()).isFalse();
        assertThat(failed.errors())
                .as(failed.toString())
                .singleElement()
                .matches(message -> message.kind() == Kind.ERROR && message.isFinding("UnneededSuppression"));
    }
}
