package io.espalier.samples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.samples.cli.RealData;
import io.espalier.samples.cli.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the sample comes to on the real pictures, by its defaults. Observed on those to test with seeds 1, 2 and 3: accuracy
 * 0.9025, 0.9016 and 0.9014, loss 0.346, 0.346 and 0.345, and a gap of 0.151, 0.152 and 0.154 between the losses on validation
 * and training pictures; of the bare network 0.8973, 0.8947 and 0.8979, 0.431, 0.380 and 0.509, and 0.351, 0.276 and 0.480.
 * Each floor lies between the two, so that regularizers that do nothing miss all three. The authors of the data list 0.8833
 * for a network of 256, 128 and 100 units.
 */
@Tag("long")
class FashionMnistTest {
    @Test
    void theLessonsNetworkIsBetterThanTheBareOne() {
        String data = RealData.folder("fashion-mnist").toString();
        Run run = Run.of(Fashion::new, "--data", data, "--seed", "1", "--threads", "2");
        assertThat(run.number("regularized_test_accuracy")).isGreaterThan(0.8985);
        assertThat(run.number("regularized_test_loss")).isLessThan(0.36);
        assertThat(run.number("regularized_gap")).isLessThan(0.21);
    }
}
