package io.espalier.random;

/**
 * A sequence of numbers drawn from {@link Philox}: the blocks of counters 0, 1, 2, … under one seed, purpose, stream and
 * step, word by word.
 *
 * <p>Not safe for use by several threads; every user makes its own, which costs one small object. A stream holds
 * 2<sup>34</sup> words before it repeats.
 */
public final class RandomStream {

    private static final int WORDS_PER_BLOCK = 4;

    private final int key0;
    private final int key1;
    private final int purpose;
    private final int stream;
    private final int step;
    private final int[] block = new int[WORDS_PER_BLOCK];
    private int index;
    private int used = WORDS_PER_BLOCK;

    /**
     * The stream at step 0.
     *
     * @param seed any value; two seeds give unrelated streams
     * @param purpose one of the constants of {@link Purpose}
     * @param stream tells apart the streams of one purpose, such as the parameters of a network
     */
    public RandomStream(long seed, int purpose, int stream) {
        this(seed, purpose, stream, 0);
    }

    /**
     * The stream at a step.
     *
     * @param seed any value; two seeds give unrelated streams
     * @param purpose one of the constants of {@link Purpose}
     * @param stream tells apart the streams of one purpose, such as the parameters of a network
     * @param step tells apart the repetitions of one stream, such as the epochs of a training
     */
    public RandomStream(long seed, int purpose, int stream, int step) {
        this.key0 = (int) seed;
        this.key1 = (int) (seed >>> 32);
        this.purpose = purpose;
        this.stream = stream;
        this.step = step;
    }

    /** {@return the next word: 32 uniform bits} */
    public int nextInt() {
        if (used == WORDS_PER_BLOCK) {
            Philox.block(index++, step, stream, purpose, key0, key1, block);
            used = 0;
        }
        return block[used++];
    }

    /**
     * An integer that is uniform over [0, bound), without bias: Lemire, "Fast random integer generation in an interval"
     * (2019).
     *
     * @param bound the exclusive upper end, at least 1
     * @return at least 0, below the bound
     * @throws IllegalArgumentException if the bound is not positive
     */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("The bound of a random integer must be positive, but is " + bound);
        }
        long product = Integer.toUnsignedLong(nextInt()) * bound;
        if (Integer.compareUnsigned((int) product, bound) < 0) {
            int surplus = Integer.remainderUnsigned(-bound, bound);
            while (Integer.compareUnsigned((int) product, surplus) < 0) {
                product = Integer.toUnsignedLong(nextInt()) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /** {@return a multiple of 2<sup>−24</sup> that is uniform over [0, 1)} */
    public float nextFloat() {
        return (nextInt() >>> 8) * 0x1p-24f;
    }

    /**
     * Puts the elements in an order that is uniform over all orders (Fisher and Yates).
     *
     * @param values is permuted in place
     */
    public void shuffle(int[] values) {
        for (int last = values.length - 1; last > 0; last--) {
            int chosen = nextInt(last + 1);
            int value = values[chosen];
            values[chosen] = values[last];
            values[last] = value;
        }
    }
}
