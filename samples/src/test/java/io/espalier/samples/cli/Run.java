package io.espalier.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.train.ConsoleProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a run of a sample printed and how it ended.
 *
 * @param exitCode 0 done, 1 failed, 2 wrong usage
 * @param out what it found
 * @param err what was wrong
 */
public record Run(int exitCode, String out, String err) {

    /**
     * Runs a sample.
     *
     * @param sample makes a new one
     * @param arguments its command line
     */
    public static Run of(Function<Console, Sample> sample, String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        StringWriter err = new StringWriter();
        Console console = new Console(out, new PrintWriter(err), () -> ConsoleProgress.lines(out));
        int exitCode = sample.apply(console).execute(arguments);
        return new Run(exitCode, printed.toString(StandardCharsets.UTF_8), err.toString());
    }

    /** The last line's keys and values, of a run that went well. */
    public Map<String, String> result() {
        assertThat(err).isEmpty();
        assertThat(exitCode).isZero();
        String last = out.lines().toList().getLast();
        assertThat(last).matches("result( [a-z0-9_]+=[^ =]+)+");
        Map<String, String> result = new HashMap<>();
        for (String pair : last.substring("result ".length()).split(" ")) {
            int equals = pair.indexOf('=');
            assertThat(result.put(pair.substring(0, equals), pair.substring(equals + 1)))
                    .as(pair)
                    .isNull();
        }
        return result;
    }

    /** The last line without what depends on the machine. */
    public Map<String, String> figures() {
        Map<String, String> figures = new HashMap<>(result());
        figures.keySet().removeIf(key -> key.contains("seconds"));
        return figures;
    }

    /** A number of the last line. */
    public double number(String key) {
        return Double.parseDouble(result().get(key));
    }

    /**
     * Asserts that the sample told what was wrong, and only that.
     *
     * @param code how it ended
     * @param texts parts of what it told
     */
    public void refused(int code, String... texts) {
        // A refused weight file has further lines, which tell in what it differs.
        assertThat(err).contains(texts).matches("(?s)[a-z]+: .*").doesNotContain("\tat ", "Exception");
        assertThat(exitCode).isEqualTo(code);
        if (code == 2) {
            assertThat(err.lines()).hasSize(2).last().asString().matches("See [a-z]+ --help");
        }
    }
}
