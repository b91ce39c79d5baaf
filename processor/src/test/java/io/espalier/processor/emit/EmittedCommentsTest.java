package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever steps through an emitted class goes by: names of methods, comments, numbers that say what they are. */
class EmittedCommentsTest {
    private static final Pattern METHOD = Pattern.compile(
            "^( +)(?:@Override\\s+)?((?:(?:private|public|protected|static) )*)(?:[\\w<>\\[\\].]+ )?(\\w+)\\(([^)]*)\\)"
                    + "(?: throws \\w+)? \\{\\n(.*?)^\\1\\}$",
            Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern BARE = Pattern.compile("-?[0-9][0-9_]*(\\.[0-9]+)?(E-?[0-9]+)?[fLd]?|true|false");

    /** Calls whose numbers are all of one kind, which their names tell. */
    private static final List<String> LISTS = List.of("shared", "tiles", "fill", "parameter");

    private record Method(String name, List<String> parameters, String body) {}

    private static String source(Models model) {
        return model.emitted(CompilerKind.JAVAC);
    }

    private static List<Method> methods(String source) {
        List<Method> methods = new ArrayList<>();
        Matcher matcher = METHOD.matcher(source);
        int from = 0;
        while (matcher.find(from)) {
            List<String> parameters = new ArrayList<>();
            // A vector that crosses a method is an object, unless everything is inlined.
            assertThat(matcher.group()).as(matcher.group(3)).doesNotContainPattern("^[^{]*(FloatVector|VectorMask)");
            for (String parameter : matcher.group(4).split(",")) {
                if (!parameter.isBlank()) {
                    parameters.add(parameter.strip().replaceAll(".*\\s", ""));
                }
            }
            methods.add(new Method(matcher.group(3), parameters, matcher.group(5)));
            from = matcher.start(5);
        }
        assertThat(methods).hasSizeGreaterThan(5);
        return methods;
    }

    @ParameterizedTest
    @EnumSource
    void noMethodIsEmptyAndNoParameterUnused(Models model) {
        requireNothingIdle(source(model));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Dense(4) Layer only;",
                "@Dense(8) @BatchNorm @Relu Layer first; @Dense(4) Layer out;",
                "@Repeat(2) @Residual Normed normed; @Dense(4) Layer out;",
                "Narrow narrow; @Dense(4) Layer out;",
                "Viewed viewed; @Dense(4) Layer out;",
                "@Repeat(2) Noisy noisy; @Dense(4) Layer out;",
            })
    void noMethodIsEmptyAndNoParameterUnusedInBlocks(String stages) {
        String source = Emitted.models(CompilerKind.ECJ, """
                        @Network(input = 24) @MonteCarlo final class Tried { %s }
                        @Block final class Normed { @BatchNorm @Relu @Dense(SAME) Layer n; }
                        @Block final class Narrow { @Dense(8) @BatchNorm @Relu Layer n; }
                        @Block final class Viewed { @Flatten Layer v; }
                        @Block final class Noisy { @GaussianNoise @DropConnect @Dense(SAME) @Relu Layer n; }
                        """.formatted(stages))
                .options("-Aespalier.lint=all:off")
                .compile()
                .generated("demo.TriedNetwork");
        requireNothingIdle(source);
        requireSumsAreNamed(source);
    }

    private static void requireNothingIdle(String source) {
        for (Method method : methods(source)) {
            assertThat(method.body()).as(method.name()).isNotBlank();
            if (!method.name().equals("phase")) {
                assertThat(method.parameters()).as(method.name()).allSatisfy(parameter -> assertThat(method.body())
                        .containsPattern("\\b" + parameter + "\\b"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyNumberSaysWhatItIs(Models model) {
        Matcher call =
                Pattern.compile("(\\w+)\\(").matcher(source(model).replaceAll("(?s)/\\*\\*.*?\\*/|//[^\\n]*", ""));
        String text = source(model).replaceAll("(?s)/\\*\\*.*?\\*/|//[^\\n]*", "");
        int seen = 0;
        while (call.find()) {
            List<String> arguments = arguments(text, call.end());
            if (arguments.size() >= 3 && !LISTS.contains(call.group(1))) {
                seen++;
                assertThat(arguments)
                        .as(call.group() + String.join(", ", arguments))
                        .noneMatch(argument -> BARE.matcher(argument).matches());
            }
        }
        assertThat(seen).isPositive();
    }

    /** What stands between a parenthesis and its counterpart, cut at the commas that are in no other. */
    private static List<String> arguments(String text, int start) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int from = start;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '{' || c == '[') {
                depth++;
            } else if ((c == ')' || c == '}' || c == ']') && depth-- == 0) {
                arguments.add(text.substring(from, i).strip());
                break;
            } else if (c == ',' && depth == 0) {
                arguments.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        return arguments;
    }

    @ParameterizedTest
    @EnumSource
    void predictionPromisesNothingThatOnlyTrainingDoes(Models model) {
        String prediction = source(model)
                .replaceFirst("(?s).*private static final class Prediction ", "")
                .replaceFirst("(?s)private static final class (Sampling|Loops) .*", "");
        assertThat(prediction)
                .doesNotContainPattern("(?i)dropout \\(|drop path|noise \\(|drop connect \\(|gradient|backward");
    }

    @ParameterizedTest
    @EnumSource
    void aMethodBearsTheNameOfItsStage(Models model) {
        String source = source(model);
        List<String> stages = new ArrayList<>();
        Matcher row = Pattern.compile("<tr><td>(\\w+)</td>").matcher(source);
        while (row.find()) {
            stages.add(row.group(1));
        }
        assertThat(stages).isNotEmpty();
        // And a line in each leads to the model's source.
        Matcher comment = Pattern.compile(
                        "\\{@code demo\\.\\w+\\.(\\w+)}\\. (?:Forward|Backward).*?private void (\\w+)\\(",
                        Pattern.DOTALL)
                .matcher(source);
        int led = 0;
        while (comment.find()) {
            led++;
            assertThat(comment.group(2)).startsWith(comment.group(1));
        }
        assertThat(led).isPositive();
        int passes = 0;
        for (Method method : methods(source)) {
            if (method.name().matches("\\w+(Forward|Backward)")) {
                passes++;
                assertThat(stages).as(method.name()).anyMatch(method.name()::startsWith);
            }
        }
        assertThat(passes).isPositive();
    }

    /** From each weight's stage one finds where its gradient is summed. */
    @ParameterizedTest
    @EnumSource
    void theGradientOfEachParameterIsSummedWhereCommentsSay(Models model) {
        requireSumsAreNamed(source(model));
    }

    private static void requireSumsAreNamed(String source) {
        Matcher parameter = Pattern.compile("network\\.parameter\\(\"([\\w.]+)\".*?ParameterRole\\.(\\w+)")
                .matcher(source);
        int seen = 0;
        while (parameter.find()) {
            if (!parameter.group(2).startsWith("RUNNING")) {
                seen++;
                String name = Pattern.quote(parameter.group(1));
                assertThat(source)
                        .as(parameter.group(1))
                        .containsPattern("(?m)^ *// [\\w., ]*\\b" + name + "\\b")
                        .satisfiesAnyOf(
                                text -> assertThat(text)
                                        .containsPattern(
                                                "From what it leaves the runtime sums the gradients of [^:]*\\{@code "
                                                        + name + "\\}[^:]*: see \\{@code gradientSums\\}"),
                                // Nothing is left to do on the way back but to take what comes in.
                                text -> assertThat(text).doesNotContain("Backward("));
            }
        }
        assertThat(seen).isPositive();
    }
}
