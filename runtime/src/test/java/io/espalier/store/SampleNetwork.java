package io.espalier.store;

import io.espalier.model.NetworkDescription;
import io.espalier.model.Parameter;
import io.espalier.model.ParameterRole;
import io.espalier.model.Parameters;
import io.espalier.model.Placement;

/** A small network's parameters, one of every kind, with a packing that is neither row-major nor without padding. */
final class SampleNetwork {
    static final int OUT = 3;
    static final int IN = 5;

    private SampleNetwork() {}

    /** All zero, variances included. */
    static Parameters empty() {
        return with((row, column, rows, columns) -> column * 16 + row);
    }

    /** Every value different, none of them an integer. */
    static Parameters filled() {
        Parameters parameters = empty();
        float next = 0.25f;
        for (Parameter parameter : parameters) {
            float[] values = new float[parameter.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = next++;
            }
            parameter.set(values);
        }
        return parameters;
    }

    static Parameters with(Placement placement) {
        return new Parameters.Builder(new float[100])
                .matrix("logits.dense.weight", 0, OUT, IN, placement, true)
                .vector("logits.dense.bias", 80, OUT, ParameterRole.BIAS, false)
                .vector("logits.batchNorm.runningVariance", 90, OUT, ParameterRole.RUNNING_VARIANCE, false)
                .build();
    }

    static NetworkDescription description(String dropout) {
        return NetworkDescription.builder("Sample")
                .input(IN)
                .output(OUT)
                .loss("CROSS_ENTROPY")
                .operation("logits", "dropout", new int[] {IN}, new int[] {IN}, "p", dropout)
                .operation("logits", "dense", new int[] {IN}, new int[] {OUT})
                .parameter("logits.dense.weight", new int[] {OUT, IN}, ParameterRole.WEIGHT, true)
                .build();
    }
}
