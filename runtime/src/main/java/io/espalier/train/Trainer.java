package io.espalier.train;

import io.espalier.data.Dataset;
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
 * <p>Each {@link #fit} goes on from the weights that the network has, with a fresh optimizer and from epoch 1. A loss or a
 * weight that is not finite ends training with a {@link NonFiniteLossException}; a thread that is interrupted ends it with
 * a {@link java.util.concurrent.CancellationException} after the step it is in.
 */
public final class Trainer {
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
            List<TrainingListener> listeners) {}

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
     * @throws IllegalStateException if early stopping watches a validation set
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
     * @throws NonFiniteLossException if the loss or a weight is no longer finite
     */
    public History fit(Dataset train, Dataset validation) {
        return run(train, Objects.requireNonNull(validation, "validation"));
    }

    private History run(Dataset train, @Nullable Dataset validation) {
        if (earlyStopping != null && earlyStopping.needsValidation() && validation == null) {
            throw new IllegalStateException("Early stopping watches the " + earlyStopping.measured()
                    + ", but there is no validation set; use fit(train, validation), or"
                    + " EarlyStopping.patience(…).onTrainingLoss()");
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
                List.copyOf(listeners));
        return new TrainingRun(network, settings, train, validation).run();
    }

    private static int positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but it is " + value);
        }
        return value;
    }
}
