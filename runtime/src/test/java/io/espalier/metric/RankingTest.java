package io.espalier.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {

    /** The example of scikit-learn's roc_auc_score: 0.75. */
    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        Ranking ranking = new Ranking(1);
        float[] scores = {0.1f, 0.4f, 0.35f, 0.8f};
        boolean[] positive = {false, false, true, true};
        for (int i = 0; i < 4; i++) {
            ranking.add(0, positive[i], scores[i]);
        }
        assertThat(ranking.scores().area(0)).hasValue(0.75);
        assertThat(ranking.scores().positives(0)).isEqualTo(2);
        assertThat(ranking.scores().negatives(0)).isEqualTo(2);
        assertThat(ranking.scores()).hasToString("ROC AUC 0.7500");
    }

    @Test
    void equalScoresCountHalf() {
        Ranking ranking = new Ranking(1);
        for (int i = 0; i < 10; i++) {
            ranking.add(0, i % 3 == 0, 0.5f);
        }
        assertThat(ranking.scores().area(0)).hasValue(0.5);
        Ranking zeros = new Ranking(1);
        zeros.add(0, true, -0f);
        zeros.add(0, false, 0f);
        assertThat(zeros.scores().area(0)).as("the two zeros are equal").hasValue(0.5);
    }

    @Test
    void theAreaAgreesWithTheDefinitionOverAllPairs() {
        long seed = System.nanoTime();
        System.out.println("RankingTest.theAreaAgreesWithTheDefinitionOverAllPairs seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int examples = 2 + random.nextInt(60);
            int levels = 1 + random.nextInt(30);
            float[] scores = new float[examples];
            boolean[] positive = new boolean[examples];
            Ranking[] parts = {new Ranking(1), new Ranking(1)};
            for (int i = 0; i < examples; i++) {
                scores[i] = (random.nextInt(levels) - levels / 2) / 8f;
                positive[i] = i == 0 || (i > 1 && random.nextBoolean());
                parts[i * 2 / examples].add(0, positive[i], scores[i]);
            }
            double sum = 0;
            int pairs = 0;
            for (int p = 0; p < examples; p++) {
                for (int n = 0; n < examples; n++) {
                    if (positive[p] && !positive[n]) {
                        sum += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
                        pairs++;
                    }
                }
            }
            parts[1].merge(parts[0]);
            assertThat(parts[1].scores().area(0).orElseThrow()).isCloseTo(sum / pairs, within(1e-12));
        }
    }

    @Test
    void anAbsentSideHasNoArea() {
        Ranking ranking = new Ranking(1);
        assertThat(ranking.scores().area(0)).isEmpty();
        ranking.add(0, true, 1);
        assertThat(ranking.scores().area(0)).isEmpty();
        assertThat(ranking.scores().macroArea()).isEmpty();
        assertThat(ranking.scores())
                .hasToString("ROC AUC undefined: no column has both positive and negative examples");
        ranking.add(0, false, 2);
        assertThat(ranking.scores().area(0)).hasValue(0);
        ranking.clear();
        assertThat(ranking.scores().area(0)).isEmpty();
    }

    /** By hand: class 0 ranks 2 of 4 pairs rightly and ties one, class 1 all 4, class 2 has no example. */
    @Test
    void classesAreRankedAgainstTheRest() {
        Ranking ranking = new Ranking(3);
        float[] rows = {
            0.6f, 0.3f, 0.1f,
            0.2f, 0.1f, 0.7f,
            0.2f, 0.7f, 0.1f,
            0.5f, 0.4f, 0.1f,
        };
        int[] expected = {0, 0, 1, 1};
        for (int row = 0; row < 4; row++) {
            ranking.addOneVersusRest(expected[row], rows, 3 * row);
        }
        RankingScores scores = ranking.scores();
        assertThat(scores.area(0)).hasValue(2.5 / 4);
        assertThat(scores.area(1)).hasValue(1);
        assertThat(scores.area(2)).isEmpty();
        assertThat(scores.macroArea()).hasValue(6.5 / 8);
        assertThat(scores.columns()).isEqualTo(3);
    }

    @Test
    void infinitiesHaveTheirRank() {
        Ranking ranking = new Ranking(1);
        ranking.add(0, true, Float.POSITIVE_INFINITY);
        ranking.add(0, false, Float.NEGATIVE_INFINITY);
        ranking.add(0, false, Float.POSITIVE_INFINITY);
        assertThat(ranking.scores().area(0)).hasValue(0.75);
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Ranking(0));
        Ranking ranking = new Ranking(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranking.add(1, true, Float.NaN))
                .withMessage("The score of column 1 is NaN, which has no rank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranking.addOneVersusRest(0, new float[] {1, Float.NaN}, 0))
                .withMessageContaining("column 1");
        assertThat(ranking.scores().positives(0)).as("none of it counts").isZero();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ranking.add(2, true, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> ranking.addOneVersusRest(2, new float[2], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> ranking.addOneVersusRest(0, new float[2], 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ranking.merge(new Ranking(1)));
    }
}
