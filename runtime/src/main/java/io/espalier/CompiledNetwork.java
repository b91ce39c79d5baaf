package io.espalier;

import io.espalier.emitted.Blueprint;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.emitted.StepBuilder;
import io.espalier.model.NetworkDescription;
import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import io.espalier.random.Purpose;
import io.espalier.random.RandomStream;
import io.espalier.store.LabelNames;
import io.espalier.store.TensorNames;
import io.espalier.store.WeightFile;
import io.espalier.train.PredictionPass;
import io.espalier.train.SamplingPass;
import io.espalier.train.Trainable;
import io.espalier.train.Trainer;
import io.espalier.train.TrainingContext;
import io.espalier.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A network that the compiler has made of a model class: its weights, and the ways to train it and to keep it. The emitted
 * class adds the code that computes. How it predicts is a matter of its loss: see {@link Classifier}, {@link Labeler} and
 * {@link Regressor}, of which the emitted class extends one.
 *
 * <p>Training changes the weights; a predictor has a copy of its own and may be used meanwhile, by any number of
 * threads. Apart from that a network belongs to one thread at a time.
 */
public abstract class CompiledNetwork implements Trainable {
    private final Blueprint blueprint;
    private final NetworkDescription description;
    private final Parameters parameters;
    private final float[] values;
    private final AtomicBoolean training = new AtomicBoolean();
    private Map<String, String> metadata = Map.of();

    /**
     * A network whose weights are all zero.
     *
     * @param blueprint what it consists of
     */
    protected CompiledNetwork(Blueprint blueprint) {
        this.blueprint = blueprint;
        this.description = blueprint.description();
        this.parameters = blueprint.parameters();
        this.values = blueprint.values();
    }

    /**
     * Draws the weights: uniform in a range that keeps the variance of what flows through (He et al., 2015; LeCun et al.,
     * 1998). Every parameter has a random stream of its own.
     *
     * @param seed fixes the weights
     */
    protected final void drawWeights(long seed) {
        int stream = 0;
        for (Blueprint.Start start : blueprint.starts()) {
            RandomStream random = new RandomStream(seed, Purpose.INITIALIZE, stream++);
            Parameter weight = parameters.get(start.parameter());
            float limit = (float) start.limit();
            float[] drawn = new float[weight.size()];
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = (2 * random.nextFloat() - 1) * limit;
            }
            weight.set(drawn);
        }
    }

    /**
     * Reads the weights from a safetensors file.
     *
     * @param file the file
     * @throws IOException if it cannot be read, or does not hold this network's weights; nothing is changed then
     */
    protected final void readWeights(Path file) throws IOException {
        metadata = WeightFile.load(file, parameters, description);
    }

    /**
     * Emitted: makes the code of a training step, which registers its phases and gradients.
     *
     * @param step gives what the code is built from, and takes what it registers
     */
    protected abstract void buildStep(StepBuilder step);

    /**
     * Emitted: makes the code of a forward pass without anything random.
     *
     * @param pass gives what the code is built from
     * @return the code
     */
    protected abstract PredictionCode buildPrediction(PredictionBuilder pass);

    @Override
    public final NetworkDescription description() {
        return description;
    }

    @Override
    public final Parameters parameters() {
        return parameters;
    }

    @Override
    public final TrainingStep trainingStep(int maxBatch, int threads, long seed) {
        if (!training.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "A training step over this " + description.name() + " is still open; close it first");
        }
        try {
            return new TrainingStep(
                    new TrainingContext(
                            description,
                            values,
                            parameters,
                            blueprint.sections(),
                            blueprint.training(),
                            maxBatch,
                            threads,
                            seed,
                            () -> training.set(false)),
                    this::buildStep);
        } catch (RuntimeException | Error thrown) {
            training.set(false);
            throw thrown;
        }
    }

    @Override
    public final PredictionPass predictionPass(int maxBatch) {
        return new PredictionPass(description, values, maxBatch, this::buildPrediction);
    }

    @Override
    public final float learningRate() {
        return (float) blueprint.training().learningRate();
    }

    @Override
    public final String updateRule() {
        return blueprint.training().text();
    }

    /**
     * A trainer of this network, with the optimizer and penalties that the model's annotations name.
     *
     * @return the trainer, to be set up and run
     */
    public final Trainer trainer() {
        return new Trainer(this);
    }

    /** What makes the passes of a predictor: over a copy of the weights as they are now. */
    final IntFunction<PredictionPass> snapshotPasses() {
        float[] copy = snapshot();
        return maxBatch -> new PredictionPass(description, copy, maxBatch, this::buildPrediction);
    }

    /**
     * For emitted code: an estimator with a copy of the weights as they are now.
     *
     * @param samples how many predictions make an estimate, at least 2
     * @param seed fixes the noise
     * @param code makes the code of a pass with the noise of training
     * @return the estimator
     * @throws IllegalArgumentException if there are too few samples
     */
    protected final MonteCarlo monteCarlo(int samples, long seed, Function<PredictionBuilder, PredictionCode> code) {
        float[] copy = snapshot();
        return new MonteCarlo(
                description, samples, maxBatch -> new SamplingPass(description, copy, maxBatch, seed, code));
    }

    /**
     * Writes the weights as a safetensors file, with label names and texts: beside the target first, then renamed, so that
     * nothing is half-written.
     *
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written; a file that was there is whole then
     */
    public final void save(Path file) throws IOException {
        WeightFile.save(file, parameters, description, metadata);
    }

    /**
     * Takes the weights of a file that was written elsewhere, such as a PyTorch {@code state_dict} in a safetensors file, by
     * names and shapes: {@code [out, in]}, of type F32, F64, F16 or BF16. Whatever fingerprint the file has is not looked at,
     * so that a network may also differ from the one that wrote it in what has no weights. The texts stay as they are.
     *
     * @param file the file
     * @param names which parameter each of its tensors is
     * @throws IOException if it cannot be read, or if parameters are missing, or tensors superfluous, of another shape or of
     *     another type, all of which are listed; nothing is changed then
     */
    public final void loadByName(Path file, TensorNames names) throws IOException {
        WeightFile.loadByName(file, parameters, names);
    }

    /**
     * Names the outputs: classes, labels or values. The names travel with the weights, in files and checkpoints.
     *
     * @param names one for each output, in their order, all different; or none, which forgets them
     * @throws IllegalArgumentException if they are too few or too many, blank or not different
     */
    public final void labelNames(List<String> names) {
        Map<String, String> changed = new TreeMap<>(metadata);
        if (names.isEmpty()) {
            changed.remove(LabelNames.KEY);
        } else {
            changed.put(LabelNames.KEY, LabelNames.write(names, description));
        }
        metadata = Collections.unmodifiableMap(changed);
    }

    /**
     * The names of the outputs.
     *
     * @return one for each output, in their order; empty if they were never named
     */
    public final List<String> labelNames() {
        return LabelNames.read(metadata);
    }

    /**
     * Gives a text that travels with the weights, in files and checkpoints: how inputs are prepared, where the data came
     * from.
     *
     * @param name what to ask for it by, not starting with {@code espalier.}
     * @param text any text; replaces one of the same name
     * @throws IllegalArgumentException if the name is blank or one of the library's own
     */
    public final void text(String name, String text) {
        if (name.isBlank() || name.startsWith(WeightFile.OWN_PREFIX)) {
            throw new IllegalArgumentException("A text needs a name that does not start with '" + WeightFile.OWN_PREFIX
                    + "', but it is '" + name + "'");
        }
        Map<String, String> changed = new TreeMap<>(metadata);
        changed.put(name, Objects.requireNonNull(text, "text"));
        metadata = Collections.unmodifiableMap(changed);
    }

    /**
     * The texts that travel with the weights, label names apart.
     *
     * @return by name; unmodifiable, empty if there are none
     */
    public final Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>(metadata);
        texts.keySet().removeIf(name -> name.startsWith(WeightFile.OWN_PREFIX));
        return Collections.unmodifiableMap(texts);
    }

    @Override
    public final Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public final void metadata(Map<String, String> texts) {
        metadata = Map.copyOf(texts);
    }

    /** Name, shapes and number of trained parameters, for people. */
    @Override
    public final String toString() {
        return description.name() + " " + Arrays.toString(description.input()) + " → "
                + Arrays.toString(description.output()) + ", " + parameters.count() + " parameters";
    }

    @Override
    public final float[] snapshot() {
        return values.clone();
    }

    @Override
    public final void restore(float[] snapshot) {
        if (snapshot.length != values.length) {
            throw new IllegalArgumentException("The snapshot has " + snapshot.length + " values, and "
                    + description.name() + " has " + values.length + ": it is another network's");
        }
        System.arraycopy(snapshot, 0, values, 0, values.length);
        parameters.touch();
    }
}
