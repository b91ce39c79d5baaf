package io.espalier.processor;

import io.espalier.processor.lint.Grade;
import io.espalier.processor.lint.LintOptions;
import io.espalier.processor.lint.NearName;
import io.espalier.processor.lint.UnneededSuppressions;
import io.espalier.processor.sarif.SarifLog;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the user asks of the processor, by the compiler's options {@code -Akey=value}.
 *
 * @param lint the grades of rules
 * @param unneededSuppressions the grade of suppressions that silence nothing, empty if nobody asks for them
 * @param sarif the file that takes the findings, if somebody asks for one
 * @param mistakes what is wrong with the options, each with what could be written instead; the rest of them holds
 */
record ProcessorOptions(
        LintOptions lint, Optional<Grade> unneededSuppressions, Optional<Path> sarif, List<String> mistakes) {
    /** Every option there is. */
    static final List<String> KEYS = List.of(LintOptions.KEY, UnneededSuppressions.KEY, SarifLog.KEY);

    private static final String OURS = "espalier";

    ProcessorOptions {
        mistakes = List.copyOf(mistakes);
    }

    /**
     * Reads the options. What is wrong with them is a mistake of the result, never an exception.
     *
     * @param written the values by key, of other processors too; null for a key without a value
     */
    static ProcessorOptions parse(Map<String, String> written) {
        List<String> mistakes = new ArrayList<>();
        for (String key : new TreeSet<>(written.keySet())) {
            if (key.toLowerCase(Locale.ROOT).startsWith(OURS) && !KEYS.contains(key)) {
                mistakes.add("-A" + key + " is no option of Espalier." + NearName.question(key, KEYS)
                        + " The options are: "
                        + KEYS.stream().map(known -> "-A" + known).collect(Collectors.joining(", ")));
            }
        }
        LintOptions lint = written.containsKey(LintOptions.KEY)
                ? LintOptions.parse(value(written, LintOptions.KEY))
                : LintOptions.defaults();
        mistakes.addAll(lint.mistakes());
        return new ProcessorOptions(lint, unneededSuppressions(written, mistakes), sarif(written, mistakes), mistakes);
    }

    private static Optional<Grade> unneededSuppressions(Map<String, String> written, List<String> mistakes) {
        if (!written.containsKey(UnneededSuppressions.KEY)) {
            return Optional.empty();
        }
        String grade = value(written, UnneededSuppressions.KEY);
        return switch (grade) {
            case "off" -> Optional.empty();
            case "warning" -> Optional.of(Grade.WARNING);
            case "error" -> Optional.of(Grade.ERROR);
            default -> {
                mistakes.add("-A" + UnneededSuppressions.KEY + ": '" + grade
                        + "' is no grade. Write one of these: off, warning, error");
                yield Optional.empty();
            }
        };
    }

    private static Optional<Path> sarif(Map<String, String> written, List<String> mistakes) {
        if (!written.containsKey(SarifLog.KEY)) {
            return Optional.empty();
        }
        String file = value(written, SarifLog.KEY);
        try {
            if (!file.isBlank()) {
                return Optional.of(Path.of(file));
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        mistakes.add("-A" + SarifLog.KEY + ": '" + file + "' is no name of a file. Write -A" + SarifLog.KEY
                + "=FILE, such as -A" + SarifLog.KEY + "=target/espalier.sarif");
        return Optional.empty();
    }

    private static String value(Map<String, String> written, String key) {
        return Objects.requireNonNullElse(written.get(key), "");
    }
}
