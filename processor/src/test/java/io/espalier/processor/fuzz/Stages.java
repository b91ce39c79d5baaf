package io.espalier.processor.fuzz;

import io.espalier.processor.fuzz.Draft.Mark;
import io.espalier.processor.fuzz.Draft.Member;
import io.espalier.processor.fuzz.SoundModels.Line;
import java.util.ArrayList;
import java.util.List;

/** Draws single stages that fit where they stand. */
final class Stages {
    private static final String[] KEEPING_THE_SHAPE = {
        "BatchNorm",
        "LayerNorm",
        "RmsNorm",
        "Relu",
        "LeakyRelu",
        "Elu",
        "Selu",
        "Gelu",
        "Silu",
        "Tanh",
        "Sigmoid",
        "Softmax",
        "Flatten",
        "AlphaDropout",
        "GaussianDropout",
        "GaussianNoise",
        "Dropout"
    };

    private final Dice dice;
    private final Identifiers names;

    Stages(Dice dice, Identifiers names) {
        this.dice = dice;
        this.names = names;
    }

    /** A stage of operations; it ends at that width if it has a dense one, and at any that fits if the width is 0. */
    void operations(Line line, int width) {
        List<Mark> marks = new ArrayList<>();
        boolean residual = dice.onceIn(4);
        int out = line.width;
        if (!dice.onceIn(3)) {
            out = dense(line, marks, residual, width);
        }
        List<String> others = new ArrayList<>(List.of(KEEPING_THE_SHAPE));
        if (line.positions) {
            others.remove("Flatten");
        }
        int count = dice.below(4) + (marks.isEmpty() ? 1 : 0);
        for (int i = 0; i < count; i++) {
            String name = others.remove(dice.below(others.size()));
            dice.insert(marks, Mark.of(name, arguments(name)));
            line.flattens |= name.equals("Flatten");
        }
        if (marks.stream().anyMatch(mark -> mark.name().equals("Dense")) && dice.onceIn(8)) {
            dice.insert(marks, Mark.of("DropConnect", dice.one("", "p = 0.1", "p = 0")));
        }
        whole(line, marks, residual, out == line.width && !line.needsBranch, 8);
        line.joins |= residual;
        add(line, marks);
        line.width = out;
    }

    /** A dense operation among the marks, and the width behind it. */
    private int dense(Line line, List<Mark> marks, boolean residual, int width) {
        String bias = dice.one("", "", "", ", bias = §Bias.ON", ", bias = §Bias.OFF", ", bias = §Bias.AUTO");
        int out = line.width;
        if (width > 0 && dice.onceIn(6)) {
            int times = dice.between(1, 3);
            marks.add(Mark.of("Dense", "times = " + times + bias));
            out = line.width * times;
        } else if (width > 0 && !dice.onceIn(6)) {
            String number = dice.one(
                    "" + width, "2 * " + width + " / 2", "0x" + Integer.toHexString(width), "(short) " + width);
            marks.add(Mark.of("Dense", (bias.isEmpty() ? number : "value = " + number) + bias));
            out = width;
        } else if (residual && dice.onceIn(2)) {
            marks.add(Mark.of("Dense", "value = §Width.BRANCH" + bias));
        } else {
            marks.add(Mark.of("Dense", "value = §Width.SAME" + bias));
        }
        if (line.relative && !residual && dice.onceIn(4)) {
            marks.set(marks.size() - 1, Mark.of("Dense", "times = " + dice.between(2, 3)));
            line.needsBranch = true;
        }
        return out;
    }

    /** A stage that gives the width of the branch that its block stands in. */
    void back(Line line) {
        add(line, new ArrayList<>(List.of(Mark.of("Dense", "§Width.BRANCH"))));
    }

    void flatten(Line line) {
        add(line, new ArrayList<>(List.of(Mark.of("Flatten"))));
    }

    void last(Line line, int width) {
        add(line, new ArrayList<>(List.of(Mark.of("Dense", "" + width))));
    }

    /** Adds what speaks of a stage as a whole. */
    void whole(Line line, List<Mark> marks, boolean residual, boolean keepsWidth, int oneInRepeats) {
        if (residual) {
            String shortcut = dice.one("", "", "shortcut = §Shortcut.AUTO", "shortcut = §Shortcut.PROJECTION");
            if (keepsWidth && !line.needsBranch && dice.onceIn(4)) {
                shortcut = "shortcut = §Shortcut.IDENTITY";
            }
            dice.insert(marks, Mark.of("Residual", shortcut));
            if (dice.onceIn(4)) {
                dice.insert(
                        marks,
                        Mark.of(
                                "DropPath",
                                dice.one("", "p = 0.2", "p = 0", "schedule = §Schedule.CONSTANT, p = 0.25")));
            }
        }
        if (keepsWidth && dice.onceIn(oneInRepeats)) {
            dice.insert(marks, Mark.of("Repeat", dice.one("1", "2", "3", "value = 5", dice.onceIn(10) ? "40" : "2")));
        }
    }

    private void add(Line line, List<Mark> marks) {
        line.members.add(new Member(marks, "§Layer", names.field(line.taken), true, false));
    }

    private String arguments(String operation) {
        return dice.onceIn(2)
                ? ""
                : switch (operation) {
                    case "BatchNorm" -> dice.one("momentum = 0.5", "momentum = 1", "epsilon = 1e-3");
                    case "LayerNorm", "RmsNorm" -> dice.one("epsilon = 1e-6", "epsilon = 0.5");
                    case "LeakyRelu" -> dice.one("slope = 0", "slope = 0.3");
                    case "Elu" -> dice.one("alpha = 0", "alpha = 1.5", "alpha = 1 / 3f");
                    case "AlphaDropout", "GaussianDropout", "Dropout" ->
                        dice.one("p = 0", "p = 0.3", "p = 0.999", "p = 1e-5", "p = 0.75");
                    case "GaussianNoise" -> dice.one("deviation = 0", "deviation = 1", "deviation = 1e-3");
                    default -> "";
                };
    }
}
