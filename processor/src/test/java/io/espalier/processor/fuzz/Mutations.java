package io.espalier.processor.fuzz;

import io.espalier.processor.fuzz.Draft.Mark;
import io.espalier.processor.fuzz.Draft.Member;
import io.espalier.processor.fuzz.Draft.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Changes a draft at random: what comes out may be sound, wrong, or no Java at all. */
final class Mutations {
    private static final String[] TYPES = {
        "int",
        "boolean",
        "double",
        "java.lang.Object",
        "§Layer[]",
        "§Layer...",
        "java.util.List<§Layer>",
        "Missing",
        "Missing<§Layer>",
        "T",
        "§Layer<T>",
        "java.util.Map.Entry<?, ? super §Layer>",
        "var",
        "void",
        "@org.jspecify.annotations.Nullable §Layer",
        "§Width",
        "§Dense",
        "missing.pack.Age",
        "int[][]",
        "java.util.ArrayList<Missing>"
    };
    private static final String[] MODIFIERS = {
        "final class",
        "interface",
        "enum",
        "@interface",
        "record",
        "sealed class",
        "private class",
        "abstract class",
        "non-sealed class",
        "public class",
        "static class",
        "abstract sealed interface"
    };
    private static final String[] TAILS = {
        "",
        "<T>",
        "<T extends java.lang.Comparable<T>>",
        " extends java.lang.Object",
        " extends java.lang.Thread",
        " extends Missing",
        " extends java.util.ArrayList<Missing>",
        " implements java.lang.Runnable",
        " implements Missing",
        " extends java.lang.Enum",
        " extends java.lang.Record",
        " permits Missing"
    };

    private final Dice dice;
    private final Values values;
    private final boolean broken;

    /**
     * Mutations.
     *
     * @param broken whether they may be such that the compiler itself refuses
     */
    Mutations(Dice dice, boolean broken) {
        this.dice = dice;
        this.values = new Values(dice);
        this.broken = broken;
    }

    void apply(Draft draft, int count) {
        for (int i = 0; i < count; i++) {
            List<Type> types = draft.types().stream()
                    .filter(type -> !type.members().isEmpty() || !type.marks().isEmpty())
                    .toList();
            if (!types.isEmpty()) {
                apply(draft, types);
            }
        }
    }

    private void apply(Draft draft, List<Type> types) {
        Type type = dice.one(types);
        List<Member> members = type.members();
        if (members.isEmpty() || dice.onceIn(6)) {
            ofClass(draft, type);
            return;
        }
        int at = dice.below(members.size());
        Member member = members.get(at);
        List<Mark> marks = member.marks();
        switch (dice.below(11)) {
            case 0 -> add(marks, mark(Language.ON_STAGES));
            case 1 -> remove(marks);
            case 2 ->
                Collections.swap(
                        marks.isEmpty() ? new ArrayList<>(members) : marks,
                        0,
                        marks.isEmpty() ? 0 : dice.below(marks.size()));
            case 3, 4, 5 -> change(marks);
            case 6 -> {
                Mark moved = remove(marks);
                if (moved != null) {
                    add(dice.one(members).marks(), moved);
                }
            }
            case 7 -> members.remove(at);
            case 8 -> Collections.swap(members, at, dice.below(members.size()));
            case 9 ->
                members.set(
                        at,
                        new Member(
                                marks,
                                broken || dice.onceIn(2) ? typeOf(types) : member.type(),
                                member.name(),
                                member.stage(),
                                false));
            default -> {
                String name = broken && dice.onceIn(3) ? member.name() : "mutant" + members.size();
                List<Mark> some = new ArrayList<>();
                int count = dice.below(4);
                for (int i = 0; i < count; i++) {
                    add(some, mark(Language.ON_STAGES));
                }
                dice.insert(members, new Member(some, dice.onceIn(3) ? typeOf(types) : "§Layer", name, true, false));
            }
        }
    }

    private String typeOf(List<Type> types) {
        if (dice.onceIn(2)) {
            return dice.one(types).name() + (broken && dice.onceIn(8) ? "<§Layer>" : "");
        }
        return broken
                ? dice.one(TYPES)
                : dice.one("int", "java.lang.Object", "§Layer[]", "§Layer", "java.util.List<§Layer>");
    }

    private void ofClass(Draft draft, Type type) {
        List<Mark> marks = type.marks();
        switch (dice.below(7)) {
            case 0, 1 -> add(marks, mark(Language.ON_CLASSES));
            case 2 -> remove(marks);
            case 3, 4 -> change(marks);
            default ->
                replace(
                        draft,
                        type,
                        new Type(
                                marks,
                                broken || dice.onceIn(2) ? dice.one(MODIFIERS) : type.modifiers(),
                                type.name(),
                                broken || dice.onceIn(2) ? dice.one(TAILS) : type.tail(),
                                type.members(),
                                type.inner(),
                                false));
        }
    }

    private static void replace(Draft draft, Type type, Type other) {
        draft.units().forEach(unit -> Collections.replaceAll(unit.types(), type, other));
        draft.types().forEach(outer -> Collections.replaceAll(outer.inner(), type, other));
    }

    private Mark mark(List<Language.Word> words) {
        Language.Word word = dice.one(broken && dice.onceIn(20) ? Language.WORDS : words);
        if (broken && dice.onceIn(25)) {
            return Mark.of(
                    dice.one("Missing", "missing.Age", "java.lang.Override", "java.lang.FunctionalInterface", "Layer"));
        }
        return Mark.of(word.name(), values.arguments(word, broken));
    }

    /** Adds a mark; a second one of its kind, which no compiler takes, only where that is asked for. */
    private void add(List<Mark> marks, Mark mark) {
        if (broken && dice.onceIn(4)
                || marks.stream().noneMatch(other -> other.name().equals(mark.name()))) {
            dice.insert(marks, mark);
        }
    }

    private void change(List<Mark> marks) {
        if (!marks.isEmpty()) {
            int at = dice.below(marks.size());
            Mark mark = marks.get(at);
            if (Language.WORDS.stream().anyMatch(word -> word.name().equals(mark.name()))) {
                marks.set(at, Mark.of(mark.name(), values.arguments(Language.word(mark.name()), broken)));
            }
        }
    }

    private @org.jspecify.annotations.Nullable Mark remove(List<Mark> marks) {
        return marks.isEmpty() ? null : marks.remove(dice.below(marks.size()));
    }
}
