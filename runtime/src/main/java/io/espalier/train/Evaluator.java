package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.data.Dataset;
import io.espalier.metric.Regression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Evaluates a network on a data set as often as asked, with buffers that are made once. Threads take turns at filling
 * their batches and then predict at the same time. Counts are whole numbers, and what is rounded is added up by batch, in
 * the order of the data set: that is why the number of threads does not show in the result.
 */
final class Evaluator {
    private final BatchSequence sequence;
    private final double[] batchLosses;
    private final LossFunction function;
    private final List<Worker> workers = new ArrayList<>();

    /**
     * An evaluator with buffers for its threads.
     *
     * @param what what to call the data set, such as "training set"
     * @param ranking whether to gather the scores by which the network ranks examples
     */
    Evaluator(Trainable network, Dataset dataset, String what, int batchSize, int threads, boolean ranking) {
        if (threads < 1) {
            throw new IllegalArgumentException("An evaluation needs at least 1 thread, but threads is " + threads);
        }
        Fit.check(network.description(), dataset, what);
        function = LossFunction.of(network.description());
        if (ranking && function == LossFunction.MEAN_SQUARED_ERROR) {
            throw new IllegalArgumentException(network.description().name() + " has the loss " + function
                    + " and answers with values, which rank nothing: it has no ROC curve");
        }
        sequence = BatchSequence.inOrder(dataset, batchSize);
        batchLosses = new double[sequence.steps()];
        Regression[] byBatch = new Regression[function == LossFunction.MEAN_SQUARED_ERROR ? sequence.steps() : 0];
        Arrays.setAll(byBatch, i -> new Regression(dataset.outputs()));
        for (int i = 0; i < Math.min(threads, sequence.steps()); i++) {
            Judge judge =
                    switch (function) {
                        case CROSS_ENTROPY -> new Judge.OfClasses(dataset.outputs(), ranking);
                        case BINARY_CROSS_ENTROPY -> new Judge.OfLabels(dataset.outputs(), ranking);
                        case MEAN_SQUARED_ERROR -> new Judge.OfValues(dataset.outputs(), byBatch);
                    };
            workers.add(new Worker(network, dataset.outputs(), judge));
        }
    }

    /** Evaluates the weights that the network has now. */
    Evaluation evaluate() {
        sequence.start(1);
        if (workers.size() == 1) {
            workers.getFirst().run();
        } else {
            runAll();
        }
        double sum = 0;
        for (double loss : batchLosses) {
            sum += loss;
        }
        double loss = sum / sequence.examples();
        if (!Double.isFinite(loss)) {
            return Evaluation.withoutScores(function, loss);
        }
        Judge all = workers.getFirst().judge;
        for (Worker other : workers.subList(1, workers.size())) {
            all.merge(other.judge);
        }
        return all.evaluation(loss);
    }

    private void runAll() {
        try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
            List<Future<?>> running = new ArrayList<>();
            for (Worker worker : workers) {
                running.add(threads.submit(worker));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The evaluation was interrupted");
        }
    }

    /** One thread's pass, buffers and judge. */
    private final class Worker implements Runnable {
        private final PredictionPass pass;
        private final Batch batch;
        private final float[] outputs;
        private final int width;
        private final Judge judge;

        Worker(Trainable network, int width, Judge judge) {
            pass = network.predictionPass(sequence.batchSize());
            batch = sequence.newBatch();
            outputs = new float[sequence.batchSize() * width];
            this.width = width;
            this.judge = judge;
        }

        @Override
        public void run() {
            judge.clear();
            pass.refresh();
            for (int number = take(); number >= 0; number = take()) {
                pass.logits(batch.inputs(), batch.size(), outputs);
                judge.startBatch(number);
                double sum = 0;
                for (int row = 0; row < batch.size(); row++) {
                    sum += judge.row(batch.targets(), row, outputs, row * width);
                }
                batchLosses[number] = sum;
            }
        }

        /** Fills this worker's batch with the next examples; its number in the data set's order, or -1. */
        private int take() {
            synchronized (sequence) {
                return sequence.next(batch) ? sequence.done() - 1 : -1;
            }
        }
    }
}
