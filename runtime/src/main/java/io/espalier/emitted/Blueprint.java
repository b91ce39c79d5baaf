package io.espalier.emitted;

import io.espalier.model.NetworkDescription;
import io.espalier.model.ParameterRole;
import io.espalier.model.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a compiled network consists of, told once by the emitted class: its operations, its parameters with their offsets among
 * the network's values and how they start, and how it is trained.
 */
public final class Blueprint {
    private final NetworkDescription.Builder description;
    private final float[] values;
    private final Parameters.Builder parameters;
    private final List<Start> starts;

    /** What the names of all that is told begin with, besides a point. */
    private final String path;

    private @Nullable Sections sections;
    private @Nullable TrainingRule training;

    /**
     * How a weight starts: uniform in [−limit, limit].
     *
     * @param parameter its name
     * @param limit 0 or more
     */
    public record Start(String parameter, double limit) {}

    /**
     * An empty blueprint.
     *
     * @param name the model's name
     * @param values how many values the network has, padding included
     */
    public Blueprint(String name, int values) {
        this.description = NetworkDescription.builder(name);
        this.values = new float[values];
        this.parameters = new Parameters.Builder(this.values);
        this.starts = new ArrayList<>();
        this.path = "";
    }

    private Blueprint(Blueprint whole, String path) {
        this.description = whole.description;
        this.values = whole.values;
        this.parameters = whole.parameters;
        this.starts = whole.starts;
        this.path = path;
    }

    private String full(String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    // What the emitted class tells.

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
     * Where the sections of the values end.
     *
     * @param weights values that penalties reach; they come first
     * @param decayed where the values end that decay besides weights
     * @param trained where the values end that an optimizer moves
     */
    public void sections(int weights, int decayed, int trained) {
        sections = new Sections(weights, decayed, trained);
    }

    /**
     * How the network is trained.
     *
     * @param rule the update, and all that changes losses and gradients
     */
    public void training(TrainingRule rule) {
        training = rule;
    }

    /**
     * The same blueprint for a region that a stage runs: what is told to it belongs to that stage.
     *
     * @param stage its name, among those of the region that has it; empty for what encloses that region
     * @return where the region's operations and parameters are told
     */
    public Blueprint within(String stage) {
        return new Blueprint(this, full(stage));
    }

    /**
     * The same for one of several runs of a region.
     *
     * @param stage its name, as of {@link #within(String)}
     * @param iteration the number of the run, from 0
     * @return where the region's operations and parameters are told
     */
    public Blueprint within(String stage, int iteration) {
        return within(stage).within(String.valueOf(iteration));
    }

    /**
     * An operation.
     *
     * @param stage the stage it belongs to; empty for the one that runs the region
     * @param kind the annotation's simple name
     * @param input shape that comes in
     * @param output shape that goes out
     * @param attributes names and values in turn
     */
    public void operation(String stage, String kind, int[] input, int[] output, String... attributes) {
        description.operation(full(stage), kind, input, output, attributes);
    }

    /**
     * A parameter. A weight starts at random, a norm's scale and a running variance at 1, all others at 0.
     *
     * @param name its name within the region
     * @param offset where it starts among the values
     * @param packing how it lies there
     * @param role what it is for
     * @param decayed whether weight decay reaches it
     * @param limit a weight starts uniform in [−limit, limit]; 0 for the others
     * @param shape its dimensions, as it is shown and stored: {@code [out, in]} of a matrix, {@code [n]} of a vector, in front
     *     of {@code out} any others
     */
    public void parameter(
            String name, int offset, Packing packing, ParameterRole role, boolean decayed, double limit, int... shape) {
        String parameter = full(name);
        parameters.parameter(parameter, offset, packing, role, decayed, shape);
        description.parameter(parameter, shape, role, decayed);
        if (role == ParameterRole.WEIGHT) {
            starts.add(new Start(parameter, limit));
        } else if (role == ParameterRole.NORM_SCALE || role == ParameterRole.RUNNING_VARIANCE) {
            int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            Arrays.fill(values, offset, offset + size, 1f);
        }
    }

    // What the runtime reads.

    /**
     * All values of the network.
     *
     * @return the live array
     */
    public float[] values() {
        return values;
    }

    /**
     * What the network consists of.
     *
     * @return operations and parameters, in order
     */
    public NetworkDescription description() {
        return description.build();
    }

    /**
     * The parameters, over the network's values.
     *
     * @return in order
     */
    public Parameters parameters() {
        return parameters.build();
    }

    /**
     * How the weights start.
     *
     * @return in the order of the weights
     */
    public List<Start> starts() {
        return List.copyOf(starts);
    }

    /**
     * Where the sections of the values end.
     *
     * @return what was told
     * @throws IllegalStateException if nothing was
     */
    public Sections sections() {
        if (sections == null) {
            throw new IllegalStateException("The blueprint does not say where its sections end");
        }
        return sections;
    }

    /**
     * How the network is trained.
     *
     * @return what was told
     * @throws IllegalStateException if nothing was
     */
    public TrainingRule training() {
        if (training == null) {
            throw new IllegalStateException("The blueprint does not say how the network is trained");
        }
        return training;
    }
}
