package demo;

import io.espalier.Classifier;
import io.espalier.emitted.Blueprint;
import io.espalier.emitted.Packing;
import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.TrainingRule;
import io.espalier.emitted.UpdateRule;
import io.espalier.kernel.BatchNormalization;
import io.espalier.kernel.BatchStatistics;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.Simd;
import io.espalier.kernel.Slices;
import io.espalier.kernel.VectorModule;
import io.espalier.model.ParameterRole;
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
     * Values that are trained; running statistics come after them.
     */
    private static final int TRAINED = 3984;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 4272;

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
        StandardizedNetwork network = new StandardizedNetwork(blueprint());
        network.drawWeights(seed);
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
    protected void buildStep(StepBuilder step) {
        new Training(step);
    }

    @Override
    protected PredictionCode buildPrediction(PredictionBuilder pass) {
        return new Prediction(pass);
    }

    private static Blueprint blueprint() {
        Blueprint network = new Blueprint("Standardized", VALUES);
        network.ends(new int[] {4, 5}, new int[] {3}, "CROSS_ENTROPY");
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Sgd(0.9, true), 0.1)
                .withWeightDecay(5.0E-4));
        describe(network);
        return network;
    }

    private static void describeStandardized(Blueprint network) {
        network.operation("standardized", "Flatten", new int[] {4, 5}, new int[] {20});
        network.operation("standardized", "BatchNorm", new int[] {20}, new int[] {20}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.parameter("standardized.batchNorm.scale", STANDARDIZED_BATCH_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, false, 0.0, 20);
        network.parameter("standardized.batchNorm.shift", STANDARDIZED_BATCH_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, false, 0.0, 20);
        network.parameter("standardized.batchNorm.runningMean", STANDARDIZED_BATCH_NORM_RUNNING_MEAN, Packing.ROWS, ParameterRole.RUNNING_MEAN, false, 0.0, 20);
        network.parameter("standardized.batchNorm.runningVariance", STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE, Packing.ROWS, ParameterRole.RUNNING_VARIANCE, false, 0.0, 20);
    }

    private static void describeFirst(Blueprint network) {
        network.operation("first", "Dense", new int[] {20}, new int[] {24}, "units", "24", "bias", "false");
        network.parameter("first.dense.weight", FIRST_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.5477225575051661, 24, 20);
        network.operation("first", "BatchNorm", new int[] {24}, new int[] {24}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.parameter("first.batchNorm.scale", FIRST_BATCH_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, false, 0.0, 24);
        network.parameter("first.batchNorm.shift", FIRST_BATCH_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, false, 0.0, 24);
        network.parameter("first.batchNorm.runningMean", FIRST_BATCH_NORM_RUNNING_MEAN, Packing.ROWS, ParameterRole.RUNNING_MEAN, false, 0.0, 24);
        network.parameter("first.batchNorm.runningVariance", FIRST_BATCH_NORM_RUNNING_VARIANCE, Packing.ROWS, ParameterRole.RUNNING_VARIANCE, false, 0.0, 24);
        network.operation("first", "Relu", new int[] {24}, new int[] {24});
    }

    private static void describeSecond(Blueprint network) {
        network.operation("second", "Dense", new int[] {24}, new int[] {70}, "units", "70", "bias", "false");
        network.parameter("second.dense.weight", SECOND_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.5, 70, 24);
        network.operation("second", "BatchNorm", new int[] {70}, new int[] {70}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.parameter("second.batchNorm.scale", SECOND_BATCH_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, false, 0.0, 70);
        network.parameter("second.batchNorm.shift", SECOND_BATCH_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, false, 0.0, 70);
        network.parameter("second.batchNorm.runningMean", SECOND_BATCH_NORM_RUNNING_MEAN, Packing.ROWS, ParameterRole.RUNNING_MEAN, false, 0.0, 70);
        network.parameter("second.batchNorm.runningVariance", SECOND_BATCH_NORM_RUNNING_VARIANCE, Packing.ROWS, ParameterRole.RUNNING_VARIANCE, false, 0.0, 70);
        network.operation("second", "Relu", new int[] {70}, new int[] {70});
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "Dense", new int[] {70}, new int[] {3}, "units", "3", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.20701966780270625, 3, 70);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 3);
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
    private static final class Training implements PhaseCode {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private static final int FORWARD = 0;

        private static final int STANDARDIZED_BATCH_NORM_MEAN_OF_BATCH = 1;

        private static final int FORWARD2 = 2;

        private static final int FIRST_BATCH_NORM_MEAN_OF_BATCH = 3;

        private static final int FORWARD3 = 4;

        private static final int SECOND_BATCH_NORM_MEAN_OF_BATCH = 5;

        private static final int FORWARD4 = 6;

        private static final int BACKWARD = 7;

        private static final int SECOND_BATCH_NORM_SUMS_OF_BATCH = 8;

        private static final int BACKWARD2 = 9;

        private static final int FIRST_BATCH_NORM_SUMS_OF_BATCH = 10;

        private static final int BACKWARD3 = 11;

        private static final int STANDARDIZED_BATCH_NORM_SUMS_OF_BATCH = 12;

        private final float[] values;

        private final float[] inputs;

        private final float[][] shared;

        private final float[][][] tiles;

        private float[] logitsDenseWeightTransposed;

        private float[] secondDenseWeightTransposed;

        private float[] firstDenseWeightTransposed;

        private float[] outputGradients;

        private float[] standardizedBatchNormPartials;

        private float[] standardizedBatchNormMean;

        private float[] standardizedBatchNormInverseDeviation;

        private float[] standardizedBatchNorm;

        private float[] firstDenseProduct;

        private float[] firstBatchNormPartials;

        private float[] firstBatchNormMean;

        private float[] firstBatchNormInverseDeviation;

        private float[] firstRelu;

        private float[] secondDenseProduct;

        private float[] secondBatchNormPartials;

        private float[] secondBatchNormMean;

        private float[] secondBatchNormInverseDeviation;

        private float[] secondRelu;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        private float[] logitsDenseProductGradients;

        private float[] secondBatchNormSums;

        private float[] secondBatchNormMeanGradient;

        private float[] secondBatchNormMeanProduct;

        private float[] secondBatchNormGradientScale;

        private float[] secondBatchNormProductGradients;

        private float[] secondDenseProductGradients;

        private float[] firstBatchNormSums;

        private float[] firstBatchNormMeanGradient;

        private float[] firstBatchNormMeanProduct;

        private float[] firstBatchNormGradientScale;

        private float[] firstBatchNormProductGradients;

        private float[] firstDenseProductGradients;

        private float[] standardizedBatchNormSums;

        private float[] standardizedBatchNormMeanGradient;

        private float[] standardizedBatchNormMeanProduct;

        private float[] standardizedBatchNormGradientScale;

        Training(StepBuilder step) {
            values = step.values();
            inputs = step.inputs(1, 32);
            shared = step.shared(80, 32);
            tiles = step.tiles(32);
            allocate(step);
            step.outputs(logitsDense);
            step.outputGradients(outputGradients);
            forwardPhases(step);
            backwardPhases(step);
        }

        private void allocate(StepBuilder step) {
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, 70, 3);
            secondDenseWeightTransposed = step.transposedWeight(SECOND_DENSE_WEIGHT, 24, 70);
            firstDenseWeightTransposed = step.transposedWeight(FIRST_DENSE_WEIGHT, 20, 24);
            outputGradients = step.rows(16);
            standardizedBatchNormPartials = step.sliceBuffer(1, 40);
            standardizedBatchNormMean = new float[32];
            standardizedBatchNormInverseDeviation = new float[32];
            standardizedBatchNorm = step.rows(32);
            firstDenseProduct = step.rows(32);
            firstBatchNormPartials = step.sliceBuffer(1, 48);
            firstBatchNormMean = new float[32];
            firstBatchNormInverseDeviation = new float[32];
            firstRelu = step.rows(32);
            secondDenseProduct = step.rows(80);
            secondBatchNormPartials = step.sliceBuffer(1, 140);
            secondBatchNormMean = new float[80];
            secondBatchNormInverseDeviation = new float[80];
            secondRelu = step.rows(80);
            logitsDenseProduct = step.rows(16);
            logitsDense = logitsDenseProduct;
            logitsDenseProductGradients = outputGradients;
            secondBatchNormSums = step.sliceBuffer(1, 160);
            secondBatchNormMeanGradient = new float[80];
            secondBatchNormMeanProduct = new float[80];
            secondBatchNormGradientScale = new float[80];
            secondBatchNormProductGradients = step.rows(80);
            secondDenseProductGradients = secondBatchNormProductGradients;
            firstBatchNormSums = step.sliceBuffer(1, 64);
            firstBatchNormMeanGradient = new float[32];
            firstBatchNormMeanProduct = new float[32];
            firstBatchNormGradientScale = new float[32];
            firstBatchNormProductGradients = step.rows(32);
            firstDenseProductGradients = firstBatchNormProductGradients;
            standardizedBatchNormSums = step.sliceBuffer(1, 64);
            standardizedBatchNormMeanGradient = new float[32];
            standardizedBatchNormMeanProduct = new float[32];
            standardizedBatchNormGradientScale = new float[32];
            step.summedGradient(standardizedBatchNormSums, 0, 20, STANDARDIZED_BATCH_NORM_SCALE);
            step.summedGradient(standardizedBatchNormSums, 32, 20, STANDARDIZED_BATCH_NORM_SHIFT);
            step.weightGradient(
                    1,
                    standardizedBatchNorm, 32, 20,
                    firstDenseProductGradients, 32, 24,
                    FIRST_DENSE_WEIGHT, -1);
            step.summedGradient(firstBatchNormSums, 0, 24, FIRST_BATCH_NORM_SCALE);
            step.summedGradient(firstBatchNormSums, 32, 24, FIRST_BATCH_NORM_SHIFT);
            step.weightGradient(
                    1,
                    firstRelu, 32, 24,
                    secondDenseProductGradients, 80, 70,
                    SECOND_DENSE_WEIGHT, -1);
            step.summedGradient(secondBatchNormSums, 0, 70, SECOND_BATCH_NORM_SCALE);
            step.summedGradient(secondBatchNormSums, 80, 70, SECOND_BATCH_NORM_SHIFT);
            step.weightGradient(
                    1,
                    secondRelu, 80, 70,
                    logitsDenseProductGradients, 16, 3,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        /**
         * Forward: batch norm.
         */
        private void standardizedForward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(
                        inputs, slice * 32, 32, 20, end - slice,
                        standardizedBatchNormPartials, slice / Slices.ROWS * 40);
            }
        }

        /**
         * Forward: batch norm.
         */
        private void standardizedBatchNormForward(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, inputs, at + i);
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
         * Forward: dense 20 → 24, batch norm.
         */
        private void firstForward(int from, int to) {
            MatrixMultiply.multiply(
                    standardizedBatchNorm, from * 32, 32, to - from, 20,
                    values, FIRST_DENSE_WEIGHT, 24,
                    firstDenseProduct, from * 32, 32);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(
                        firstDenseProduct, slice * 32, 32, 24, end - slice,
                        firstBatchNormPartials, slice / Slices.ROWS * 48);
            }
        }

        /**
         * Forward: batch norm, ReLU.
         */
        private void firstBatchNormForward(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector standardized = product.sub(FloatVector.fromArray(FLOATS, firstBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, firstBatchNormInverseDeviation, i));
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, FIRST_BATCH_NORM_SCALE + i),
                                    FloatVector.fromArray(FLOATS, values, FIRST_BATCH_NORM_SHIFT + i));
                    FloatVector activated = normalized.blend(0.0f, normalized.compare(VectorOperators.LT, 0.0f));
                    activated.intoArray(firstRelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 24 → 70, batch norm.
         */
        private void secondForward(int from, int to) {
            MatrixMultiply.multiply(
                    firstRelu, from * 32, 32, to - from, 24,
                    values, SECOND_DENSE_WEIGHT, 70,
                    secondDenseProduct, from * 80, 80);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(
                        secondDenseProduct, slice * 80, 80, 70, end - slice,
                        secondBatchNormPartials, slice / Slices.ROWS * 140);
            }
        }

        /**
         * Forward: batch norm, ReLU.
         */
        private void secondBatchNormForward(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 80;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, secondDenseProduct, at + i);
                    FloatVector standardized = product.sub(FloatVector.fromArray(FLOATS, secondBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, secondBatchNormInverseDeviation, i));
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, SECOND_BATCH_NORM_SCALE + i),
                                    FloatVector.fromArray(FLOATS, values, SECOND_BATCH_NORM_SHIFT + i));
                    FloatVector activated = normalized.blend(0.0f, normalized.compare(VectorOperators.LT, 0.0f));
                    activated.intoArray(secondRelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 70 → 3 with bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    secondRelu, from * 80, 80, to - from, 70,
                    values, LOGITS_DENSE_WEIGHT, 3,
                    logitsDenseProduct, from * 16, 16);
            for (int row = from; row < to; row++) {
                int at = row * 16;
                for (int i = 0; i < 16; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, logitsDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, LOGITS_DENSE_BIAS + i));
                    biased.intoArray(logitsDense, at + i);
                }
            }
        }

        /**
         * Backward: dense 70 → 3 with bias.
         */
        private void logitsBackward(int from, int to) {
            float[] logitsDenseProductInputGradients = shared[0];
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, 16, to - from, 3,
                    logitsDenseWeightTransposed, 0, 70,
                    logitsDenseProductInputGradients, from * 80, 80);
        }

        /**
         * Backward: batch norm, ReLU.
         */
        private void secondBatchNormBackward(int from, int to) {
            float[] logitsDenseProductInputGradients = shared[0];
            float[] secondReluNormalizedGradients = shared[0];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(secondBatchNormSums, slice / Slices.ROWS * 160, (slice / Slices.ROWS + 1) * 160, 0f);
                for (int row = slice; row < end; row++) {
                    int at = row * 80;
                    int sums = row / Slices.ROWS * 160;
                    for (int i = 0; i < 80; i += LANES) {
                        FloatVector activatedGradient = FloatVector.fromArray(FLOATS, logitsDenseProductInputGradients, at + i);
                        FloatVector activated = FloatVector.fromArray(FLOATS, secondRelu, at + i);
                        FloatVector normalizedGradient = FloatVector.zero(FLOATS).blend(activatedGradient, activated.compare(VectorOperators.GT, 0.0f));
                        normalizedGradient.intoArray(secondReluNormalizedGradients, at + i);
                        FloatVector product = FloatVector.fromArray(FLOATS, secondDenseProduct, at + i);
                        FloatVector standardized = product.sub(FloatVector.fromArray(FLOATS, secondBatchNormMean, i))
                                        .mul(FloatVector.fromArray(FLOATS, secondBatchNormInverseDeviation, i));
                        normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, secondBatchNormSums, sums + i))
                                        .intoArray(secondBatchNormSums, sums + i);
                        normalizedGradient.add(FloatVector.fromArray(FLOATS, secondBatchNormSums, sums + 80 + i))
                                        .intoArray(secondBatchNormSums, sums + 80 + i);
                    }
                }
            }
        }

        /**
         * Backward: batch norm.
         */
        private void secondBatchNorm2Backward(int from, int to) {
            float[] secondReluNormalizedGradients = shared[0];
            for (int row = from; row < to; row++) {
                int at = row * 80;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, secondDenseProduct, at + i);
                    FloatVector standardized = product.sub(FloatVector.fromArray(FLOATS, secondBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, secondBatchNormInverseDeviation, i));
                    FloatVector normalizedGradient = FloatVector.fromArray(FLOATS, secondReluNormalizedGradients, at + i);
                    FloatVector productGradient = normalizedGradient.sub(FloatVector.fromArray(FLOATS, secondBatchNormMeanGradient, i))
                                    .sub(standardized.mul(FloatVector.fromArray(FLOATS, secondBatchNormMeanProduct, i)))
                                    .mul(FloatVector.fromArray(FLOATS, secondBatchNormGradientScale, i));
                    productGradient.intoArray(secondBatchNormProductGradients, at + i);
                }
            }
        }

        /**
         * Backward: dense 24 → 70.
         */
        private void secondBackward(int from, int to) {
            float[] secondDenseProductInputGradients = shared[1];
            MatrixMultiply.multiply(
                    secondDenseProductGradients, from * 80, 80, to - from, 70,
                    secondDenseWeightTransposed, 0, 24,
                    secondDenseProductInputGradients, from * 32, 32);
        }

        /**
         * Backward: batch norm, ReLU.
         */
        private void firstBatchNormBackward(int from, int to) {
            float[] secondDenseProductInputGradients = shared[1];
            float[] firstReluNormalizedGradients = shared[1];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(firstBatchNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    int sums = row / Slices.ROWS * 64;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector activatedGradient = FloatVector.fromArray(FLOATS, secondDenseProductInputGradients, at + i);
                        FloatVector activated = FloatVector.fromArray(FLOATS, firstRelu, at + i);
                        FloatVector normalizedGradient = FloatVector.zero(FLOATS).blend(activatedGradient, activated.compare(VectorOperators.GT, 0.0f));
                        normalizedGradient.intoArray(firstReluNormalizedGradients, at + i);
                        FloatVector product = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                        FloatVector standardized = product.sub(FloatVector.fromArray(FLOATS, firstBatchNormMean, i))
                                        .mul(FloatVector.fromArray(FLOATS, firstBatchNormInverseDeviation, i));
                        normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, firstBatchNormSums, sums + i))
                                        .intoArray(firstBatchNormSums, sums + i);
                        normalizedGradient.add(FloatVector.fromArray(FLOATS, firstBatchNormSums, sums + 32 + i))
                                        .intoArray(firstBatchNormSums, sums + 32 + i);
                    }
                }
            }
        }

        /**
         * Backward: batch norm.
         */
        private void firstBatchNorm2Backward(int from, int to) {
            float[] firstReluNormalizedGradients = shared[1];
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector standardized = product.sub(FloatVector.fromArray(FLOATS, firstBatchNormMean, i))
                                    .mul(FloatVector.fromArray(FLOATS, firstBatchNormInverseDeviation, i));
                    FloatVector normalizedGradient = FloatVector.fromArray(FLOATS, firstReluNormalizedGradients, at + i);
                    FloatVector productGradient = normalizedGradient.sub(FloatVector.fromArray(FLOATS, firstBatchNormMeanGradient, i))
                                    .sub(standardized.mul(FloatVector.fromArray(FLOATS, firstBatchNormMeanProduct, i)))
                                    .mul(FloatVector.fromArray(FLOATS, firstBatchNormGradientScale, i));
                    productGradient.intoArray(firstBatchNormProductGradients, at + i);
                }
            }
        }

        /**
         * Backward: dense 20 → 24.
         */
        private void firstBackward(int from, int to, int worker) {
            float[] firstDenseProductInputGradients = tiles[0][worker];
            MatrixMultiply.multiply(
                    firstDenseProductGradients, from * 32, 32, to - from, 24,
                    firstDenseWeightTransposed, 0, 20,
                    firstDenseProductInputGradients, 0, 32);
        }

        /**
         * Backward: batch norm.
         */
        private void standardizedBatchNormBackward(int from, int to, int worker) {
            float[] firstDenseProductInputGradients = tiles[0][worker];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(standardizedBatchNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    int sums = row / Slices.ROWS * 64;
                    int atTile = (row - from) * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, inputs, at + i);
                        FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, standardizedBatchNormMean, i))
                                        .mul(FloatVector.fromArray(FLOATS, standardizedBatchNormInverseDeviation, i));
                        FloatVector normalizedGradient = FloatVector.fromArray(FLOATS, firstDenseProductInputGradients, atTile + i);
                        normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, standardizedBatchNormSums, sums + i))
                                        .intoArray(standardizedBatchNormSums, sums + i);
                        normalizedGradient.add(FloatVector.fromArray(FLOATS, standardizedBatchNormSums, sums + 32 + i))
                                        .intoArray(standardizedBatchNormSums, sums + 32 + i);
                    }
                }
            }
        }

        private void forward(int from, int to) {
            standardizedForward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void standardizedBatchNormMeanOfBatch(int rows) {
            BatchStatistics.combine(
                    standardizedBatchNormPartials, Slices.count(rows, 1),
                    Slices.rows(1), rows, 20, 1.0E-5f, 0.1f, standardizedBatchNormMean,
                    standardizedBatchNormInverseDeviation, 0, values, STANDARDIZED_BATCH_NORM_RUNNING_MEAN,
                    STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void forward2(int from, int to) {
            standardizedBatchNormForward(from, to);
            firstForward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void firstBatchNormMeanOfBatch(int rows) {
            BatchStatistics.combine(
                    firstBatchNormPartials, Slices.count(rows, 1),
                    Slices.rows(1), rows, 24, 1.0E-5f, 0.1f, firstBatchNormMean,
                    firstBatchNormInverseDeviation, 0, values, FIRST_BATCH_NORM_RUNNING_MEAN,
                    FIRST_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void forward3(int from, int to) {
            firstBatchNormForward(from, to);
            secondForward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void secondBatchNormMeanOfBatch(int rows) {
            BatchStatistics.combine(
                    secondBatchNormPartials, Slices.count(rows, 1),
                    Slices.rows(1), rows, 70, 1.0E-5f, 0.1f, secondBatchNormMean,
                    secondBatchNormInverseDeviation, 0, values, SECOND_BATCH_NORM_RUNNING_MEAN,
                    SECOND_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void forward4(int from, int to) {
            secondBatchNormForward(from, to);
            logitsForward(from, to);
        }

        private void forwardPhases(StepBuilder step) {
            step.forwardExamples(this, FORWARD);
            step.forwardBatch(this, STANDARDIZED_BATCH_NORM_MEAN_OF_BATCH);
            step.forwardExamples(this, FORWARD2);
            step.forwardBatch(this, FIRST_BATCH_NORM_MEAN_OF_BATCH);
            step.forwardExamples(this, FORWARD3);
            step.forwardBatch(this, SECOND_BATCH_NORM_MEAN_OF_BATCH);
            step.forwardExamples(this, FORWARD4);
        }

        private void backward(int from, int to) {
            logitsBackward(from, to);
            secondBatchNormBackward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void secondBatchNormSumsOfBatch(int rows) {
            BatchNormalization.gradientMeans(
                    secondBatchNormSums, 160, Slices.count(rows, 1), rows, 70, values,
                    SECOND_BATCH_NORM_SCALE, secondBatchNormInverseDeviation, secondBatchNormMeanGradient,
                    secondBatchNormMeanProduct, secondBatchNormGradientScale);
        }

        private void backward2(int from, int to) {
            secondBatchNorm2Backward(from, to);
            secondBackward(from, to);
            firstBatchNormBackward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void firstBatchNormSumsOfBatch(int rows) {
            BatchNormalization.gradientMeans(
                    firstBatchNormSums, 64, Slices.count(rows, 1), rows, 24, values,
                    FIRST_BATCH_NORM_SCALE, firstBatchNormInverseDeviation, firstBatchNormMeanGradient,
                    firstBatchNormMeanProduct, firstBatchNormGradientScale);
        }

        private void backward3(int from, int to, int worker) {
            firstBatchNorm2Backward(from, to);
            firstBackward(from, to, worker);
            standardizedBatchNormBackward(from, to, worker);
        }

        /**
         * What all rows of the batch come to.
         */
        private void standardizedBatchNormSumsOfBatch(int rows) {
            BatchNormalization.gradientMeans(
                    standardizedBatchNormSums, 64, Slices.count(rows, 1), rows, 20,
                    values, STANDARDIZED_BATCH_NORM_SCALE, standardizedBatchNormInverseDeviation,
                    standardizedBatchNormMeanGradient, standardizedBatchNormMeanProduct,
                    standardizedBatchNormGradientScale);
        }

        private void backwardPhases(StepBuilder step) {
            step.backwardExamples(this, BACKWARD);
            step.backwardBatch(this, SECOND_BATCH_NORM_SUMS_OF_BATCH);
            step.backwardExamples(this, BACKWARD2);
            step.backwardBatch(this, FIRST_BATCH_NORM_SUMS_OF_BATCH);
            step.backwardExamples(this, BACKWARD3);
            step.backwardBatch(this, STANDARDIZED_BATCH_NORM_SUMS_OF_BATCH);
        }

        @Override
        public void phase(int number, int from, int to, int worker) {
            switch (number) {
                case FORWARD -> forward(from, to);
                case STANDARDIZED_BATCH_NORM_MEAN_OF_BATCH -> standardizedBatchNormMeanOfBatch(to);
                case FORWARD2 -> forward2(from, to);
                case FIRST_BATCH_NORM_MEAN_OF_BATCH -> firstBatchNormMeanOfBatch(to);
                case FORWARD3 -> forward3(from, to);
                case SECOND_BATCH_NORM_MEAN_OF_BATCH -> secondBatchNormMeanOfBatch(to);
                case FORWARD4 -> forward4(from, to);
                case BACKWARD -> backward(from, to);
                case SECOND_BATCH_NORM_SUMS_OF_BATCH -> secondBatchNormSumsOfBatch(to);
                case BACKWARD2 -> backward2(from, to);
                case FIRST_BATCH_NORM_SUMS_OF_BATCH -> firstBatchNormSumsOfBatch(to);
                case BACKWARD3 -> backward3(from, to, worker);
                case STANDARDIZED_BATCH_NORM_SUMS_OF_BATCH -> standardizedBatchNormSumsOfBatch(to);
                default -> throw new IllegalStateException("There is no phase " + number);
            }
        }
    }

    /**
     * Predicts with the network.
     */
    private static final class Prediction implements PredictionCode {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private final float[] values;

        private final float[] inputs;

        private final float[][] shared;

        private float[] standardizedBatchNormScale;

        private float[] standardizedBatchNormShift;

        private float[] firstBatchNormScale;

        private float[] firstBatchNormShift;

        private float[] secondBatchNormScale;

        private float[] secondBatchNormShift;

        Prediction(PredictionBuilder pass) {
            values = pass.values();
            inputs = pass.inputs(1, 32);
            shared = pass.shared(80, 32);
            allocate(pass);
            pass.outputs(shared[1]);
        }

        private void allocate(PredictionBuilder pass) {
            standardizedBatchNormScale = new float[32];
            standardizedBatchNormShift = new float[32];
            firstBatchNormScale = new float[32];
            firstBatchNormShift = new float[32];
            secondBatchNormScale = new float[80];
            secondBatchNormShift = new float[80];
        }

        /**
         * Forward: batch norm.
         */
        private void standardizedForward(int rows) {
            float[] standardizedBatchNorm = shared[0];
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, inputs, at + i);
                    FloatVector normalized = x.fma(
                                    FloatVector.fromArray(FLOATS, standardizedBatchNormScale, i),
                                    FloatVector.fromArray(FLOATS, standardizedBatchNormShift, i));
                    normalized.intoArray(standardizedBatchNorm, at + i);
                }
            }
        }

        /**
         * Forward: dense 20 → 24, batch norm, ReLU.
         */
        private void firstForward(int rows) {
            float[] firstDenseProduct = shared[1];
            float[] firstRelu = shared[1];
            float[] standardizedBatchNorm = shared[0];
            MatrixMultiply.multiply(
                    standardizedBatchNorm, 0, 32, rows, 20,
                    values, FIRST_DENSE_WEIGHT, 24,
                    firstDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector normalized = product.fma(
                                    FloatVector.fromArray(FLOATS, firstBatchNormScale, i),
                                    FloatVector.fromArray(FLOATS, firstBatchNormShift, i));
                    FloatVector activated = normalized.blend(0.0f, normalized.compare(VectorOperators.LT, 0.0f));
                    activated.intoArray(firstRelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 24 → 70, batch norm, ReLU.
         */
        private void secondForward(int rows) {
            float[] secondDenseProduct = shared[0];
            float[] secondRelu = shared[0];
            float[] firstRelu = shared[1];
            MatrixMultiply.multiply(
                    firstRelu, 0, 32, rows, 24,
                    values, SECOND_DENSE_WEIGHT, 70,
                    secondDenseProduct, 0, 80);
            for (int row = 0; row < rows; row++) {
                int at = row * 80;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, secondDenseProduct, at + i);
                    FloatVector normalized = product.fma(
                                    FloatVector.fromArray(FLOATS, secondBatchNormScale, i),
                                    FloatVector.fromArray(FLOATS, secondBatchNormShift, i));
                    FloatVector activated = normalized.blend(0.0f, normalized.compare(VectorOperators.LT, 0.0f));
                    activated.intoArray(secondRelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 70 → 3 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] secondRelu = shared[0];
            MatrixMultiply.multiply(
                    secondRelu, 0, 80, rows, 70,
                    values, LOGITS_DENSE_WEIGHT, 3,
                    logitsDenseProduct, 0, 16);
            for (int row = 0; row < rows; row++) {
                int at = row * 16;
                for (int i = 0; i < 16; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, logitsDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, LOGITS_DENSE_BIAS + i));
                    biased.intoArray(logitsDense, at + i);
                }
            }
        }

        @Override
        public void forward(int rows) {
            standardizedForward(rows);
            firstForward(rows);
            secondForward(rows);
            logitsForward(rows);
        }

        @Override
        public void refresh() {
            BatchNormalization.fold(
                    values, STANDARDIZED_BATCH_NORM_SCALE, STANDARDIZED_BATCH_NORM_SHIFT,
                    STANDARDIZED_BATCH_NORM_RUNNING_MEAN, STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE, 20,
                    1.0E-5f, standardizedBatchNormScale, standardizedBatchNormShift);
            BatchNormalization.fold(
                    values, FIRST_BATCH_NORM_SCALE, FIRST_BATCH_NORM_SHIFT, FIRST_BATCH_NORM_RUNNING_MEAN,
                    FIRST_BATCH_NORM_RUNNING_VARIANCE, 24, 1.0E-5f, firstBatchNormScale, firstBatchNormShift);
            BatchNormalization.fold(
                    values, SECOND_BATCH_NORM_SCALE, SECOND_BATCH_NORM_SHIFT, SECOND_BATCH_NORM_RUNNING_MEAN,
                    SECOND_BATCH_NORM_RUNNING_VARIANCE, 70, 1.0E-5f, secondBatchNormScale,
                    secondBatchNormShift);
        }
    }
}
