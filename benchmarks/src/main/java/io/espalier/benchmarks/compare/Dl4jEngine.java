package io.espalier.benchmarks.compare;

import io.espalier.CompiledNetwork;
import io.espalier.benchmarks.workload.Examples;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j with its native backend, which takes its number of threads from the environment. */
final class Dl4jEngine implements Engine {

    @Override
    public Work prepare(Workload workload, int threads) {
        return switch (workload) {
            case Workload.Training training -> new Step(training);
            case Workload.Prediction prediction -> new Call(prediction);
            case Workload.Raw _ ->
                throw new UnsupportedOperationException("single operations are compared with PyTorch alone");
        };
    }

    private static INDArray inputs(Examples examples, int batch) {
        return Nd4j.create(examples.inputs()[batch], new int[] {examples.batchSize(), examples.inputSize()});
    }

    /** Deeplearning4j has no label smoothing: it is put into the targets. */
    private static INDArray targets(Examples examples, int batch, double smoothing) {
        int classes = examples.classes();
        float[] targets = new float[examples.batchSize() * classes];
        for (int row = 0; row < examples.batchSize(); row++) {
            for (int i = 0; i < classes; i++) {
                double onLabel = i == examples.labels()[batch][row] ? 1 - smoothing : 0;
                targets[row * classes + i] = (float) (onLabel + smoothing / classes);
            }
        }
        return Nd4j.create(targets, new int[] {examples.batchSize(), classes});
    }

    private static final class Step implements Work {
        private final MultiLayerNetwork network;
        private final INDArray[] inputs;
        private final INDArray[] targets;
        private int next;

        Step(Workload.Training training) {
            CompiledNetwork original = training.recipe().network(training.dropout());
            network = Dl4jNetwork.of(original, training.recipe());
            Examples examples = EspalierEngine.examples(original, training.batch());
            inputs = new INDArray[examples.batches()];
            targets = new INDArray[examples.batches()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = inputs(examples, i);
                targets[i] = targets(examples, i, training.recipe().smoothing());
            }
        }

        @Override
        public void run() {
            network.fit(inputs[next], targets[next]);
            next = (next + 1) % inputs.length;
        }

        /** The score without the penalty that weight decay has as its part of it. */
        @Override
        public float result() {
            return (float) (network.score() - network.calcRegularizationScore(true));
        }
    }

    private static final class Call implements Work {
        private final MultiLayerNetwork network;
        private final INDArray[] inputs;
        private int next;
        private INDArray last = Nd4j.empty();

        Call(Workload.Prediction prediction) {
            CompiledNetwork original = prediction.recipe().network(false);
            network = Dl4jNetwork.of(original, prediction.recipe());
            Examples examples = EspalierEngine.examples(original, prediction.batch());
            inputs = new INDArray[examples.batches()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = inputs(examples, i);
            }
        }

        @Override
        public void run() {
            last = network.output(inputs[next], false);
            next = (next + 1) % inputs.length;
        }

        @Override
        public float result() {
            return (float) Checksum.of(Nd4j.toFlattened('c', last).toFloatVector());
        }
    }
}
