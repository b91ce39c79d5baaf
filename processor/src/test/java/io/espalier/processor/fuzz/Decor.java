package io.espalier.processor.fuzz;

import io.espalier.processor.fuzz.Draft.Mark;
import io.espalier.processor.fuzz.Draft.Member;
import io.espalier.processor.fuzz.Draft.Type;
import java.util.ArrayList;
import java.util.List;

/** What stands around the stages: settings of training, suppressions, and Java that means nothing to a network. */
final class Decor {
    private final Dice dice;

    Decor(Dice dice) {
        this.dice = dice;
    }

    /** The annotations of a network's class. */
    List<Mark> network(String input, boolean joins) {
        List<Mark> marks = new ArrayList<>();
        String loss = dice.one("", "CROSS_ENTROPY", "BINARY_CROSS_ENTROPY", "MEAN_SQUARED_ERROR");
        marks.add(Mark.of(
                "Network",
                loss.isEmpty()
                        ? "input = " + input
                        : dice.one(
                                "input = " + input + ", loss = §Loss." + loss,
                                "loss = §Loss." + loss + ", input = " + input)));
        optional(marks, 2, dice.one("AdamW", "Adam", "Sgd", "RmsProp"), "", "learningRate = 1e-2");
        optional(
                marks,
                4,
                "WeightDecay",
                "",
                "0.1",
                "value = 0",
                "value = 0.05, exclude = §Exclude.NONE",
                "exclude = §Exclude.BIAS");
        optional(marks, 8, "L1", "1e-5", "0", "value = 0.1");
        optional(marks, 8, "L2", "1e-5", "0", "value = 0.1");
        optional(marks, 6, "ClipNorm", "", "0.5");
        optional(marks, 6, "MaxNorm", "", "value = 0.5");
        optional(marks, 4, "MonteCarlo", "");
        if (!loss.contains("BINARY") && !loss.contains("SQUARED")) {
            optional(marks, 4, "LabelSmoothing", "", "0.2", "0");
        }
        if (joins) {
            optional(marks, 3, "DropPath", "", "p = 0.5", "p = 0.2, schedule = §Schedule.CONSTANT");
        }
        return marks;
    }

    private void optional(List<Mark> marks, int oneIn, String name, String... arguments) {
        if (dice.onceIn(oneIn)) {
            dice.insert(marks, Mark.of(name, dice.one(arguments)));
        }
    }

    /** Suppressions and members that change nothing. */
    void scatter(Type type) {
        if (dice.onceIn(6)) {
            dice.insert(type.marks(), suppression());
        }
        if (dice.onceIn(12)) {
            dice.insert(type.marks(), Mark.of("java.lang.Deprecated"));
        }
        for (Member member : type.members()) {
            if (member.stage() && dice.onceIn(20)) {
                dice.insert(member.marks(), suppression());
            }
        }
        if (dice.onceIn(6)) {
            dice.insert(
                    type.members(),
                    other(dice.one(
                            "static final int COUNT = 3;",
                            "static int count() { return 3; }",
                            "@java.lang.Deprecated static §Layer notAStage;",
                            "static { int local = 1; }",
                            "void twice() { class Local {} }")));
        }
    }

    static Member other(String text) {
        return new Member(new ArrayList<>(), text, "", false, false);
    }

    private Mark suppression() {
        return Mark.of(
                "java.lang.SuppressWarnings",
                dice.one(
                        "\"espalier\"",
                        "\"espalier:DropoutOnOutput\"",
                        "{}",
                        "\"\"",
                        "{\"unused\", \"espalier:\"}",
                        "value = {\"espalier:UnknownStructure\", \"espalier:ShapeMismatch\"}",
                        "\"espalier:Nonsense\"",
                        "\"all\"",
                        "\"espa\" + \"lier\"",
                        "{\"espalier:ValueRange\", \"espalier:ValueRange\"}",
                        "\"espalier: DropoutOnOutput\""));
    }
}
