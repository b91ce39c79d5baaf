package io.espalier.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabellingTest {
    private static final float[] EXPECTED = {
        1, 0, 0, 0,
        1, 1, 0, 0,
        0, 1, 0, 0,
    };
    private static final float[] PROBABILITIES = {
        0.9f, 0.1f, 0.2f, 0.5f,
        0.4f, 0.8f, 0.7f, 0.0f,
        0.6f, 0.3f, 0.1f, 0.2f,
    };

    private static Labelling example() {
        Labelling labelling = new Labelling(4, 0.5f);
        for (int row = 0; row < 3; row++) {
            labelling.add(EXPECTED, 4 * row, PROBABILITIES, 4 * row);
        }
        return labelling;
    }

    /** The values of scikit-learn's precision_recall_fscore_support, accuracy_score and hamming_loss, by hand. */
    @Test
    void scoresPerLabelAndOverall() {
        LabellingScores scores = example().scores();
        assertThat(scores.examples()).isEqualTo(3);
        assertThat(scores.labels()).isEqualTo(4);
        assertThat(scores.precision(0)).isEqualTo(0.5);
        assertThat(scores.recall(0)).isEqualTo(0.5);
        assertThat(scores.f1(0)).isEqualTo(0.5);
        assertThat(scores.precision(1)).isEqualTo(1);
        assertThat(scores.recall(1)).isEqualTo(0.5);
        assertThat(scores.f1(1)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(scores.support(1)).isEqualTo(2);
        assertThat(scores.predicted(2)).isEqualTo(1);
        assertThat(scores.precision(2)).isZero();
        assertThat(scores.recall(2)).isZero();
        assertThat(scores.macroPrecision()).isEqualTo(0.5);
        assertThat(scores.macroRecall()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(scores.macroF1()).isCloseTo((0.5 + 2.0 / 3) / 3, within(1e-15));
        assertThat(scores.microF1()).isCloseTo(4.0 / 8, within(1e-15));
        assertThat(scores.labelAccuracy()).isCloseTo(8.0 / 12, within(1e-15));
        assertThat(scores.subsetAccuracy()).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void theTableLeavesOutWhatDoesNotOccur() {
        assertThat(example().scores().table(List.of("red", "green", "blue", "none")))
                .isEqualTo("""
                label              precision     recall         F1    support
                red                  50.00 %    50.00 %    50.00 %          2
                green               100.00 %    50.00 %    66.67 %          2
                blue                  0.00 %     0.00 %     0.00 %          0
                macro average        50.00 %    33.33 %    38.89 %          4
                label accuracy                  66.67 %                     3
                subset accuracy                 33.33 %                     3
                """);
        assertThat(example().scores()).hasToString("3 examples, label accuracy 66.67 %, macro F1 38.89 %");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> example().scores().table(List.of()))
                .withMessage("There are 4 labels, but 0 names for them");
    }

    @Test
    void logitsAreJudgedAtZero() {
        Labelling labelling = new Labelling(2, 0);
        labelling.add(new float[] {1, 0}, 0, new float[] {0.1f, -0.1f}, 0);
        labelling.add(new float[] {1, 0}, 0, new float[] {0, 0}, 0);
        assertThat(labelling.scores().recall(0)).isEqualTo(0.5);
        assertThat(labelling.scores().subsetAccuracy()).isEqualTo(0.5);
    }

    @Test
    void nothingExpectedAndNothingAnsweredIsRight() {
        Labelling labelling = new Labelling(2, 0.5f);
        labelling.add(new float[2], 0, new float[2], 0);
        assertThat(labelling.scores().subsetAccuracy()).isEqualTo(1);
        assertThat(labelling.scores().macroF1()).isZero();
        assertThat(labelling.scores().microF1()).isZero();
    }

    @Test
    void mergingIsAddingAllExamples() {
        Labelling first = new Labelling(4, 0.5f);
        first.add(EXPECTED, 0, PROBABILITIES, 0);
        Labelling second = new Labelling(4, 0.5f);
        second.add(EXPECTED, 4, PROBABILITIES, 4);
        second.add(EXPECTED, 8, PROBABILITIES, 8);
        first.merge(second);
        List<String> names = List.of("a", "b", "c", "d");
        assertThat(first.scores().table(names)).isEqualTo(example().scores().table(names));
        first.clear();
        assertThatIllegalStateException().isThrownBy(first::scores);
        assertThatIllegalArgumentException().isThrownBy(() -> first.merge(new Labelling(4, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> first.merge(new Labelling(3, 0.5f)));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Labelling(0, 0.5f));
        assertThatIllegalArgumentException().isThrownBy(() -> new Labelling(1, Float.NaN));
        Labelling labelling = new Labelling(2, 0.5f);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> labelling.add(new float[2], 0, new float[2], 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labelling.add(new float[2], 0, new float[] {1, Float.NaN}, 0))
                .withMessage("The score of label 1 is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labelling.add(new float[] {Float.NaN, 0}, 0, new float[2], 0))
                .withMessage("The target of label 0 is NaN");
        assertThatIllegalStateException().as("none of them counts").isThrownBy(labelling::scores);
    }
}
