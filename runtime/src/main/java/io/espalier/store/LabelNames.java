package io.espalier.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.espalier.model.NetworkDescription;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of a network's outputs, as a text of a file's metadata: a JSON array, easy to read from Python too. */
public final class LabelNames {
    /** The metadata key. */
    public static final String KEY = WeightFile.OWN_PREFIX + "labels";

    private LabelNames() {}

    /**
     * As text.
     *
     * @param names one for each output, all different
     * @param network whose outputs they name
     * @return a JSON array of strings
     * @throws IllegalArgumentException if they are too few or too many, blank or not different
     */
    public static String write(List<String> names, NetworkDescription network) {
        require(names, network);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Header.JSON.createGenerator(text)) {
            json.writeStartArray();
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
        return text.toString();
    }

    /**
     * The names in a network's metadata.
     *
     * @param metadata what came with the weights, checked by {@link WeightFile}
     * @return one for each output; empty if there are none
     * @throws IllegalArgumentException if the text is no array of names
     */
    public static List<String> read(Map<String, String> metadata) {
        String text = metadata.get(KEY);
        return text == null ? List.of() : parse(text);
    }

    /**
     * Refuses names in metadata that do not fit a network.
     *
     * @param metadata texts that came with weights
     * @param network whose outputs they name
     * @throws IllegalArgumentException if there is a text that is no array of names, or one of the wrong number
     */
    public static void check(Map<String, String> metadata, NetworkDescription network) {
        List<String> names = read(metadata);
        if (metadata.containsKey(KEY)) {
            require(names, network);
        }
    }

    private static List<String> parse(String text) {
        List<String> names = new ArrayList<>();
        try (JsonParser json = Header.JSON.createParser(text)) {
            boolean array = json.nextToken() == JsonToken.START_ARRAY;
            while (array && json.nextToken() == JsonToken.VALUE_STRING) {
                names.add(json.getText());
            }
            if (!array || json.currentToken() != JsonToken.END_ARRAY || json.nextToken() != null) {
                throw new IllegalArgumentException(
                        "label names are a JSON array of strings, found " + WeightFormatException.shown(text));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "label names are a JSON array of strings, found " + WeightFormatException.shown(text), e);
        }
        return List.copyOf(names);
    }

    private static void require(List<String> names, NetworkDescription network) {
        int outputs = Arrays.stream(network.output()).reduce(1, Math::multiplyExact);
        if (names.size() != outputs) {
            throw new IllegalArgumentException(
                    network.name() + " has " + outputs + " outputs, but there are " + names.size() + " label names");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("label name " + seen.size() + " is blank");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException("two labels are named '" + WeightFormatException.shown(name) + "'");
            }
        }
    }
}
