package io.espalier.processor.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices that follow from a seed alone. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Other dice, so that one part of a case may come to throw more without changing the others. */
    Dice others() {
        return new Dice(random.split());
    }

    /** True once in so many throws. */
    boolean onceIn(int throwsOfTheDice) {
        return random.nextInt(throwsOfTheDice) == 0;
    }

    /** A number from 0 up to the bound, without it. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number from one bound to the other, both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    @SafeVarargs
    final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Puts something at a random place of a list. */
    <T> void insert(List<T> list, T what) {
        list.add(random.nextInt(list.size() + 1), what);
    }
}
