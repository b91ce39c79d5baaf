package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.annotation.trial.GatedLinearOperation;
import io.espalier.annotation.trial.HardTanhOperation;
import io.espalier.data.Batch;
import io.espalier.model.Parameter;
import io.espalier.processor.emit.Emitted;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.graph.Node;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.Message;
import io.espalier.train.TrainingStep;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operation that no room but its own class knows is read, shaped, checked and completed like the language's own. */
class FurtherOperationsTest {
    private static final int ROWS = 9;

    /** Of the differences. */
    private static final float STEP = 5e-3f;

    private static EspalierProcessor processor() {
        return new EspalierProcessor(List.of(HardTanhOperation.DEFINITION, GatedLinearOperation.DEFINITION));
    }

    private static String source(String classes) {
        return Graphs.source("import io.espalier.annotation.trial.GatedLinearOperation.GatedLinear;\n"
                + "import io.espalier.annotation.trial.HardTanhOperation.HardTanh;\n" + classes);
    }

    @ParameterizedTest
    @EnumSource
    void standsInTheGraph(CompilerKind compiler) {
        Operations operations = Operations.ofLanguage().with(List.of(HardTanhOperation.DEFINITION));
        NetworkGraph graph = Graphs.buildAll(compiler, operations, """
                        import io.espalier.annotation.trial.HardTanhOperation.HardTanh;
                        @Network(input = 4) final class Clipped {
                            @Dense(3) @HardTanh(limit = 2.5) Layer hidden;
                            @HardTanh @Dense(2) Layer out;
                        }
                        """).get("Clipped");

        assertThat(graph.defects()).isEmpty();
        List<Node.Apply> clipped = graph.root().nodes().stream()
                .map(Node.Apply.class::cast)
                .filter(apply -> apply.operation() instanceof HardTanhOperation)
                .toList();
        assertThat(clipped.stream().map(Node::shape)).containsExactly(Shape.features(3), Shape.features(3));
        assertThat(clipped.stream().map(apply -> apply.operation().attributes()))
                .containsExactly(List.of("limit", "2.5"), List.of("limit", "1.0"));
    }

    @ParameterizedTest
    @EnumSource
    void isCheckedForItsRangeAndItsKind(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(processor())
                .source("demo/Models.java", source("""
                        @Network(input = 4) final class Clipped {
                            @Dense(3) @HardTanh(limit = 0) Layer hidden;
                            @Dense(2) @HardTanh(limit = 2) Layer out;
                        }
                        """))
                .compile();

        assertThat(compilation.messages().stream().map(Message::text).filter(text -> text.startsWith("[")))
                .containsExactly(
                        "[ValueRange] limit = 0 of @HardTanh is out of range: the largest value that it lets through must be "
                                + "above 0 and finite. Write 1, the usual value, or one near it.",
                        "[ActivationOnLogits] @HardTanh of 'out' stands on the outputs of the network, which the loss "
                                + "CROSS_ENTROPY takes for logits, values of any size and sign: all of them lie between -2 "
                                + "and 2, so that the loss can never fall below 0.018 with 2 classes. Remove @HardTanh, or "
                                + "put a @Dense behind it.");
    }

    @ParameterizedTest
    @EnumSource
    void isNoneWhereNobodyDefinesIt(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Models.java", source("""
                        @Network(input = 4) final class Clipped {
                            @Dense(3) @HardTanh(limit = 0) Layer hidden;
                            @Dense(2) Layer out;
                        }
                        """))
                .compile();

        assertThat(compilation.findings("UnknownStructure").stream().map(Message::text))
                .singleElement()
                .asString()
                .startsWith("[UnknownStructure] @HardTanh on 'hidden' is no operation that this version");
    }

    @ParameterizedTest
    @EnumSource
    void isCompletedInEditors(CompilerKind compiler) {
        Asking asking = new Asking(processor(), "");
        Compilations.with(compiler)
                .processor(asking)
                .source(
                        "demo/Models.java",
                        source("@Network(input = 4) final class Clipped { @Dense(2) @HardTanh(limit = 1) Layer out; }"))
                .compile();

        assertThat(asking.failure()).isNull();
        assertThat(asking.values("HardTanh.limit")).containsExactly("1", "6");
    }

    @ParameterizedTest
    @EnumSource
    void offersWhatIsUsualForAnAttribute(CompilerKind compiler) {
        Asking asking = new Asking(processor(), "");
        Compilation compilation = Compilations.with(compiler)
                .processor(processor())
                .source(
                        "demo/Models.java",
                        source("@Network(input = 4) final class Gated { @GatedLinear(value = 3, p = 1.5) Layer hidden;"
                                + " @Dense(2) Layer out; }"))
                .compile();
        Compilations.with(compiler)
                .processor(asking)
                .source(
                        "demo/Models.java",
                        source("@Network(input = 4) final class Gated { @GatedLinear(value = 3, p = 0.1) Layer hidden;"
                                + " @Dense(2) Layer out; }"))
                .compile();

        assertThat(compilation.findings("ProbabilityRange")).hasSize(1);
        assertThat(asking.values("GatedLinear.p")).containsExactly("0.2");
    }

    private static CompiledNetwork gated(CompilerKind compiler, Path directory) {
        Emitted.requireClean(Compilations.with(compiler)
                .processor(processor())
                .source("demo/Models.java", source("""
                        @Network(input = 6)
                        final class Gated {
                            @GatedLinear(value = 5, p = 0.4) @HardTanh(limit = 0.6) Layer first;
                            @Repeat(2) @Residual Part parts;
                            @Dense(3) Layer out;
                        }

                        @Block
                        final class Part {
                            @GatedLinear(5) Layer only;
                        }
                        """))
                .classOutput(directory)
                .compile());
        return Emitted.create(Emitted.load(directory, "demo.GatedNetwork"));
    }

    private static Batch batch() {
        float[] inputs = new float[ROWS * 6];
        int[] labels = new int[ROWS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) Math.sin(7 * i);
        }
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i % 3;
        }
        return Batch.of(inputs, labels, ROWS);
    }

    @ParameterizedTest
    @EnumSource
    void areTrained(CompilerKind compiler, @TempDir Path directory) {
        CompiledNetwork network = gated(compiler, directory);
        assertThat(network.parameters().get("first.gatedLinear.weight").shape()).containsExactly(2, 5, 6);
        assertThat(network.parameters().get("parts.1.only.gatedLinear.weight").shape())
                .containsExactly(2, 5, 5);
        try (TrainingStep step = network.trainingStep(ROWS, 2, 3)) {
            step.progress(0.5);
            float first = step.forwardBackward(batch());
            step.update(0.01f);
            float loss = first;
            for (int i = 0; i < 60; i++) {
                loss = step.forwardBackward(batch());
                step.update(0.01f);
            }
            assertThat(loss).isLessThan(first);
        }
    }

    @Test
    void haveTheGradientsOfDifferences(@TempDir Path directory) {
        CompiledNetwork network = gated(CompilerKind.JAVAC, directory);
        try (TrainingStep step = network.trainingStep(ROWS, 1, 3)) {
            step.progress(0.5);
            step.forwardBackward(batch());
            Map<String, float[]> gradients = new LinkedHashMap<>();
            network.parameters().forEach(parameter -> gradients.put(parameter.name(), parameter.gradient()));
            gradients.forEach((name, gradient) -> {
                Parameter parameter = network.parameters().get(name);
                float[] values = parameter.values();
                for (int i = 0; i < values.length; i += 3) {
                    float value = values[i];
                    values[i] = value + STEP;
                    parameter.set(values);
                    double above = step.forwardBackward(batch());
                    values[i] = value - STEP;
                    parameter.set(values);
                    double below = step.forwardBackward(batch());
                    values[i] = value;
                    parameter.set(values);
                    assertThat((double) gradient[i])
                            .as(name + "[" + i + "]")
                            .isCloseTo((above - below) / (2 * STEP), within(2e-3));
                }
            });
        }
    }

    @Test
    void dropWithTheProgressOfTheTraining(@TempDir Path directory) {
        CompiledNetwork network = gated(CompilerKind.JAVAC, directory);
        Batch batch = batch();
        float[] predicted = new float[ROWS * 3];
        network.predictionPass(ROWS).logits(batch.inputs(), ROWS, predicted);
        try (TrainingStep step = network.trainingStep(ROWS, 1, 3)) {
            assertThat(outputs(step, 0)).containsExactly(predicted);
            float[] half = outputs(step, 0.5);
            float[] whole = outputs(step, 1);
            assertThat(half).isNotEqualTo(predicted);
            assertThat(whole).isNotEqualTo(half).isNotEqualTo(predicted);
            assertThat(outputs(step, 0)).containsExactly(predicted);
        }
    }

    private static float[] outputs(TrainingStep step, double progress) {
        step.progress(progress);
        step.forward(batch());
        float[] outputs = new float[ROWS * 3];
        step.outputs(outputs);
        return outputs;
    }
}
