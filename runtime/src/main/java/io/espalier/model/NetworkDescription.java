package io.espalier.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A network as immutable data: its operations and parameters in order, without values. For export, for reports and for
 * the fingerprint that ties a weight file to the network that wrote it.
 *
 * @param name the model's simple name
 * @param input the shape of one example, channels last; copied in and out
 * @param output the shape of one example's output; copied in and out
 * @param loss the name of the loss
 * @param operations in the order in which they run; unmodifiable
 * @param parameters in the order in which they are stored; unmodifiable
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record NetworkDescription(
        String name,
        int[] input,
        int[] output,
        String loss,
        List<Operation> operations,
        List<ParameterInfo> parameters) {
    /** Copies the shapes and the lists. */
    public NetworkDescription {
        input = input.clone();
        output = output.clone();
        operations = List.copyOf(operations);
        parameters = List.copyOf(parameters);
    }

    /**
     * Starts a description; generated classes use it once.
     *
     * @param name the model's simple name
     * @return an empty builder
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * The shape of one example, channels last.
     *
     * @return a copy
     */
    @Override
    public int[] input() {
        return input.clone();
    }

    /**
     * The shape of one example's output, channels last.
     *
     * @return a copy
     */
    @Override
    public int[] output() {
        return output.clone();
    }

    /**
     * The description as text, one fact a line, the same on every platform and in every run. Says all but which
     * parameters decay, since that changes neither what the network computes nor what its weights mean. Names and
     * attribute values are quoted, so that different descriptions have different texts.
     *
     * @return lines, each ended by a line feed
     */
    public String canonicalText() {
        StringBuilder text = new StringBuilder(128 + 96 * (operations.size() + parameters.size()));
        text.append("network ").append(quoted(name)).append('\n');
        text.append("input ").append(Arrays.toString(input)).append('\n');
        text.append("output ").append(Arrays.toString(output)).append('\n');
        text.append("loss ").append(quoted(loss)).append('\n');
        for (Operation operation : operations) {
            text.append("operation ").append(quoted(operation.path()));
            text.append(' ').append(quoted(operation.kind()));
            text.append(' ').append(Arrays.toString(operation.inputShape()));
            text.append(" -> ").append(Arrays.toString(operation.outputShape()));
            for (Map.Entry<String, String> attribute : operation.attributes().entrySet()) {
                text.append(' ').append(quoted(attribute.getKey()));
                text.append('=').append(quoted(attribute.getValue()));
            }
            text.append('\n');
        }
        for (ParameterInfo parameter : parameters) {
            text.append("parameter ").append(quoted(parameter.name()));
            text.append(' ').append(Arrays.toString(parameter.shape()));
            text.append(' ').append(parameter.role()).append('\n');
        }
        return text.toString();
    }

    /**
     * Tells networks apart: the SHA-256 of {@link #canonicalText()} in UTF-8.
     *
     * @return 64 hexadecimal digits, lower case
     */
    public String fingerprint() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(canonicalText().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must offer SHA-256, this one does not", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkDescription that
                && name.equals(that.name)
                && Arrays.equals(input, that.input)
                && Arrays.equals(output, that.output)
                && loss.equals(that.loss)
                && operations.equals(that.operations)
                && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(input), Arrays.hashCode(output), loss, operations, parameters);
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return canonicalText();
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
        return '"' + escaped + '"';
    }

    /** Gathers a description in the order of its parts. */
    public static final class Builder {
        private final String name;
        private final List<Operation> operations = new ArrayList<>();
        private final List<ParameterInfo> parameters = new ArrayList<>();
        private int[] input = {};
        private int[] output = {};
        private String loss = "";

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the shape of one example.
         *
         * @param shape channels last
         * @return this builder
         */
        public Builder input(int... shape) {
            input = shape.clone();
            return this;
        }

        /**
         * Sets the shape of one example's output.
         *
         * @param shape channels last
         * @return this builder
         */
        public Builder output(int... shape) {
            output = shape.clone();
            return this;
        }

        /**
         * Sets the loss.
         *
         * @param loss its name
         * @return this builder
         */
        public Builder loss(String loss) {
            this.loss = loss;
            return this;
        }

        /**
         * Adds the next operation.
         *
         * @param path the stage it belongs to, as fields
         * @param kind the annotation's name in lower camel case
         * @param inputShape what goes in, channels last
         * @param outputShape what comes out, channels last
         * @param attributes names and values in turn: name, value, name, value
         * @return this builder
         * @throws IllegalArgumentException if a name has no value or comes twice
         */
        public Builder operation(String path, String kind, int[] inputShape, int[] outputShape, String... attributes) {
            if (attributes.length % 2 != 0) {
                throw new IllegalArgumentException("operation '" + kind + "' of '" + path + "': attribute '"
                        + attributes[attributes.length - 1] + "' has no value");
            }
            Map<String, String> map = new TreeMap<>();
            for (int i = 0; i < attributes.length; i += 2) {
                if (map.put(attributes[i], attributes[i + 1]) != null) {
                    throw new IllegalArgumentException("operation '" + kind + "' of '" + path + "': attribute '"
                            + attributes[i] + "' comes twice");
                }
            }
            operations.add(new Operation(path, kind, map, inputShape, outputShape));
            return this;
        }

        /**
         * Adds the next parameter.
         *
         * @param name its name
         * @param shape {@code [out, in]} of a matrix, {@code [n]} of a vector
         * @param role what it is for
         * @param decayed whether weight decay shrinks it
         * @return this builder
         */
        public Builder parameter(String name, int[] shape, ParameterRole role, boolean decayed) {
            parameters.add(new ParameterInfo(name, shape, role, decayed));
            return this;
        }

        /**
         * Ends the description.
         *
         * @return the description
         */
        public NetworkDescription build() {
            return new NetworkDescription(name, input, output, loss, operations, parameters);
        }
    }
}
