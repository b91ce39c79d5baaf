package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionsTest {
    @Test
    void flattensAndRestores() {
        float nan = Float.NaN;
        float[] x = {nan, 1, 2, nan, nan, 3, 4, nan, nan, 5, 6, nan, nan, 7, 8, nan, nan};
        float[] flat = {nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan};
        Positions.flatten(x, 1, 4, 2, 2, 2, flat, 1, 5);
        assertThat(flat).containsExactly(nan, 1, 2, 3, 4, nan, 5, 6, 7, 8, nan);
        float[] back = new float[17];
        java.util.Arrays.fill(back, nan);
        Positions.unflatten(flat, 1, 5, 2, 2, 2, back, 1, 4);
        assertThat(back).containsExactly(nan, 1, 2, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 7, 8, 0, 0);
    }
}
