package io.espalier.processor.fuzz;

import io.espalier.processor.fuzz.Draft.Mark;
import io.espalier.processor.fuzz.Draft.Member;
import io.espalier.processor.fuzz.Draft.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Plants one mistake, which no code can be generated with, into a sound network. */
final class Mistakes {
    private static final Set<String> OPTIMIZERS = Set.of("AdamW", "Adam", "Sgd", "RmsProp");

    /** Stages that are wrong wherever they stand; the annotation behind the bar is at fault, or the field if there is none. */
    private static final String[][] STAGES = {
        {"§Layer", "|Dense:0"},
        {"§Layer", "|Dense:-3"},
        {"§Layer", "|Dense:"},
        {"§Layer", "|Dense:value = 3, times = 2"},
        {"§Layer", "|Dense:times = -1"},
        {"§Layer", "|Dense:§Width.BRANCH"},
        {"§Layer", "|Dense:2147483647"},
        {"§Layer", "Tanh:", "|Dropout:p = 1.5"},
        {"§Layer", "|Dropout:p = 1", "Relu:"},
        {"§Layer", "|Dropout:p = 0.0 / 0"},
        {"§Layer", "|AlphaDropout:p = -1e-9", "Selu:"},
        {"§Layer", "|GaussianDropout:p = 1.0 / 0"},
        {"§Layer", "|GaussianNoise:deviation = -0.1"},
        {"§Layer", "|GaussianNoise:deviation = 1e39"},
        {"§Layer", "|LayerNorm:epsilon = 0"},
        {"§Layer", "Relu:", "|RmsNorm:epsilon = 1e-60"},
        {"§Layer", "|BatchNorm:momentum = 0"},
        {"§Layer", "|BatchNorm:epsilon = 0.0 / 0"},
        {"§Layer", "|LeakyRelu:slope = 1"},
        {"§Layer", "|Elu:alpha = -1"},
        {"§Layer", "Gelu:", "|Repeat:0"},
        {"§Layer", "|Repeat:-2147483648", "Gelu:"},
        {"§Layer", "|Residual:shortcut = §Shortcut.IDENTITY", "Dense:12347"},
        {"§Layer", "Dense:12347", "|Repeat:3"},
        {"§Layer", "|DropPath:", "Dense:8"},
        {"§Layer", "Tanh:", "|DropConnect:"},
        {"§Layer", "Dense:3", "|DropConnect:p = 1"},
        {"§Layer"},
        {"§Layer", "Residual:"},
        {"int", "Dense:8"},
        {"§Layer[]", "Dense:8"},
        {"java.util.List<§Layer>", "Dense:8"},
        {"java.util.List<? extends §Layer>", "Dense:8"},
        {"java.lang.String"},
        {"java.lang.Thread.State", "Relu:"},
        {"java.lang.Runnable", "Relu:"},
    };

    private static final String[] CLASSES = {
        "Network:input = {}",
        "Network:input = 0",
        "Network:input = {4, -1}",
        "Network:input = {46341, 46341}",
        "AdamW:learningRate = 0",
        "Adam:beta1 = 1",
        "AdamW:beta2 = -0.1",
        "Adam:epsilon = 0",
        "Sgd:learningRate = 0.0 / 0",
        "Sgd:momentum = 1",
        "Sgd:nesterov = true, momentum = 0",
        "RmsProp:alpha = 1",
        "RmsProp:learningRate = 1.0 / 0",
        "WeightDecay:-0.1",
        "WeightDecay:value = 1e39",
        "L1:-1",
        "L2:0.0 / 0",
        "ClipNorm:0",
        "MaxNorm:-3",
        "LabelSmoothing:1",
        "LabelSmoothing:-0.1",
        "DropPath:p = 1",
        "DropPath:p = 1.0 / 0"
    };

    private final Dice dice;
    private final Identifiers names;

    Mistakes(Dice dice, Identifiers names) {
        this.dice = dice;
        this.names = names;
    }

    /** The network with a mistake in it; types that the mistake needs are added to the others. */
    Type plant(Type network, List<Type> others) {
        return switch (dice.below(10)) {
            case 0, 1, 2 -> inClass(network);
            case 3 -> ofClass(network);
            case 4 -> ofStructure(network, others);
            default -> inStage(network);
        };
    }

    private Type inStage(Type network) {
        String[] wrong = dice.one(STAGES);
        List<Mark> marks = new ArrayList<>();
        boolean marked = false;
        for (int i = 1; i < wrong.length; i++) {
            boolean fault = wrong[i].startsWith("|");
            marked |= fault;
            marks.add(mark(wrong[i].substring(fault ? 1 : 0), fault));
        }
        return with(network, new Member(marks, wrong[0], "planted", true, !marked));
    }

    private static Mark mark(String text, boolean wrong) {
        int colon = text.indexOf(':');
        return new Mark(text.substring(0, colon), text.substring(colon + 1), wrong);
    }

    /** Never in front of a first stage that flattens: shapes are unknown to what is wrong there. */
    private Type with(Type network, Member member) {
        network.members().add(dice.between(1, network.members().size()), member);
        return network;
    }

    private Type inClass(Type network) {
        Mark wrong = mark(dice.one(CLASSES), true);
        boolean optimizer = OPTIMIZERS.contains(wrong.name());
        network.marks()
                .removeIf(mark -> mark.name().equals(wrong.name()) || optimizer && OPTIMIZERS.contains(mark.name()));
        dice.insert(network.marks(), wrong);
        if (wrong.name().equals("LabelSmoothing")) {
            network.marks()
                    .replaceAll(mark -> mark.name().equals("Network")
                            ? Mark.of(
                                    "Network",
                                    mark.arguments()
                                            .replaceAll("(BINARY_|)CROSS_ENTROPY|MEAN_SQUARED_ERROR", "CROSS_ENTROPY"))
                            : mark);
        }
        return network;
    }

    private Type ofClass(Type network) {
        String tail = dice.one(
                "<T>",
                " extends java.util.ArrayList<java.lang.String>",
                " extends java.lang.Thread",
                "<T, U extends T>");
        if (dice.onceIn(3)) {
            return changed(network, "final class", "", new ArrayList<>());
        }
        if (dice.onceIn(3)) {
            List<Member> fields = new ArrayList<>(network.members());
            fields.removeIf(member -> !member.stage());
            return changed(network, dice.one("interface", "enum"), "", fields);
        }
        return changed(network, "class", tail, network.members());
    }

    private static Type changed(Type network, String modifiers, String tail, List<Member> members) {
        return new Type(network.marks(), modifiers, network.name(), tail, members, network.inner(), true);
    }

    private Type ofStructure(Type network, List<Type> others) {
        String name = names.type();
        Type other = type(name);
        others.add(other);
        Member field = new Member(new ArrayList<>(), name, "planted", true, true);
        switch (dice.below(7)) {
            case 0 -> {
                other.marks().add(Mark.of("Block"));
                field = new Member(new ArrayList<>(List.of(new Mark("Relu", "", true))), name, "planted", true, false);
            }
            case 1 -> other.marks().add(Mark.of("Network", "input = 4"));
            case 2 -> {
                other.marks().add(Mark.of("Block"));
                other.members().add(new Member(new ArrayList<>(), name, "again", true, true));
                field = new Member(new ArrayList<>(), name, "planted", true, false);
            }
            case 3 -> {
                other.marks().add(Mark.of("Block"));
                other.marks().add(new Mark(dice.one("Sgd", "MonteCarlo", "WeightDecay"), "", true));
                field = new Member(new ArrayList<>(), name, "planted", true, false);
            }
            case 4 -> {
                network.marks().removeIf(mark -> OPTIMIZERS.contains(mark.name()));
                network.marks().add(Mark.of("Sgd"));
                network.marks().add(new Mark(dice.one("Adam", "AdamW", "RmsProp"), "", true));
                return network;
            }
            case 5 -> {
                // Taken by a class that somebody wrote.
                others.set(others.size() - 1, type(network.name() + "Network"));
                return new Type(
                        network.marks(), "final class", network.name(), "", network.members(), network.inner(), true);
            }
            default -> {}
        }
        return with(network, field);
    }

    private Type type(String name) {
        List<Member> members = new ArrayList<>();
        members.add(new Member(new ArrayList<>(List.of(Mark.of("Tanh"))), "§Layer", "only", true, false));
        return new Type(new ArrayList<>(), "final class", name, "", members, new ArrayList<>(), false);
    }
}
