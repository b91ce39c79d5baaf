package io.espalier.processor.sarif;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.espalier.processor.lint.Grade;
import io.espalier.processor.lint.Lint;
import io.espalier.processor.lint.RuleInfo;
import io.espalier.processor.lint.UnneededSuppressions;
import io.espalier.processor.locate.TextSpan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes results as SARIF 2.1.0 (Static Analysis Results Interchange Format, an OASIS standard), in UTF-8. The numbers of
 * sections in the comments are the standard's.
 */
final class SarifDocument {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String ROOT = "%SRCROOT%";
    private static final List<RuleInfo> RULES = Stream.concat(
                    Lint.rules().stream(), Stream.of(UnneededSuppressions.RULE))
            .toList();
    private static final List<String> IDS = RULES.stream().map(RuleInfo::id).toList();

    private final JsonGenerator json;

    private SarifDocument(JsonGenerator json) {
        this.json = json;
    }

    /**
     * The whole file.
     *
     * @param results the results in their order
     * @param failures what kept the lint from its work
     */
    static byte[] bytes(List<Result> results, List<String> failures) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            new SarifDocument(json).write(results, failures);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private void write(List<Result> results, List<String> failures) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        writeTool();
        json.writeArrayFieldStart("invocations");
        writeInvocation(failures);
        json.writeEndArray();
        // Without a URI: the reader of the file knows where the repository is (3.14.14).
        json.writeObjectFieldStart("originalUriBaseIds");
        json.writeObjectFieldStart(ROOT);
        text("description", "The root of the repository.");
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringField("columnKind", "utf16CodeUnits");
        json.writeArrayFieldStart("results");
        Map<String, Integer> seen = new HashMap<>();
        for (Result result : results) {
            write(result, seen);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTool() throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Espalier");
        json.writeStringField("version", Shipped.version());
        json.writeArrayFieldStart("rules");
        for (RuleInfo rule : RULES) {
            write(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(RuleInfo rule) throws IOException {
        String summary =
                Character.toUpperCase(rule.summary().charAt(0)) + rule.summary().substring(1) + ".";
        String remedy = rule.severity().isRegradable()
                ? "@SuppressWarnings(\"espalier:" + rule.id()
                        + "\") on the field, the class or what encloses it silences it."
                : "No code can be generated from such a model: it can be neither silenced nor graded.";
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        text("shortDescription", summary);
        text("fullDescription", summary + " Source: " + rule.source() + ".");
        json.writeObjectFieldStart("help");
        json.writeStringField("text", summary + " " + remedy);
        Optional<String> page = Shipped.page(rule.id());
        if (page.isPresent()) {
            json.writeStringField("markdown", page.get());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", rule.severity() == RuleInfo.Severity.WARNING ? "warning" : "error");
        if (rule == UnneededSuppressions.RULE) {
            json.writeBooleanField("enabled", false);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeInvocation(List<String> failures) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", failures.isEmpty());
        if (!failures.isEmpty()) {
            json.writeArrayFieldStart("toolExecutionNotifications");
            for (String failure : failures) {
                json.writeStartObject();
                json.writeStringField("level", "error");
                text("message", escaped(failure));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void write(Result result, Map<String, Integer> seen) throws IOException {
        Location location = result.location();
        json.writeStartObject();
        json.writeStringField("ruleId", result.rule());
        json.writeNumberField("ruleIndex", IDS.indexOf(result.rule()));
        json.writeStringField("level", result.grade() == Grade.ERROR ? "error" : "warning");
        text("message", escaped(result.text()));
        json.writeArrayFieldStart("locations");
        write(location);
        json.writeEndArray();
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("ruleAndElement/v1", fingerprint(result, seen));
        json.writeEndObject();
        if (result.silenced()) {
            json.writeArrayFieldStart("suppressions");
            json.writeStartObject();
            json.writeStringField("kind", "inSource");
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** What does not change when lines move: the rule, the element, the part of its annotations; numbered if that is not all. */
    private static String fingerprint(Result result, Map<String, Integer> seen) {
        String identity = (result.rule() + " " + result.location().name() + " "
                        + result.location().part())
                .strip();
        int before = seen.merge(identity, 1, Integer::sum) - 1;
        return before == 0 ? identity : identity + " " + before;
    }

    private void write(Location location) throws IOException {
        json.writeStartObject();
        if (location.file().isPresent()) {
            Location.SourceUri file = location.file().get();
            json.writeObjectFieldStart("physicalLocation");
            json.writeObjectFieldStart("artifactLocation");
            json.writeStringField("uri", file.uri());
            if (file.relative()) {
                json.writeStringField("uriBaseId", ROOT);
            }
            json.writeEndObject();
            if (location.span().isPresent()) {
                TextSpan span = location.span().get();
                json.writeObjectFieldStart("region");
                json.writeNumberField("startLine", span.startLine());
                json.writeNumberField("startColumn", span.startColumn());
                json.writeNumberField("endLine", span.endLine());
                json.writeNumberField("endColumn", span.endColumn());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", location.name());
        json.writeStringField("kind", location.kind());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void text(String field, String text) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    /** A brace alone would begin a placeholder (3.11.5). */
    private static String escaped(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }
}
