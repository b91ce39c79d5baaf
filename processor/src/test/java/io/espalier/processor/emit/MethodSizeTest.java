package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HotSpot never compiles a method of more than 8,000 bytes of bytecode: no emitted one may come near, whatever the model. */
class MethodSizeTest {
    private static final int ORDINARY = 3_000;
    private static final int HUGE = 6_000;

    @ParameterizedTest
    @EnumSource
    void isSmallInOrdinaryModels(Models model, @TempDir Path directory) {
        Emitted.requireClean(
                model.with(CompilerKind.JAVAC).classOutput(directory).compile());

        assertThat(largest(Emitted.classFiles(directory))).isLessThanOrEqualTo(ORDINARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Dense(16) @Relu Layer stage%d;",
                "@Dense(16) @LayerNorm @Gelu @Dropout(p = 0.1) Layer stage%d;",
                "@Dense(16) @BatchNorm @Relu Layer stage%d;",
                "@Residual @DropPath(p = 0.1, schedule = Schedule.CONSTANT) @LayerNorm @Dense(16) @Tanh Layer stage%d;",
                "@Repeat(2) @Dense(16) @BatchNorm @Relu Layer stage%d;",
                "@Tanh Layer stage%d;",
                "@Gelu Layer stage%d;",
                "@Sigmoid @LayerNorm Layer stage%d;",
            })
    void staysBelowTheLimitInThreeHundredStages(String stage, @TempDir Path directory) {
        String stages = IntStream.range(0, 300).mapToObj(stage::formatted).collect(Collectors.joining("\n"));
        Map<String, ClassModel> files = Emitted.classFiles(
                "@Network(input = 16) final class Deep {\n" + stages + "\n@Dense(2) Layer logits; }", directory);

        assertThat(largest(files)).isLessThanOrEqualTo(HUGE);
        // Gradients explode in some of these; all the code runs.
        Emitted.step(Emitted.create(Emitted.load(directory, "demo.DeepNetwork")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Repeat(%d) @Residual @LayerNorm @Dense(Width.SAME) @Gelu @Dropout(p = 0.1) Layer body;",
                "@Repeat(%d) @Dense(16) @BatchNorm @Relu Layer body;",
                "@Repeat(%d) @Residual Part body;",
            })
    void doesNotGrowWithRepeats(String stage, @TempDir Path directory) throws IOException {
        Path few = Files.createDirectory(directory.resolve("few"));
        Path many = Files.createDirectory(directory.resolve("many"));
        Map<String, ClassModel> six = repeated(stage, 6, few);
        Map<String, ClassModel> sixHundred = repeated(stage, 600, many);

        assertThat(methods(sixHundred)).isEqualTo(methods(six));
        // Numbers take a byte or two more.
        assertThat(bytes(many)).isBetween(bytes(few), bytes(few) + 100);
    }

    private static Map<String, ClassModel> repeated(String stage, int times, Path directory) {
        return Emitted.classFiles("""
                @Network(input = 16)
                @DropPath(p = 0.1)
                final class Deep {
                    %s
                    @Residual Part last;
                    @Dense(2) Layer logits;
                }

                @Block
                final class Part {
                    @LayerNorm @Dense(times = 2) @Gelu Layer expand;
                    @Dense(BRANCH) Layer project;
                }
                """.formatted(stage.formatted(times)), directory);
    }

    private static int largest(Map<String, ClassModel> files) {
        return files.values().stream()
                .flatMap(file -> file.methods().stream())
                .mapToInt(MethodSizeTest::size)
                .max()
                .orElseThrow();
    }

    private static int size(MethodModel method) {
        return method.findAttribute(Attributes.code())
                .map(CodeAttribute::codeLength)
                .orElse(0);
    }

    private static Map<String, Integer> methods(Map<String, ClassModel> files) {
        Map<String, Integer> counts = new TreeMap<>();
        files.forEach((name, file) -> counts.put(name, file.methods().size()));
        return counts;
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(path -> path.toString().endsWith(".class"))
                    .mapToLong(MethodSizeTest::length)
                    .sum();
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
