package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.data.Dataset;
import io.espalier.store.CheckpointFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    /** The weights at the end of the last epoch. */
    private float[] latest = {};

    private final Dataset train;
    private final @Nullable Dataset validationSet;
    private final int stepsPerEpoch;
    private Progress progress;
    private EarlyStopping.@Nullable Watch watch;

    /** The checkpoint written last, or the one that was resumed. */
    private @Nullable CheckpointPlace checkpoint;

    TrainingRun(Trainable network, Trainer.Settings settings, Dataset train, @Nullable Dataset validation) {
        this.network = network;
        this.settings = settings;
        this.train = train;
        this.validationSet = validation;
        this.listeners = settings.listeners().toArray(TrainingListener[]::new);
        Fit.check(network.description(), train, "training set");
        int smallest = Fit.smallestBatch(network.description(), settings.batchSize(), train.size());
        this.sequence = BatchSequence.shuffled(train, settings.batchSize(), smallest, settings.seed());
        this.stepsPerEpoch = Math.ceilDiv(sequence.steps(), settings.accumulate());
        this.training = settings.evaluateTraining() ? evaluator(train, "training set") : null;
        this.validation = validation == null ? null : evaluator(validation, "validation set");
        this.progress = new Progress(network.snapshot());
        EarlyStopping rule = settings.earlyStopping();
        this.watch = rule == null ? null : rule.watch();
    }

    private Evaluator evaluator(Dataset dataset, String what) {
        int batch = Math.max(settings.batchSize(), EVALUATION_BATCH);
        EarlyStopping rule = settings.earlyStopping();
        boolean ranking = rule != null && rule.needsRanking();
        return new Evaluator(network, dataset, what, batch, settings.threads(), ranking);
    }

    History run() {
        try {
            Checkpoints checkpoints = settings.checkpoints();
            if (checkpoints != null) {
                requireDirectory(checkpoints.file());
            }
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

    /** A mistyped path is to be told now, not after the first epoch. */
    private static void requireDirectory(Path file) {
        try {
            CheckpointFile.requireDirectory(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Checkpoints cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private History train() {
        Batch batch = sequence.newBatch();
        try (TrainingStep step = network.trainingStep(sequence.batchSize(), settings.threads(), settings.seed())) {
            float[] classWeights = settings.classWeights();
            if (classWeights != null) {
                step.classWeights(classWeights);
            }
            step.freeze(settings.frozen().toArray(String[]::new));
            EarlyStopping stopping = settings.earlyStopping();
            for (TrainingListener listener : listeners) {
                if (stopping != null) {
                    listener.watching(stopping.metric());
                }
                listener.trainingStarted(settings.epochs(), stepsPerEpoch);
            }
            CheckpointFile.Found<Checkpoint> resumed = settings.resumed();
            if (resumed != null) {
                resume(resumed, step);
            }
            while (progress.epochs.size() < settings.epochs() && !exhausted()) {
                Epoch epoch = epoch(progress.epoch(), step, batch);
                progress.epochs.add(epoch);
                judge(epoch);
                progress.startEpoch();
                for (TrainingListener listener : listeners) {
                    listener.epochFinished(epoch);
                }
                Checkpoints checkpoints = settings.checkpoints();
                if (checkpoints != null && (checkpoints.afterEpoch(epoch.number(), settings.epochs()) || exhausted())) {
                    write(checkpoints.file(), step, epoch.number(), stepsPerEpoch);
                }
            }
        }
        List<Epoch> epochs = progress.epochs;
        boolean restore = settings.earlyStopping() != null && progress.best != epochs.size();
        if (restore) {
            network.restore(progress.kept);
        }
        return new History(epochs, progress.best, exhausted() && epochs.size() < settings.epochs(), restore);
    }

    private boolean exhausted() {
        return watch != null && watch.exhausted();
    }

    /** Whether the epoch is the best so far, and what is kept of it. */
    private void judge(Epoch epoch) {
        EarlyStopping rule = settings.earlyStopping();
        double cost = rule == null ? cost(epoch) : rule.cost(epoch);
        if (cost < progress.bestCost) {
            progress.bestCost = cost;
            progress.best = epoch.number();
        }
        if (rule == null || progress.best == epoch.number()) {
            progress.kept = latest;
            progress.keptEpoch = epoch.number();
        }
        if (watch != null) {
            watch.take(cost);
        }
    }

    private static double cost(Epoch epoch) {
        Evaluation validation = epoch.validation();
        return validation == null ? epoch.trainingLoss() : validation.loss();
    }

    private void resume(CheckpointFile.Found<Checkpoint> found, TrainingStep step) {
        Checkpoint from = found.content();
        List<String> differences = TrainingIdentity.differences(from.settings(), identity(step));
        int done = from.progress().epochs.size();
        if (differences.isEmpty()) {
            if (from.moments().length != step.moments().length) {
                differences.add("the optimizer kept " + from.moments().length + " numbers for each weight there, and "
                        + step.moments().length + " now");
            }
            if (done > settings.epochs() || (done == settings.epochs() && from.progress().batches > 0)) {
                differences.add("epochs: the checkpoint is in epoch "
                        + from.progress().epoch() + ", and now there are " + settings.epochs());
            } else if (from.progress().batches > sequence.steps()
                    || from.step() != (long) done * stepsPerEpoch + steps(from.progress().batches)) {
                differences.add("step " + from.step() + " of the checkpoint, behind epoch " + done + " and batch "
                        + from.progress().batches + ", is not where " + stepsPerEpoch + " steps an epoch lead");
            } else if (TrainingIdentity.rates(settings, stepsPerEpoch, from.step()) != from.rates()) {
                differences.add("schedule and epochs: they give other learning rates for the steps that were taken");
            }
        }
        if (!differences.isEmpty()) {
            throw new IllegalStateException("The checkpoint " + found.file()
                    + " cannot be resumed by this training, which has other settings:\n  "
                    + String.join("\n  ", differences));
        }
        network.restore(from.values());
        network.metadata(from.carried());
        for (int i = 0; i < step.moments().length; i++) {
            System.arraycopy(from.moments()[i], 0, step.moments()[i], 0, step.moments()[i].length);
        }
        step.resume(from.step());
        progress = from.progress();
        EarlyStopping rule = settings.earlyStopping();
        watch = rule == null ? null : rule.watch(from.reference(), from.waited());
        int behind = steps(progress.batches);
        checkpoint = behind == 0 && done > 0
                ? new CheckpointPlace(found.file(), done, stepsPerEpoch)
                : new CheckpointPlace(found.file(), done + 1, behind);
        for (TrainingListener listener : listeners) {
            listener.trainingResumed(checkpoint);
        }
    }

    /** The steps that so many batches of an epoch make. */
    private int steps(int batches) {
        return Math.ceilDiv(batches, settings.accumulate());
    }

    private Map<String, String> identity(TrainingStep step) {
        return TrainingIdentity.of(network, settings, step.frozen().names(), train, validationSet);
    }

    private void write(Path file, TrainingStep step, int epoch, int stepOfEpoch) {
        try {
            CheckpointFile.write(
                    file,
                    Checkpoint.tensors(network, step, progress.kept),
                    Checkpoint.metadata(
                            network,
                            step,
                            progress,
                            watch,
                            identity(step),
                            TrainingIdentity.rates(settings, stepsPerEpoch, step.step())));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The checkpoint " + file + " cannot be written after step " + stepOfEpoch + " of epoch " + epoch
                            + "; the network has the weights of that step",
                    e);
        }
        checkpoint = new CheckpointPlace(file, epoch, stepOfEpoch);
    }

    private Epoch epoch(int number, TrainingStep step, Batch batch) {
        long start = System.nanoTime();
        double before = progress.seconds;
        sequence.start(number);
        sequence.skip(progress.batches);
        while (sequence.done() < sequence.steps()) {
            int ofEpoch = sequence.done() / settings.accumulate() + 1;
            long done = (long) (number - 1) * stepsPerEpoch + ofEpoch - 1;
            progress.rate = settings.rate(done, stepsPerEpoch);
            step.progress((double) done / ((long) settings.epochs() * stepsPerEpoch));
            gradients(number, ofEpoch, step, batch);
            step.update(progress.rate);
            progress.batches = sequence.done();
            for (TrainingListener listener : listeners) {
                listener.stepFinished(number, ofEpoch, progress.meanLoss());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Training was interrupted after step " + ofEpoch + " of epoch " + number
                        + "; the network has the weights of that step");
            }
            Checkpoints checkpoints = settings.checkpoints();
            if (checkpoints != null && checkpoints.afterStep(step.step())) {
                progress.seconds = before + seconds(System.nanoTime() - start);
                requireFinite(number, ofEpoch, step, batch);
                write(checkpoints.file(), step, number, ofEpoch);
            }
        }
        long trained = System.nanoTime();
        // The last update of an epoch is followed by no loss that would show what it broke.
        requireFinite(number, stepsPerEpoch, step, batch);
        latest = network.snapshot();
        Evaluation trainingScores = training == null ? null : training.evaluate();
        Evaluation validationScores = validation == null ? null : validation.evaluate();
        if (validationScores != null && !Double.isFinite(validationScores.loss())) {
            throw notFinite("The validation loss is " + validationScores.loss(), number, stepsPerEpoch, step, batch);
        }
        long evaluated = System.nanoTime();
        return new Epoch(
                number,
                progress.rate,
                progress.meanLoss(),
                trainingScores,
                validationScores,
                before + seconds(trained - start),
                seconds(evaluated - trained));
    }

    /** The gradients of one update, of as many batches as make one. */
    private void gradients(int epoch, int ofEpoch, TrainingStep step, Batch batch) {
        for (int part = 0; part < settings.accumulate() && sequence.next(batch); part++) {
            float loss = part == 0 ? step.forwardBackward(batch) : step.accumulate(batch);
            if (!Float.isFinite(loss)) {
                throw notFinite("The loss is " + loss, epoch, ofEpoch, step, batch);
            }
            if (!step.gradientsFinite()) {
                throw notFinite("A gradient is not finite", epoch, ofEpoch, step, batch);
            }
            double weight = step.lossWeight();
            progress.lossSum += loss * weight;
            progress.lossWeight += weight;
        }
    }

    private void requireFinite(int epoch, int ofEpoch, TrainingStep step, Batch batch) {
        if (!NonFinite.allFinite(network.snapshot())) {
            throw notFinite("A parameter is not finite", epoch, ofEpoch, step, batch);
        }
        for (float[] moment : step.moments()) {
            if (!NonFinite.allFinite(moment)) {
                throw notFinite("What the optimizer keeps is not finite", epoch, ofEpoch, step, batch);
            }
        }
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }

    private NonFiniteLossException notFinite(String what, int epoch, int ofEpoch, TrainingStep step, Batch batch) {
        long global = (long) (epoch - 1) * stepsPerEpoch + ofEpoch;
        NonFinite.Reason reason = NonFinite.reason(network, step, sequence, batch, progress.rate);
        String message = what + " in step " + ofEpoch + " of epoch " + epoch + ", step " + global
                + " of the training, of "
                + network.description().name() + ". " + reason.sentence() + " The network has the weights "
                + (progress.keptEpoch == 0 ? "from before the training" : "of epoch " + progress.keptEpoch) + " again."
                + (checkpoint == null ? "" : " The last good checkpoint is " + checkpoint + ".");
        network.restore(progress.kept);
        return new NonFiniteLossException(
                message, epoch, ofEpoch, global, reason.stage(), progress.keptEpoch, checkpoint);
    }
}
