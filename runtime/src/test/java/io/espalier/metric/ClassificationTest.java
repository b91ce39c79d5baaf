package io.espalier.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassificationTest {

    /** Right classes 0 0 0 1 1 2, answers 0 0 1 1 0 1, and a class 3 that does not occur. */
    private static Classification example() {
        Classification classification = new Classification(4);
        int[][] answers = {{0, 0}, {0, 0}, {0, 1}, {1, 1}, {1, 0}, {2, 1}};
        for (int[] each : answers) {
            classification.add(each[0], each[1]);
        }
        return classification;
    }

    @Test
    void scoresPerClass() {
        ClassificationScores scores = example().scores();
        assertThat(scores.examples()).isEqualTo(6);
        assertThat(scores.classes()).isEqualTo(4);
        assertThat(scores.accuracy()).isEqualTo(0.5);
        assertThat(scores.precision(0)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(scores.recall(0)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(scores.precision(1)).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(scores.recall(1)).isEqualTo(0.5);
        assertThat(scores.f1(1)).isCloseTo(0.4, within(1e-15));
        assertThat(scores.support(1)).isEqualTo(2);
        assertThat(scores.predicted(1)).isEqualTo(3);
    }

    @Test
    void quotientsWithoutADivisorAreZero() {
        ClassificationScores scores = example().scores();
        assertThat(scores.precision(2)).isZero();
        assertThat(scores.recall(2)).isZero();
        assertThat(scores.f1(2)).isZero();
        assertThat(scores.f1(3)).isZero();
    }

    /** The values of scikit-learn's precision_recall_fscore_support(average="macro") and balanced_accuracy_score. */
    @Test
    void averagesAreOverTheClassesThatOccur() {
        ClassificationScores scores = example().scores();
        assertThat(scores.macroPrecision()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(scores.macroRecall()).isCloseTo(7.0 / 18, within(1e-15));
        assertThat(scores.macroF1()).isCloseTo(16.0 / 45, within(1e-15));
        assertThat(scores.balancedAccuracy()).isCloseTo(7.0 / 18, within(1e-15));
    }

    @Test
    void aClassThatIsOnlyAnsweredCountsInTheMacroAveragesAlone() {
        Classification classification = new Classification(2);
        classification.add(0, 0);
        classification.add(0, 1);
        assertThat(classification.scores().macroRecall()).isEqualTo(0.25);
        assertThat(classification.scores().balancedAccuracy()).isEqualTo(0.5);
    }

    @Test
    void mergingIsAddingAllExamples() {
        Classification merged = example();
        merged.merge(example());
        assertThat(merged.scores().examples()).isEqualTo(12);
        assertThat(merged.scores().support(0)).isEqualTo(6);
        assertThat(merged.scores().f1(1)).isEqualTo(example().scores().f1(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> merged.merge(new Classification(3)))
                .withMessageContaining("over 3 classes");
    }

    @Test
    void theConfusionMatrixCountsEachPair() {
        ConfusionMatrix matrix = example().scores().confusionMatrix();
        long[][] expected = {{2, 1, 0, 0}, {1, 1, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}};
        for (int right = 0; right < 4; right++) {
            for (int answer = 0; answer < 4; answer++) {
                assertThat(matrix.count(right, answer)).isEqualTo(expected[right][answer]);
            }
        }
        assertThat(matrix.table(List.of("cat", "dog", "emu", "yak"))).isEqualTo("""
                right \\ answer  0  1  2  3
                0 cat           2  1  0  0
                1 dog           1  1  0  0
                2 emu           0  1  0  0
                3 yak           0  0  0  0
                """);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> matrix.count(0, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> matrix.table(List.of("cat")));
    }

    @Test
    void whatIsConfusedMostComesFirst() {
        Classification classification = example();
        classification.add(2, 1);
        assertThat(classification.scores().confusionMatrix().mostConfused(2))
                .containsExactly(new ConfusionMatrix.Confusion(2, 1, 2), new ConfusionMatrix.Confusion(0, 1, 1));
    }

    /** Every score again from the list of answers, by its definition. */
    @Test
    void scoresAgreeWithTheirDefinitions() {
        long seed = System.nanoTime();
        System.out.println("ClassificationTest.scoresAgreeWithTheirDefinitions seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            int classes = 1 + random.nextInt(6);
            int[] expected = random.ints(1 + random.nextInt(40), 0, classes).toArray();
            int[] answers = random.ints(expected.length, 0, classes).toArray();
            Classification[] parts = {new Classification(classes), new Classification(classes)};
            for (int i = 0; i < expected.length; i++) {
                parts[i % 2].add(expected[i], answers[i]);
            }
            parts[0].merge(parts[1]);
            ClassificationScores scores = parts[0].scores();
            for (int c = 0; c < classes; c++) {
                double both = 0;
                double answered = 0;
                double right = 0;
                for (int i = 0; i < expected.length; i++) {
                    both += expected[i] == c && answers[i] == c ? 1 : 0;
                    answered += answers[i] == c ? 1 : 0;
                    right += expected[i] == c ? 1 : 0;
                }
                double precision = answered == 0 ? 0 : both / answered;
                double recall = right == 0 ? 0 : both / right;
                assertThat(scores.precision(c)).isEqualTo(precision);
                assertThat(scores.recall(c)).isEqualTo(recall);
                assertThat(scores.f1(c)).isCloseTo(both == 0 ? 0 : 2 / (1 / precision + 1 / recall), within(1e-12));
            }
        }
    }

    @Test
    void scoresAreASnapshot() {
        Classification classification = example();
        ClassificationScores scores = classification.scores();
        classification.clear();
        classification.add(3, 3);
        assertThat(scores.support(3)).isZero();
        assertThat(scores.accuracy()).isEqualTo(0.5);
        assertThat(classification.scores().examples()).isEqualTo(1);
    }

    @Test
    void theTableIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(example().scores().table(List.of("cat", "dog", "emu", "yak")))
                    .isEqualTo("""
                    class              precision     recall         F1    support
                    cat                  66.67 %    66.67 %    66.67 %          3
                    dog                  33.33 %    50.00 %    40.00 %          2
                    emu                   0.00 %     0.00 %     0.00 %          1
                    macro average        33.33 %    38.89 %    35.56 %          6
                    accuracy                        50.00 %                     6
                    balanced accuracy               38.89 %                     6
                    """);
            assertThat(example().scores()).hasToString("6 examples, accuracy 50.00 %");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Classification(0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> example().add(4, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> example().add(0, -1));
        assertThatIllegalStateException().isThrownBy(() -> new Classification(2).scores());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> example().scores().table(List.of("cat")))
                .withMessage("There are 4 classes, but 1 names for them");
    }
}
