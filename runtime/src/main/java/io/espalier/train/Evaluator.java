package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.data.ClassIndices;
import io.espalier.data.Dataset;
import io.espalier.data.IndependentLabels;
import io.espalier.data.SoftTargets;
import io.espalier.data.TargetValues;
import io.espalier.metric.Classification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Evaluates a network on a data set as often as asked, with buffers that are made once. Threads take turns at filling
 * their batches and then predict at the same time. Counts are whole numbers, and the losses are added up by batch, in the
 * order of the data set: that is why the number of threads does not show in the result.
 */
final class Evaluator {
    private final BatchSequence sequence;
    private final double[] batchLosses;
    private final List<Worker> workers = new ArrayList<>();

    Evaluator(Trainable network, Dataset dataset, String what, int batchSize, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("An evaluation needs at least 1 thread, but threads is " + threads);
        }
        Fit.check(network.description(), dataset, what);
        sequence = BatchSequence.inOrder(dataset, batchSize);
        batchLosses = new double[sequence.steps()];
        for (int i = 0; i < Math.min(threads, sequence.steps()); i++) {
            workers.add(new Worker(network, dataset.outputs()));
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
        Classification all = workers.getFirst().counts;
        for (Worker other : workers.subList(1, workers.size())) {
            all.merge(other.counts);
        }
        double sum = 0;
        for (double loss : batchLosses) {
            sum += loss;
        }
        return new Evaluation(sum / sequence.examples(), all.scores());
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

    /** One thread's pass, buffers and counts. */
    private final class Worker implements Runnable {
        private final PredictionPass pass;
        private final Batch batch;
        private final float[] logits;
        private final int classes;
        private final Classification counts;

        Worker(Trainable network, int classes) {
            pass = network.predictionPass(sequence.batchSize());
            batch = sequence.newBatch();
            logits = new float[sequence.batchSize() * classes];
            this.classes = classes;
            counts = new Classification(classes);
        }

        @Override
        public void run() {
            counts.clear();
            pass.refresh();
            for (int number = take(); number >= 0; number = take()) {
                pass.logits(batch.inputs(), batch.size(), logits);
                double sum = 0;
                for (int row = 0; row < batch.size(); row++) {
                    sum += judge(row);
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

        private double judge(int row) {
            int at = row * classes;
            int answer = largest(logits, at, classes);
            double logSumExp = logSumExp(logits, at, classes, logits[at + answer]);
            return switch (batch.targets()) {
                case ClassIndices indices -> {
                    int expected = indices.values()[row];
                    counts.add(expected, answer);
                    yield logSumExp - logits[at + expected];
                }
                case SoftTargets soft -> {
                    float[] shares = soft.values();
                    counts.add(largest(shares, at, classes), answer);
                    double loss = 0;
                    for (int c = 0; c < classes; c++) {
                        loss += shares[at + c] * (logSumExp - logits[at + c]);
                    }
                    yield loss;
                }
                case IndependentLabels labels -> throw new IllegalStateException("labels have no cross-entropy");
                case TargetValues values -> throw new IllegalStateException("values have no cross-entropy");
            };
        }
    }

    /** The first of the largest values. */
    private static int largest(float[] values, int at, int count) {
        int best = 0;
        for (int c = 1; c < count; c++) {
            if (values[at + c] > values[at + best]) {
                best = c;
            }
        }
        return best;
    }

    /** The logarithm of the sum of exponentials, less the largest so that none overflows. */
    private static double logSumExp(float[] logits, int at, int classes, double largest) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(logits[at + c] - largest);
        }
        return largest + Math.log(sum);
    }
}
