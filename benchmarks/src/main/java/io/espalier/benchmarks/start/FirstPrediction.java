package io.espalier.benchmarks.start;

import io.espalier.benchmarks.workload.LayerNormGeluDropoutNetwork;
import java.io.IOException;
import java.nio.file.Path;

/** A process that loads a network, classifies one example, says so, and tells how much memory it holds. */
final class FirstPrediction {
    private FirstPrediction() {}

    /**
     * Prints the class as the answer, then a {@link Memory}.
     *
     * @param args the file of the weights
     * @throws IOException if it cannot be read
     */
    public static void main(String[] args) throws IOException {
        float[] example = new float[128];
        example[0] = 1;
        System.out.println(Start.ANSWER
                + LayerNormGeluDropoutNetwork.load(Path.of(args[0])).predictor().classify(example));
        System.out.println(Memory.now().line());
    }
}
