package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.model.Parameter;
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

    /**
     * What broke.
     *
     * @param stage the stage, empty if it is the data
     * @param sentence what happened and what to change
     */
    record Reason(String stage, String sentence) {}

    /** The example with a bad input, or else the parameter that broke, or else the stage at which numbers overflowed. */
    static Reason reason(Trainable network, TrainingStep step, BatchSequence sequence, Batch batch, float rate) {
        float[] inputs = batch.inputs();
        int width = batch.inputSize();
        for (int i = 0; i < batch.size() * width; i++) {
            if (!Float.isFinite(inputs[i])) {
                return new Reason(
                        "",
                        "Input " + i % width + " of the data set's example " + sequence.example(i / width) + " is "
                                + inputs[i] + ".");
            }
        }
        String advice = "; the learning rate was " + rate
                + ": try a tenth of it, a warm-up, or @ClipNorm, and check that the inputs are scaled.";
        // Running statistics tell nothing yet: the very pass that overflowed has moved them.
        Parameter broken = broken(network, true);
        boolean outputs = step.outputsFinite();
        if (broken == null && outputs && step.gradientsFinite()) {
            broken = broken(network, false);
        }
        if (broken != null) {
            return new Reason(
                    StageProbe.stage(broken.name()),
                    "All inputs are finite, but " + broken.name() + " holds " + firstBad(broken.values()) + advice);
        }
        StageProbe probe = new StageProbe(network, step, batch.size());
        StageProbe.Place place = step.gradientsFinite() ? null : probe.backward();
        if (place == null || !outputs) {
            place = probe.forward();
        }
        return new Reason(place.stage(), "All inputs and parameters are finite, but " + place.words() + advice);
    }

    private static @Nullable Parameter broken(Trainable network, boolean trained) {
        for (Parameter parameter : network.parameters()) {
            if (parameter.role().trainable() == trained && !allFinite(parameter.values())) {
                return parameter;
            }
        }
        return null;
    }

    private static float firstBad(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return value;
            }
        }
        throw new IllegalArgumentException("all values are finite");
    }
}
