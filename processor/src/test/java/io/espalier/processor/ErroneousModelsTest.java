package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the processor makes of models that are wrong, and of sources that do not compile. */
class ErroneousModelsTest {
    private static final String GOOD =
            "@Network(input = 8) final class Good { @Dense(4) @Relu Layer a; @Dense(2) Layer out; }\n";

    private static Compilations models(CompilerKind compiler, String classes) {
        return Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Models.java", Graphs.source(classes));
    }

    @ParameterizedTest
    @EnumSource
    void addsNothingToWhatTheCompilerSaysOfAModelThatDoesNotResolve(CompilerKind compiler) {
        for (String stage : new String[] {
            "@Dropout(p = 0.5) Missing missing;",
            "@Dropout(p = 0.5) @Missing Layer missing;",
            "@Dense(MISSING) Layer missing;",
            "Incomplete incomplete;"
        }) {
            Compilation compilation = models(
                            compiler,
                            "@Network(input = 8) final class Small { @Dense(2) Layer a; " + stage + " }\n"
                                    + "@Block final class Incomplete { Missing missing; }\n"
                                    + "final class User { Object use() { return SmallNetwork.create(42); } }")
                    .compile();
            assertThat(compilation.crash()).as(stage).isEmpty();
            assertThat(compilation.success()).as(stage).isFalse();
            assertThat(compilation.errors())
                    .as(compilation.toString())
                    .allMatch(message ->
                            message.text().contains("Missing") || message.text().contains("MISSING"));
            assertThat(compilation.generated("demo.SmallNetwork")).contains("has errors");
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesSourcesThatDoNotCompile(CompilerKind compiler) {
        for (String model : new String[] {
            "@Network(input = \"x\") final class Small { @Dense(\"x\") Layer a; @Dropout(p = \"half\") Layer b; }",
            "@Network(input = 8) final class Small { @Dropout(p = true) Layer a; @Dense(value = 3, bias = 7) Layer b; }",
            "@Network(input = 8.5) final class Small { @Dense(2.5) Layer a; @Dense(value = 3, bias = Bias.NOPE) Layer b; }",
            "@Network final class Small { @Dense @Repeat Layer a; @Dense(value = 2, value = 3, zalue = 4) Layer b; }",
            "@Network(input = 8) final class Small { @Dense(2) @Dense(3) Layer a; @Relu(5) Layer b; @Network Layer c; }",
            "@Network(input = 8) final class Small extends Missing implements Missing { @Dense(2) Layer a; Layer a; }",
            "@Network(input = 8) final class Small extends Small { Small small; @Dense(2) Layer a; }",
            "@Network(input = {8, , 9}) final class Small { @Dense(2) Layer a; }",
            "@Network(input = 8) final class Small { @Dense(4) Layer a @Dense(2) Layer b; }",
            "@Network(input = 8) final class Small { @Dense(4) Layer a; @Dense(2 Layer b;",
            "@Network(input = 8) record Small(@Dense(MISSING) Layer a, Missing b, Layer) {}",
            "@Network(input = 8) final class { @Dense(2) Layer a; }",
            "@Network(input = 1 / 0) final class Small { @Dense(2) Layer a; }",
            "@Network(input = null) final class Small { @Dense(null) Layer a; @Dropout(p = 0.0 / 0) Layer b; }",
            "@Network(input = @Relu) final class Small { @Dense(@Relu) Layer a; @Dense(Small.class) Layer b; }",
            "@Network(input = Small.X) final class Small { static final int X = Small.X + 1; @Dense(X) Layer a; }",
        }) {
            Compilation compilation = models(compiler, model).compile();
            assertThat(compilation.crash()).as(compilation.toString()).isEmpty();
            assertThat(compilation.success()).as(model).isFalse();
            assertThat(compilation.messages())
                    .as(compilation.toString())
                    .noneMatch(message -> message.text().contains("Espalier failed"))
                    .noneMatch(message -> message.text().contains("Exception"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsAnUnexpectedExceptionOnTheModelAlone(CompilerKind compiler) {
        // A runtime of another version, in which dropout has no p.
        Compilation compilation = models(
                        compiler,
                        "@Network(input = 8) final class Odd { @Dropout Layer a; @Dense(2) Layer out; }\n" + GOOD)
                .source(
                        "io/espalier/annotation/Dropout.java",
                        "package io.espalier.annotation;\npublic @interface Dropout {}\n")
                .compile();

        assertThat(compilation.crash()).isEmpty();
        assertThat(compilation.errors())
                .as(compilation.toString())
                .singleElement()
                .satisfies(message -> assertThat(message.text())
                        .startsWith("Espalier failed on demo.Odd")
                        .contains("@Dropout has no element 'p'")
                        .contains("at io.espalier.processor.graph."));
        assertThat(compilation.generated("demo.GoodNetwork")).doesNotContain("has errors");
        assertThat(compilation.generated("demo.OddNetwork")).contains("has errors");
    }

    @ParameterizedTest
    @EnumSource
    void pointsAtTheFieldThatLeadsToAMistakeInAClassFile(CompilerKind compiler, @TempDir Path classes) {
        Compilation library = Compilations.with(compiler)
                .source(
                        "demo/Library.java",
                        Graphs.source("@Block record Faulty(@Dense(0) Layer zero) {}\n"
                                + "@Block final class Wrong { @Dense(-4) Layer negative; }\n"))
                .classOutput(classes)
                .options("-proc:none")
                .compile();
        assertThat(library.success()).as(library.toString()).isTrue();

        Compilation bad = models(compiler, """
                @Network(input = 8)
                final class Small {
                    Faulty faulty;
                    Wrong wrong;
                    @Dense(2) Layer out;
                }
                """).classPath(classes).compile();
        assertThat(bad.errors()).as(bad.toString()).hasSize(2).allMatch(error -> error.isFinding("ValueRange"));
        assertThat(bad.errors())
                .extracting(Message::text)
                .anyMatch(text -> text.contains("(This stands in demo.Faulty.zero, where the compiler cannot point.)"))
                .anyMatch(text ->
                        text.contains("(This stands in demo.Wrong.negative, where the compiler cannot point.)"));
        assertThat(bad.errors())
                .extracting(Message::place)
                .containsExactly("demo/Models.java:11:12", "demo/Models.java:12:11");
    }

    @ParameterizedTest
    @EnumSource
    void saysTheSameOfASharedBlockOnce(CompilerKind compiler) {
        Compilation compilation = models(compiler, """
                        @Network(input = 8) final class One { Shared shared; @Dense(2) Layer out; }
                        @Network(input = 8) final class Two { Shared shared; @Dense(2) Layer out; }
                        @Block final class Shared { @Dense(0) Layer zero; }
                        """).compile();

        assertThat(compilation.errors()).as(compilation.toString()).hasSize(1);
        assertThat(compilation.generated("demo.OneNetwork")).contains("has errors");
        assertThat(compilation.generated("demo.TwoNetwork")).contains("has errors");
    }

    @ParameterizedTest
    @EnumSource
    void letsNoTwoNetworksHaveOneClass(CompilerKind compiler) {
        String outer = "final class Outer { @Network(input = 8) static final class Small { @Dense(2) Layer a; } }\n";
        String flat = "@Network(input = 8) final class Outer_Small { @Dense(3) Layer a; }\n";
        for (String classes : new String[] {outer + flat, flat + outer}) {
            Compilation compilation = models(compiler, classes).compile();
            assertThat(compilation.errors())
                    .as(compilation.toString())
                    .singleElement()
                    .satisfies(message -> assertThat(message.text())
                            .contains("demo.Outer_Small and demo.Outer.Small would both give the class "
                                    + "demo.Outer_SmallNetwork. Rename one"));
            assertThat(compilation.generated()).containsOnlyKeys("demo.Outer_SmallNetwork");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsAwayFromAClassThatSomebodyWrote(CompilerKind compiler) {
        Compilation compilation =
                models(compiler, GOOD + "final class GoodNetwork {}\n").compile();

        assertThat(compilation.errors())
                .as(compilation.toString())
                .singleElement()
                .satisfies(message -> assertThat(message.text())
                        .contains("the class demo.GoodNetwork that is made for demo.Good exists already"));
        assertThat(compilation.generated()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhereTheVectorModuleIsNotInSight(CompilerKind compiler) {
        Compilation compilation = models(compiler, GOOD + GOOD.replace("Good", "Other"))
                .platform("-source", "25", "-target", "25")
                .compile();

        if (compiler == CompilerKind.ECJ) {
            // It sees every module from the class path.
            assertThat(compilation.success()).as(compilation.toString()).isTrue();
        } else {
            assertThat(compilation.errors())
                    .as(compilation.toString())
                    .hasSize(2)
                    .allMatch(message -> message.isFinding("VectorModuleMissing"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysInWordsWhereTheCompilerFindsNoPlace(CompilerKind compiler) {
        Compilation compilation = models(
                        compiler, "final class Outer { @Network(input = 8) record Small(\n@Dense(0) Layer zero) {} }\n")
                .compile();

        assertThat(compilation.errors())
                .as(compilation.toString())
                .singleElement()
                .satisfies(message -> {
                    if (compiler == CompilerKind.ECJ) {
                        // It places nothing in records: the nearest class has to do.
                        assertThat(message.place()).isEqualTo("demo/Models.java:9:13");
                        assertThat(message.text())
                                .endsWith(" (This stands in demo.Outer.Small.zero, where the compiler cannot point.)");
                    } else {
                        assertThat(message.place()).isEqualTo("demo/Models.java:10:8");
                        assertThat(message.text()).doesNotContain("stands in");
                    }
                });
    }
}
