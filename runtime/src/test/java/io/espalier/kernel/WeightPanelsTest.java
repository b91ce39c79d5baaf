package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightPanelsTest {

    @Test
    void sizeCountsThePadding() {
        assertThat(WeightPanels.size(5, 1)).isEqualTo(80);
        assertThat(WeightPanels.size(5, 16)).isEqualTo(80);
        assertThat(WeightPanels.size(5, 17)).isEqualTo(160);
        assertThat(WeightPanels.size(784, 1024)).isEqualTo(784 * 1024);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> WeightPanels.size(1 << 16, 1 << 16));
    }

    @Test
    void countAndWidth() {
        assertThat(WeightPanels.count(32)).isEqualTo(1);
        assertThat(WeightPanels.count(33)).isEqualTo(2);
        assertThat(WeightPanels.width(0, 33)).isEqualTo(32);
        assertThat(WeightPanels.width(1, 33)).isEqualTo(16);
        assertThat(WeightPanels.width(1, 49)).isEqualTo(32);
        assertThat(WeightPanels.width(0, 10)).isEqualTo(16);
    }

    @Test
    void positionsFollowTheDefinitionAndAreDistinct() {
        for (int out = 1; out <= 70; out++) {
            int in = 1 + out % 7;
            BitSet taken = new BitSet();
            for (int output = 0; output < out; output++) {
                int panel = output / 32;
                int width = panel < WeightPanels.count(out) - 1 ? 32 : Randomized.roundUp(out - 32 * panel);
                for (int input = 0; input < in; input++) {
                    int position = WeightPanels.position(output, input, out, in);
                    assertThat(position).isEqualTo(32 * panel * in + input * width + output - 32 * panel);
                    assertThat(position).isBetween(0, WeightPanels.size(in, out) - 1);
                    assertThat(taken.get(position)).isFalse();
                    taken.set(position);
                }
            }
        }
    }

    @Test
    void transposesPanelByPanel() {
        Random random = Randomized.random("transposesPanelByPanel");
        for (int trial = 0; trial < 60; trial++) {
            int in = 1 + random.nextInt(100);
            int out = 1 + random.nextInt(100);
            int offset = random.nextInt(5);
            float[] w = Randomized.panels(random, offset, in, out);
            float[] t = Randomized.poisoned(offset + WeightPanels.size(out, in) + 3);
            int middle = random.nextInt(WeightPanels.count(out) + 1);
            WeightPanels.transpose(w, offset, in, out, t, offset, middle, WeightPanels.count(out));
            WeightPanels.transpose(w, offset, in, out, t, offset, 0, middle);
            BitSet used = new BitSet();
            for (int output = 0; output < out; output++) {
                for (int input = 0; input < in; input++) {
                    int position = offset + WeightPanels.position(input, output, in, out);
                    used.set(position);
                    assertThat(t[position])
                            .as("element (%d, %d) of %d × %d", output, input, out, in)
                            .isEqualTo(w[offset + WeightPanels.position(output, input, out, in)]);
                }
            }
            for (int i = 0; i < t.length; i++) {
                if (i < offset || i >= offset + WeightPanels.size(out, in)) {
                    assertThat(t[i]).isNaN();
                } else if (!used.get(i)) {
                    assertThat(t[i]).as("padding at %d", i).isZero();
                }
            }
        }
    }
}
