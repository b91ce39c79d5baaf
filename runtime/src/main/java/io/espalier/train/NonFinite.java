package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import org.jspecify.annotations.Nullable;

/** Looks for where infinities and NaNs came from, so that the message can say it. */
final class NonFinite {
    private NonFinite() {}

    static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The first parameter with a value that is not finite, with that value; null if there is none. */
    private static @Nullable String parameter(Parameters parameters) {
        for (Parameter parameter : parameters) {
            for (float value : parameter.values()) {
                if (!Float.isFinite(value)) {
                    return parameter.name() + " holds " + value;
                }
            }
        }
        return null;
    }

    /** The first parameter whose gradient is not finite: at or behind its stage the values overflowed. */
    private static String gradient(Parameters parameters) {
        for (Parameter parameter : parameters) {
            if (parameter.role().trainable() && !allFinite(parameter.gradient())) {
                return ", but the gradient of " + parameter.name() + " is not";
            }
        }
        return "";
    }

    /** A sentence: the example with a bad input, or else the stage whose parameters broke, and what to change. */
    static String reason(Parameters parameters, BatchSequence sequence, Batch batch, float rate) {
        float[] inputs = batch.inputs();
        int width = batch.inputSize();
        for (int i = 0; i < batch.size() * width; i++) {
            if (!Float.isFinite(inputs[i])) {
                return "Input " + i % width + " of the data set's example " + sequence.example(i / width) + " is "
                        + inputs[i] + ".";
            }
        }
        String broken = parameter(parameters);
        return (broken == null
                        ? "All inputs and parameters are finite" + gradient(parameters)
                        : "All inputs are finite, but " + broken)
                + "; the learning rate was " + rate
                + ": try a tenth of it, a warm-up, or @ClipNorm, and check that the inputs are scaled.";
    }
}
