package io.espalier.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.espalier.store.Header.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks the header of one file. Trusts nothing in it: every offset is held against the number of bytes that
 * the file really has, so what passes here can be allocated.
 */
final class HeaderParser {
    /** Far above any real tensor; keeps a forged shape from growing without end. */
    private static final int MAX_DIMENSIONS = 32;

    /** HotSpot's arrays end a little below the greatest int. */
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private final Path file;
    private final long dataBytes;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Prepares to read one header.
     *
     * @param file named in messages
     * @param dataBytes how many bytes the file has behind its header
     */
    HeaderParser(Path file, long dataBytes) {
        this.file = file;
        this.dataBytes = dataBytes;
    }

    /** Parses the header's text; to be called once. */
    Header parse(String text) throws IOException {
        if (!text.startsWith("{")) {
            throw malformed("header", "must begin with '{'; this is no safetensors file");
        }
        try (JsonParser json = Header.JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (name.equals(Header.METADATA)) {
                    metadata(json);
                } else {
                    entries.add(entry(json, name));
                }
            }
            if (json.nextToken() != null) {
                throw malformed("header", "only spaces may follow its closing brace");
            }
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? "header"
                    : "header, character " + e.getLocation().getCharOffset();
            WeightFormatException malformed =
                    malformed(place, "not valid JSON: " + WeightFormatException.shown(e.getOriginalMessage()));
            malformed.initCause(e);
            throw malformed;
        }
        checkLayout();
        return new Header(entries, metadata);
    }

    private void metadata(JsonParser json) throws IOException {
        expect(json, json.nextToken(), JsonToken.START_OBJECT, Header.METADATA, "an object of strings");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            String place = Header.METADATA + ", key '" + WeightFormatException.shown(key) + "'";
            expect(json, json.nextToken(), JsonToken.VALUE_STRING, place, "a string");
            metadata.put(key, json.getText());
        }
    }

    private Entry entry(JsonParser json, String name) throws IOException {
        String place = "tensor '" + WeightFormatException.shown(name) + "'";
        TensorType type = null;
        long[] shape = null;
        long[] offsets = null;
        expect(json, json.nextToken(), JsonToken.START_OBJECT, place, "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case Header.DTYPE -> {
                    String inDtype = place + ", dtype";
                    expect(json, json.nextToken(), JsonToken.VALUE_STRING, inDtype, "a string");
                    type = TensorType.named(json.getText());
                    if (type == null) {
                        throw malformed(
                                "header, " + inDtype,
                                "expected one of " + Arrays.toString(TensorType.values()) + ", found "
                                        + WeightFormatException.shown(json.getText()));
                    }
                }
                case Header.SHAPE -> shape = numbers(json, place + ", shape");
                case Header.OFFSETS -> offsets = numbers(json, place + ", data_offsets");
                default ->
                    throw malformed(
                            "header, " + place,
                            "expected only dtype, shape and data_offsets, found '"
                                    + WeightFormatException.shown(json.currentName()) + "'");
            }
        }
        if (type == null || shape == null || offsets == null) {
            throw malformed(
                    "header, " + place,
                    "dtype, shape and data_offsets are all needed, found "
                            + (type == null ? "" : "dtype ") + (shape == null ? "" : "shape ")
                            + (offsets == null ? "" : "data_offsets ") + "only");
        }
        return checked(name, place, type, shape, offsets);
    }

    private Entry checked(String name, String place, TensorType type, long[] shape, long[] offsets)
            throws WeightFormatException {
        int[] dimensions = new int[shape.length];
        long elements = 1;
        for (int i = 0; i < shape.length; i++) {
            // Two factors within an int have a product within a long, and the product is brought back each time.
            elements = shape[i] > MAX_ELEMENTS ? Long.MAX_VALUE : elements * shape[i];
            if (elements > MAX_ELEMENTS) {
                throw malformed(
                        "header, " + place + ", shape",
                        Arrays.toString(shape) + " is too large: an array holds at most " + MAX_ELEMENTS + " values");
            }
            dimensions[i] = (int) shape[i];
        }
        String inOffsets = "header, " + place + ", data_offsets";
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw malformed(inOffsets, "expected a begin and an end not before it, found " + Arrays.toString(offsets));
        }
        if (offsets[1] - offsets[0] != elements * type.bytes()) {
            throw malformed(
                    inOffsets,
                    "a tensor of type " + type + " and shape " + Arrays.toString(shape) + " takes "
                            + elements * type.bytes() + " bytes, " + Arrays.toString(offsets) + " are "
                            + (offsets[1] - offsets[0]));
        }
        return new Entry(name, type, dimensions, offsets[0], offsets[1]);
    }

    /** The tensors must tile the data: no gap, no overlap, nothing before, nothing after. */
    private void checkLayout() throws WeightFormatException {
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long reached = 0;
        for (Entry entry : entries) {
            if (entry.begin() != reached) {
                throw malformed(
                        "header, tensor '" + WeightFormatException.shown(entry.name()) + "', data_offsets",
                        "expected to begin at byte " + reached + ", where the tensor before it ends, found "
                                + entry.begin() + (entry.begin() < reached ? ": they overlap" : ": there is a gap"));
            }
            reached = entry.end();
        }
        if (reached != dataBytes) {
            throw malformed(
                    "data",
                    "the header describes " + reached + " bytes of data, the file has " + dataBytes
                            + (dataBytes < reached
                                    ? ": it was cut short"
                                    : ": there are bytes that belong to no tensor"));
        }
    }

    private long[] numbers(JsonParser json, String place) throws IOException {
        String expected = "an array of whole numbers, 0 or more";
        expect(json, json.nextToken(), JsonToken.START_ARRAY, place, expected);
        long[] numbers = new long[MAX_DIMENSIONS];
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            expect(json, token, JsonToken.VALUE_NUMBER_INT, place, expected);
            if (json.getLongValue() < 0) {
                throw malformed("header, " + place, "expected " + expected + ", found " + json.getLongValue());
            }
            if (count == MAX_DIMENSIONS) {
                throw malformed("header, " + place, "has more than " + MAX_DIMENSIONS + " numbers");
            }
            numbers[count++] = json.getLongValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    private void expect(JsonParser json, @Nullable JsonToken found, JsonToken wanted, String place, String expected)
            throws IOException {
        if (found != wanted) {
            throw malformed(
                    "header, " + place,
                    "expected " + expected + ", found "
                            + (found == null ? "its end" : WeightFormatException.shown(json.getText())));
        }
    }

    private WeightFormatException malformed(String place, String problem) {
        return new WeightFormatException(file, place, problem);
    }
}
