package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.emitted.GradientSum;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.StepState;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * All that a training step is made of, and what it does with it; {@link TrainingStep} sees to it that it is asked in a sensible
 * order.
 */
final class StepEngine {
    private final StepBuilder built;
    private final StepState numbers;
    private final FrozenParameters frozen;
    private final TransposedWeights transposed;
    private final MaskedWeights masked;
    private final InputRows input;
    private final StepLoss loss;
    private final GivenGradient given;
    private final OptimizerUpdate optimizer;
    private final GradientTasks gradientTasks;
    private final Workers workers;
    private final StepPasses passes;
    private UpdateTasks updates;

    private int rows;
    private long parameterVersion = -1;
    private int maskedStep = -1;
    private double maskedProgress = -1;

    /** Allocates everything, and then starts the threads. */
    StepEngine(TrainingContext context, Consumer<StepBuilder> code) {
        int threads = context.threads();
        int inputSize = Fit.volume(context.description().input());
        int outputSize = Fit.volume(context.description().output());
        built = new StepBuilder(context.values(), context.maxBatch(), threads, context.seed());
        code.accept(built);
        numbers = built.state();
        frozen = new FrozenParameters(
                context.parameters(), context.values(), context.sections().trained());
        transposed = new TransposedWeights(built);
        masked = new MaskedWeights(built);
        input = new InputRows(inputSize, built);
        loss = new StepLoss(context.description(), context.rule(), built);
        given = new GivenGradient(outputSize, built.outputGradient());
        optimizer = new OptimizerUpdate(context.rule(), context.sections(), context.values());
        gradientTasks = new GradientTasks(built.gradientSums(), optimizer.gradients(), context.maxBatch(), threads);
        workers = new Workers(threads);
        passes = new StepPasses(workers, built, input, loss, given);
        updates = new UpdateTasks(built, optimizer, transposed, frozen, threads);
        workers.start();
    }

    /**
     * Takes a batch, and draws and transposes what a step does before its passes.
     *
     * @param step the updates made
     * @param firstRow the rows whose gradients this batch's will be added to
     * @param progress how far the training has come
     * @param version of the parameters
     * @throws IllegalArgumentException if there are too many rows in all; nothing is changed then
     */
    void begin(Batch batch, long step, int firstRow, double progress, long version) {
        numbers.begin((int) step, firstRow, batch.size(), progress);
        boolean changed = version != parameterVersion;
        if (changed) {
            transposed.refresh(workers);
            parameterVersion = version;
        }
        if (changed || maskedStep != numbers.drawStep() || maskedProgress != progress) {
            masked.drawAll(workers);
            maskedStep = numbers.drawStep();
            maskedProgress = progress;
        }
        frozen.keepStatistics();
        rows = batch.size();
        input.begin(batch.inputs());
        loss.begin(batch);
    }

    /** Whether the values that a forward pass left belong to other parameters than there are now. */
    boolean isStale(long version) {
        return version != parameterVersion;
    }

    void forward() {
        passes.forward(rows);
        frozen.restoreStatistics();
    }

    void forwardLossBackward(boolean add) {
        passes.forwardLossBackward(rows);
        frozen.restoreStatistics();
        sumGradients(add);
    }

    void backward(float[] outputGradient) {
        given.begin(outputGradient);
        passes.backward(rows);
        given.end();
        frozen.restoreStatistics();
        sumGradients(false);
    }

    private void sumGradients(boolean add) {
        gradientTasks.runAll(workers, rows, add);
        frozen.clear(optimizer.gradients());
    }

    /** Updates the values, with gradients that are their sums times a scale, clipped where the model says so. */
    void update(float gradientScale, float learningRate, long step) {
        float scale = gradientScale;
        float clipNorm = (float) optimizer.rule().clipNorm();
        if (clipNorm < Float.POSITIVE_INFINITY) {
            double norm = updates.norm(workers) * scale;
            if (norm > clipNorm) {
                scale = (float) (scale * (clipNorm / norm));
            }
        }
        updates.update(workers, scale, learningRate, step);
    }

    void freeze(Collection<String> patterns) {
        frozen.add(patterns);
        for (float[] moment : optimizer.moments()) {
            frozen.clear(moment);
        }
        frozen.clear(optimizer.gradients());
        updates = new UpdateTasks(built, optimizer, transposed, frozen, workers.count());
    }

    StepLoss loss() {
        return loss;
    }

    /** The rows of the last batch. */
    int rows() {
        return rows;
    }

    /** The outputs of the last pass, padded. */
    float[] outputs() {
        return built.outputs();
    }

    float[] values() {
        return built.values();
    }

    float[] gradients() {
        return optimizer.gradients();
    }

    float[][] moments() {
        return optimizer.moments();
    }

    FrozenParameters frozen() {
        return frozen;
    }

    /** The sums that are gradients, with the buffers that they are taken of. */
    List<GradientSum> gradientSums() {
        return built.gradientSums();
    }

    void close() {
        workers.close();
    }
}
