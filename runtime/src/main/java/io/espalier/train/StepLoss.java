package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.data.ClassIndices;
import io.espalier.data.IndependentLabels;
import io.espalier.data.SoftTargets;
import io.espalier.data.TargetValues;
import io.espalier.data.Targets;
import io.espalier.emitted.OutputGradient;
import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.TrainingRule;
import io.espalier.kernel.BinaryCrossEntropy;
import io.espalier.kernel.SoftmaxCrossEntropy;
import io.espalier.kernel.SquaredError;
import io.espalier.kernel.WeightedCrossEntropy;
import io.espalier.model.NetworkDescription;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a training step: what each row of its batch costs, the gradient of that, and what turns sums over rows into
 * means. Losses and gradients of rows are sums over outputs; the means are those of PyTorch's losses.
 */
final class StepLoss implements PhaseCode {
    private final String network;
    private final LossFunction function;
    private final double labelSmoothing;
    private final int outputs;
    private final float[] logits;
    private final int stride;
    private final OutputGradient gradients;
    private final double[] losses;

    private Targets targets = new ClassIndices(new int[1]);
    private float @Nullable [] classWeights;
    private float smoothing;

    /**
     * The loss of a step.
     *
     * @param built the emitted code, which has said where the outputs lie
     */
    StepLoss(NetworkDescription network, TrainingRule rule, StepBuilder built) {
        this.network = network.name();
        this.function = LossFunction.of(network);
        this.labelSmoothing = rule.labelSmoothing();
        this.outputs = Fit.volume(network.output());
        this.logits = built.outputs();
        this.stride = PassBuilder.stride(outputs);
        this.gradients = built.outputGradient();
        this.losses = new double[built.capacity()];
    }

    void classWeights(float[] weights) {
        requireWeights(network, function, outputs, weights);
        classWeights = weights.clone();
    }

    /** Refuses weights that are not those of the classes that a loss tells apart. */
    static void requireWeights(String network, LossFunction function, int outputs, float[] weights) {
        if (function != LossFunction.CROSS_ENTROPY) {
            throw new IllegalStateException(
                    network + " has the loss " + function + ", which knows no classes: it takes " + function.targets()
                            + ". Class weights belong to CROSS_ENTROPY");
        }
        if (weights.length != outputs) {
            throw new IllegalArgumentException(network + " tells " + outputs + " classes apart, but " + weights.length
                    + " class weights were given");
        }
        boolean any = false;
        for (int c = 0; c < outputs; c++) {
            if (!(weights[c] >= 0 && weights[c] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "A class weight is finite and at least 0, but that of class " + c + " is " + weights[c]);
            }
            any |= weights[c] > 0;
        }
        if (!any) {
            throw new IllegalArgumentException("All class weights are 0, so that there is nothing to learn");
        }
    }

    /** Refuses a batch whose targets are not what the loss takes. */
    void require(Batch batch) {
        Targets given = batch.targets();
        function.require(given, network, "batch", Batch.class);
        switch (given) {
            case ClassIndices indices -> indices.requireWithin(batch.size(), outputs);
            case SoftTargets soft -> requireWidth(soft.classes());
            case IndependentLabels labels -> {
                requireWidth(labels.outputs());
                labels.requireLabels(batch.size());
            }
            case TargetValues values -> requireWidth(values.outputs());
        }
    }

    private void requireWidth(int width) {
        if (width != outputs) {
            throw new IllegalArgumentException("The network has " + outputs
                    + " outputs, but the batch's targets are over " + width + " " + function.targets());
        }
    }

    void begin(Batch batch) {
        targets = batch.targets();
        smoothing = (float) labelSmoothing;
        Arrays.fill(losses, 0, batch.size(), 0);
    }

    /** The sum of the losses of the first rows. */
    double sum(int rows) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += losses[row];
        }
        return sum;
    }

    /**
     * What that sum, and those of the gradients, are to be divided by: what the rows weigh and, where the outputs are
     * independent of each other, outputs.
     */
    double divisor(int rows) {
        return function == LossFunction.CROSS_ENTROPY ? weight(rows) : (double) rows * outputs;
    }

    /** What some rows weigh together: their number, or their class weights where each row has one class, as in PyTorch. */
    double weight(int rows) {
        float[] weights = classWeights;
        if (weights == null || !(targets instanceof ClassIndices indices)) {
            return rows;
        }
        double total = 0;
        for (int row = 0; row < rows; row++) {
            total += weights[indices.values()[row]];
        }
        return total;
    }

    /** The losses of some rows, and their gradient to where the backward pass starts from. */
    @Override
    public void phase(int number, int from, int to, int worker) {
        float[] gradient = gradients.array(worker);
        int gradientAt = gradients.firstRow(from) * stride;
        switch (function) {
            case CROSS_ENTROPY -> crossEntropy(from, to, gradient, gradientAt);
            case BINARY_CROSS_ENTROPY -> binaryCrossEntropy(from, to, gradient, gradientAt);
            case MEAN_SQUARED_ERROR -> meanSquaredError(from, to, gradient, gradientAt);
        }
    }

    private void crossEntropy(int from, int to, float[] gradient, int gradientAt) {
        float[] weights = classWeights;
        int rows = to - from;
        int at = from * stride;
        switch (targets) {
            case ClassIndices indices -> {
                int[] labels = indices.values();
                if (weights == null) {
                    SoftmaxCrossEntropy.rows(
                            logits,
                            at,
                            stride,
                            outputs,
                            rows,
                            labels,
                            from,
                            smoothing,
                            gradient,
                            gradientAt,
                            stride,
                            losses,
                            from);
                } else {
                    WeightedCrossEntropy.rows(
                            logits,
                            at,
                            stride,
                            outputs,
                            rows,
                            labels,
                            from,
                            weights,
                            smoothing,
                            gradient,
                            gradientAt,
                            stride,
                            losses,
                            from);
                }
            }
            case SoftTargets soft -> {
                float[] shares = soft.values();
                if (weights == null) {
                    SoftmaxCrossEntropy.rows(
                            logits,
                            at,
                            stride,
                            outputs,
                            rows,
                            shares,
                            from * outputs,
                            smoothing,
                            gradient,
                            gradientAt,
                            stride,
                            losses,
                            from);
                } else {
                    WeightedCrossEntropy.rows(
                            logits,
                            at,
                            stride,
                            outputs,
                            rows,
                            shares,
                            from * outputs,
                            weights,
                            smoothing,
                            gradient,
                            gradientAt,
                            stride,
                            losses,
                            from);
                }
            }
            case IndependentLabels labels -> throw refused();
            case TargetValues values -> throw refused();
        }
    }

    private void binaryCrossEntropy(int from, int to, float[] gradient, int gradientAt) {
        if (!(targets instanceof IndependentLabels labels)) {
            throw refused();
        }
        BinaryCrossEntropy.rows(
                logits,
                from * stride,
                stride,
                outputs,
                to - from,
                labels.values(),
                from * outputs,
                gradient,
                gradientAt,
                stride,
                losses,
                from);
    }

    private void meanSquaredError(int from, int to, float[] gradient, int gradientAt) {
        if (!(targets instanceof TargetValues values)) {
            throw refused();
        }
        SquaredError.rows(
                logits,
                from * stride,
                stride,
                outputs,
                to - from,
                values.values(),
                from * outputs,
                gradient,
                gradientAt,
                stride,
                losses,
                from);
    }

    /** Such targets were refused before the pass. */
    private IllegalStateException refused() {
        return new IllegalStateException("The targets of the batch do not belong to the loss " + function);
    }
}
