package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitNormsTest {
    @Test
    void scalesUnitsBeyondTheLimitBackToItAndLeavesTheOthers() {
        Random random = Randomized.random("unit norms");
        for (int trial = 0; trial < 100; trial++) {
            int in = 1 + random.nextInt(80);
            int out = 1 + random.nextInt(100);
            int offset = random.nextInt(4) * 16;
            // Half of the units lie beyond the norm that is usual for so many normal values.
            float limit = (float) Math.sqrt(in);
            float[] w = Randomized.panels(random, offset, in, out);
            float[] original = w.clone();
            int fromPanel = random.nextInt(WeightPanels.count(out));
            UnitNorms.limit(w, offset, in, out, fromPanel, WeightPanels.count(out), limit);
            for (int output = 0; output < out; output++) {
                double norm = norm(original, offset, in, out, output);
                boolean scaled = norm > limit && output >= fromPanel * WeightPanels.PANEL;
                double scale = scaled ? limit / norm : 1;
                for (int input = 0; input < in; input++) {
                    int at = offset + WeightPanels.position(output, input, out, in);
                    assertThat((double) w[at])
                            .isCloseTo(original[at] * scale, within(scaled ? 0x1p-22 * Math.abs(original[at]) : 0));
                }
                if (scaled) {
                    assertThat(norm(w, offset, in, out, output)).isCloseTo(limit, within(0x1p-22 * limit));
                }
            }
            // What lies outside, and the columns of no unit, stay as they were.
            assertThat(Arrays.copyOf(w, offset)).containsExactly(Arrays.copyOf(original, offset));
            int end = offset + WeightPanels.size(in, out);
            assertThat(Arrays.copyOfRange(w, end, w.length)).containsOnly(Float.NaN);
        }
    }

    @Test
    void noSquareOverflowsAndWhatIsNoNumberIsNotHidden() {
        float[] w = new float[WeightPanels.size(2, 16)];
        w[0] = 3e30f;
        w[16] = 4e30f;
        w[1] = Float.NaN;
        w[17] = 5f;
        w[2] = 1e-30f;
        UnitNorms.limit(w, 0, 2, 16, 0, 1, 2f);
        assertThat(w[0]).isCloseTo(1.2f, within(1e-6f));
        assertThat(w[16]).isCloseTo(1.6f, within(1e-6f));
        assertThat(w[1]).isNaN();
        assertThat(w[17]).isNaN();
        assertThat(w[2]).isEqualTo(1e-30f);
    }

    private static double norm(float[] w, int offset, int in, int out, int output) {
        double sum = 0;
        for (int input = 0; input < in; input++) {
            double value = w[offset + WeightPanels.position(output, input, out, in)];
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
