package io.espalier.store;

import io.espalier.model.NetworkDescription;
import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import io.espalier.store.Header.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network's weights as a safetensors file that remembers which network it belongs to: its fingerprint stands in the
 * metadata, and a network with another one refuses the file. A file without fingerprint, written elsewhere, is taken by
 * names and shapes alone.
 */
public final class WeightFile {
    /** What the metadata keys of this library start with. */
    public static final String OWN_PREFIX = "espalier.";

    /** The metadata key of {@link NetworkDescription#fingerprint()}. */
    public static final String FINGERPRINT = "espalier.fingerprint";

    /** The metadata key of {@link NetworkDescription#canonicalText()}, from which a refusal tells what differs. */
    public static final String NETWORK = "espalier.network";

    /** The metadata key that a checkpoint has, and a file of weights has not. */
    public static final String CHECKPOINT = "espalier.checkpoint";

    private static final List<String> OWN_KEYS = List.of(FINGERPRINT, NETWORK);

    private WeightFile() {}

    /**
     * Writes weights, running statistics included, as {@link Safetensors#write} does.
     *
     * @param path the file to write or replace
     * @param parameters what to write
     * @param fingerprint of the network
     * @param metadata further texts: label names, preprocessing
     * @throws IOException if the file cannot be written; what was at {@code path} is then untouched
     * @throws IllegalArgumentException if the metadata uses a key of this class, or for what {@link Safetensors#write}
     *     refuses
     */
    public static void save(Path path, Parameters parameters, String fingerprint, Map<String, String> metadata)
            throws IOException {
        write(path, parameters, Map.of(FINGERPRINT, fingerprint), metadata);
    }

    /**
     * Writes weights with the network's fingerprint and description, so that a later refusal can tell what differs.
     *
     * @param path the file to write or replace
     * @param parameters what to write
     * @param network what they belong to
     * @param metadata further texts: label names, preprocessing
     * @throws IOException if the file cannot be written; what was at {@code path} is then untouched
     * @throws IllegalArgumentException if the metadata uses a key of this class, or for what {@link Safetensors#write}
     *     refuses
     */
    public static void save(Path path, Parameters parameters, NetworkDescription network, Map<String, String> metadata)
            throws IOException {
        Map<String, String> own = Map.of(FINGERPRINT, network.fingerprint(), NETWORK, network.canonicalText());
        write(path, parameters, own, metadata);
    }

    /**
     * Loads weights into a network, all or none: the whole file is read and checked before the first parameter changes.
     * Needs memory for a second copy of the weights meanwhile.
     *
     * @param path the file
     * @param parameters what to fill
     * @param fingerprint of the network
     * @return the metadata that {@link #save} was given
     * @throws WeightFormatException if the file is malformed, belongs to another network, lacks parameters, has tensors
     *     that the network does not know or of other shapes (all of them are listed), or holds a value that is not
     *     finite or a running variance below 0
     * @throws IOException if the file cannot be read
     */
    public static Map<String, String> load(Path path, Parameters parameters, String fingerprint) throws IOException {
        return read(path, parameters, fingerprint, null, TensorNames.asTheyAre());
    }

    /**
     * Loads weights as {@link #load(Path, Parameters, String)} does; a refusal tells in which operations the networks
     * differ.
     *
     * @param path the file
     * @param parameters what to fill
     * @param network what they belong to
     * @return the metadata that {@link #save} was given
     * @throws WeightFormatException likewise
     * @throws IOException if the file cannot be read
     */
    public static Map<String, String> load(Path path, Parameters parameters, NetworkDescription network)
            throws IOException {
        return read(path, parameters, network.fingerprint(), network, TensorNames.asTheyAre());
    }

    /**
     * Loads weights of a network that may differ in what has no weights, such as a dropout rate or the loss: like
     * {@link #load(Path, Parameters, String)} but whatever the file's fingerprint is.
     *
     * @param path the file
     * @param parameters what to fill
     * @param names which parameter each of its tensors is
     * @return the metadata that {@link #save} was given
     * @throws WeightFormatException likewise, save for the fingerprint; and if two tensors are one parameter, or something
     *     is renamed that is not there
     * @throws IOException if the file cannot be read
     */
    public static Map<String, String> loadByName(Path path, Parameters parameters, TensorNames names)
            throws IOException {
        return read(path, parameters, null, null, names);
    }

    private static void write(Path path, Parameters parameters, Map<String, String> own, Map<String, String> metadata)
            throws IOException {
        for (String key : OWN_KEYS) {
            if (metadata.containsKey(key)) {
                throw new IllegalArgumentException("the metadata key '" + key + "' is taken; choose another");
            }
        }
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.putAll(own);
        Safetensors.write(path, parameters, all);
    }

    private static Map<String, String> read(
            Path path,
            Parameters parameters,
            @Nullable String fingerprint,
            @Nullable NetworkDescription network,
            TensorNames names)
            throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(path)) {
            Header header = reader.header();
            Comparison comparison = new Comparison(path, header, names);
            comparison.check(parameters, fingerprint, network == null ? null : network.canonicalText());
            if (network != null) {
                checkLabels(path, header.metadata(), network);
            }
            Map<Parameter, float[]> values = new LinkedHashMap<>();
            for (Map.Entry<Parameter, Entry> each : comparison.entries().entrySet()) {
                Parameter parameter = each.getKey();
                values.put(parameter, checked(path, parameter, reader.values(each.getValue())));
            }
            values.forEach(Parameter::set);
            Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
            metadata.keySet().removeAll(OWN_KEYS);
            return Collections.unmodifiableMap(metadata);
        }
    }

    private static void checkLabels(Path path, Map<String, String> metadata, NetworkDescription network)
            throws WeightFormatException {
        try {
            LabelNames.check(metadata, network);
        } catch (IllegalArgumentException e) {
            throw refused(path, "metadata '" + LabelNames.KEY + "'", e);
        }
    }

    private static float[] checked(Path path, Parameter parameter, float[] values) throws WeightFormatException {
        try {
            parameter.check(values);
            return values;
        } catch (IllegalArgumentException e) {
            throw refused(path, "data", e);
        }
    }

    private static WeightFormatException refused(Path path, String place, IllegalArgumentException reason) {
        WeightFormatException refused = new WeightFormatException(path, place, String.valueOf(reason.getMessage()));
        refused.initCause(reason);
        return refused;
    }
}
