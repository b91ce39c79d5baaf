package io.espalier.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.espalier.data.TabularEncoding.Classes;
import io.espalier.data.TabularEncoding.Feature;
import io.espalier.data.TabularEncoding.OneHot;
import io.espalier.data.TabularEncoding.Standardized;
import io.espalier.data.TabularEncoding.Target;
import io.espalier.data.TabularEncoding.Values;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fitted preprocessing as JSON. The reader is strict: every field in its place, nothing else, no text or name twice, all
 * numbers finite and deviations positive.
 */
final class EncodingJson {
    /** Texts come from files, so their names are not put into the table that all parsers share. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String TABULAR = "espalier.tabular.1";
    private static final String STANDARDIZATION = "espalier.standardization.1";

    private final JsonParser json;

    private EncodingJson(JsonParser json) {
        this.json = json;
    }

    static String text(TabularEncoding encoding) {
        return write(TABULAR, out -> {
            out.writeArrayFieldStart("features");
            for (Feature feature : encoding.parts()) {
                out.writeStartObject();
                out.writeStringField("column", feature.column());
                switch (feature) {
                    case Standardized number -> writeMoments(out, number.mean(), number.deviation());
                    case OneHot oneHot -> writeTexts(out, "categories", oneHot.categories());
                }
                out.writeBooleanField("indicator", feature.indicator());
                out.writeEndObject();
            }
            out.writeEndArray();
            Target target = encoding.targetOrNull();
            if (target != null) {
                out.writeObjectFieldStart("target");
                out.writeStringField("column", target.column());
                switch (target) {
                    case Classes classes -> writeTexts(out, "classes", classes.labels());
                    case Values values -> writeMoments(out, values.mean(), values.deviation());
                }
                out.writeEndObject();
            }
        });
    }

    static String text(double[] means, double[] deviations) {
        return write(STANDARDIZATION, out -> {
            out.writeFieldName("means");
            out.writeArray(means, 0, means.length);
            out.writeFieldName("deviations");
            out.writeArray(deviations, 0, deviations.length);
        });
    }

    private static String write(String format, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("format", format);
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeMoments(JsonGenerator out, double mean, double deviation) throws IOException {
        out.writeNumberField("mean", mean);
        out.writeNumberField("deviation", deviation);
    }

    private static void writeTexts(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    static TabularEncoding encoding(String text) {
        return read("tabular encoding", text, EncodingJson::encoding);
    }

    static Standardization standardization(String text) {
        return read("standardization", text, EncodingJson::standardization);
    }

    private static <T> T read(String what, String text, Parsing<T> parsing) {
        Objects.requireNonNull(
                text, () -> "There is no text to read a " + what + " from; was it saved with the network?");
        try (JsonParser json = JSON.createParser(text)) {
            T parsed = parsing.parse(new EncodingJson(json));
            if (json.nextToken() != null) {
                throw malformed(json, "expected the end, found more");
            }
            return parsed;
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
            throw new IllegalArgumentException(
                    "No valid " + what + ", character " + at + ": "
                            + DataFileException.shown(String.valueOf(e.getOriginalMessage())),
                    e);
        } catch (MalformedException e) {
            throw new IllegalArgumentException("No valid " + what + ", " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TabularEncoding encoding(EncodingJson in) throws IOException {
        in.begin(TABULAR);
        in.field("features");
        in.expect(in.json.nextToken(), JsonToken.START_ARRAY, "an array");
        List<Feature> features = new ArrayList<>();
        Set<String> columns = new TreeSet<>();
        for (JsonToken token = in.json.nextToken(); token != JsonToken.END_ARRAY; token = in.json.nextToken()) {
            in.expect(token, JsonToken.START_OBJECT, "a feature");
            Feature feature = in.feature();
            in.require(columns.add(feature.column()), "expected each column once");
            features.add(feature);
        }
        in.require(!features.isEmpty(), "expected at least one feature");
        Target target = null;
        if (in.json.nextToken() != JsonToken.END_OBJECT) {
            in.require("target".equals(in.json.currentName()), "expected the field target");
            in.expect(in.json.nextToken(), JsonToken.START_OBJECT, "an object");
            target = in.target();
            in.require(columns.add(target.column()), "expected the target's column not to be a feature");
            in.end();
        }
        return new TabularEncoding(features, target);
    }

    private Feature feature() throws IOException {
        String column = column();
        String second = name();
        List<String> categories = List.of();
        double[] moments = {};
        switch (second) {
            case "categories" -> categories = texts(1);
            case "mean" -> moments = moments();
            default -> throw malformed(json, "expected mean or categories, found " + shown());
        }
        field("indicator");
        JsonToken token = json.nextToken();
        require(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, "expected true or false");
        boolean indicator = token == JsonToken.VALUE_TRUE;
        end();
        return moments.length == 0
                ? new OneHot(column, categories, indicator)
                : new Standardized(column, moments[0], moments[1], indicator);
    }

    private Target target() throws IOException {
        String column = column();
        Target target =
                switch (name()) {
                    case "classes" -> new Classes(column, texts(2));
                    case "mean" -> {
                        double[] moments = moments();
                        yield new Values(column, moments[0], moments[1]);
                    }
                    default -> throw malformed(json, "expected mean or classes, found " + shown());
                };
        end();
        return target;
    }

    private static Standardization standardization(EncodingJson in) throws IOException {
        in.begin(STANDARDIZATION);
        in.field("means");
        double[] means = in.numbers(false);
        in.field("deviations");
        double[] deviations = in.numbers(true);
        in.require(means.length > 0 && means.length == deviations.length, "expected as many deviations as means");
        in.end();
        return new Standardization(means, deviations);
    }

    private void begin(String format) throws IOException {
        expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
        field("format");
        expect(json.nextToken(), JsonToken.VALUE_STRING, "the format");
        require(json.getText().equals(format), "expected the format " + format);
    }

    private String column() throws IOException {
        field("column");
        expect(json.nextToken(), JsonToken.VALUE_STRING, "a column's name");
        return json.getText();
    }

    /** The mean, whose name has been read, and the deviation. */
    private double[] moments() throws IOException {
        double mean = number(json.nextToken(), false);
        field("deviation");
        return new double[] {mean, number(json.nextToken(), true)};
    }

    private double[] numbers(boolean positive) throws IOException {
        expect(json.nextToken(), JsonToken.START_ARRAY, "an array of numbers");
        double[] numbers = new double[16];
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number(token, positive);
        }
        return Arrays.copyOf(numbers, count);
    }

    private double number(@Nullable JsonToken token, boolean positive) throws IOException {
        require(token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT, "expected a number");
        double number = json.getDoubleValue();
        require(
                Double.isFinite(number) && (!positive || number > 0),
                positive ? "expected a deviation greater than 0" : "expected a finite number");
        return number;
    }

    private List<String> texts(int least) throws IOException {
        expect(json.nextToken(), JsonToken.START_ARRAY, "an array of texts");
        Set<String> seen = new TreeSet<>();
        List<String> texts = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            expect(token, JsonToken.VALUE_STRING, "a text");
            require(seen.add(json.getText()), "expected each text once");
            texts.add(json.getText());
        }
        require(texts.size() >= least, "expected at least " + least + " texts");
        return List.copyOf(texts);
    }

    private String name() throws IOException {
        expect(json.nextToken(), JsonToken.FIELD_NAME, "a field");
        return json.currentName();
    }

    private void field(String name) throws IOException {
        json.nextToken();
        require(
                json.currentToken() == JsonToken.FIELD_NAME && name.equals(json.currentName()),
                "expected the field " + name);
    }

    private void end() throws IOException {
        expect(json.nextToken(), JsonToken.END_OBJECT, "the object's end");
    }

    private void expect(@Nullable JsonToken found, JsonToken wanted, String what) throws IOException {
        require(found == wanted, "expected " + what);
    }

    private void require(boolean condition, String expected) throws IOException {
        if (!condition) {
            throw malformed(json, expected + ", found " + shown());
        }
    }

    private String shown() throws IOException {
        return json.currentToken() == null ? "the end" : DataFileException.shown(String.valueOf(json.getText()));
    }

    private static MalformedException malformed(JsonParser json, String problem) {
        return new MalformedException("character " + json.currentTokenLocation().getCharOffset() + ": " + problem);
    }

    /** Valid JSON, but not what was written. */
    private static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedException(String problem) {
            super(problem);
        }
    }

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private interface Parsing<T> {
        T parse(EncodingJson in) throws IOException;
    }
}
