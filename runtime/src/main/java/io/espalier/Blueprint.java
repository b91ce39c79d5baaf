package io.espalier;

import io.espalier.kernel.WeightPanels;
import io.espalier.model.NetworkDescription;
import io.espalier.model.ParameterRole;
import io.espalier.model.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a compiled network consists of, told once by the emitted class: its operations, and its parameters with their places
 * among the network's values and how they start.
 */
public final class Blueprint {
    /** How a weight starts: uniform in [−limit, limit]. */
    record Start(String parameter, float limit) {}

    private final String name;
    private final NetworkDescription.Builder description;
    private final float[] values;
    private final Parameters.Builder parameters;
    private final List<Start> starts = new ArrayList<>();

    /**
     * An empty blueprint.
     *
     * @param name the model's name
     * @param values how many values the network has, padding included
     */
    public Blueprint(String name, int values) {
        this.name = name;
        this.description = NetworkDescription.builder(name);
        this.values = new float[values];
        this.parameters = new Parameters.Builder(this.values);
    }

    /**
     * The shapes at both ends and the loss.
     *
     * @param input shape of one example
     * @param output shape of one output
     * @param loss name of the loss
     */
    public void ends(int[] input, int[] output, String loss) {
        description.input(input).output(output).loss(loss);
    }

    /**
     * An operation.
     *
     * @param path the stage it belongs to, with those that enclose it
     * @param kind the annotation's simple name
     * @param input shape that comes in
     * @param output shape that goes out
     * @param attributes names and values in turn
     */
    public void operation(String path, String kind, int[] input, int[] output, String... attributes) {
        description.operation(path, kind, input, output, attributes);
    }

    /**
     * A dense weight.
     *
     * @param parameter its name
     * @param offset its place among the values
     * @param out output features
     * @param in input features
     * @param decayed whether weight decay reaches it
     * @param limit it starts uniform in [−limit, limit]
     */
    public void weight(String parameter, int offset, int out, int in, boolean decayed, float limit) {
        parameters.matrix(parameter, offset, out, in, WeightPanels::position, decayed);
        description.parameter(parameter, new int[] {out, in}, ParameterRole.WEIGHT, decayed);
        starts.add(new Start(parameter, limit));
    }

    /**
     * A bias, or a norm's scale, shift or running statistic.
     *
     * @param parameter its name
     * @param offset its place among the values
     * @param length its length
     * @param role what it is; a scale and a running variance start at 1, the others at 0
     * @param decayed whether weight decay reaches it
     */
    public void vector(String parameter, int offset, int length, ParameterRole role, boolean decayed) {
        parameters.vector(parameter, offset, length, role, decayed);
        description.parameter(parameter, new int[] {length}, role, decayed);
        if (role == ParameterRole.NORM_SCALE || role == ParameterRole.RUNNING_VARIANCE) {
            Arrays.fill(values, offset, offset + length, 1f);
        }
    }

    String name() {
        return name;
    }

    float[] values() {
        return values;
    }

    NetworkDescription description() {
        return description.build();
    }

    Parameters parameters() {
        return parameters.build();
    }

    List<Start> starts() {
        return List.copyOf(starts);
    }
}
