package io.espalier.processor.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The sources of a case as a tree that can be written out, mutated and cut down. The lists are meant to be changed while a
 * draft is made.
 *
 * @param packageName the package of all units that name no other
 * @param units the files
 * @param options options of the compiler
 * @param qualified whether the language's names are written in full, so that types may be called anything
 * @param module whether all lies in a module of its own
 */
record Draft(String packageName, List<Unit> units, List<String> options, boolean qualified, boolean module) {
    /** Stands in arguments and types for the language's package. */
    static final String LANGUAGE = "§";

    /** A file. */
    record Unit(String name, String packageName, List<Type> types) {}

    /**
     * A class, record, interface, enum or annotation type.
     *
     * @param marks its annotations
     * @param modifiers what stands before its name, such as {@code final class}
     * @param name its name
     * @param tail what stands behind, such as {@code extends Object}
     * @param members its fields and methods; the stages among a record's are its components
     * @param inner the types in it
     * @param wrong whether the type itself is the mistake that was planted
     */
    record Type(
            List<Mark> marks,
            String modifiers,
            String name,
            String tail,
            List<Member> members,
            List<Type> inner,
            boolean wrong) {
        boolean isRecord() {
            return modifiers.endsWith("record");
        }

        boolean has(String mark) {
            return marks.stream().anyMatch(one -> one.name().equals(mark));
        }
    }

    /** An annotation of the language, or another one with a qualified name; arguments without parentheses. */
    record Mark(String name, String arguments, boolean wrong) {
        static Mark of(String name, String arguments) {
            return new Mark(name, arguments, false);
        }

        static Mark of(String name) {
            return of(name, "");
        }
    }

    /** An instance field, or anything else that stands in a class's body. */
    record Member(List<Mark> marks, String type, String name, boolean stage, boolean wrong) {}

    /** Qualified names of the classes that its networks give, sorted. */
    TreeSet<String> networkClasses() {
        TreeSet<String> names = new TreeSet<>();
        for (Unit unit : units) {
            unit.types().forEach(type -> collect(type, prefix(unit), names));
        }
        return names;
    }

    private static void collect(Type type, String prefix, TreeSet<String> names) {
        if (type.has("Network")) {
            names.add(prefix + type.name() + "Network");
        }
        type.inner().forEach(inner -> collect(inner, prefix + type.name() + "_", names));
    }

    private static String prefix(Unit unit) {
        return unit.packageName().isEmpty() ? "" : unit.packageName() + ".";
    }

    /** All types, those in others included, outer ones first. */
    List<Type> types() {
        List<Type> all = new ArrayList<>();
        units.forEach(unit -> all.addAll(unit.types()));
        for (int i = 0; i < all.size(); i++) {
            all.addAll(all.get(i).inner());
        }
        return all;
    }

    /** The draft without some of its parts, counted in the order in which they are written; empty past the last. */
    Optional<Draft> without(int from, int count) {
        Knife knife = new Knife(from, count);
        List<Unit> rest = knife.cut(
                units,
                unit -> new Unit(unit.name(), unit.packageName(), knife.cut(unit.types(), type -> cut(type, knife))));
        List<String> left = knife.cut(options, UnaryOperator.identity());
        return knife.next > from
                ? Optional.of(new Draft(packageName, rest, left, qualified, module))
                : Optional.empty();
    }

    private static Type cut(Type type, Knife knife) {
        return new Type(
                knife.cut(type.marks(), UnaryOperator.identity()),
                type.modifiers(),
                type.name(),
                type.tail(),
                knife.cut(
                        type.members(),
                        member -> new Member(
                                knife.cut(member.marks(), UnaryOperator.identity()),
                                member.type(),
                                member.name(),
                                member.stage(),
                                member.wrong())),
                knife.cut(type.inner(), inner -> cut(inner, knife)),
                type.wrong());
    }

    private static final class Knife {
        private final int from;
        private final int to;
        private int next;

        Knife(int from, int count) {
            this.from = from;
            this.to = from + count;
        }

        <T> List<T> cut(List<T> parts, UnaryOperator<T> inside) {
            List<T> kept = new ArrayList<>();
            for (T part : parts) {
                boolean away = next >= from && next < to;
                next++;
                if (!away) {
                    kept.add(inside.apply(part));
                }
            }
            return kept;
        }
    }
}
