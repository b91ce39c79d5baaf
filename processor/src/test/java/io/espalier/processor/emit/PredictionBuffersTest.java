package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.train.TrainingStep;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Predictions and training steps share arrays among values, each in its own way: where nothing is random, both compute the
 * same, unless a value was written over while it was needed.
 */
class PredictionBuffersTest {
    private static final int ROWS = 37;
    private static final int WIDTH = 24;

    private static final String BLOCKS = """
            @Block final class Wave { @Tanh Layer wave; }
            @Block final class Plain { @Dense(SAME) Layer only; }
            @Block final class Mixer {
                @LayerNorm @Dense(times = 2) @Gelu Layer expand;
                @Dense(BRANCH) Layer project;
            }
            @Block final class Inner {
                @Repeat(2) @Residual Mixer two;
                @Repeat(3) @Residual Mixer three;
            }
            @Block final class Outer {
                @Residual @LayerNorm @Dense(SAME) Layer before;
                @Repeat(2) @Residual Inner inner;
                @Repeat(3) Plain plain;
                @Residual Wave wave;
            }
            @Block final class Ends {
                @Repeat(4) Plain four;
                Wave wave;
                @Repeat(5) Wave five;
            }
            @Block final class Widening {
                @Residual @Dense(40) @Relu Layer wide;
                @Residual @Dense(9) @Sigmoid Layer narrow;
                @Dense(24) Layer back;
            }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Residual @Dense(24) @Tanh Layer a; @Residual @LayerNorm @Dense(24) Layer b;",
                "Plain a; Plain b; Plain c;",
                "@Repeat(2) Wave even; @Repeat(3) Wave odd; Wave one;",
                "@Repeat(2) Plain even; @Repeat(3) @Residual Plain odd; @Residual Wave one;",
                "@Residual Inner inner; Inner again; @Repeat(3) Inner often;",
                "@Repeat(2) @Residual Outer outer; @Repeat(3) Outer plain; @Residual Outer last;",
                "Ends first; @Residual Ends second; @Repeat(2) Ends third;",
                "@Repeat(3) @Residual Widening widening; Widening last;",
                "@Softmax Layer first; @Residual @Dense(24) @Softmax Layer second; @Repeat(2) @Softmax Layer third;",
            })
    void keepWhatIsStillNeeded(String stages, @TempDir Path directory) {
        Emitted.requireClean(Emitted.models(
                        CompilerKind.JAVAC,
                        "@Network(input = " + WIDTH + ") final class Shared {\n" + stages + "\n@Dense(5) Layer out; }\n"
                                + BLOCKS)
                .classOutput(directory)
                .compile());
        CompiledNetwork network = Emitted.create(Emitted.load(directory, "demo.SharedNetwork"));
        float[] inputs = new float[ROWS * WIDTH];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) Math.cos(3 * i);
        }
        float[] trained = new float[ROWS * 5];
        try (TrainingStep step = network.trainingStep(ROWS, 1, 1)) {
            step.forward(Batch.of(inputs, new int[ROWS], ROWS));
            step.outputs(trained);
        }
        float[] predicted = new float[ROWS * 5];
        network.predictionPass(ROWS).logits(inputs, ROWS, predicted);

        assertThat(predicted).containsExactly(trained);
    }
}
