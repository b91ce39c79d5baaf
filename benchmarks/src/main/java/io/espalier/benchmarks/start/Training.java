package io.espalier.benchmarks.start;

import io.espalier.CompiledNetwork;
import io.espalier.benchmarks.kernels.Noise;
import io.espalier.benchmarks.workload.Recipe;
import io.espalier.data.Batch;
import io.espalier.train.TrainingStep;
import java.io.IOException;

/** A process that trains for a while and tells how much memory it holds. */
final class Training {
    private static final int EXAMPLES = 128;

    private Training() {}

    /**
     * Prints a {@link Memory}.
     *
     * @param args how many steps
     * @throws IOException if the memory cannot be read
     */
    public static void main(String[] args) throws IOException {
        CompiledNetwork network = Recipe.W1.network(true);
        Batch batch = Noise.batch(network.description(), EXAMPLES, 1);
        try (TrainingStep step = network.trainingStep(EXAMPLES, 1, 1)) {
            for (int i = Integer.parseInt(args[0]); i > 0; i--) {
                step.forwardBackward(batch);
                step.update(network.learningRate());
            }
            System.out.println(Memory.now().line());
        }
    }
}
