package io.espalier.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file: what tensors the data behind it is made of.
 *
 * @param entries in the order of their data, without gap or overlap
 * @param metadata the file's free texts
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
    /** The format's own limit, and the most that a file can make a reader allocate for its header. */
    static final int MAX_BYTES = 100_000_000;

    static final String METADATA = "__metadata__";
    static final String DTYPE = "dtype";
    static final String SHAPE = "shape";
    static final String OFFSETS = "data_offsets";

    /**
     * Names come from a file, so they are neither interned nor hashed into the table that all parsers share: forged
     * collisions would make that table throw.
     */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_BYTES)
                    .maxNameLength(MAX_BYTES)
                    .build())
            .build();

    /**
     * One tensor of the header.
     *
     * @param name unique within the file
     * @param type of its numbers
     * @param shape every dimension 0 or more, their product no more than an array holds
     * @param begin the first byte, counted from the end of the header
     * @param end one past the last byte
     */
    @SuppressWarnings("ArrayRecordComponent") // never leaves the package, never compared
    record Entry(String name, TensorType type, int[] shape, long begin, long end) {
        int elements() {
            return (int) ((end - begin) / type.bytes());
        }
    }

    /**
     * The header for some tensors, in their order.
     *
     * @return JSON in UTF-8, its length a multiple of 8, so that the data behind it is aligned
     */
    static byte[] bytes(List<TensorSource> tensors, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(METADATA);
                // Sorted, so that the same weights make the same bytes whatever map the caller had.
                for (Map.Entry<String, String> text : new TreeMap<>(metadata).entrySet()) {
                    json.writeStringField(
                            text.getKey(),
                            // Else it would be written as JSON's null, which no reader takes.
                            Objects.requireNonNull(text.getValue(), () -> "metadata '" + text.getKey() + "' is null"));
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (TensorSource tensor : tensors) {
                long end = offset + (long) Float.BYTES * tensor.elements();
                writeEntry(json, new Entry(tensor.name(), TensorType.F32, tensor.shape(), offset, end));
                offset = end;
            }
            json.writeEndObject();
        }
        int length = out.size();
        byte[] padded = Arrays.copyOf(out.toByteArray(), (length + 7) / 8 * 8);
        Arrays.fill(padded, length, padded.length, (byte) ' ');
        return padded;
    }

    private static void writeEntry(JsonGenerator json, Entry entry) throws IOException {
        if (entry.name().equals(METADATA)) {
            throw new IllegalArgumentException(
                    "a parameter cannot be stored under the name '" + METADATA + "', which the format reserves");
        }
        json.writeObjectFieldStart(entry.name());
        json.writeStringField(DTYPE, entry.type().name());
        json.writeArrayFieldStart(SHAPE);
        for (int dimension : entry.shape()) {
            json.writeNumber(dimension);
        }
        json.writeEndArray();
        json.writeArrayFieldStart(OFFSETS);
        json.writeNumber(entry.begin());
        json.writeNumber(entry.end());
        json.writeEndArray();
        json.writeEndObject();
    }
}
