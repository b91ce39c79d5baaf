package io.espalier.train;

import io.espalier.data.Dataset;
import io.espalier.model.NetworkDescription;
import io.espalier.store.CheckpointFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network on a data set.
 *
 * <pre>{@code
 * History history = network.trainer()
 *         .epochs(20).batchSize(64).seed(7)
 *         .schedule(LearningRate.cosine().warmupEpochs(2))
 *         .earlyStopping(EarlyStopping.patience(5))
 *         .listener(ConsoleProgress.create())
 *         .fit(train, validation);
 * }</pre>
 *
 * <p>The same network, data, settings and seed give the same weights, to the last bit, on any number of threads. The order
 * of the examples is fixed by the seed and the number of the epoch. The last batch of an epoch is smaller where the batch
 * size does not divide the examples, and is trained as well. A network with batch normalization cannot train on one
 * example: if one would be left over, the last two batches share their examples evenly instead, and only with a batch size
 * of 2 is that one left out, another one in each epoch (see {@link io.espalier.data.BatchSequence}).
 *
 * <p>Each {@link #fit} goes on from the weights that the network has, with a fresh optimizer and from epoch 1, unless a
 * checkpoint is to be resumed. A loss or a
 * weight that is not finite ends training with a {@link NonFiniteLossException}; a thread that is interrupted ends it with
 * a {@link java.util.concurrent.CancellationException} after the step it is in.
 */
public final class Trainer {
    private static final System.Logger LOG = System.getLogger("io.espalier");

    private final Trainable network;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private int epochs = 10;
    private int batchSize = 64;
    private long seed;
    private int threads = Runtime.getRuntime().availableProcessors();
    private float learningRate;
    private LearningRate schedule = LearningRate.constant();
    private @Nullable EarlyStopping earlyStopping;
    private boolean evaluateTraining;
    private int accumulate = 1;
    private final List<String> frozen = new ArrayList<>();
    private @Nullable Checkpoints checkpoints;
    private CheckpointFile.@Nullable Found<Checkpoint> resumed;
    private float @Nullable [] classWeights;

    /** All that a training is told, as it was when it began. */
    record Settings(
            int epochs,
            int batchSize,
            long seed,
            int threads,
            float learningRate,
            LearningRate schedule,
            @Nullable EarlyStopping earlyStopping,
            boolean evaluateTraining,
            int accumulate,
            List<String> frozen,
            @Nullable Checkpoints checkpoints,
            CheckpointFile.@Nullable Found<Checkpoint> resumed,
            float @Nullable [] classWeights,
            List<TrainingListener> listeners) {

        /** The learning rate of a step, counted from 0 over the whole training. */
        float rate(long step, int stepsPerEpoch) {
            return (float) (learningRate * schedule.factor(step, stepsPerEpoch, epochs));
        }
    }

    /**
     * A trainer with its defaults; a generated network's {@code trainer()} makes one.
     *
     * @param network what is to be trained
     */
    public Trainer(Trainable network) {
        this.network = Objects.requireNonNull(network, "network");
        this.learningRate = network.learningRate();
    }

    /**
     * How often training goes through the data set.
     *
     * @param epochs at least 1; 10 unless set
     * @return this trainer
     * @throws IllegalArgumentException if it is less
     */
    public Trainer epochs(int epochs) {
        this.epochs = positive(epochs, "epochs");
        return this;
    }

    /**
     * How many examples make a step.
     *
     * @param examples at least 1; 64 unless set
     * @return this trainer
     * @throws IllegalArgumentException if it is less
     */
    public Trainer batchSize(int examples) {
        this.batchSize = positive(examples, "batchSize");
        return this;
    }

    /**
     * What fixes the order of the examples and every mask. The weights that training starts from are the network's.
     *
     * @param seed any number; 0 unless set, which is a seed like any other
     * @return this trainer
     */
    public Trainer seed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * How many threads share the work of a step and of an evaluation; the result does not depend on it.
     *
     * @param threads at least 1; as many as there are processors unless set
     * @return this trainer
     * @throws IllegalArgumentException if it is less
     */
    public Trainer threads(int threads) {
        this.threads = positive(threads, "threads");
        return this;
    }

    /**
     * The rate that the schedule's factors apply to.
     *
     * @param rate more than 0; that of the model's optimizer annotation unless set
     * @return this trainer
     * @throws IllegalArgumentException if it is not, or not finite
     */
    public Trainer learningRate(float rate) {
        if (!(rate > 0 && Float.isFinite(rate))) {
            throw new IllegalArgumentException("The learning rate must be more than 0 and finite, but it is " + rate);
        }
        this.learningRate = rate;
        return this;
    }

    /**
     * How the learning rate changes from step to step.
     *
     * @param schedule {@link LearningRate#constant()} unless set
     * @return this trainer
     */
    public Trainer schedule(LearningRate schedule) {
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        return this;
    }

    /**
     * When to end before the last epoch, and that the best epoch's weights are restored in any case.
     *
     * @param rule none unless set: training then takes all epochs and keeps the weights of the last
     * @return this trainer
     */
    public Trainer earlyStopping(EarlyStopping rule) {
        this.earlyStopping = Objects.requireNonNull(rule, "rule");
        return this;
    }

    /**
     * Whether the training set is evaluated too after each epoch, as the validation set is. Only so can the two losses be
     * compared ({@link Epoch#gap()}): the training loss is of other weights, with dropout on. Costs a forward pass over the
     * training set.
     *
     * @param evaluate false unless set
     * @return this trainer
     */
    public Trainer evaluateTraining(boolean evaluate) {
        this.evaluateTraining = evaluate;
        return this;
    }

    /**
     * How many batches make an update: their gradients are added, so that the update is that of one batch of so many times
     * the size, which need not fit memory at once. Without batch norm, which normalizes each batch by itself, the result is
     * the same but for rounding, masks included. The last update of an epoch takes the batches that are left. A step of the
     * schedule, of listeners and of checkpoints is an update.
     *
     * @param batches at least 1; 1 unless set
     * @return this trainer
     * @throws IllegalArgumentException if it is less
     */
    public Trainer accumulate(int batches) {
        this.accumulate = positive(batches, "accumulate");
        return this;
    }

    /**
     * Lets the examples of some classes count for more than those of others; evaluations stay plain. What is minimized is
     * said at {@link TrainingStep#classWeights}.
     *
     * @param weights one for each class, finite and at least 0, not all 0, as of
     *     {@link io.espalier.data.ClassWeights#balanced}; all examples count alike unless set
     * @return this trainer
     * @throws IllegalArgumentException if there are not as many as classes, or one is out of range
     * @throws IllegalStateException if the network's loss is not cross-entropy over classes
     */
    public Trainer classWeights(float... weights) {
        NetworkDescription description = network.description();
        StepLoss.requireWeights(
                description.name(), LossFunction.of(description), Fit.volume(description.output()), weights);
        this.classWeights = weights.clone();
        return this;
    }

    /**
     * Freezes parameters, as fine-tuning does with the first stages: their values stay as they are, to the last bit. They
     * get no update and no decay, the optimizer keeps nothing for them, and they do not count in the norm that is clipped.
     * Frozen running statistics stay as well; batch norm goes on normalizing by the batch in training.
     *
     * @param patterns names of parameters, in which {@code *} stands for any characters, dots included, and {@code ?} for
     *     one: {@code features.*}; added to those of earlier calls
     * @return this trainer
     * @throws java.util.NoSuchElementException if a pattern matches no name; the message lists the nearest
     */
    public Trainer freeze(String... patterns) {
        for (String pattern : patterns) {
            network.parameters().matching(pattern);
            frozen.add(pattern);
        }
        return this;
    }

    /**
     * Writes checkpoints, from which {@link #resume} goes on.
     *
     * @param where where and how often; none unless set
     * @return this trainer
     */
    public Trainer checkpoint(Checkpoints where) {
        this.checkpoints = Objects.requireNonNull(where, "where");
        return this;
    }

    /**
     * Lets the next {@link #fit} go on where a checkpoint was written: afterwards everything, weights, history and all, is
     * to the last bit what one training without a break would have given with the settings that this trainer has. That is
     * why it must have the seed, batch size, accumulation, learning rate, early stopping, frozen parameters and numbers of
     * examples of the training that wrote the checkpoint, and the data themselves must be the same. The number of threads
     * may be another. So may epochs and schedule, as long as the learning rates of all steps taken so far come out the same:
     * with a constant rate more epochs can be added, with a cosine they cannot. A training that was complete is complete
     * again at once, with its weights and its history.
     *
     * <p>If the file is damaged or not there, the one before ({@code <file>.previous}) is taken, and a warning is logged
     * under the name {@code io.espalier}. The file is read now, the network changed only by {@code fit}.
     *
     * @param file what {@link #checkpoint} has written
     * @return this trainer
     * @throws IOException if there is neither, or the newest is damaged and there is no other that is whole
     * @throws IllegalArgumentException if it is of another network; {@code fit} throws an
     *     {@link IllegalStateException} that lists all settings that differ
     */
    public Trainer resume(Path file) throws IOException {
        resumed = CheckpointFile.read(file, (from, content) -> CheckpointReader.read(from, content, network));
        resumed.notice().ifPresent(notice -> LOG.log(System.Logger.Level.WARNING, notice));
        return this;
    }

    /**
     * As {@link #resume}, but if there is no checkpoint yet, {@code fit} begins at the beginning.
     *
     * @param file what {@link #checkpoint} writes
     * @return this trainer
     * @throws IOException if there is a checkpoint and it cannot be read
     * @throws IllegalArgumentException if it is of another network
     */
    public Trainer resumeIfPresent(Path file) throws IOException {
        return CheckpointFile.exists(file) ? resume(file) : this;
    }

    /**
     * Adds a listener; they are told in the order in which they were added.
     *
     * @param listener follows the training
     * @return this trainer
     */
    public Trainer listener(TrainingListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Trains without a validation set.
     *
     * @param train what to train on
     * @return what came of it
     * @throws IllegalArgumentException if the data set does not fit the network or a label is not one of its classes
     * @throws IllegalStateException if early stopping watches a validation set, or a metric that the network's loss does not
     *     have, or if the checkpoint to be resumed is of a training with other settings
     * @throws java.io.UncheckedIOException if a checkpoint cannot be written
     * @throws NonFiniteLossException if the loss or a weight is no longer finite
     */
    public History fit(Dataset train) {
        return run(train, null);
    }

    /**
     * Trains, and evaluates a validation set after each epoch.
     *
     * @param train what to train on
     * @param validation what to judge by; never trained on
     * @return what came of it
     * @throws IllegalArgumentException if a data set does not fit the network or a label is not one of its classes
     * @throws IllegalStateException if early stopping watches a metric that the network's loss does not have, or if the
     *     checkpoint to be resumed is of a training with other settings
     * @throws java.io.UncheckedIOException if a checkpoint cannot be written
     * @throws NonFiniteLossException if the loss or a weight is no longer finite
     */
    public History fit(Dataset train, Dataset validation) {
        return run(train, Objects.requireNonNull(validation, "validation"));
    }

    private History run(Dataset train, @Nullable Dataset validation) {
        if (earlyStopping != null) {
            earlyStopping.requireFor(network.description(), validation != null);
        }
        Settings settings = new Settings(
                epochs,
                batchSize,
                seed,
                threads,
                learningRate,
                schedule,
                earlyStopping,
                evaluateTraining,
                accumulate,
                List.copyOf(frozen),
                checkpoints,
                resumed,
                classWeights,
                List.copyOf(listeners));
        resumed = null;
        return new TrainingRun(network, settings, train, validation).run();
    }

    private static int positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but it is " + value);
        }
        return value;
    }
}
