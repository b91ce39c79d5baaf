package io.espalier.processor.fuzz;

import io.espalier.processor.fuzz.Draft.Type;
import io.espalier.processor.fuzz.Draft.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Says what kinds of classes models are, and spreads them over files, outer types and packages. */
final class Layout {
    private final Dice dice;
    private final Identifiers names;
    private final String packageName;
    private final String blockPackage;

    /**
     * A layout.
     *
     * @param blockPackage the package of all blocks, empty where they lie beside the networks
     */
    Layout(Dice dice, Identifiers names, String packageName, String blockPackage) {
        this.dice = dice;
        this.names = names;
        this.packageName = packageName;
        this.blockPackage = blockPackage;
    }

    List<Unit> arrange(SoundModels models) {
        List<Type> together = new ArrayList<>(models.networks());
        List<Type> blocks = models.blockTypes();
        List<Unit> units = new ArrayList<>();
        if (blockPackage.isEmpty()) {
            together.addAll(blocks);
        } else {
            blocks.forEach(block -> units.add(unit(block.name(), blockPackage, List.of(kind(block, "public ")))));
        }
        for (int i = together.size() - 1; i > 0; i--) {
            Collections.swap(together, i, dice.below(i + 1));
        }
        switch (dice.below(4)) {
            case 0 ->
                together.forEach(type ->
                        units.add(unit(type.name(), packageName, List.of(kind(type, dice.one("public ", ""))))));
            case 1 -> units.add(unit("File", packageName, List.of(outer(together))));
            case 2 -> {
                List<Type> tops = new ArrayList<>();
                for (Type type : together) {
                    tops.add(type.has("Network") ? outer(List.of(type)) : kind(type, ""));
                }
                units.add(unit("File", packageName, tops));
            }
            default ->
                units.add(unit(
                        "File",
                        packageName,
                        together.stream().map(type -> kind(type, "")).toList()));
        }
        return units;
    }

    private static Unit unit(String name, String packageName, List<Type> types) {
        return new Unit(name, packageName, new ArrayList<>(types));
    }

    /** The type as a class or record, with modifiers that any type may have. */
    private Type kind(Type type, String access) {
        String modifiers =
                dice.one("final class", "final class", "class", "abstract class", "record", "non", "strictfp class");
        boolean instance =
                type.members().stream().anyMatch(member -> member.type().startsWith("{"));
        if (modifiers.equals("non") || modifiers.equals("record") && instance) {
            modifiers = "final class";
        }
        String tail = dice.onceIn(10) ? " implements java.io.Serializable" : "";
        return new Type(
                type.marks(), access + modifiers, type.name(), tail, type.members(), type.inner(), type.wrong());
    }

    private Type outer(List<Type> types) {
        String modifiers = dice.one("final class", "interface", "enum", "abstract class", "record", "class");
        List<Type> inner = new ArrayList<>();
        for (Type type : types) {
            String access = modifiers.equals("interface")
                    ? dice.one("", "public ", "static ")
                    : dice.one(
                            "",
                            "static ",
                            "protected static ",
                            "public static ",
                            type.has("Network") ? "" : "private static ");
            inner.add(kind(type, access));
        }
        // Inner classes of a generic one cannot be named from a static one beside them.
        String tail = types.size() == 1 && modifiers.endsWith("class") && dice.onceIn(3) ? "<T>" : "";
        Type outer = new Type(new ArrayList<>(), modifiers, names.type(), tail, new ArrayList<>(), inner, false);
        return dice.onceIn(6)
                ? new Type(
                        new ArrayList<>(),
                        "interface",
                        names.type(),
                        "",
                        new ArrayList<>(),
                        new ArrayList<>(List.of(outer)),
                        false)
                : outer;
    }
}
