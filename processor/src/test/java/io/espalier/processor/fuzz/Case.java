package io.espalier.processor.fuzz;

import io.espalier.processor.fuzz.Draft.Member;
import io.espalier.processor.fuzz.Draft.Type;
import io.espalier.processor.fuzz.Draft.Unit;
import io.espalier.processor.lint.Lint;
import java.util.ArrayList;
import java.util.List;

/**
 * A case: what a seed stands for.
 *
 * @param seed the seed
 * @param kind what is known of its models
 * @param draft its sources
 */
record Case(long seed, Kind kind, Draft draft) {
    /** What can be expected of a case, from how it was made. */
    enum Kind {
        /** Nothing is wrong with its networks. */
        SOUND,
        /** One mistake was planted, of which there must be an error. */
        PLANTED,
        /** It was mutated at random; it may be sound or not, but the compiler itself mostly takes it. */
        MUTATED,
        /** It was mutated beyond what compiles. */
        BROKEN
    }

    static Case of(long seed) {
        Dice dice = new Dice(seed);
        Dice ofNames = dice.others();
        Dice ofModels = dice.others();
        Dice ofLayout = dice.others();
        Dice ofMistakes = dice.others();
        List<String> options = options(dice.others());
        Kind kind = dice.one(
                Kind.SOUND,
                Kind.SOUND,
                Kind.PLANTED,
                Kind.PLANTED,
                Kind.MUTATED,
                Kind.MUTATED,
                Kind.MUTATED,
                Kind.BROKEN);
        boolean nasty = dice.onceIn(2);
        boolean module = dice.onceIn(16);
        String packageName = module ? "demo" : dice.one("demo", "demo", "", "a.b", nasty ? "größe.层" : "demo");
        boolean apart = kind != Kind.PLANTED && !packageName.isEmpty() && dice.onceIn(8);
        String blockPackage = apart ? "parts" : "";
        Identifiers names = new Identifiers(ofNames, nasty);
        SoundModels models = new SoundModels(ofModels, names, apart ? "parts." : "");
        models.draw();
        Decor decor = new Decor(ofModels);
        models.networks().forEach(decor::scatter);
        models.blockTypes().forEach(decor::scatter);
        List<Unit> units = kind == Kind.PLANTED
                ? planted(ofMistakes, names, packageName, models)
                : new Layout(ofLayout, names, packageName, blockPackage).arrange(models);
        Draft draft = new Draft(packageName, units, options, nasty, module);
        switch (kind) {
            case SOUND, PLANTED -> {
                // In a module, Eclipse's compiler (3.46) does not see what any processor writes.
                if (!module) {
                    draft.units().add(users(draft, names.type()));
                }
            }
            case MUTATED -> new Mutations(ofMistakes, false).apply(draft, ofMistakes.between(1, ofMistakes.one(2, 6)));
            case BROKEN -> new Mutations(ofMistakes, true).apply(draft, ofMistakes.between(1, ofMistakes.one(2, 6)));
        }
        return new Case(seed, kind, draft);
    }

    /** A class that names the classes of all networks: where one is missing, the compiler says so. */
    private static Unit users(Draft draft, String name) {
        List<Member> members = new ArrayList<>();
        for (String network : draft.networkClasses()) {
            members.add(new Member(
                    new ArrayList<>(),
                    network.substring(network.lastIndexOf('.') + 1),
                    "of" + members.size(),
                    true,
                    false));
        }
        Type user = new Type(new ArrayList<>(), "class", name, "", members, new ArrayList<>(), false);
        return new Unit("User", draft.packageName(), new ArrayList<>(List.of(user)));
    }

    /** All in one file, so that what a mistake adds stands where it is seen; blocks are in the package of the networks. */
    private static List<Unit> planted(Dice dice, Identifiers names, String packageName, SoundModels models) {
        List<Type> all = new ArrayList<>();
        List<Type> networks = models.networks();
        int wrong = dice.below(networks.size());
        List<Type> others = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            Type network = networks.get(i);
            all.add(i == wrong ? new Mistakes(dice, names).plant(network, others) : network);
        }
        all.addAll(models.blockTypes());
        all.addAll(others);
        all.replaceAll(type -> type.modifiers().isEmpty() ? record(dice, type) : type);
        List<Unit> units = new ArrayList<>();
        units.add(new Unit("File", packageName, all));
        return units;
    }

    private static Type record(Dice dice, Type type) {
        return new Type(
                type.marks(),
                dice.one("final class", "class", "record"),
                type.name(),
                "",
                type.members(),
                type.inner(),
                false);
    }

    private static List<String> options(Dice dice) {
        List<String> options = new ArrayList<>();
        List<String> ids = Lint.ruleIds();
        switch (dice.below(6)) {
            case 0, 1 -> options.add("-Aespalier.lint=all:off");
            case 2 ->
                options.add(
                        "-Aespalier.lint=" + dice.one("all:warning", "all:error", "DropoutOnOutput:off, all:error"));
            case 3 ->
                options.add("-Aespalier.lint=" + dice.one(ids) + ":" + dice.one("off", "warning", "error") + ","
                        + dice.one(ids) + ":off");
            default -> {}
        }
        if (dice.onceIn(20)) {
            options.add("-Aespalier.lint="
                    + dice.one("", "all", ":", "all:loud", "Nonsense:off", ",,", "all:off,all:error", "all:öff"));
        }
        if (dice.onceIn(8)) {
            options.add("-Aespalier.unneededSuppressions=" + dice.one("warning", "error", "loud"));
        }
        if (dice.onceIn(40)) {
            options.add(
                    dice.one("-Aespalier.nonsense=1", "-Aespalier", "-AEspalier.lint=all:off", "-Asomebody.elses=1"));
        }
        return options;
    }
}
