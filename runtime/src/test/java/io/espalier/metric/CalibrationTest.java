package io.espalier.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static Calibration example() {
        Calibration calibration = new Calibration(5);
        calibration.add(0.9, true);
        calibration.add(0.95, false);
        calibration.add(0.55, true);
        calibration.add(0.45, false);
        return calibration;
    }

    /** By hand: bin (0.8, 1] is 0.425 too sure with 2 of 4 answers, bin (0.4, 0.6] just right with the other 2. */
    @Test
    void errorsAreTheGapsOfTheBins() {
        Reliability reliability = example().reliability();
        assertThat(reliability.examples()).isEqualTo(4);
        assertThat(reliability.bins()).hasSize(5);
        ReliabilityBin last = reliability.bins().get(4);
        assertThat(last.from()).isEqualTo(0.8);
        assertThat(last.to()).isEqualTo(1);
        assertThat(last.count()).isEqualTo(2);
        assertThat(last.confidence()).isCloseTo(0.925, within(1e-9));
        assertThat(last.accuracy()).isEqualTo(0.5);
        assertThat(last.gap()).isCloseTo(-0.425, within(1e-9));
        assertThat(reliability.bins().get(0)).isEqualTo(new ReliabilityBin(0, 0.2, 0, 0, 0));
        assertThat(reliability.expectedCalibrationError()).isCloseTo(0.2125, within(1e-9));
        assertThat(reliability.maximumCalibrationError()).isCloseTo(0.425, within(1e-9));
    }

    @Test
    void theTableIsForPeople() {
        assertThat(example().reliability().table()).isEqualTo("""
                confidence       answers        mean   accuracy        gap
                0.400 - 0.600          2     50.00 %    50.00 %    +0.00 %  ##########|
                0.800 - 1.000          2     92.50 %    50.00 %   -42.50 %  ##########         |
                expected calibration error 21.25 %, maximum 42.50 %
                """);
    }

    @Test
    void aBinHoldsItsUpperEndAndTheFirstOneZero() {
        for (int bins : new int[] {1, 3, 10, 15, 49, 1000}) {
            Calibration calibration = new Calibration(bins);
            calibration.add(0, false);
            for (int bin = 0; bin < bins; bin++) {
                double end = (double) (bin + 1) / bins;
                calibration.add(end, false);
                calibration.add(Math.nextDown(end), false);
                if (end < 1) {
                    calibration.add(Math.nextUp(end), false);
                }
            }
            List<ReliabilityBin> all = calibration.reliability().bins();
            for (ReliabilityBin bin : all) {
                assertThat(bin.count()).as("%d bins: %s", bins, bin).isEqualTo(3);
            }
        }
    }

    /** The whole answer for a network of 15 bins again, example by example, in double. */
    @Test
    void errorsAgreeWithTheirDefinitions() {
        long seed = System.nanoTime();
        System.out.println("CalibrationTest.errorsAgreeWithTheirDefinitions seed " + seed);
        Random random = new Random(seed);
        int examples = 2000;
        int[] counts = new int[15];
        double[] differences = new double[15];
        Calibration[] parts = {new Calibration(), new Calibration()};
        for (int i = 0; i < examples; i++) {
            double confidence = 1 - random.nextFloat() * random.nextFloat();
            boolean correct = random.nextDouble() < confidence * confidence;
            int bin = 0;
            while (bin < 14 && confidence > (bin + 1) / 15.0) {
                bin++;
            }
            counts[bin]++;
            differences[bin] += (correct ? 1 : 0) - confidence;
            parts[i % 2].add(confidence, correct);
        }
        double expected = 0;
        double maximum = 0;
        for (int bin = 0; bin < 15; bin++) {
            expected += Math.abs(differences[bin]) / examples;
            maximum = Math.max(maximum, Math.abs(differences[bin]) / Math.max(1, counts[bin]));
        }
        parts[0].merge(parts[1]);
        Reliability reliability = parts[0].reliability();
        assertThat(reliability.expectedCalibrationError()).isCloseTo(expected, within(1e-8));
        assertThat(reliability.maximumCalibrationError()).isCloseTo(maximum, within(1e-8));
    }

    @Test
    void theOrderOfMergingDoesNotShow() {
        Random random = new Random(3);
        Calibration[] parts = {new Calibration(), new Calibration(), new Calibration()};
        for (int i = 0; i < 3000; i++) {
            parts[i % 3].add(random.nextFloat(), random.nextBoolean());
        }
        Calibration forward = new Calibration();
        Calibration backward = new Calibration();
        for (int i = 0; i < 3; i++) {
            forward.merge(parts[i]);
            backward.merge(parts[2 - i]);
        }
        assertThat(forward.reliability()).isEqualTo(backward.reliability());
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Calibration(0));
        Calibration calibration = new Calibration();
        for (double confidence : new double[] {Double.NaN, -0.01, 1.01, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> calibration.add(confidence, true))
                    .withMessageContaining(String.valueOf(confidence));
        }
        assertThatIllegalStateException().isThrownBy(calibration::reliability);
        assertThatIllegalArgumentException().isThrownBy(() -> calibration.merge(new Calibration(3)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reliability(List.of()));
        calibration.add(1 + 1e-7, true);
        assertThat(calibration.reliability().bins().getLast().confidence())
                .as("the rounding of a float32 softmax")
                .isEqualTo(1);
        calibration.clear();
        assertThatIllegalStateException().isThrownBy(calibration::reliability);
    }
}
