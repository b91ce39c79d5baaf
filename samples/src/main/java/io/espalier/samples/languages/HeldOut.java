package io.espalier.samples.languages;

import io.espalier.random.Purpose;
import io.espalier.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names to train on, and names held out to judge by, split by what is named: what a country is called is held out in all
 * languages or in none, for Danish and Norwegian may call it the same.
 *
 * @param training names to train on
 * @param validation names of other things, in other spellings
 * @param families how many families of things there are, see {@link Item#family()}
 * @param familiesHeldOut how many of them are held out
 * @param alsoInTraining how many names of held-out things are in neither list, because something in the training list is
 *     called the same in some language
 */
record HeldOut(List<Name> training, List<Name> validation, int families, int familiesHeldOut, int alsoInTraining) {

    private static final double SHARE = 0.2;

    /**
     * The split belongs to the data and not to a run: a saved network must never be judged on names that it was trained on,
     * whatever seed it is loaded under.
     */
    private static final long SEED = 2025;

    /** Copies the lists. */
    HeldOut {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    /**
     * Holds out a fifth of the things, drawn at random but always the same.
     *
     * @param names all names
     */
    static HeldOut of(List<Name> names) {
        Set<String> heldOut = draw(names);
        List<Name> training = new ArrayList<>();
        List<Name> candidates = new ArrayList<>();
        names.forEach(name -> (heldOut.contains(name.item().family()) ? candidates : training).add(name));
        Set<String> known = new HashSet<>();
        training.forEach(name -> known.add(Text.normalize(name.text())));
        List<Name> validation = candidates.stream()
                .filter(name -> !known.contains(Text.normalize(name.text())))
                .toList();
        int families = families(names).size();
        return new HeldOut(training, validation, families, heldOut.size(), candidates.size() - validation.size());
    }

    /** How many names there were to split. */
    int names() {
        return training.size() + validation.size() + alsoInTraining;
    }

    /**
     * Some of the held-out names, each in another language.
     *
     * @param count how many, or fewer if there are not so many languages
     * @param seed fixes the choice
     */
    List<Name> drawn(int count, long seed) {
        Set<Integer> languages = new HashSet<>();
        List<Name> drawn = new ArrayList<>();
        for (int index : shuffled(validation.size(), seed, 1)) {
            if (drawn.size() < count && languages.add(validation.get(index).language())) {
                drawn.add(validation.get(index));
            }
        }
        return drawn;
    }

    private static int[] shuffled(int size, long seed, int stream) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        new RandomStream(seed, Purpose.SPLIT, stream).shuffle(order);
        return order;
    }

    private static Set<String> draw(List<Name> names) {
        List<String> families = List.copyOf(families(names));
        int[] order = shuffled(families.size(), SEED, 0);
        Set<String> heldOut = new HashSet<>();
        for (int i = 0; i < Math.round(SHARE * order.length); i++) {
            heldOut.add(families.get(order[i]));
        }
        return heldOut;
    }

    private static Set<String> families(List<Name> names) {
        Set<String> families = new TreeSet<>();
        names.forEach(name -> families.add(name.item().family()));
        return families;
    }
}
