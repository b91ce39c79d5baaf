package demo;

import io.espalier.Blueprint;
import io.espalier.Classifier;
import io.espalier.kernel.BatchNormalization;
import io.espalier.kernel.BatchStatistics;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.SgdUpdate;
import io.espalier.kernel.Simd;
import io.espalier.kernel.Slices;
import io.espalier.kernel.VectorModule;
import io.espalier.model.ParameterRole;
import io.espalier.train.PredictionPass;
import io.espalier.train.RowPhase;
import io.espalier.train.StepLayout;
import io.espalier.train.TrainingContext;
import io.espalier.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.annotation.processing.Generated;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The network of {@code demo.Standardized}, from {@code {4, 5}} to {@code {3}}: 2601 trained parameters.
 *
 * <table>
 * <caption>The stages</caption>
 * <tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>
 * <tr><td>standardized</td><td>Flatten, BatchNorm</td><td>{@code {20}}</td><td>40</td></tr>
 * <tr><td>first</td><td>Dense, BatchNorm, Relu</td><td>{@code {24}}</td><td>528</td></tr>
 * <tr><td>second</td><td>Dense, BatchNorm, Relu</td><td>{@code {70}}</td><td>1820</td></tr>
 * <tr><td>logits</td><td>Dense</td><td>{@code {3}}</td><td>213</td></tr>
 * </table>
 */
@Generated("io.espalier.processor.EspalierProcessor")
public final class StandardizedNetwork extends Classifier {
    /**
     * Values of weights; they come first.
     */
    private static final int WEIGHTS = 3680;

    /**
     * Values that are trained; running statistics come behind them.
     */
    private static final int TRAINED = 3984;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 4272;

    /**
     * Values in a row of a gradient buffer: what the widest stage needs.
     */
    private static final int GRADIENT_STRIDE = 80;

    private static final int STANDARDIZED_BATCH_NORM_SCALE = 3680;

    private static final int STANDARDIZED_BATCH_NORM_SHIFT = 3712;

    private static final int STANDARDIZED_BATCH_NORM_RUNNING_MEAN = 3984;

    private static final int STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE = 4016;

    private static final int FIRST_DENSE_WEIGHT = 0;

    private static final int FIRST_BATCH_NORM_SCALE = 3744;

    private static final int FIRST_BATCH_NORM_SHIFT = 3776;

    private static final int FIRST_BATCH_NORM_RUNNING_MEAN = 4048;

    private static final int FIRST_BATCH_NORM_RUNNING_VARIANCE = 4080;

    private static final int SECOND_DENSE_WEIGHT = 640;

    private static final int SECOND_BATCH_NORM_SCALE = 3808;

    private static final int SECOND_BATCH_NORM_SHIFT = 3888;

    private static final int SECOND_BATCH_NORM_RUNNING_MEAN = 4112;

    private static final int SECOND_BATCH_NORM_RUNNING_VARIANCE = 4192;

    private static final int LOGITS_DENSE_WEIGHT = 2560;

    private static final int LOGITS_DENSE_BIAS = 3968;

    private StandardizedNetwork(Blueprint blueprint) {
        super(blueprint);
    }

    /**
     * A network with weights drawn at random.
     *
     * @param seed fixes the weights
     * @return the network
     */
    public static StandardizedNetwork create(long seed) {
        VectorModule.require();
        Blueprint blueprint = blueprint();
        StandardizedNetwork network = new StandardizedNetwork(blueprint);
        network.drawWeights(blueprint, seed);
        return network;
    }

    /**
     * A network with the weights of a safetensors file.
     *
     * @param file the file
     * @return the network
     * @throws IOException if the file cannot be read or holds another network's weights
     */
    public static StandardizedNetwork load(Path file) throws IOException {
        VectorModule.require();
        StandardizedNetwork network = new StandardizedNetwork(blueprint());
        network.readWeights(file);
        return network;
    }

    @Override
    public float learningRate() {
        return 0.1f;
    }

    @Override
    public String updateRule() {
        return "Sgd[momentum=0.9, nesterov=true], weight decay 5.0E-4";
    }

    @Override
    protected TrainingStep newTrainingStep(TrainingContext context) {
        return new Training(context);
    }

    @Override
    protected PredictionPass newPredictionPass(float[] values, int maxBatch) {
        return new Prediction(values, maxBatch);
    }

    private static Blueprint blueprint() {
        Blueprint network = new Blueprint("Standardized", VALUES);
        network.ends(new int[] {4, 5}, new int[] {3}, "CROSS_ENTROPY");
        describe(network);
        return network;
    }

    private static void describeStandardized(Blueprint network) {
        network.operation("standardized", "Flatten", new int[] {4, 5}, new int[] {20});
        network.operation("standardized", "BatchNorm", new int[] {20}, new int[] {20}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.vector("standardized.batchNorm.scale", STANDARDIZED_BATCH_NORM_SCALE, 20, ParameterRole.NORM_SCALE, false);
        network.vector("standardized.batchNorm.shift", STANDARDIZED_BATCH_NORM_SHIFT, 20, ParameterRole.NORM_SHIFT, false);
        network.vector("standardized.batchNorm.runningMean", STANDARDIZED_BATCH_NORM_RUNNING_MEAN, 20, ParameterRole.RUNNING_MEAN, false);
        network.vector("standardized.batchNorm.runningVariance", STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE, 20, ParameterRole.RUNNING_VARIANCE, false);
    }

    private static void describeFirst(Blueprint network) {
        network.operation("first", "Dense", new int[] {20}, new int[] {24}, "units", "24", "bias", "false");
        network.weight("first.dense.weight", FIRST_DENSE_WEIGHT, 24, 20, true, 0.5477226f);
        network.operation("first", "BatchNorm", new int[] {24}, new int[] {24}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.vector("first.batchNorm.scale", FIRST_BATCH_NORM_SCALE, 24, ParameterRole.NORM_SCALE, false);
        network.vector("first.batchNorm.shift", FIRST_BATCH_NORM_SHIFT, 24, ParameterRole.NORM_SHIFT, false);
        network.vector("first.batchNorm.runningMean", FIRST_BATCH_NORM_RUNNING_MEAN, 24, ParameterRole.RUNNING_MEAN, false);
        network.vector("first.batchNorm.runningVariance", FIRST_BATCH_NORM_RUNNING_VARIANCE, 24, ParameterRole.RUNNING_VARIANCE, false);
        network.operation("first", "Relu", new int[] {24}, new int[] {24});
    }

    private static void describeSecond(Blueprint network) {
        network.operation("second", "Dense", new int[] {24}, new int[] {70}, "units", "70", "bias", "false");
        network.weight("second.dense.weight", SECOND_DENSE_WEIGHT, 70, 24, true, 0.5f);
        network.operation("second", "BatchNorm", new int[] {70}, new int[] {70}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.vector("second.batchNorm.scale", SECOND_BATCH_NORM_SCALE, 70, ParameterRole.NORM_SCALE, false);
        network.vector("second.batchNorm.shift", SECOND_BATCH_NORM_SHIFT, 70, ParameterRole.NORM_SHIFT, false);
        network.vector("second.batchNorm.runningMean", SECOND_BATCH_NORM_RUNNING_MEAN, 70, ParameterRole.RUNNING_MEAN, false);
        network.vector("second.batchNorm.runningVariance", SECOND_BATCH_NORM_RUNNING_VARIANCE, 70, ParameterRole.RUNNING_VARIANCE, false);
        network.operation("second", "Relu", new int[] {70}, new int[] {70});
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "Dense", new int[] {70}, new int[] {3}, "units", "3", "bias", "true");
        network.weight("logits.dense.weight", LOGITS_DENSE_WEIGHT, 3, 70, true, 0.20701967f);
        network.vector("logits.dense.bias", LOGITS_DENSE_BIAS, 3, ParameterRole.BIAS, false);
    }

    private static void describe(Blueprint network) {
        describeStandardized(network);
        describeFirst(network);
        describeSecond(network);
        describeLogits(network);
    }

    /**
     * Trains the network.
     */
    private static final class Training extends TrainingStep implements RowPhase {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private static final int FORWARD = 0;

        private static final int FORWARD2 = 1;

        private static final int FORWARD3 = 2;

        private static final int FORWARD4 = 3;

        private static final int BACKWARD = 4;

        private static final int BACKWARD2 = 5;

        private static final int BACKWARD3 = 6;

        private static final int BACKWARD4 = 7;

        private static final int FORWARD_LOSS_BACKWARD = 8;

        private float[] standardizedBatchNormMean;

        private float[] standardizedBatchNormInverseDeviation;

        private float[] standardizedBatchNormMeanGradient;

        private float[] standardizedBatchNormMeanProduct;

        private float[] standardizedBatchNormGradientScale;

        /**
         * Mean and sum of squares of each slice, column by column.
         */
        private float[] standardizedBatchNormPartials;

        /**
         * The sums of each slice that the gradients of the norm's parameters are made of.
         */
        private float[] standardizedBatchNormSums;

        private float[] standardizedBatchNorm;

        /**
         * The product of firstDense; backward, its gradient.
         */
        private float[] firstDenseProduct;

        private float[] firstDenseTransposed;

        private float[] firstBatchNormMean;

        private float[] firstBatchNormInverseDeviation;

        private float[] firstBatchNormMeanGradient;

        private float[] firstBatchNormMeanProduct;

        private float[] firstBatchNormGradientScale;

        /**
         * Mean and sum of squares of each slice, column by column.
         */
        private float[] firstBatchNormPartials;

        /**
         * The sums of each slice that the gradients of the norm's parameters are made of.
         */
        private float[] firstBatchNormSums;

        private float[] firstRelu;

        /**
         * The product of secondDense; backward, its gradient.
         */
        private float[] secondDenseProduct;

        private float[] secondDenseTransposed;

        private float[] secondBatchNormMean;

        private float[] secondBatchNormInverseDeviation;

        private float[] secondBatchNormMeanGradient;

        private float[] secondBatchNormMeanProduct;

        private float[] secondBatchNormGradientScale;

        /**
         * Mean and sum of squares of each slice, column by column.
         */
        private float[] secondBatchNormPartials;

        /**
         * The sums of each slice that the gradients of the norm's parameters are made of.
         */
        private float[] secondBatchNormSums;

        private float[] secondRelu;

        /**
         * The product of logitsDense; backward, its gradient.
         */
        private float[] logitsDenseProduct;

        private float[] logitsDenseTransposed;

        private float[] logitsDense;

        /**
         * The gradient of what is being gone through, a row of GRADIENT_STRIDE values each.
         */
        private float[] gradientFlow;

        Training(TrainingContext context) {
            super(context, new StepLayout(20, 3, WEIGHTS, WEIGHTS, TRAINED, GRADIENT_STRIDE, 1, 1, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY));
            allocate();
            ready();
        }

        private void standardizedBatchNormBuffers() {
            standardizedBatchNormMean = new float[32];
            standardizedBatchNormInverseDeviation = new float[32];
            standardizedBatchNormMeanGradient = new float[32];
            standardizedBatchNormMeanProduct = new float[32];
            standardizedBatchNormGradientScale = new float[32];
            standardizedBatchNormPartials = sliceBuffer(40);
            standardizedBatchNormSums = sliceBuffer(64);
            summedGradient(standardizedBatchNormSums, 0, 20, STANDARDIZED_BATCH_NORM_SCALE);
            summedGradient(standardizedBatchNormSums, 32, 20, STANDARDIZED_BATCH_NORM_SHIFT);
            standardizedBatchNorm = rowBuffer(32);
        }

        /**
         * Forward: batch norm; up to the batch's statistics.
         */
        private void standardizedBatchNormForward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(input, slice * 32, 32, 20, end - slice, standardizedBatchNormPartials, slice / Slices.ROWS * 40);
            }
        }

        /**
         * Forward: batch norm.
         */
        private void standardizedBatchNormForwardNormalized(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, standardizedBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, standardizedBatchNormInverseDeviation, i));
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, STANDARDIZED_BATCH_NORM_SCALE + i),
                                    FloatVector.fromArray(FLOATS, values, STANDARDIZED_BATCH_NORM_SHIFT + i));
                    normalized.intoArray(standardizedBatchNorm, at + i);
                }
            }
        }

        /**
         * Batch norm's mean and variance over the whole batch, and its running estimates.
         */
        private void standardizedBatchNormStatistics() {
            BatchStatistics.combine(
                    standardizedBatchNormPartials, Slices.count(batchRows()), batchRows(), 20, 1.0E-5f, 0.1f,
                    standardizedBatchNormMean, standardizedBatchNormInverseDeviation, 0, values, STANDARDIZED_BATCH_NORM_RUNNING_MEAN, STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void firstBuffers() {
            firstDenseProduct = rowBuffer(32);
            weightGradient(
                    standardizedBatchNorm, 32, 20,
                    firstDenseProduct, 32, 24,
                    FIRST_DENSE_WEIGHT, -1);
            firstDenseTransposed = transposedWeight(FIRST_DENSE_WEIGHT, 20, 24);
            firstBatchNormMean = new float[32];
            firstBatchNormInverseDeviation = new float[32];
            firstBatchNormMeanGradient = new float[32];
            firstBatchNormMeanProduct = new float[32];
            firstBatchNormGradientScale = new float[32];
            firstBatchNormPartials = sliceBuffer(48);
            firstBatchNormSums = sliceBuffer(64);
            summedGradient(firstBatchNormSums, 0, 24, FIRST_BATCH_NORM_SCALE);
            summedGradient(firstBatchNormSums, 32, 24, FIRST_BATCH_NORM_SHIFT);
            firstRelu = rowBuffer(32);
        }

        /**
         * Forward: dense 20 → 24; batch norm, ReLU; up to the batch's statistics.
         */
        private void firstForward(int from, int to) {
            MatrixMultiply.multiply(
                    standardizedBatchNorm, from * 32, 32, to - from, 20,
                    values, FIRST_DENSE_WEIGHT, 24,
                    firstDenseProduct, from * 32, 32);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(firstDenseProduct, slice * 32, 32, 24, end - slice, firstBatchNormPartials, slice / Slices.ROWS * 48);
            }
        }

        /**
         * Forward: dense 20 → 24; batch norm, ReLU.
         */
        private void firstForwardNormalized(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, firstBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, firstBatchNormInverseDeviation, i));
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, FIRST_BATCH_NORM_SCALE + i),
                                    FloatVector.fromArray(FLOATS, values, FIRST_BATCH_NORM_SHIFT + i));
                    FloatVector activated = normalized.blend(0f, normalized.compare(VectorOperators.LT, 0f));
                    activated.intoArray(firstRelu, at + i);
                }
            }
        }

        /**
         * Batch norm's mean and variance over the whole batch, and its running estimates.
         */
        private void firstStatistics() {
            BatchStatistics.combine(
                    firstBatchNormPartials, Slices.count(batchRows()), batchRows(), 24, 1.0E-5f, 0.1f,
                    firstBatchNormMean, firstBatchNormInverseDeviation, 0, values, FIRST_BATCH_NORM_RUNNING_MEAN, FIRST_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void secondBuffers() {
            secondDenseProduct = rowBuffer(80);
            weightGradient(
                    firstRelu, 32, 24,
                    secondDenseProduct, 80, 70,
                    SECOND_DENSE_WEIGHT, -1);
            secondDenseTransposed = transposedWeight(SECOND_DENSE_WEIGHT, 24, 70);
            secondBatchNormMean = new float[80];
            secondBatchNormInverseDeviation = new float[80];
            secondBatchNormMeanGradient = new float[80];
            secondBatchNormMeanProduct = new float[80];
            secondBatchNormGradientScale = new float[80];
            secondBatchNormPartials = sliceBuffer(140);
            secondBatchNormSums = sliceBuffer(160);
            summedGradient(secondBatchNormSums, 0, 70, SECOND_BATCH_NORM_SCALE);
            summedGradient(secondBatchNormSums, 80, 70, SECOND_BATCH_NORM_SHIFT);
            secondRelu = rowBuffer(80);
        }

        /**
         * Forward: dense 24 → 70; batch norm, ReLU; up to the batch's statistics.
         */
        private void secondForward(int from, int to) {
            MatrixMultiply.multiply(
                    firstRelu, from * 32, 32, to - from, 24,
                    values, SECOND_DENSE_WEIGHT, 70,
                    secondDenseProduct, from * 80, 80);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(secondDenseProduct, slice * 80, 80, 70, end - slice, secondBatchNormPartials, slice / Slices.ROWS * 140);
            }
        }

        /**
         * Forward: dense 24 → 70; batch norm, ReLU.
         */
        private void secondForwardNormalized(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 80;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, secondDenseProduct, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, secondBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, secondBatchNormInverseDeviation, i));
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, SECOND_BATCH_NORM_SCALE + i),
                                    FloatVector.fromArray(FLOATS, values, SECOND_BATCH_NORM_SHIFT + i));
                    FloatVector activated = normalized.blend(0f, normalized.compare(VectorOperators.LT, 0f));
                    activated.intoArray(secondRelu, at + i);
                }
            }
        }

        /**
         * Batch norm's mean and variance over the whole batch, and its running estimates.
         */
        private void secondStatistics() {
            BatchStatistics.combine(
                    secondBatchNormPartials, Slices.count(batchRows()), batchRows(), 70, 1.0E-5f, 0.1f,
                    secondBatchNormMean, secondBatchNormInverseDeviation, 0, values, SECOND_BATCH_NORM_RUNNING_MEAN, SECOND_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void logitsBuffers() {
            logitsDenseProduct = rowBuffer(16);
            weightGradient(
                    secondRelu, 80, 70,
                    logitsDenseProduct, 16, 3,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
            logitsDenseTransposed = transposedWeight(LOGITS_DENSE_WEIGHT, 70, 3);
            logitsDense = rowBuffer(16);
        }

        /**
         * Forward: dense 70 → 3; bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    secondRelu, from * 80, 80, to - from, 70,
                    values, LOGITS_DENSE_WEIGHT, 3,
                    logitsDenseProduct, from * 16, 16);
            for (int row = from; row < to; row++) {
                int at = row * 16;
                for (int i = 0; i < 16; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, logitsDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, LOGITS_DENSE_BIAS + i));
                    biased.intoArray(logitsDense, at + i);
                }
            }
        }

        /**
         * Backward: dense 70 → 3; bias.
         */
        private void logitsBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 16;
                for (int i = 0; i < 16; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    gradient.intoArray(logitsDenseProduct, at + i);
                }
            }
            MatrixMultiply.multiply(
                    logitsDenseProduct, from * 16, 16, to - from, 3,
                    logitsDenseTransposed, 0, 70,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 24 → 70; batch norm, ReLU; down to the sums that batch norm's gradient needs.
         */
        private void secondBackward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(secondBatchNormSums, slice / Slices.ROWS * 160, (slice / Slices.ROWS + 1) * 160, 0f);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 80;
                    int sums = row / Slices.ROWS * 160;
                    for (int i = 0; i < 80; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        FloatVector x = FloatVector.fromArray(FLOATS, secondDenseProduct, at + i);
                        FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, secondBatchNormMean, i))
                                        .mul(FloatVector.fromArray(FLOATS, secondBatchNormInverseDeviation, i));
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, SECOND_BATCH_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, SECOND_BATCH_NORM_SHIFT + i));
                        gradient = FloatVector.zero(FLOATS).blend(gradient, normalized.compare(VectorOperators.GT, 0f));
                        gradient.fma(standardized, FloatVector.fromArray(FLOATS, secondBatchNormSums, sums + i))
                                        .intoArray(secondBatchNormSums, sums + i);
                        gradient.add(FloatVector.fromArray(FLOATS, secondBatchNormSums, sums + 80 + i))
                                        .intoArray(secondBatchNormSums, sums + 80 + i);
                        gradient.intoArray(gradientFlow, flow + i);
                    }
                }
            }
        }

        /**
         * Backward: dense 24 → 70; batch norm, ReLU.
         */
        private void secondBackwardNormalized(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 80;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, secondDenseProduct, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, secondBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, secondBatchNormInverseDeviation, i));
                    gradient = gradient.sub(FloatVector.fromArray(FLOATS, secondBatchNormMeanGradient, i))
                                    .sub(standardized.mul(FloatVector.fromArray(FLOATS, secondBatchNormMeanProduct, i)))
                                    .mul(FloatVector.fromArray(FLOATS, secondBatchNormGradientScale, i));
                    gradient.intoArray(secondDenseProduct, at + i);
                }
            }
            MatrixMultiply.multiply(
                    secondDenseProduct, from * 80, 80, to - from, 70,
                    secondDenseTransposed, 0, 24,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * The means over the whole batch that batch norm's gradient needs.
         */
        private void secondGradientSums() {
            BatchNormalization.gradientMeans(
                    secondBatchNormSums, 160, Slices.count(batchRows()), batchRows(), 70, values, SECOND_BATCH_NORM_SCALE, secondBatchNormInverseDeviation,
                    secondBatchNormMeanGradient, secondBatchNormMeanProduct, secondBatchNormGradientScale);
        }

        /**
         * Backward: dense 20 → 24; batch norm, ReLU; down to the sums that batch norm's gradient needs.
         */
        private void firstBackward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(firstBatchNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 32;
                    int sums = row / Slices.ROWS * 64;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        FloatVector x = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                        FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, firstBatchNormMean, i))
                                        .mul(FloatVector.fromArray(FLOATS, firstBatchNormInverseDeviation, i));
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, FIRST_BATCH_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, FIRST_BATCH_NORM_SHIFT + i));
                        gradient = FloatVector.zero(FLOATS).blend(gradient, normalized.compare(VectorOperators.GT, 0f));
                        gradient.fma(standardized, FloatVector.fromArray(FLOATS, firstBatchNormSums, sums + i))
                                        .intoArray(firstBatchNormSums, sums + i);
                        gradient.add(FloatVector.fromArray(FLOATS, firstBatchNormSums, sums + 32 + i))
                                        .intoArray(firstBatchNormSums, sums + 32 + i);
                        gradient.intoArray(gradientFlow, flow + i);
                    }
                }
            }
        }

        /**
         * Backward: dense 20 → 24; batch norm, ReLU.
         */
        private void firstBackwardNormalized(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, firstBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, firstBatchNormInverseDeviation, i));
                    gradient = gradient.sub(FloatVector.fromArray(FLOATS, firstBatchNormMeanGradient, i))
                                    .sub(standardized.mul(FloatVector.fromArray(FLOATS, firstBatchNormMeanProduct, i)))
                                    .mul(FloatVector.fromArray(FLOATS, firstBatchNormGradientScale, i));
                    gradient.intoArray(firstDenseProduct, at + i);
                }
            }
            MatrixMultiply.multiply(
                    firstDenseProduct, from * 32, 32, to - from, 24,
                    firstDenseTransposed, 0, 20,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * The means over the whole batch that batch norm's gradient needs.
         */
        private void firstGradientSums() {
            BatchNormalization.gradientMeans(
                    firstBatchNormSums, 64, Slices.count(batchRows()), batchRows(), 24, values, FIRST_BATCH_NORM_SCALE, firstBatchNormInverseDeviation,
                    firstBatchNormMeanGradient, firstBatchNormMeanProduct, firstBatchNormGradientScale);
        }

        /**
         * Backward: batch norm; down to the sums that batch norm's gradient needs.
         */
        private void standardizedBatchNormBackward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(standardizedBatchNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 32;
                    int sums = row / Slices.ROWS * 64;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                        FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, standardizedBatchNormMean, i))
                                        .mul(FloatVector.fromArray(FLOATS, standardizedBatchNormInverseDeviation, i));
                        gradient.fma(standardized, FloatVector.fromArray(FLOATS, standardizedBatchNormSums, sums + i))
                                        .intoArray(standardizedBatchNormSums, sums + i);
                        gradient.add(FloatVector.fromArray(FLOATS, standardizedBatchNormSums, sums + 32 + i))
                                        .intoArray(standardizedBatchNormSums, sums + 32 + i);
                    }
                }
            }
        }

        /**
         * Backward: batch norm.
         */
        private void standardizedBatchNormBackwardNormalized(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, standardizedBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, standardizedBatchNormInverseDeviation, i));
                    gradient = gradient.sub(FloatVector.fromArray(FLOATS, standardizedBatchNormMeanGradient, i))
                                    .sub(standardized.mul(FloatVector.fromArray(FLOATS, standardizedBatchNormMeanProduct, i)))
                                    .mul(FloatVector.fromArray(FLOATS, standardizedBatchNormGradientScale, i));
                    gradient.intoArray(gradientFlow, flow + i);
                }
            }
        }

        /**
         * The means over the whole batch that batch norm's gradient needs.
         */
        private void standardizedBatchNormGradientSums() {
            BatchNormalization.gradientMeans(
                    standardizedBatchNormSums, 64, Slices.count(batchRows()), batchRows(), 20, values, STANDARDIZED_BATCH_NORM_SCALE, standardizedBatchNormInverseDeviation,
                    standardizedBatchNormMeanGradient, standardizedBatchNormMeanProduct, standardizedBatchNormGradientScale);
        }

        private void allocate() {
            standardizedBatchNormBuffers();
            firstBuffers();
            secondBuffers();
            logitsBuffers();
            gradientFlow = gradientBuffer(0);
        }

        private void forward(int from, int to) {
            readInput(from, to);
            standardizedBatchNormForward(from, to);
        }

        private void forward2(int from, int to) {
            standardizedBatchNormForwardNormalized(from, to);
            firstForward(from, to);
        }

        private void forward3(int from, int to) {
            firstForwardNormalized(from, to);
            secondForward(from, to);
        }

        private void forward4(int from, int to) {
            secondForwardNormalized(from, to);
            logitsForward(from, to);
        }

        @Override
        protected void forwardPass() {
            overRows(this, FORWARD);
            standardizedBatchNormStatistics();
            overRows(this, FORWARD2);
            firstStatistics();
            overRows(this, FORWARD3);
            secondStatistics();
            overRows(this, FORWARD4);
        }

        private void backward(int from, int to) {
            logitsBackward(from, to);
            secondBackward(from, to);
        }

        private void backward2(int from, int to) {
            secondBackwardNormalized(from, to);
            firstBackward(from, to);
        }

        private void backward3(int from, int to) {
            firstBackwardNormalized(from, to);
            standardizedBatchNormBackward(from, to);
        }

        private void backward4(int from, int to) {
            standardizedBatchNormBackwardNormalized(from, to);
        }

        @Override
        protected void backwardPass() {
            overRows(this, BACKWARD);
            secondGradientSums();
            overRows(this, BACKWARD2);
            firstGradientSums();
            overRows(this, BACKWARD3);
            standardizedBatchNormGradientSums();
            overRows(this, BACKWARD4);
        }

        private void forwardLossBackward(int from, int to) {
            secondForwardNormalized(from, to);
            logitsForward(from, to);
            crossEntropy(0.0f, from, to);
            logitsBackward(from, to);
            secondBackward(from, to);
        }

        @Override
        protected void forwardBackwardPass() {
            overRows(this, FORWARD);
            standardizedBatchNormStatistics();
            overRows(this, FORWARD2);
            firstStatistics();
            overRows(this, FORWARD3);
            secondStatistics();
            overRows(this, FORWARD_LOSS_BACKWARD);
            secondGradientSums();
            overRows(this, BACKWARD2);
            firstGradientSums();
            overRows(this, BACKWARD3);
            standardizedBatchNormGradientSums();
            overRows(this, BACKWARD4);
        }

        @Override
        public void rows(int phase, int from, int to) {
            switch (phase) {
                case FORWARD -> forward(from, to);
                case FORWARD2 -> forward2(from, to);
                case FORWARD3 -> forward3(from, to);
                case FORWARD4 -> forward4(from, to);
                case BACKWARD -> backward(from, to);
                case BACKWARD2 -> backward2(from, to);
                case BACKWARD3 -> backward3(from, to);
                case BACKWARD4 -> backward4(from, to);
                case FORWARD_LOSS_BACKWARD -> forwardLossBackward(from, to);
                default -> throw new IllegalStateException("There is no phase " + phase);
            }
        }

        @Override
        protected float[] logits() {
            return logitsDense;
        }

        @Override
        protected void updateRange(int from, int to, float gradientScale, float learningRate,
                long stepNumber) {
            float decay = from < WEIGHTS ? 5.0E-4f : 0f;
            SgdUpdate.apply(
                    values, gradients, moments[0], from, to, gradientScale, learningRate,
                    0.9f, true, decay, 0f, 0f);
        }
    }

    /**
     * Predicts with the network.
     */
    private static final class Prediction extends PredictionPass {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private float[] input;

        private float[] standardizedBatchNorm;

        private float[] standardizedBatchNormScale;

        private float[] standardizedBatchNormShift;

        private float[] firstDenseProduct;

        private float[] firstRelu;

        private float[] firstBatchNormScale;

        private float[] firstBatchNormShift;

        private float[] secondDenseProduct;

        private float[] secondRelu;

        private float[] secondBatchNormScale;

        private float[] secondBatchNormShift;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        Prediction(float[] values, int maxBatch) {
            super(values, maxBatch, 20, 3, 3, 80);
            allocate();
            refresh();
        }

        private void standardizedBatchNormBuffers() {
            standardizedBatchNorm = buffers[1];
            standardizedBatchNormScale = new float[32];
            standardizedBatchNormShift = new float[32];
        }

        /**
         * Forward: batch norm.
         */
        private void standardizedBatchNormForward(int rows) {
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                    // Scale and shift hold the running statistics.
                    FloatVector normalized = x.fma(
                                    FloatVector.fromArray(FLOATS, standardizedBatchNormScale, i),
                                    FloatVector.fromArray(FLOATS, standardizedBatchNormShift, i));
                    normalized.intoArray(standardizedBatchNorm, at + i);
                }
            }
        }

        private void firstBuffers() {
            firstDenseProduct = buffers[2];
            firstRelu = buffers[1];
            firstBatchNormScale = new float[32];
            firstBatchNormShift = new float[32];
        }

        /**
         * Forward: dense 20 → 24; batch norm, ReLU.
         */
        private void firstForward(int rows) {
            MatrixMultiply.multiply(
                    standardizedBatchNorm, 0, 32, rows, 20,
                    values, FIRST_DENSE_WEIGHT, 24,
                    firstDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    // Scale and shift hold the running statistics.
                    FloatVector normalized = x.fma(
                                    FloatVector.fromArray(FLOATS, firstBatchNormScale, i),
                                    FloatVector.fromArray(FLOATS, firstBatchNormShift, i));
                    FloatVector activated = normalized.blend(0f, normalized.compare(VectorOperators.LT, 0f));
                    activated.intoArray(firstRelu, at + i);
                }
            }
        }

        private void secondBuffers() {
            secondDenseProduct = buffers[2];
            secondRelu = buffers[1];
            secondBatchNormScale = new float[80];
            secondBatchNormShift = new float[80];
        }

        /**
         * Forward: dense 24 → 70; batch norm, ReLU.
         */
        private void secondForward(int rows) {
            MatrixMultiply.multiply(
                    firstRelu, 0, 32, rows, 24,
                    values, SECOND_DENSE_WEIGHT, 70,
                    secondDenseProduct, 0, 80);
            for (int row = 0; row < rows; row++) {
                int at = row * 80;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, secondDenseProduct, at + i);
                    // Scale and shift hold the running statistics.
                    FloatVector normalized = x.fma(
                                    FloatVector.fromArray(FLOATS, secondBatchNormScale, i),
                                    FloatVector.fromArray(FLOATS, secondBatchNormShift, i));
                    FloatVector activated = normalized.blend(0f, normalized.compare(VectorOperators.LT, 0f));
                    activated.intoArray(secondRelu, at + i);
                }
            }
        }

        private void logitsBuffers() {
            logitsDenseProduct = buffers[2];
            logitsDense = buffers[1];
        }

        /**
         * Forward: dense 70 → 3; bias.
         */
        private void logitsForward(int rows) {
            MatrixMultiply.multiply(
                    secondRelu, 0, 80, rows, 70,
                    values, LOGITS_DENSE_WEIGHT, 3,
                    logitsDenseProduct, 0, 16);
            for (int row = 0; row < rows; row++) {
                int at = row * 16;
                for (int i = 0; i < 16; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, logitsDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, LOGITS_DENSE_BIAS + i));
                    biased.intoArray(logitsDense, at + i);
                }
            }
        }

        private void allocate() {
            input = buffers[0];
            standardizedBatchNormBuffers();
            firstBuffers();
            secondBuffers();
            logitsBuffers();
        }

        private void run(int rows) {
            standardizedBatchNormForward(rows);
            firstForward(rows);
            secondForward(rows);
            logitsForward(rows);
        }

        @Override
        public void refresh() {
            BatchNormalization.fold(
                    values, STANDARDIZED_BATCH_NORM_SCALE, STANDARDIZED_BATCH_NORM_SHIFT, STANDARDIZED_BATCH_NORM_RUNNING_MEAN, STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE, 20, 1.0E-5f, standardizedBatchNormScale, standardizedBatchNormShift);
            BatchNormalization.fold(
                    values, FIRST_BATCH_NORM_SCALE, FIRST_BATCH_NORM_SHIFT, FIRST_BATCH_NORM_RUNNING_MEAN, FIRST_BATCH_NORM_RUNNING_VARIANCE, 24, 1.0E-5f, firstBatchNormScale, firstBatchNormShift);
            BatchNormalization.fold(
                    values, SECOND_BATCH_NORM_SCALE, SECOND_BATCH_NORM_SHIFT, SECOND_BATCH_NORM_RUNNING_MEAN, SECOND_BATCH_NORM_RUNNING_VARIANCE, 70, 1.0E-5f, secondBatchNormScale, secondBatchNormShift);
        }

        @Override
        protected float[] forward(int rows) {
            run(rows);
            return logitsDense;
        }
    }
}
