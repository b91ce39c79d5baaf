package io.espalier.processor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A SARIF file of one run, which the published schema allows.
 *
 * @param run the run
 */
public record SarifFile(JsonNode run) {
    private static final Schema SCHEMA = schema();

    /** Reads a file, and holds it against the schema. */
    public static SarifFile read(Path file) {
        try {
            JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
            assertThat(SCHEMA.validate(root)).extracting(Error::toString).isEmpty();
            assertThat(root.path("runs").size()).isEqualTo(1);
            return new SarifFile(root.path("runs").get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The results, in their order. */
    public List<Result> results() {
        return stream(run.path("results")).map(Result::new).toList();
    }

    /** The rules that the file knows, by id. */
    public List<String> ruleIds() {
        return stream(run.at("/tool/driver/rules"))
                .map(rule -> rule.path("id").asString())
                .toList();
    }

    /**
     * One result.
     *
     * @param node what the file holds
     */
    public record Result(JsonNode node) {
        /** The rule's id. */
        public String rule() {
            return node.path("ruleId").asString();
        }

        /** The level, in capitals. */
        public String level() {
            return node.path("level").asString().toUpperCase(Locale.ROOT);
        }

        /** The message, as a reader shows it. */
        public String text() {
            return node.at("/message/text").asString().replace("{{", "{").replace("}}", "}");
        }

        /** The file. */
        public String uri() {
            return node.at("/locations/0/physicalLocation/artifactLocation/uri").asString("");
        }

        /** The first line; 0 without a place. */
        public long line() {
            return region("startLine");
        }

        /** The first column; 0 without a place. */
        public long column() {
            return region("startColumn");
        }

        /** The piece of the source that the result stands at. */
        public String shown(String source) {
            List<String> lines = source.lines().toList();
            int first = (int) line() - 1;
            int last = (int) region("endLine") - 1;
            String text = lines.subList(first, last + 1).stream().collect(Collectors.joining("\n"));
            int behind = lines.get(last).length() + 1 - (int) region("endColumn");
            return text.substring((int) column() - 1, text.length() - behind);
        }

        /** Whether a suppression in the source silences it. */
        public boolean silenced() {
            return node.at("/suppressions/0/kind").asString("").equals("inSource");
        }

        /** What tells it from others, also when lines move. */
        public String fingerprint() {
            return node.at("/partialFingerprints/ruleAndElement~1v1").asString();
        }

        private long region(String end) {
            return node.at("/locations/0/physicalLocation/region/" + end).asLong(0);
        }
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Schema schema() {
        try (InputStream in = SarifFile.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
