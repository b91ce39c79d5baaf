package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.espalier.annotation.Bias;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.Loss;
import io.espalier.annotation.Schedule;
import io.espalier.annotation.Shortcut;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueCompletionsTest {
    private static final String MODEL = """
            @Network(input = 8, loss = Loss.CROSS_ENTROPY)
            @AdamW @RmsProp @Sgd @WeightDecay @L1(0) @L2(0) @MaxNorm @ClipNorm @LabelSmoothing
            @SuppressWarnings("espalier:DropPathRate")
            final class Small {
                @Dense(times = 2) @BatchNorm @LayerNorm @Elu @LeakyRelu @Dropout @DropPath @Residual @GaussianNoise
                @GaussianDropout @AlphaDropout @DropConnect @RmsNorm @Deprecated Layer a;
                @Dense(2) Layer out;
            }
            """;

    private static Asking ask(CompilerKind compiler, String typed, String classes) {
        Asking asking = new Asking(new EspalierProcessor(), typed);
        Compilations.with(compiler)
                .processor(asking)
                .source("demo/Models.java", Graphs.source(classes))
                .compile();
        assertThat(asking.failure()).isNull();
        return asking;
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    @ParameterizedTest
    @EnumSource
    void offersConstantsRatesWidthsAndRules(CompilerKind compiler) {
        Asking asking = ask(compiler, "", MODEL);

        assertThat(asking.values("Network.loss")).isEqualTo(names(Loss.values()));
        assertThat(asking.values("WeightDecay.exclude")).isEqualTo(names(Exclude.values()));
        assertThat(asking.values("DropPath.schedule")).isEqualTo(names(Schedule.values()));
        assertThat(asking.values("Residual.shortcut")).isEqualTo(names(Shortcut.values()));
        assertThat(asking.values("Dropout.p")).containsExactly("0.5", "0.2", "0.1");
        assertThat(asking.values("AdamW.learningRate")).containsExactly("1e-3");
        assertThat(asking.values("Dense.value")).containsExactly("Width.SAME", "Width.BRANCH");
        assertThat(asking.values("Dense.times")).containsExactly("4");
        assertThat(asking.values("Dense.bias")).isEqualTo(names(Bias.values()));
        assertThat(asking.values("SuppressWarnings.value"))
                .contains("\"espalier\"", "\"espalier:DropPathRate\"")
                .doesNotContain("\"espalier:ShapeMismatch\"");
        assertThat(asking.values("Network.input")).isEmpty();
        assertThat(asking.values("Deprecated.since")).isEmpty();
        assertThat(asking.answers().values().stream().flatMap(List::stream))
                .allSatisfy(completion -> assertThat(completion.getMessage())
                        .as(completion.getValue())
                        .isNotBlank());
    }

    @ParameterizedTest
    @EnumSource
    void offersWhatBeginsAsWasTyped(CompilerKind compiler) {
        assertThat(ask(compiler, "0.", MODEL).values("Dropout.p")).hasSize(3);
        assertThat(ask(compiler, "0.2", MODEL).values("Dropout.p")).containsExactly("0.2");
        assertThat(ask(compiler, " C", MODEL).values("Network.loss")).containsExactly("CROSS_ENTROPY");
        assertThat(ask(compiler, "\"espalier:DropP", MODEL).values("SuppressWarnings.value"))
                .containsExactly("\"espalier:DropPathRate\"");
        assertThat(ask(compiler, "espalier:DropPathR", MODEL).values("SuppressWarnings.value"))
                .containsExactly("\"espalier:DropPathRate\"");
        assertThat(ask(compiler, "nothing of the kind", MODEL).answers().values())
                .allMatch(List::isEmpty);
    }

    @ParameterizedTest
    @EnumSource
    void survivesWhatDoesNotCompile(CompilerKind compiler) {
        ask(compiler, "0", """
                @Network(input = Missing.WIDTH, loss = NONE, nothing = 3)
                @Nothing
                final class Small {
                    @Dropout(p = "x") @Dense(times = 2, bias = Bias.MAYBE) @SuppressWarnings(3) Missing a;
                    @Dropout(q = 3) @Exclude @Dense Layer out;
                }
                """);
        AnnotationMirror odd = (AnnotationMirror) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AnnotationMirror.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException();
                });
        ExecutableElement member = (ExecutableElement) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ExecutableElement.class},
                (proxy, method, arguments) -> null);
        assertThatCode(() -> assertThat(StreamSupport.stream(
                                new EspalierProcessor()
                                        .getCompletions(null, odd, member, "0")
                                        .spliterator(),
                                false))
                        .isEmpty())
                .doesNotThrowAnyException();
    }

    /** The processor is asked for all of the language's annotations, but only networks are processed. */
    @ParameterizedTest
    @EnumSource
    void leavesAllOtherAnnotationsAlone(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source(
                        "demo/Models.java",
                        Graphs.source(
                                "@Block @SuppressWarnings(\"espalier\") final class Part { @Dense(0) Layer only; }"))
                .options("-Aespalier.unneededSuppressions=warning", "-Aespalier.lint=all:error")
                .compile();
        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        assertThat(compilation.findings("")).isEmpty();
        assertThat(compilation.generated()).isEmpty();
    }
}
