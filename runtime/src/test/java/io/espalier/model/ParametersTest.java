package io.espalier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ParametersTest {
    /** Column by column, each column padded to four rows. */
    private static final Placement PADDED_COLUMNS = (row, column, rows, columns) -> column * 4 + row;

    private final float[] memory = new float[40];
    private final Parameters parameters = new Parameters.Builder(memory)
            .matrix("features.dense.weight", 2, 3, 5, PADDED_COLUMNS, true)
            .vector("features.dense.bias", 24, 3, ParameterRole.BIAS, false)
            .vector("features.batchNorm.runningMean", 28, 3, ParameterRole.RUNNING_MEAN, false)
            .vector("features.batchNorm.runningVariance", 32, 3, ParameterRole.RUNNING_VARIANCE, false)
            .build();

    @Test
    void keepsTheOrderAndCountsOnlyWhatIsTrained() {
        assertThat(parameters.names())
                .containsExactly(
                        "features.dense.weight",
                        "features.dense.bias",
                        "features.batchNorm.runningMean",
                        "features.batchNorm.runningVariance");
        assertThat(parameters).extracting(Parameter::name).isEqualTo(parameters.names());
        assertThat(parameters.size()).isEqualTo(4);
        assertThat(parameters.count()).isEqualTo(18);
    }

    @Test
    void aMatrixIsShownRowByRowWhateverItsPacking() {
        Parameter weight = parameters.get("features.dense.weight");
        float[] rowByRow = new float[15];
        for (int i = 0; i < 15; i++) {
            rowByRow[i] = i + 1;
        }
        weight.set(rowByRow);
        assertThat(memory[2 + 4 * 4 + 1]).as("row 1, column 4").isEqualTo(10);
        for (int column = 0; column < 5; column++) {
            assertThat(memory[2 + 4 * column + 3])
                    .as("padding of column " + column)
                    .isZero();
        }
        assertThat(weight.values()).containsExactly(rowByRow);
        assertThat(weight.shape()).containsExactly(3, 5);
        assertThat(weight.size()).isEqualTo(15);
        assertThat(weight.role()).isEqualTo(ParameterRole.WEIGHT);
        assertThat(weight.decayed()).isTrue();

        float[] piece = new float[6];
        weight.copyTo(4, piece, 1, 4);
        assertThat(piece).containsExactly(0, 5, 6, 7, 8, 0);
        assertThatThrownBy(() -> weight.copyTo(12, piece, 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatIsHandedOutIsACopy() {
        Parameter weight = parameters.get("features.dense.weight");
        weight.values()[0] = 7;
        weight.shape()[0] = 7;
        assertThat(weight.values()[0]).isZero();
        assertThat(weight.shape()).containsExactly(3, 5);
    }

    @Test
    void settingAdvancesTheVersionAndARefusedSetDoesNot() {
        Parameter bias = parameters.get("features.dense.bias");
        assertThat(parameters.version()).isZero();
        bias.set(new float[] {1, 2, 3});
        assertThat(parameters.version()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bias.set(new float[] {4, 5, Float.NaN}))
                .withMessageContaining("'features.dense.bias'")
                .withMessageContaining("[2] is NaN");
        assertThat(parameters.version()).isEqualTo(1);
        assertThat(bias.values()).containsExactly(1, 2, 3);
    }

    @Test
    void valuesThatDoNotFitAreRefusedByNameAndPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters.get("features.dense.weight").set(new float[14]))
                .withMessageContaining("'features.dense.weight' of shape [3, 5] takes 15 values, not 14");
        float[] infinite = new float[15];
        infinite[13] = Float.NEGATIVE_INFINITY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters.get("features.dense.weight").set(infinite))
                .withMessageContaining("[2, 3] is -Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        parameters.get("features.batchNorm.runningVariance").set(new float[] {1, -1, 1}))
                .withMessageContaining("[1] is -1.0, a variance below 0");
        parameters.get("features.batchNorm.runningMean").set(new float[] {1, -1, 1});
    }

    @Test
    void anUnknownNameGetsTheNearestOnes() {
        assertThatThrownBy(() -> parameters.get("features.dense.wieght"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("'features.dense.wieght'; the nearest names are features.dense.weight,")
                .hasMessageContaining("4 in all");
        assertThatThrownBy(() -> new Parameters.Builder(new float[0]).build().get("x"))
                .hasMessageContaining("this network has none");
    }

    @Test
    void theGradientIsUnpackedAndScaledToTheMeanLoss() {
        Parameter weight = parameters.get("features.dense.weight");
        assertThatThrownBy(weight::gradient)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'features.dense.weight' has no gradient yet")
                .hasMessageContaining("forwardBackward");

        float[] sums = new float[27];
        sums[2 + 4 * 4 + 1] = 8;
        parameters.gradients(new GradientView() {
            @Override
            public float[] gradients() {
                return sums;
            }

            @Override
            public float scale() {
                return 0.25f;
            }
        });
        float[] expected = new float[15];
        expected[9] = 2;
        assertThat(weight.gradient()).containsExactly(expected);
        assertThatThrownBy(
                        () -> parameters.get("features.batchNorm.runningMean").gradient())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("running statistic");

        parameters.gradients(null);
        assertThatThrownBy(weight::gradient).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aListThatDoesNotFitItsArrayIsRefused() {
        Parameters.Builder builder = new Parameters.Builder(new float[10]);
        builder.vector("a", 0, 10, ParameterRole.BIAS, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.vector("a", 0, 1, ParameterRole.BIAS, false))
                .withMessageContaining("two parameters are named 'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.vector("b", 1, 10, ParameterRole.BIAS, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.matrix("c", 0, 1 << 20, 1 << 20, PADDED_COLUMNS, false));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.matrix("d", 0, 0, 5, PADDED_COLUMNS, false));
    }

    @Test
    void theParametersCannotBeRemoved() {
        var iterator = parameters.iterator();
        iterator.next();
        assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
    }
}
