package io.espalier.samples.cli;

import io.espalier.train.Evaluation;
import io.espalier.train.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The networks side by side, a line each: with the weights of their best epochs, and in one column the validation loss that
 * they would have come to without going back to those.
 */
final class ContenderTable {
    private static final int NAME = 12;
    private static final int GAP = 2;

    private ContenderTable() {}

    /** Lines that end in {@code \n}; all contenders are judged on the same parts. */
    static String of(List<Contender> contenders) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(new ArrayList<>(List.of("")));
        rows.add(new ArrayList<>(List.of("network")));
        contenders.getFirst().evaluations().keySet().forEach(part -> {
            rows.get(0).addAll(List.of(part, part));
            rows.get(1).addAll(List.of("loss", contenders.getFirst().measure().name()));
        });
        rows.get(0).addAll(List.of("", "", "loss at the", "seconds"));
        rows.get(1).addAll(List.of("gap", "best epoch", "last epoch", "per epoch"));
        contenders.forEach(each -> rows.add(row(each)));
        return aligned(rows);
    }

    private static List<String> row(Contender contender) {
        List<String> row = new ArrayList<>(List.of(contender.name()));
        for (Evaluation evaluation : contender.evaluations().values()) {
            row.add(number("%.4f", evaluation.loss()));
            row.add(contender.measure().shown(evaluation));
        }
        OptionalDouble gap = contender.gap();
        row.add(gap.isPresent() ? number("%.4f", gap.getAsDouble()) : "-");
        History history = contender.history();
        if (history == null) {
            row.addAll(List.of("-", "-", "-"));
        } else {
            Evaluation last = Objects.requireNonNull(history.last().validation(), "validated after each epoch");
            row.add(history.bestEpoch() + " of " + history.epochs().size());
            row.add(number("%.4f", last.loss()));
            row.add(number("%.2f", contender.secondsPerEpoch().orElseThrow()));
        }
        return row;
    }

    private static String aligned(List<List<String>> rows) {
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            table.append(String.format(Locale.ROOT, "%-" + NAME + "s", row.getFirst()));
            for (int column = 1; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElseThrow();
                table.append(String.format(Locale.ROOT, "%" + (width + GAP) + "s", row.get(column)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String number(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
