package io.espalier.processor.ir;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.emitted.PassBuilder;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.NormalDraws;
import io.espalier.kernel.WeightPanels;
import io.espalier.processor.operation.Rates;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the processor lays out, the runtime finds: both say it, and this holds them together. */
class LayoutTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 784, 4096, 4097})
    void rowsAreAsLongAsTheRuntimeTakesThem(int width) {
        assertThat(Layout.rows(1, width).stride()).isEqualTo(PassBuilder.stride(width));
        assertThat(Layout.padded((long) width)).isEqualTo(PassBuilder.stride(width));
        assertThat(Layout.bits(Layout.rows(1, width)).stride()).isEqualTo(DropoutMask.wordsPerRow(width));
        assertThat(Layout.draws(Layout.rows(1, width)).stride()).isEqualTo(NormalDraws.stride(width));
        for (int in : new int[] {1, 7, 16, 33}) {
            ParameterSpec weight =
                    new ParameterSpec("w", "dense.weight", Role.WEIGHT, Packing.PANELS, List.of(width, in));
            assertThat(weight.paddedSize()).isEqualTo(WeightPanels.size(in, width));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-9, 7.6e-6, 7.7e-6, 1e-5, 0.1, 0.5, 0.9, 0.99999, 0.999992, 0.999993})
    void aRateThatDropsHasAThreshold(double p) {
        assertThat(Rates.drops(p)).isEqualTo(Rates.isRate(p) && DropoutMask.threshold(p) > 0);
    }
}
