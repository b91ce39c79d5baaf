package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a model with errors gets: a class with the whole outside of a network, so that its findings are all there is to read. */
class SkeletonTest {
    private static final String GOOD = """
            @Network(input = 8)
            public final class Model {
                @Dense(16) @Relu Layer hidden;
                @Dense(2) Layer logits;
            }
            """;

    private static final String BAD = """
            @Network(input = 8)
            public final class Model {
                @Dense(16) @Relu @Dropout(p = 1.5) Layer hidden;
                @Dense(2) @Softmax Layer logits;
            }
            """;

    /** Touches everything that a network offers. */
    private static final String USER = """
            package demo;

            import io.espalier.Predictor;
            import io.espalier.data.Batch;
            import io.espalier.data.Dataset;
            import io.espalier.model.NetworkDescription;
            import io.espalier.train.History;
            import io.espalier.train.TrainingStep;
            import java.io.IOException;
            import java.nio.file.Path;

            final class User {
                History use(Path file, Dataset data, Batch batch) throws IOException {
                    ModelNetwork network = ModelNetwork.create(42);
                    try (TrainingStep step = network.trainingStep(8, 1, 7)) {
                        step.forwardBackward(batch);
                        step.update(network.learningRate());
                    }
                    network.save(file);
                    network.restore(network.snapshot());
                    NetworkDescription description = ModelNetwork.load(file).description();
                    Predictor predictor = network.predictor();
                    if (network.parameters().size() == 0 || description == null || predictor == null) {
                        network.predictionPass(3).refresh();
                    }
                    return network.trainer().epochs(2).fit(data);
                }
            }
            """;

    private static Compilations models(CompilerKind compiler, String model) {
        return Emitted.models(compiler, "")
                .source("demo/Model.java", Graphs.source(model))
                .source("demo/User.java", USER);
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheFindingsAsAllThatIsSaid(CompilerKind compiler) {
        Emitted.requireClean(models(compiler, GOOD).compile());
        Compilation bad = models(compiler, BAD).compile();

        assertThat(bad.errors())
                .as(bad.toString())
                .satisfiesExactly(
                        first -> assertThat(first.isFinding("ProbabilityRange")).isTrue(),
                        second -> assertThat(second.isFinding("SoftmaxBeforeCrossEntropy"))
                                .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void hasTheOutsideOfTheNetworkThatIsMeant(CompilerKind compiler, @TempDir Path directory) throws Exception {
        Path good = Files.createDirectory(directory.resolve("good"));
        Path bad = Files.createDirectory(directory.resolve("bad"));
        Emitted.requireClean(models(compiler, GOOD).classOutput(good).compile());
        Compilation again = Compilations.with(compiler)
                .source("demo/Model.java", Graphs.source(BAD))
                .source(
                        "demo/ModelNetwork.java",
                        models(compiler, BAD).compile().generated("demo.ModelNetwork"))
                .options("-proc:none")
                .classOutput(bad)
                .compile();
        Emitted.requireClean(again);

        Class<?> skeleton = Emitted.load(bad, "demo.ModelNetwork");
        assertThat(outside(skeleton))
                .isEqualTo(outside(Emitted.load(good, "demo.ModelNetwork")))
                .hasSize(5);
        Method create = skeleton.getMethod("create", long.class);
        assertThatThrownBy(() -> create.invoke(null, 1L))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("demo.Model has errors");
    }

    /** The class itself, its superclass, and the signatures of all its own members that others see. */
    private static Set<String> outside(Class<?> network) {
        Set<String> members = new TreeSet<>();
        members.add(network.toGenericString() + " extends " + network.getGenericSuperclass());
        Arrays.stream(network.getDeclaredMethods())
                .filter(method -> isSeen(method.getModifiers()))
                .forEach(method -> members.add(method.toGenericString()));
        Arrays.stream(network.getDeclaredConstructors())
                .filter(constructor -> isSeen(constructor.getModifiers()))
                .forEach(constructor -> members.add(constructor.toGenericString()));
        Arrays.stream(network.getDeclaredFields())
                .filter(field -> isSeen(field.getModifiers()))
                .forEach(field -> members.add(field.toGenericString()));
        return members;
    }

    private static boolean isSeen(int modifiers) {
        return !Modifier.isPrivate(modifiers);
    }
}
