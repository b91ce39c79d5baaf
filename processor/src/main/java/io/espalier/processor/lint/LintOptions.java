package io.espalier.processor.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The grades that the option {@value #KEY} gives to rules: {@code RuleId:grade}, separated by commas, with the grades
 * {@code error}, {@code warning} and {@code off}, and {@code all} for every rule that is not named itself.
 *
 * @param settings the grades by rule id and {@code all}
 * @param mistakes what is wrong with the option, each with what could be written instead; the rest of it holds
 */
public record LintOptions(Map<String, Setting> settings, List<String> mistakes) {
    /** The option's name. */
    public static final String KEY = "espalier.lint";

    private static final String ALL = "all";
    private static final String GRADES = "error, warning, off";

    /** What an option can make of a rule. */
    public enum Setting {
        /** Its findings are errors. */
        ERROR,
        /** Its findings are warnings. */
        WARNING,
        /** It finds nothing. */
        OFF;

        static Optional<Setting> of(String text) {
            return switch (text) {
                case "error" -> Optional.of(ERROR);
                case "warning" -> Optional.of(WARNING);
                case "off" -> Optional.of(OFF);
                default -> Optional.empty();
            };
        }
    }

    public LintOptions {
        settings = Map.copyOf(settings);
        mistakes = List.copyOf(mistakes);
    }

    /** Every rule with its own grade. */
    public static LintOptions defaults() {
        return new LintOptions(Map.of(), List.of());
    }

    /** Reads the option's value. What is wrong with it is a mistake of the result, never an exception. */
    public static LintOptions parse(String option) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        List<String> mistakes = new ArrayList<>();
        for (String part : option.split(",", -1)) {
            String entry = part.strip();
            int colon = entry.indexOf(':');
            String id = colon < 0 ? entry : entry.substring(0, colon).strip();
            Optional<Setting> setting = colon < 0
                    ? Optional.empty()
                    : Setting.of(entry.substring(colon + 1).strip());
            Optional<String> mistake = mistake(entry, id, setting);
            if (mistake.isPresent()) {
                mistakes.add(mistake.get());
            } else if (setting.isPresent() && settings.putIfAbsent(id, setting.get()) != null) {
                mistakes.add("-A" + KEY + " names '" + id + "' twice. Leave one of the two out");
            }
        }
        return new LintOptions(settings, mistakes);
    }

    private static Optional<String> mistake(String entry, String id, Optional<Setting> setting) {
        String start = "-A" + KEY + ": '" + entry + "'";
        if (id.equals(UnneededSuppressions.ID)) {
            return Optional.of(start + " grades no rule of a network. Write -A" + UnneededSuppressions.KEY
                    + "=off, warning or error");
        }
        List<String> names =
                Stream.concat(Stream.of(ALL), Lint.ruleIds().stream()).toList();
        if (!names.contains(id)) {
            return Optional.of(start + " names no rule." + NearName.question(id, names)
                    + " Write RuleId:grade, several separated by commas, with one of these rules: "
                    + String.join(", ", names) + "; and one of these grades: " + GRADES);
        }
        if (setting.isEmpty()) {
            return Optional.of(start + " gives no grade. Write " + id + ": and one of these: " + GRADES);
        }
        if (setting.get() != Setting.ERROR
                && Lint.rules().stream()
                        .anyMatch(
                                rule -> rule.id().equals(id) && !rule.severity().isRegradable())) {
            return Optional.of(start + " cannot hold: without " + id
                    + " no code could be generated, so that it stays an error. Leave the entry out");
        }
        return Optional.empty();
    }

    /** The grade of a rule's finding after the options, empty if the rule is off. */
    Optional<Grade> regrade(String rule, Grade grade) {
        Setting setting = settings.getOrDefault(rule, settings.get(ALL));
        if (setting == null) {
            return Optional.of(grade);
        }
        return switch (setting) {
            case ERROR -> Optional.of(Grade.ERROR);
            case WARNING -> Optional.of(Grade.WARNING);
            case OFF -> Optional.empty();
        };
    }
}
