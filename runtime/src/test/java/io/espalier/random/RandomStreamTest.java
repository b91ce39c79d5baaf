package io.espalier.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Seeds are fixed, so every run sees the same numbers. The bounds on statistics were set for a false alarm rate of one in a
 * million each.
 */
class RandomStreamTest {

    /** |z| that a normal variable exceeds once in a million draws. */
    private static final double Z = 4.8916;

    @Test
    void wordsAreThoseOfConsecutiveBlocks() {
        RandomStream stream = new RandomStream(0x0123456789abcdefL, Purpose.SPLIT, 7, 11);
        int[] block = new int[4];
        for (int index = 0; index < 3; index++) {
            Philox.block(index, 11, 7, Purpose.SPLIT, 0x89abcdef, 0x01234567, block);
            for (int word : block) {
                assertThat(stream.nextInt()).isEqualTo(word);
            }
        }
    }

    @Test
    void seedPurposeStreamAndStepAllMatter() {
        int[] first = {
            new RandomStream(1, Purpose.INITIALIZE, 0).nextInt(),
            new RandomStream(2, Purpose.INITIALIZE, 0).nextInt(),
            new RandomStream(1L << 32, Purpose.INITIALIZE, 0).nextInt(),
            new RandomStream(1, Purpose.SHUFFLE, 0).nextInt(),
            new RandomStream(1, Purpose.INITIALIZE, 1).nextInt(),
            new RandomStream(1, Purpose.INITIALIZE, 0, 1).nextInt()
        };
        assertThat(first).doesNotHaveDuplicates();
        assertThat(new RandomStream(1, Purpose.INITIALIZE, 0, 0).nextInt()).isEqualTo(first[0]);
    }

    @Test
    void boundedIntegersAreUniform() {
        int bound = 7;
        int draws = 700_000;
        int[] counts = new int[bound];
        RandomStream stream = new RandomStream(5, Purpose.SPLIT, 0);
        for (int i = 0; i < draws; i++) {
            counts[stream.nextInt(bound)]++;
        }
        double expected = draws / (double) bound;
        double chiSquare = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        // The 1 − 10⁻⁶ quantile of χ² with 6 degrees of freedom.
        assertThat(chiSquare).isLessThan(38.26);
    }

    /** 2³² words spread over 3·2²⁹ values give 8/3 each: without rejection, two residues of 3 get 3/8 and one gets 2/8. */
    @Test
    void aLargeBoundIsUnbiased() {
        int bound = 3 << 29;
        int draws = 100_000;
        int multiples = 0;
        RandomStream stream = new RandomStream(6, Purpose.SPLIT, 0);
        for (int i = 0; i < draws; i++) {
            int value = stream.nextInt(bound);
            assertThat(value).isBetween(0, bound - 1);
            if (value % 3 == 0) {
                multiples++;
            }
        }
        double deviation = Math.sqrt(draws * (1.0 / 3) * (2.0 / 3));
        assertThat((multiples - draws / 3.0) / deviation).isBetween(-Z, Z);
    }

    @Test
    void aBoundOfOneHasOneValue() {
        assertThat(new RandomStream(1, Purpose.SPLIT, 0).nextInt(1)).isZero();
    }

    @Test
    void aBoundMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomStream(1, Purpose.SPLIT, 0).nextInt(0))
                .withMessage("The bound of a random integer must be positive, but is 0");
    }

    @Test
    void floatsFillTheUnitIntervalEvenly() {
        int draws = 1_000_000;
        double sum = 0;
        double squares = 0;
        RandomStream stream = new RandomStream(8, Purpose.INITIALIZE, 3);
        for (int i = 0; i < draws; i++) {
            float value = stream.nextFloat();
            assertThat(value >= 0f && value < 1f).isTrue();
            sum += value;
            squares += (double) value * value;
        }
        assertThat((sum / draws - 0.5) / Math.sqrt(1.0 / 12 / draws)).isBetween(-Z, Z);
        assertThat((squares / draws - 1.0 / 3) / Math.sqrt(4.0 / 45 / draws)).isBetween(-Z, Z);
    }

    @Test
    void shufflesPermute() {
        int[] values = IntStream.range(0, 1000).toArray();
        new RandomStream(3, Purpose.SHUFFLE, 0).shuffle(values);
        int[] original = IntStream.range(0, 1000).toArray();
        assertThat(values).isNotEqualTo(original).containsExactlyInAnyOrder(original);
    }

    @Test
    void everyOrderOfFourComesUpEquallyOften() {
        int rounds = 240_000;
        int[] counts = new int[256];
        RandomStream stream = new RandomStream(4, Purpose.SHUFFLE, 0);
        for (int i = 0; i < rounds; i++) {
            int[] order = {0, 1, 2, 3};
            stream.shuffle(order);
            counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
        }
        double expected = rounds / 24.0;
        double chiSquare = Arrays.stream(counts)
                .filter(count -> count > 0)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(Arrays.stream(counts).filter(count -> count > 0).count()).isEqualTo(24);
        // The 1 − 10⁻⁶ quantile of χ² with 23 degrees of freedom.
        assertThat(chiSquare).isLessThan(70.6);
    }
}
