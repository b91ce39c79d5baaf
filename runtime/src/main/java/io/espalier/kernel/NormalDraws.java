package io.espalier.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.espalier.random.Philox;
import io.espalier.random.Purpose;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Values of a normal distribution for rows of a batch, a function of seed, stream, step and position alone ({@link Philox}):
 * the same bits on any number of threads, at any vector width, on any processor.
 *
 * <p>Two words of 32 bits make two values, after Box and Muller (1958): 31 bits of the first one are u in (0, 1], which gives
 * the radius √(−2·ln u), and 31 bits of the second one an angle within an eighth of a turn either way; the remaining bits turn
 * the point by half a turn and mirror it at the diagonal. Logarithm, sine and cosine are the polynomials of Moshier's Cephes
 * library, within an ulp each; a value differs from what its words stand for by at most 2.3e-7 of the radius. The largest radius is
 * √(64·ln 2) = 6.66, which a normal value exceeds once in 3.6·10<sup>10</sup> draws.
 *
 * <p>A row takes {@link #stride} places. Sixteen blocks of Philox make 64 of them: word i of block j stands at 16·i + j until
 * it becomes a value, so that the lanes of a vector are neighbours, whatever its width.
 */
public final class NormalDraws {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final VectorSpecies<Long> LONGS = FLOATS.withLanes(long.class);

    /** Blocks that are drawn together: as many as the widest vector has lanes. */
    private static final int BLOCKS = 16;

    /** Values of two words of as many blocks. */
    private static final int PAIRS = 2 * BLOCKS;

    private static final int WORDS = 4;

    /** The lower half of a lane; why both factors of a product are masked with it is said in {@link DropoutMask}. */
    private static final long LOW = 0xFFFFFFFFL;

    /** All but the sign. */
    private static final int MAGNITUDE = 0x7FFFFFFF;

    private static final int SIGNIFICAND_BITS = 23;

    /** The bits of √½: from there to √2 the logarithm is a polynomial. */
    private static final int ROOT_HALF = 0x3F3504F3;

    /** ln 2 in two parts, the first of which has so few bits that its products with exponents are exact. */
    private static final float LN_2_HIGH = 0.693359375f;

    private static final float LN_2_LOW = -2.12194440e-4f;

    /** An eighth of a turn, by the largest integer. */
    private static final float EIGHTH = (float) (Math.PI / 4 * 0x1p-31);

    private NormalDraws() {}

    /**
     * Places that a row takes.
     *
     * @param width elements of a row
     * @return the width, rounded up to a multiple of 32
     */
    public static int stride(int width) {
        return (width + PAIRS - 1) / PAIRS * PAIRS;
    }

    /**
     * Draws the values of a range of rows. With a deviation of 0 nothing is drawn: all are the mean.
     *
     * @param draws receives the values of row r from index r·stride on
     * @param stride as of {@link #stride}
     * @param mean mean of the distribution
     * @param deviation standard deviation of the distribution, 0 or more
     * @param seed seed of the training
     * @param stream number of the stage (and repeat) that draws
     * @param step training step, or sample
     * @param firstRow where row 0 stands in the global batch
     * @param fromRow first row
     * @param toRow the row after the last one
     */
    public static void fill(
            float[] draws,
            int stride,
            float mean,
            float deviation,
            long seed,
            int stream,
            int step,
            int firstRow,
            int fromRow,
            int toRow) {
        Objects.checkFromToIndex(fromRow * stride, toRow * stride, draws.length);
        if (deviation == 0) {
            // What any draw would give.
            Arrays.fill(draws, fromRow * stride, toRow * stride, mean);
            return;
        }
        int wordsOfRow = (stride + WORDS * BLOCKS - 1) / (WORDS * BLOCKS) * BLOCKS;
        for (int row = fromRow; row < toRow; row++) {
            int start = row * stride;
            long counter = (firstRow + (long) row) * wordsOfRow;
            for (int at = 0; at < stride; at += WORDS * BLOCKS) {
                boolean whole = stride - at > PAIRS;
                if (LONGS.length() < 4) {
                    drawScalar(draws, start + at, whole, counter, seed, stream, step);
                } else {
                    draw(draws, start + at, whole, counter, seed, stream, step);
                }
                counter += BLOCKS;
            }
            radii(draws, start, start + stride);
            values(draws, start, start + stride, mean, deviation);
        }
    }

    /**
     * Draws sixteen blocks, or two words of each of them. Even and odd blocks are vectors of their own, in the lower halves of
     * long lanes; together they are a vector of ints. As floats the words are only stored and loaded again, never calculated
     * with.
     */
    private static void draw(float[] draws, int at, boolean whole, long counter, long seed, int stream, int step) {
        LongVector low = LongVector.broadcast(LONGS, LOW);
        LongVector multiplier0 =
                LongVector.broadcast(LONGS, Philox.MULTIPLIER_0).and(LOW);
        LongVector multiplier1 =
                LongVector.broadcast(LONGS, Philox.MULTIPLIER_1).and(LOW);
        for (int lane = 0; lane < BLOCKS; lane += LANES) {
            int key0 = (int) seed;
            int key1 = (int) (seed >>> 32);
            LongVector a0 = LongVector.zero(LONGS).addIndex(2).add(counter + lane);
            LongVector a1 = LongVector.broadcast(LONGS, step);
            LongVector a2 = LongVector.broadcast(LONGS, stream);
            LongVector a3 = LongVector.broadcast(LONGS, Purpose.NORMAL);
            LongVector b0 = a0.add(1);
            LongVector b1 = a1;
            LongVector b2 = a2;
            LongVector b3 = a3;
            for (int round = 0; round < Philox.ROUNDS; round++) {
                LongVector aOdd = low.and(a2).mul(multiplier1);
                LongVector aEven = low.and(a0).mul(multiplier0);
                LongVector bOdd = low.and(b2).mul(multiplier1);
                LongVector bEven = low.and(b0).mul(multiplier0);
                a0 = aOdd.lanewise(LSHR, 32).lanewise(XOR, a1).lanewise(XOR, key0 & LOW);
                a1 = aOdd;
                a2 = aEven.lanewise(LSHR, 32).lanewise(XOR, a3).lanewise(XOR, key1 & LOW);
                a3 = aEven;
                b0 = bOdd.lanewise(LSHR, 32).lanewise(XOR, b1).lanewise(XOR, key0 & LOW);
                b1 = bOdd;
                b2 = bEven.lanewise(LSHR, 32).lanewise(XOR, b3).lanewise(XOR, key1 & LOW);
                b3 = bEven;
                key0 += Philox.WEYL_0;
                key1 += Philox.WEYL_1;
            }
            low.and(a0)
                    .lanewise(OR, b0.lanewise(LSHL, 32))
                    .reinterpretAsFloats()
                    .intoArray(draws, at + lane);
            low.and(a1)
                    .lanewise(OR, b1.lanewise(LSHL, 32))
                    .reinterpretAsFloats()
                    .intoArray(draws, at + BLOCKS + lane);
            if (whole) {
                low.and(a2)
                        .lanewise(OR, b2.lanewise(LSHL, 32))
                        .reinterpretAsFloats()
                        .intoArray(draws, at + PAIRS + lane);
                low.and(a3)
                        .lanewise(OR, b3.lanewise(LSHL, 32))
                        .reinterpretAsFloats()
                        .intoArray(draws, at + PAIRS + BLOCKS + lane);
            }
        }
    }

    /** The same without vectors, for processors whose vectors hold two lanes of 64 bits, as in {@link DropoutMask}. */
    private static void drawScalar(
            float[] draws, int at, boolean whole, long counter, long seed, int stream, int step) {
        for (int block = 0; block < BLOCKS; block++) {
            int key0 = (int) seed;
            int key1 = (int) (seed >>> 32);
            int c0 = (int) (counter + block);
            int c1 = step;
            int c2 = stream;
            int c3 = Purpose.NORMAL;
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
            draws[at + block] = Float.intBitsToFloat(c0);
            draws[at + BLOCKS + block] = Float.intBitsToFloat(c1);
            if (whole) {
                draws[at + PAIRS + block] = Float.intBitsToFloat(c2);
                draws[at + PAIRS + BLOCKS + block] = Float.intBitsToFloat(c3);
            }
        }
    }

    /**
     * Turns the first word of every pair into the radius, which has the word's sign. In a method of its own, as the angles are:
     * both together have more vector operations than the compiler inlines.
     */
    static void radii(float[] draws, int from, int to) {
        for (int pair = from; pair < to; pair += PAIRS) {
            for (int i = pair; i < pair + BLOCKS; i += LANES) {
                IntVector word = FloatVector.fromArray(FLOATS, draws, i).reinterpretAsInts();
                // Half a step above the integer: never 0.
                FloatVector uniform = ((FloatVector) word.and(MAGNITUDE).castShape(FLOATS, 0))
                        .add(0.5f)
                        .mul(0x1p-31f);
                // What it is short of 1, which a float near 1 cannot tell.
                FloatVector shortfall = ((FloatVector) word.not().and(MAGNITUDE).castShape(FLOATS, 0))
                        .add(0.5f)
                        .mul(-0x1p-31f);
                IntVector bits = uniform.reinterpretAsInts();
                IntVector exponent = bits.sub(ROOT_HALF).lanewise(ASHR, SIGNIFICAND_BITS);
                FloatVector power = (FloatVector) exponent.castShape(FLOATS, 0);
                FloatVector x = bits.sub(exponent.lanewise(LSHL, SIGNIFICAND_BITS))
                        .reinterpretAsFloats()
                        .sub(1f)
                        .blend(shortfall, power.compare(EQ, 0f));
                FloatVector square = x.mul(x);
                FloatVector polynomial = FloatVector.broadcast(FLOATS, 7.0376836292e-2f)
                        .fma(x, FloatVector.broadcast(FLOATS, -1.1514610310e-1f))
                        .fma(x, FloatVector.broadcast(FLOATS, 1.1676998740e-1f))
                        .fma(x, FloatVector.broadcast(FLOATS, -1.2420140846e-1f))
                        .fma(x, FloatVector.broadcast(FLOATS, 1.4249322787e-1f))
                        .fma(x, FloatVector.broadcast(FLOATS, -1.6668057665e-1f))
                        .fma(x, FloatVector.broadcast(FLOATS, 2.0000714765e-1f))
                        .fma(x, FloatVector.broadcast(FLOATS, -2.4999993993e-1f))
                        .fma(x, FloatVector.broadcast(FLOATS, 3.3333331174e-1f));
                FloatVector rest = polynomial
                        .mul(x)
                        .fma(square, power.mul(LN_2_LOW))
                        .add(square.mul(-0.5f))
                        .add(x);
                FloatVector logarithm = power.fma(FloatVector.broadcast(FLOATS, LN_2_HIGH), rest);
                logarithm
                        .mul(-2f)
                        .sqrt()
                        .reinterpretAsInts()
                        .or(word.and(~MAGNITUDE))
                        .reinterpretAsFloats()
                        .intoArray(draws, i);
            }
        }
    }

    /** Turns radii and second words into values. */
    static void values(float[] draws, int from, int to, float mean, float deviation) {
        FloatVector center = FloatVector.broadcast(FLOATS, mean);
        for (int pair = from; pair < to; pair += PAIRS) {
            for (int i = pair; i < pair + BLOCKS; i += LANES) {
                FloatVector radius = FloatVector.fromArray(FLOATS, draws, i).mul(deviation);
                IntVector word =
                        FloatVector.fromArray(FLOATS, draws, i + BLOCKS).reinterpretAsInts();
                FloatVector angle = ((FloatVector) word.lanewise(LSHL, 1).castShape(FLOATS, 0)).mul(EIGHTH);
                FloatVector square = angle.mul(angle);
                FloatVector sine = FloatVector.broadcast(FLOATS, -1.9515295891e-4f)
                        .fma(square, FloatVector.broadcast(FLOATS, 8.3321608736e-3f))
                        .fma(square, FloatVector.broadcast(FLOATS, -1.6666654611e-1f))
                        .mul(square)
                        .fma(angle, angle);
                FloatVector cosine = FloatVector.broadcast(FLOATS, 2.443315711809948e-5f)
                        .fma(square, FloatVector.broadcast(FLOATS, -1.388731625493765e-3f))
                        .fma(square, FloatVector.broadcast(FLOATS, 4.166664568298827e-2f))
                        .fma(square, FloatVector.broadcast(FLOATS, -0.5f))
                        .fma(square, FloatVector.broadcast(FLOATS, 1f));
                VectorMask<Float> mirrored = word.compare(LT, 0).cast(FLOATS);
                FloatVector first = cosine.blend(sine, mirrored);
                FloatVector second = sine.blend(cosine, mirrored);
                first.fma(radius, center).intoArray(draws, i);
                second.fma(radius, center).intoArray(draws, i + BLOCKS);
            }
        }
    }
}
