package io.espalier.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.espalier.random.Philox;
import io.espalier.random.Purpose;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dropout masks as bits, a function of seed, stream, step and position alone ({@link Philox}), sixteen random bits an
 * element.
 *
 * <p>A row takes {@link #wordsPerRow} words of 64 elements; bit j of a word is 1 where element j is kept. Each word is made
 * of eight blocks of Philox: element j takes half (j div 8) of block (j mod 8), so that eight blocks in the lanes of a
 * vector give eight neighbouring bits at a time, whatever the vector's width.
 */
public final class DropoutMask {

    /** Values that sixteen bits can take. */
    private static final int DRAWS = 1 << 16;

    private static final int BLOCKS_PER_WORD = 8;
    private static final VectorSpecies<Long> LONGS = Simd.FLOATS.withLanes(long.class);
    private static final int LANES = LONGS.length();

    /** Vectors in flight: the ten rounds are a chain of multiplications, which four of them hide. */
    private static final int VECTORS = 4;

    private static final int WORDS_AT_ONCE = VECTORS * LANES / BLOCKS_PER_WORD;

    /**
     * The lower half of a lane, which holds a word. Both operands of a multiplication are masked with it, constants too:
     * only then does the compiler see that the 32-bit multiplier will do, which takes a third of the 64-bit one's time.
     */
    private static final long LOW = 0xFFFFFFFFL;

    /** The lower half of a word. */
    private static final long HALF = 0xFFFFL;

    private DropoutMask() {}

    /**
     * Words of 64 elements in a row's mask.
     *
     * @param width elements of a row
     * @return width / 64, rounded up
     */
    public static int wordsPerRow(int width) {
        return (width + Long.SIZE - 1) / Long.SIZE;
    }

    /**
     * The number of 16-bit draws that drop an element.
     *
     * @param p probability of dropping, in [0, 1)
     * @return the integer nearest to 65536·p; at most 65535, so that something is kept
     * @throws IllegalArgumentException if p is outside its range
     */
    public static int threshold(double p) {
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException("A dropout probability must be at least 0 and below 1, but is " + p);
        }
        return (int) Math.min(DRAWS - 1, Math.round(p * DRAWS));
    }

    /**
     * The factor of kept values that makes the expectation exact for the probability that the threshold realizes.
     *
     * @param threshold as of {@link #threshold}
     * @return 65536 / (65536 − threshold)
     */
    public static float scale(int threshold) {
        return (float) ((double) DRAWS / (DRAWS - threshold));
    }

    /**
     * Draws the masks of a range of rows. With a threshold of 0 nothing is drawn: all is kept.
     *
     * @param bits receives the mask of row r from word {@code r·wordsPerRow(width)} on; the bits beyond
     *     the width in a row's last word are drawn like the others
     * @param width elements of a row
     * @param threshold as of {@link #threshold}
     * @param seed seed of the training
     * @param stream number of the stage (and repeat) that drops
     * @param step training step, or sample
     * @param firstRow where row 0 stands in the global batch
     * @param fromRow first row
     * @param toRow the row after the last one
     */
    public static void fill(
            long[] bits,
            int width,
            int threshold,
            long seed,
            int stream,
            int step,
            int firstRow,
            int fromRow,
            int toRow) {
        int words = wordsPerRow(width);
        int from = fromRow * words;
        int to = toRow * words;
        Objects.checkFromToIndex(from, to, bits.length);
        if (threshold == 0) {
            // What any draw would give.
            Arrays.fill(bits, from, to, -1L);
            return;
        }
        if (LANES < 4) {
            for (int word = from; word < to; word++) {
                bits[word] = draw(firstRow * words + word, threshold, seed, stream, step);
            }
            return;
        }
        for (int word = from; word < to; word += WORDS_AT_ONCE) {
            draw(bits, word, to, firstRow * words, threshold, seed, stream, step);
        }
    }

    /** Draws up to {@link #WORDS_AT_ONCE} words, of which those before {@code to} are stored. */
    private static void draw(
            long[] bits, int word, int to, int firstWord, long threshold, long seed, int stream, int step) {
        // Every operation starts from one of these four, or from a result of theirs: were it a variable of the loop,
        // the
        // compiler would not always know its class in time, and box it.
        LongVector low = LongVector.broadcast(LONGS, LOW);
        LongVector half = LongVector.broadcast(LONGS, HALF);
        LongVector multiplier0 =
                LongVector.broadcast(LONGS, Philox.MULTIPLIER_0).and(LOW);
        LongVector multiplier1 =
                LongVector.broadcast(LONGS, Philox.MULTIPLIER_1).and(LOW);
        int key0 = (int) seed;
        int key1 = (int) (seed >>> 32);
        // The first round, in which the lanes differ in counter word 0 only.
        long product = (stream & LOW) * Philox.MULTIPLIER_1;
        long first = (product >>> 32) ^ (step & LOW) ^ (key0 & LOW);
        long third = Purpose.MASK ^ (key1 & LOW);
        LongVector counters = LongVector.zero(LONGS).addIndex(1).add((firstWord + word) * (long) BLOCKS_PER_WORD);
        LongVector a3 = counters.and(LOW).mul(multiplier0);
        LongVector b3 = counters.add(LANES).and(LOW).mul(multiplier0);
        LongVector c3 = counters.add(2L * LANES).and(LOW).mul(multiplier0);
        LongVector d3 = counters.add(3L * LANES).and(LOW).mul(multiplier0);
        LongVector a0 = LongVector.broadcast(LONGS, first);
        LongVector a1 = LongVector.broadcast(LONGS, product);
        LongVector a2 = a3.lanewise(LSHR, 32).lanewise(XOR, third);
        LongVector b0 = LongVector.broadcast(LONGS, first);
        LongVector b1 = LongVector.broadcast(LONGS, product);
        LongVector b2 = b3.lanewise(LSHR, 32).lanewise(XOR, third);
        LongVector c0 = LongVector.broadcast(LONGS, first);
        LongVector c1 = LongVector.broadcast(LONGS, product);
        LongVector c2 = c3.lanewise(LSHR, 32).lanewise(XOR, third);
        LongVector d0 = LongVector.broadcast(LONGS, first);
        LongVector d1 = LongVector.broadcast(LONGS, product);
        LongVector d2 = d3.lanewise(LSHR, 32).lanewise(XOR, third);
        for (int round = 1; round < Philox.ROUNDS; round++) {
            key0 += Philox.WEYL_0;
            key1 += Philox.WEYL_1;
            long k0 = key0 & LOW;
            long k1 = key1 & LOW;
            LongVector aOdd = low.and(a2).mul(multiplier1);
            LongVector aEven = low.and(a0).mul(multiplier0);
            LongVector bOdd = low.and(b2).mul(multiplier1);
            LongVector bEven = low.and(b0).mul(multiplier0);
            LongVector cOdd = low.and(c2).mul(multiplier1);
            LongVector cEven = low.and(c0).mul(multiplier0);
            LongVector dOdd = low.and(d2).mul(multiplier1);
            LongVector dEven = low.and(d0).mul(multiplier0);
            a0 = aOdd.lanewise(LSHR, 32).lanewise(XOR, a1).lanewise(XOR, k0);
            a1 = aOdd;
            a2 = aEven.lanewise(LSHR, 32).lanewise(XOR, a3).lanewise(XOR, k1);
            a3 = aEven;
            b0 = bOdd.lanewise(LSHR, 32).lanewise(XOR, b1).lanewise(XOR, k0);
            b1 = bOdd;
            b2 = bEven.lanewise(LSHR, 32).lanewise(XOR, b3).lanewise(XOR, k1);
            b3 = bEven;
            c0 = cOdd.lanewise(LSHR, 32).lanewise(XOR, c1).lanewise(XOR, k0);
            c1 = cOdd;
            c2 = cEven.lanewise(LSHR, 32).lanewise(XOR, c3).lanewise(XOR, k1);
            c3 = cEven;
            d0 = dOdd.lanewise(LSHR, 32).lanewise(XOR, d1).lanewise(XOR, k0);
            d1 = dOdd;
            d2 = dEven.lanewise(LSHR, 32).lanewise(XOR, d3).lanewise(XOR, k1);
            d3 = dEven;
        }
        // A word's low half stands in bits 0 to 15; its high half is compared in place.
        long high = threshold << 16;
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 16) {
            a |= half.and(a0).compare(GE, threshold).toLong() << shift;
            a |= low.and(a0).compare(GE, high).toLong() << (shift + 8);
            b |= half.and(b0).compare(GE, threshold).toLong() << shift;
            b |= low.and(b0).compare(GE, high).toLong() << (shift + 8);
            c |= half.and(c0).compare(GE, threshold).toLong() << shift;
            c |= low.and(c0).compare(GE, high).toLong() << (shift + 8);
            d |= half.and(d0).compare(GE, threshold).toLong() << shift;
            d |= low.and(d0).compare(GE, high).toLong() << (shift + 8);
            a0 = a1;
            a1 = a2;
            a2 = a3;
            b0 = b1;
            b1 = b2;
            b2 = b3;
            c0 = c1;
            c1 = c2;
            c2 = c3;
            d0 = d1;
            d1 = d2;
            d2 = d3;
        }
        store(bits, word, to - word, a, b, c, d);
    }

    /** Puts the bits of four vectors, eight positions apart in each word, into words. */
    private static void store(long[] bits, int word, int left, long a, long b, long c, long d) {
        if (LANES == 8) {
            bits[word] = a;
            if (left > 1) {
                bits[word + 1] = b;
            }
            if (left > 2) {
                bits[word + 2] = c;
            }
            if (left > 3) {
                bits[word + 3] = d;
            }
        } else {
            bits[word] = a | b << 4;
            if (left > 1) {
                bits[word + 1] = c | d << 4;
            }
        }
    }

    /**
     * Draws one word without vectors, for processors whose vectors hold two lanes of 64 bits: masks of two lanes have no
     * instruction, and most of those processors have no vector multiplication of that width.
     */
    private static long draw(int word, long threshold, long seed, int stream, int step) {
        long dropped = 0;
        for (int block = 0; block < BLOCKS_PER_WORD; block++) {
            int key0 = (int) seed;
            int key1 = (int) (seed >>> 32);
            int c0 = word * BLOCKS_PER_WORD + block;
            int c1 = step;
            int c2 = stream;
            int c3 = Purpose.MASK;
            for (int round = 0; round < Philox.ROUNDS; round++) {
                long even = (c0 & LOW) * Philox.MULTIPLIER_0;
                long odd = (c2 & LOW) * Philox.MULTIPLIER_1;
                c0 = (int) (odd >>> 32) ^ c1 ^ key0;
                c1 = (int) odd;
                c2 = (int) (even >>> 32) ^ c3 ^ key1;
                c3 = (int) even;
                key0 += Philox.WEYL_0;
                key1 += Philox.WEYL_1;
            }
            dropped |= (dropped(c0, threshold)
                            | dropped(c1, threshold) << 16
                            | dropped(c2, threshold) << 32
                            | dropped(c3, threshold) << 48)
                    << block;
        }
        return ~dropped;
    }

    /** The decisions of a word's halves in bits 0 and 8: the sign of draw − threshold. */
    private static long dropped(int word, long threshold) {
        return ((word & HALF) - threshold) >>> 63 | ((word >>> 16) - threshold) >>> 63 << 8;
    }

    /**
     * Draws one factor a row, as drop path (stochastic depth) needs: 0, or {@link #scale}. With a threshold of 0 nothing is
     * drawn: all are 1.
     *
     * @param scales receives the factor of row r at index r
     * @param threshold as of {@link #threshold}
     * @param seed seed of the training
     * @param stream number of the branch that drops
     * @param step training step, or sample
     * @param firstRow where row 0 stands in the global batch
     * @param fromRow first row
     * @param toRow the row after the last one
     */
    public static void rowScales(
            float[] scales, int threshold, long seed, int stream, int step, int firstRow, int fromRow, int toRow) {
        float keep = scale(threshold);
        if (threshold == 0) {
            Arrays.fill(scales, fromRow, toRow, keep);
            return;
        }
        for (int row = fromRow; row < toRow; row++) {
            int draw = Philox.firstWord(firstRow + row, step, stream, Purpose.MASK, (int) seed, (int) (seed >>> 32))
                    & 0xFFFF;
            scales[row] = draw >= threshold ? keep : 0f;
        }
    }
}
