package io.espalier.samples.verification;

import io.espalier.Classifier;
import io.espalier.CompiledNetwork;
import io.espalier.LabelPredictor;
import io.espalier.Labeler;
import io.espalier.MonteCarlo;
import io.espalier.Predictor;
import io.espalier.Regressor;
import io.espalier.Uncertainty;
import io.espalier.ValuePredictor;
import io.espalier.data.Batch;
import io.espalier.model.Parameter;
import io.espalier.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Digests of all that a network computes in a short training, through what users call: batches are drawn from a fixed seed, one
 * of three is shorter, as at the end of an epoch, and has soft targets where the network tells classes apart.
 */
final class DigestedTraining {
    /** How a network is trained. */
    enum Variant {
        /** forwardBackward and update. */
        PLAIN,
        /** Three batches to an update. */
        ACCUMULATED,
        /** forward, a squared error by hand, and backward. */
        OWN_LOSS,
        /** Every third parameter frozen; classes of different weights. */
        FROZEN,
        /** As plain, and then Monte-Carlo samples. */
        SAMPLED;

        int batchesPerStep() {
            return this == ACCUMULATED ? 3 : 1;
        }
    }

    private static final long WEIGHT_SEED = 11;
    private static final long DATA_SEED = 13;
    private static final long TRAINING_SEED = 17;
    private static final long SAMPLING_SEED = 19;

    private static final int MOST_STEPS = 20;

    /** The second step sees what the first has updated. */
    private static final int FEWEST_STEPS = 2;

    /**
     * Multiplications that all products of a training may take in one direction. It is enough for all steps of networks with
     * less than 22,000 weights at any batch; the largest ones' 20 steps would take more time than all others together.
     */
    private static final long MULTIPLICATIONS = 500_000_000;

    /** Small enough for every network and optimizer: a step too long would end in NaN, whatever was computed before. */
    private static final float RATE = 0.01f;

    private static final int SAMPLES = 5;

    private final KnownNetwork known;
    private final int rows;
    private final List<Examples> examples;
    private final List<Batch> batches;

    DigestedTraining(KnownNetwork known, int rows) {
        this.known = known;
        this.rows = rows;
        Random random = new Random(DATA_SEED);
        var description = known.create(WEIGHT_SEED).description();
        this.examples = List.of(
                Examples.draw(random, rows, description, false),
                Examples.draw(random, rows - rows / 4, description, true),
                Examples.draw(random, rows, description, false));
        this.batches = examples.stream().map(Examples::batch).toList();
    }

    /** Trains, and says what came of it; the text is the same for any number of threads. */
    String run(Variant variant, int threads) {
        CompiledNetwork network = known.create(WEIGHT_SEED);
        Examples.stir(network.parameters(), new Random(WEIGHT_SEED));
        long products = network.parameters().count() * rows * variant.batchesPerStep();
        int steps = Math.clamp(MULTIPLICATIONS / products, FEWEST_STEPS, MOST_STEPS);
        Digest losses = new Digest();
        Digest gradients = new Digest();
        try (TrainingStep step = network.trainingStep(rows, threads, TRAINING_SEED)) {
            if (variant == Variant.FROZEN) {
                freeze(network, step);
            }
            for (int i = 0; i < steps; i++) {
                for (int batch = 0; batch < variant.batchesPerStep(); batch++) {
                    pass(variant, step, (i + batch) % batches.size(), losses);
                }
                if (i == steps - 1) {
                    gradients(network, gradients);
                }
                step.update(RATE);
            }
        }
        Digest parameters = new Digest();
        for (Parameter parameter : network.parameters()) {
            parameters.put(finite(parameter.name(), parameter.values()));
        }
        Digest predictions = new Digest();
        predict(network, threads, predictions);
        String text = "steps=" + steps + " losses=" + losses.hex() + " gradients=" + gradients.hex() + " parameters="
                + parameters.hex() + " predictions=" + predictions.hex();
        return variant == Variant.SAMPLED ? text + " samples=" + sample(network, threads) : text;
    }

    /** Every third one, so that in networks of many stages weights, biases and norms of some are frozen, and of others not. */
    private static void freeze(CompiledNetwork network, TrainingStep step) {
        List<String> frozen = new ArrayList<>();
        for (int i = 0; i < network.parameters().size(); i += 3) {
            frozen.add(network.parameters().names().get(i));
        }
        step.freeze(frozen.toArray(String[]::new));
        if (network instanceof Classifier) {
            float[] weights = new float[network.description().output()[0]];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = 0.5f + k % 3;
            }
            step.classWeights(weights);
        }
    }

    private void pass(Variant variant, TrainingStep step, int index, Digest losses) {
        Batch batch = batches.get(index);
        float[] outputs = new float[batch.size() * width()];
        if (variant == Variant.OWN_LOSS) {
            step.forward(batch);
            step.outputs(outputs);
            step.backward(errors(outputs, examples.get(index).targets()));
        } else {
            float loss = variant == Variant.ACCUMULATED ? step.accumulate(batch) : step.forwardBackward(batch);
            step.outputs(outputs);
            losses.put(finite("loss", loss));
        }
        losses.put(finite("outputs", outputs));
    }

    /** The gradient of half the mean squared error. */
    private static float[] errors(float[] outputs, float[][] targets) {
        int width = targets[0].length;
        float[] errors = new float[outputs.length];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = (outputs[i] - targets[i / width][i % width]) / outputs.length;
        }
        return errors;
    }

    private int width() {
        return examples.getFirst().targets()[0].length;
    }

    private static void gradients(CompiledNetwork network, Digest digest) {
        for (Parameter parameter : network.parameters()) {
            if (parameter.role().trainable()) {
                digest.put(finite(parameter.name(), parameter.gradient()));
            }
        }
    }

    private static float[] finite(String what, float... values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ArithmeticException(what + " is " + value);
            }
        }
        return values;
    }

    private interface Session {
        void predict(float[] inputs, int size, float[] out);
    }

    /** The rows shared out among sessions in as many threads: a row's bits do not depend on its company. */
    private void predict(CompiledNetwork network, int threads, Digest digest) {
        int width = width();
        float[] raw = new float[rows * width];
        float[] answers = new float[rows * width];
        List<Callable<Void>> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int from = rows * thread / threads;
            int to = rows * (thread + 1) / threads;
            float[] inputs = examples.getFirst().part(from, to).flatInputs();
            Session rawSession = session(network, to - from, false);
            Session session = session(network, to - from, true);
            parts.add(() -> {
                float[] out = new float[(to - from) * width];
                rawSession.predict(inputs, to - from, out);
                System.arraycopy(out, 0, raw, from * width, out.length);
                session.predict(inputs, to - from, out);
                System.arraycopy(out, 0, answers, from * width, out.length);
                return null;
            });
        }
        atOnce(parts);
        digest.put(finite("predictions", raw));
        digest.put(finite("predictions", answers));
    }

    @SuppressWarnings("resource") // sessions hold nothing but memory
    private static Session session(CompiledNetwork network, int rows, boolean probabilities) {
        switch (network) {
            case Classifier classifier -> {
                Predictor.Session session = classifier.predictor().session(rows);
                return probabilities ? session::probabilities : session::logits;
            }
            case Labeler labeler -> {
                LabelPredictor.Session session = labeler.predictor().session(rows);
                return probabilities ? session::probabilities : session::logits;
            }
            case Regressor regressor -> {
                ValuePredictor.Session session = regressor.predictor().session(rows);
                return session::values;
            }
            default ->
                throw new UnsupportedOperationException(
                        "it is of an unknown kind: " + network.getClass().getSuperclass());
        }
    }

    /** Every thread estimates all rows with the same sampler, because noise depends on a row's place. */
    private String sample(CompiledNetwork network, int threads) {
        float[] inputs = examples.getFirst().flatInputs();
        MonteCarlo sampler = known.monteCarlo(network, SAMPLES, SAMPLING_SEED);
        List<Callable<String>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            tasks.add(() -> {
                Digest digest = new Digest();
                for (Uncertainty estimate : sampler.estimates(inputs, rows)) {
                    digest.put(finite("mean", estimate.mean()));
                    digest.put(finite("deviation", estimate.standardDeviation()));
                    if (!(network instanceof Regressor)) {
                        digest.put(estimate.predictiveEntropy());
                        digest.put(estimate.mutualInformation());
                    }
                }
                return digest.hex();
            });
        }
        return String.join("/", atOnce(tasks).stream().distinct().toList());
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) {
        try (ExecutorService pool = Executors.newFixedThreadPool(tasks.size())) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
