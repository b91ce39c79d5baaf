package io.espalier.benchmarks.compare;

import io.espalier.Classifier;
import io.espalier.CompiledNetwork;
import io.espalier.Predictor;
import io.espalier.benchmarks.workload.Examples;
import io.espalier.benchmarks.workload.Recipe;
import io.espalier.data.Batch;
import io.espalier.model.NetworkDescription;
import io.espalier.train.TrainingStep;

/** Espalier itself. */
final class EspalierEngine implements Engine {
    /** The seed of the masks. */
    private static final long SEED = 1;

    @Override
    public Work prepare(Workload workload, int threads) {
        return switch (workload) {
            case Workload.Training training -> new Step(training, threads);
            case Workload.Prediction prediction -> new Call(prediction);
            case Workload.Raw raw -> EspalierOperation.of(raw);
        };
    }

    /** The batches that all engines train on or predict for. */
    static Examples examples(CompiledNetwork network, int batch) {
        NetworkDescription description = network.description();
        return Examples.draw(batch, description.input()[0], description.output()[0]);
    }

    private static final class Step implements Work {
        private final TrainingStep step;
        private final float learningRate;
        private final Batch[] batches;
        private int next;
        private float loss;

        Step(Workload.Training training, int threads) {
            CompiledNetwork network = training.recipe().network(training.dropout());
            Examples examples = examples(network, training.batch());
            batches = new Batch[examples.batches()];
            for (int i = 0; i < batches.length; i++) {
                batches[i] = Batch.of(examples.inputs()[i], examples.labels()[i], training.batch());
            }
            learningRate = network.learningRate();
            step = network.trainingStep(training.batch(), threads, SEED);
        }

        @Override
        public void run() {
            Batch batch = batches[next];
            next = (next + 1) % batches.length;
            loss = step.forwardBackward(batch);
            step.update(learningRate);
        }

        @Override
        public float result() {
            return loss;
        }

        @Override
        public void close() {
            step.close();
        }
    }

    private static final class Call implements Work {
        private final Predictor.Session session;
        private final float[][] inputs;
        private final float[] probabilities;
        private final int batch;
        private int next;

        Call(Workload.Prediction prediction) {
            Recipe recipe = prediction.recipe();
            Classifier network = recipe.network(false);
            Examples examples = examples(network, prediction.batch());
            batch = prediction.batch();
            inputs = examples.inputs();
            probabilities = new float[batch * examples.classes()];
            session = network.predictor().session(batch);
        }

        @Override
        public void run() {
            session.probabilities(inputs[next], batch, probabilities);
            next = (next + 1) % inputs.length;
        }

        @Override
        public float result() {
            return (float) Checksum.of(probabilities);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
