package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One training, from its first step to its history. */
final class TrainingRun {
    /** The fewest examples predicted at a time in an evaluation: small batches would leave the multiply kernel idle. */
    private static final int EVALUATION_BATCH = 256;

    private final Trainable network;
    private final Trainer.Settings settings;
    private final BatchSequence sequence;
    private final @Nullable Evaluator training;
    private final @Nullable Evaluator validation;
    /** An array, because going through a list makes an iterator, and a step allocates nothing. */
    private final TrainingListener[] listeners;

    private final List<Epoch> epochs = new ArrayList<>();

    /** What the network goes back to when something fails, or when the best epoch was not the last. */
    private float[] kept;

    private int keptEpoch;

    /** The weights at the end of the last epoch. */
    private float[] latest;

    TrainingRun(Trainable network, Trainer.Settings settings, Dataset train, @Nullable Dataset validation) {
        this.network = network;
        this.settings = settings;
        this.listeners = settings.listeners().toArray(TrainingListener[]::new);
        Fit.check(network.description(), train, "training set");
        int smallest = Fit.smallestBatch(network.description(), settings.batchSize(), train.size());
        this.sequence = BatchSequence.shuffled(train, settings.batchSize(), smallest, settings.seed());
        this.training = settings.evaluateTraining() ? evaluator(train, "training set") : null;
        this.validation = validation == null ? null : evaluator(validation, "validation set");
        this.latest = network.snapshot();
        this.kept = latest;
    }

    private Evaluator evaluator(Dataset dataset, String what) {
        int batch = Math.max(settings.batchSize(), EVALUATION_BATCH);
        return new Evaluator(network, dataset, what, batch, settings.threads());
    }

    History run() {
        try {
            History history = train();
            for (TrainingListener listener : listeners) {
                listener.trainingFinished(history);
            }
            return history;
        } catch (RuntimeException | Error cause) {
            for (TrainingListener listener : listeners) {
                try {
                    listener.trainingFailed(cause);
                } catch (RuntimeException another) {
                    cause.addSuppressed(another);
                }
            }
            throw cause;
        }
    }

    private History train() {
        for (TrainingListener listener : listeners) {
            listener.trainingStarted(settings.epochs(), sequence.steps());
        }
        EarlyStopping rule = settings.earlyStopping();
        EarlyStopping.@Nullable Watch watch = rule == null ? null : rule.watch();
        boolean exhausted = false;
        int best = 0;
        double bestCost = Double.POSITIVE_INFINITY;
        Batch batch = sequence.newBatch();
        try (TrainingStep step = network.trainingStep(sequence.batchSize(), settings.threads(), settings.seed())) {
            for (int number = 1; number <= settings.epochs() && !exhausted; number++) {
                Epoch epoch = epoch(number, step, batch);
                epochs.add(epoch);
                double cost = rule == null ? cost(epoch) : rule.cost(epoch);
                if (cost < bestCost) {
                    bestCost = cost;
                    best = number;
                }
                if (rule == null || best == number) {
                    kept = latest;
                    keptEpoch = number;
                }
                exhausted = watch != null && watch.exhausted(cost);
                for (TrainingListener listener : listeners) {
                    listener.epochFinished(epoch);
                }
            }
        }
        boolean restore = rule != null && best != epochs.size();
        if (restore) {
            network.restore(kept);
        }
        return new History(epochs, best, exhausted && epochs.size() < settings.epochs(), restore);
    }

    private static double cost(Epoch epoch) {
        Evaluation validation = epoch.validation();
        return validation == null ? epoch.trainingLoss() : validation.loss();
    }

    private Epoch epoch(int number, TrainingStep step, Batch batch) {
        long start = System.nanoTime();
        sequence.start(number);
        double sum = 0;
        long examples = 0;
        float rate = 0;
        while (sequence.next(batch)) {
            int done = sequence.done();
            long index = (long) (number - 1) * sequence.steps() + done - 1;
            rate = (float)
                    (settings.learningRate() * settings.schedule().factor(index, sequence.steps(), settings.epochs()));
            float loss = step.forwardBackward(batch);
            if (!Float.isFinite(loss)) {
                throw notFinite("The loss is " + loss, number, done, rate, batch);
            }
            step.update(rate);
            sum += (double) loss * batch.size();
            examples += batch.size();
            for (TrainingListener listener : listeners) {
                listener.stepFinished(number, done, sum / examples);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Training was interrupted after step " + done + " of epoch " + number
                        + "; the network has the weights of that step");
            }
        }
        long trained = System.nanoTime();
        latest = network.snapshot();
        if (!NonFinite.allFinite(latest)) {
            // The last update of an epoch is followed by no loss that would show it.
            throw notFinite("A parameter is not finite", number, sequence.steps(), rate, batch);
        }
        Evaluation trainingScores = training == null ? null : training.evaluate();
        Evaluation validationScores = validation == null ? null : validation.evaluate();
        if (validationScores != null && !Double.isFinite(validationScores.loss())) {
            throw notFinite("The validation loss is " + validationScores.loss(), number, sequence.steps(), rate, batch);
        }
        long evaluated = System.nanoTime();
        return new Epoch(
                number,
                rate,
                sum / examples,
                trainingScores,
                validationScores,
                seconds(trained - start),
                seconds(evaluated - trained));
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }

    private NonFiniteLossException notFinite(String what, int epoch, int step, float rate, Batch batch) {
        String message = what + " in step " + step + " of epoch " + epoch + " of "
                + network.description().name() + ". "
                + NonFinite.reason(network.parameters(), sequence, batch, rate)
                + " The network has the weights "
                + (keptEpoch == 0 ? "from before the training" : "of epoch " + keptEpoch) + " again.";
        network.restore(kept);
        return new NonFiniteLossException(message, epoch, step, keptEpoch);
    }
}
