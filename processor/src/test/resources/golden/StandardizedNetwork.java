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
     * How many values weights take; they come first.
     */
    private static final int WEIGHTS = 3680;

    /**
     * How many values are trained; running statistics come after them.
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
        new Training(step).register(step);
    }

    @Override
    protected PredictionCode buildPrediction(PredictionBuilder pass) {
        return new Prediction(pass);
    }

    private static Blueprint blueprint() {
        Blueprint network = new Blueprint("Standardized", VALUES);
        network.ends(new int[] {4, 5}, new int[] {3}, "CROSS_ENTROPY");
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Sgd(/* momentum= */ 0.9, /* nesterov= */ true), /* learningRate= */ 0.1)
                .withWeightDecay(5.0E-4));
        describe(network);
        return network;
    }

    private static void describe(Blueprint network) {
        network.operation("standardized", "Flatten", new int[] {4, 5}, new int[] {20});
        network.operation("standardized", "BatchNorm", new int[] {20}, new int[] {20}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.parameter("standardized.batchNorm.scale", STANDARDIZED_BATCH_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, /* decayed= */ false, /* limit= */ 0.0, 20);
        network.parameter("standardized.batchNorm.shift", STANDARDIZED_BATCH_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, /* decayed= */ false, /* limit= */ 0.0, 20);
        network.parameter("standardized.batchNorm.runningMean", STANDARDIZED_BATCH_NORM_RUNNING_MEAN, Packing.ROWS, ParameterRole.RUNNING_MEAN, /* decayed= */ false, /* limit= */ 0.0, 20);
        network.parameter("standardized.batchNorm.runningVariance", STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE, Packing.ROWS, ParameterRole.RUNNING_VARIANCE, /* decayed= */ false, /* limit= */ 0.0, 20);
        network.operation("first", "Dense", new int[] {20}, new int[] {24}, "units", "24", "bias", "false");
        network.parameter("first.dense.weight", FIRST_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.5477225575051661, 24, 20);
        network.operation("first", "BatchNorm", new int[] {24}, new int[] {24}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.parameter("first.batchNorm.scale", FIRST_BATCH_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.parameter("first.batchNorm.shift", FIRST_BATCH_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.parameter("first.batchNorm.runningMean", FIRST_BATCH_NORM_RUNNING_MEAN, Packing.ROWS, ParameterRole.RUNNING_MEAN, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.parameter("first.batchNorm.runningVariance", FIRST_BATCH_NORM_RUNNING_VARIANCE, Packing.ROWS, ParameterRole.RUNNING_VARIANCE, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.operation("first", "Relu", new int[] {24}, new int[] {24});
        network.operation("second", "Dense", new int[] {24}, new int[] {70}, "units", "70", "bias", "false");
        network.parameter("second.dense.weight", SECOND_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.5, 70, 24);
        network.operation("second", "BatchNorm", new int[] {70}, new int[] {70}, "momentum", "0.1", "epsilon", "1.0E-5");
        network.parameter("second.batchNorm.scale", SECOND_BATCH_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, /* decayed= */ false, /* limit= */ 0.0, 70);
        network.parameter("second.batchNorm.shift", SECOND_BATCH_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, /* decayed= */ false, /* limit= */ 0.0, 70);
        network.parameter("second.batchNorm.runningMean", SECOND_BATCH_NORM_RUNNING_MEAN, Packing.ROWS, ParameterRole.RUNNING_MEAN, /* decayed= */ false, /* limit= */ 0.0, 70);
        network.parameter("second.batchNorm.runningVariance", SECOND_BATCH_NORM_RUNNING_VARIANCE, Packing.ROWS, ParameterRole.RUNNING_VARIANCE, /* decayed= */ false, /* limit= */ 0.0, 70);
        network.operation("second", "Relu", new int[] {70}, new int[] {70});
        network.operation("logits", "Dense", new int[] {70}, new int[] {3}, "units", "3", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.20701966780270625, 3, 70);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 3);
    }

    /**
     * Trains the network.
     */
    private static final class Training implements PhaseCode {
        private static final int FORWARD_FROM_STANDARDIZED = 0;

        private static final int STANDARDIZED_BATCH_NORM_MEAN_OF_BATCH = 1;

        private static final int FORWARD_FROM_STANDARDIZED_BATCH_NORM = 2;

        private static final int FIRST_BATCH_NORM_MEAN_OF_BATCH = 3;

        private static final int FORWARD_FROM_FIRST_BATCH_NORM = 4;

        private static final int SECOND_BATCH_NORM_MEAN_OF_BATCH = 5;

        private static final int FORWARD_FROM_SECOND_BATCH_NORM = 6;

        private static final int BACKWARD_FROM_LOGITS = 7;

        private static final int SECOND_BATCH_NORM_SUMS_OF_BATCH = 8;

        private static final int BACKWARD_FROM_SECOND_BATCH_NORM2 = 9;

        private static final int FIRST_BATCH_NORM_SUMS_OF_BATCH = 10;

        private static final int BACKWARD_FROM_FIRST_BATCH_NORM2 = 11;

        private static final int STANDARDIZED_BATCH_NORM_SUMS_OF_BATCH = 12;

        private final float[] values;

        private final float[] inputs;

        private final float[][] shared;

        private final float[][][] tiles;

        private final float[] logitsDenseWeightTransposed;

        private final float[] secondDenseWeightTransposed;

        private final float[] firstDenseWeightTransposed;

        private final float[] outputGradients;

        private final float[] standardizedBatchNormPartials;

        private final float[] standardizedBatchNormMean;

        private final float[] standardizedBatchNormInverseDeviation;

        private final float[] standardizedBatchNorm;

        private final float[] firstDenseProduct;

        private final float[] firstBatchNormPartials;

        private final float[] firstBatchNormMean;

        private final float[] firstBatchNormInverseDeviation;

        private final float[] firstRelu;

        private final float[] secondDenseProduct;

        private final float[] secondBatchNormPartials;

        private final float[] secondBatchNormMean;

        private final float[] secondBatchNormInverseDeviation;

        private final float[] secondRelu;

        private final float[] logitsDenseProduct;

        private final float[] secondBatchNormSums;

        private final float[] secondBatchNormMeanGradient;

        private final float[] secondBatchNormMeanProduct;

        private final float[] secondBatchNormGradientScale;

        private final float[] secondBatchNormProductGradients;

        private final float[] firstBatchNormSums;

        private final float[] firstBatchNormMeanGradient;

        private final float[] firstBatchNormMeanProduct;

        private final float[] firstBatchNormGradientScale;

        private final float[] firstBatchNormProductGradients;

        private final float[] standardizedBatchNormSums;

        private final float[] standardizedBatchNormMeanGradient;

        private final float[] standardizedBatchNormMeanProduct;

        private final float[] standardizedBatchNormGradientScale;

        Training(StepBuilder step) {
            values = step.values();
            inputs = step.inputs(/* positions= */ 1, /* stride= */ 32);
            shared = step.shared(80, 32);
            tiles = step.tiles(32);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, /* in= */ 70, /* out= */ 3);
            secondDenseWeightTransposed = step.transposedWeight(SECOND_DENSE_WEIGHT, /* in= */ 24, /* out= */ 70);
            firstDenseWeightTransposed = step.transposedWeight(FIRST_DENSE_WEIGHT, /* in= */ 20, /* out= */ 24);
            outputGradients = step.rows(16);
            standardizedBatchNormPartials = step.sliceBuffer(/* positions= */ 1, /* columns= */ 40);
            standardizedBatchNormMean = new float[32];
            standardizedBatchNormInverseDeviation = new float[32];
            standardizedBatchNorm = step.rows(32);
            firstDenseProduct = step.rows(32);
            firstBatchNormPartials = step.sliceBuffer(/* positions= */ 1, /* columns= */ 48);
            firstBatchNormMean = new float[32];
            firstBatchNormInverseDeviation = new float[32];
            firstRelu = step.rows(32);
            secondDenseProduct = step.rows(80);
            secondBatchNormPartials = step.sliceBuffer(/* positions= */ 1, /* columns= */ 140);
            secondBatchNormMean = new float[80];
            secondBatchNormInverseDeviation = new float[80];
            secondRelu = step.rows(80);
            logitsDenseProduct = step.rows(16);
            secondBatchNormSums = step.sliceBuffer(/* positions= */ 1, /* columns= */ 160);
            secondBatchNormMeanGradient = new float[80];
            secondBatchNormMeanProduct = new float[80];
            secondBatchNormGradientScale = new float[80];
            secondBatchNormProductGradients = step.rows(80);
            firstBatchNormSums = step.sliceBuffer(/* positions= */ 1, /* columns= */ 64);
            firstBatchNormMeanGradient = new float[32];
            firstBatchNormMeanProduct = new float[32];
            firstBatchNormGradientScale = new float[32];
            firstBatchNormProductGradients = step.rows(32);
            standardizedBatchNormSums = step.sliceBuffer(/* positions= */ 1, /* columns= */ 64);
            standardizedBatchNormMeanGradient = new float[32];
            standardizedBatchNormMeanProduct = new float[32];
            standardizedBatchNormGradientScale = new float[32];
        }

        /**
         * After the backward pass the runtime sums over the batch what is told here: the gradients of the parameters.
         */
        private void gradientSums(StepBuilder step) {
            // standardized.batchNorm.scale
            step.summedGradient(standardizedBatchNormSums, /* offset= */ 0, /* width= */ 20, STANDARDIZED_BATCH_NORM_SCALE);
            // standardized.batchNorm.shift
            step.summedGradient(standardizedBatchNormSums, /* offset= */ 32, /* width= */ 20, STANDARDIZED_BATCH_NORM_SHIFT);
            // first.dense.weight
            float[] firstDenseProductGradients = firstBatchNormProductGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    standardizedBatchNorm, /* xStride= */ 32, /* in= */ 20,
                    firstDenseProductGradients, /* gStride= */ 32, /* out= */ 24,
                    FIRST_DENSE_WEIGHT, /* bias= */ -1);
            // first.batchNorm.scale
            step.summedGradient(firstBatchNormSums, /* offset= */ 0, /* width= */ 24, FIRST_BATCH_NORM_SCALE);
            // first.batchNorm.shift
            step.summedGradient(firstBatchNormSums, /* offset= */ 32, /* width= */ 24, FIRST_BATCH_NORM_SHIFT);
            // second.dense.weight
            float[] secondDenseProductGradients = secondBatchNormProductGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    firstRelu, /* xStride= */ 32, /* in= */ 24,
                    secondDenseProductGradients, /* gStride= */ 80, /* out= */ 70,
                    SECOND_DENSE_WEIGHT, /* bias= */ -1);
            // second.batchNorm.scale
            step.summedGradient(secondBatchNormSums, /* offset= */ 0, /* width= */ 70, SECOND_BATCH_NORM_SCALE);
            // second.batchNorm.shift
            step.summedGradient(secondBatchNormSums, /* offset= */ 80, /* width= */ 70, SECOND_BATCH_NORM_SHIFT);
            // logits.dense.weight, logits.dense.bias
            float[] logitsDenseProductGradients = outputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    secondRelu, /* xStride= */ 80, /* in= */ 70,
                    logitsDenseProductGradients, /* gStride= */ 16, /* out= */ 3,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        private void forwardFromStandardized(int from, int to) {
            standardizedForward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void standardizedBatchNormMeanOfBatch(int rows) {
            BatchStatistics.combine(
                    standardizedBatchNormPartials, Slices.count(rows, 1), Slices.rows(1), rows,
                    /* width= */ 20, /* epsilon= */ 1.0E-5f, /* momentum= */ 0.1f, standardizedBatchNormMean,
                    standardizedBatchNormInverseDeviation, /* meanAt= */ 0, values,
                    STANDARDIZED_BATCH_NORM_RUNNING_MEAN, STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void forwardFromStandardizedBatchNorm(int from, int to) {
            standardizedBatchNormForward(from, to);
            firstForward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void firstBatchNormMeanOfBatch(int rows) {
            BatchStatistics.combine(
                    firstBatchNormPartials, Slices.count(rows, 1), Slices.rows(1), rows, /* width= */ 24,
                    /* epsilon= */ 1.0E-5f, /* momentum= */ 0.1f, firstBatchNormMean,
                    firstBatchNormInverseDeviation, /* meanAt= */ 0, values, FIRST_BATCH_NORM_RUNNING_MEAN,
                    FIRST_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void forwardFromFirstBatchNorm(int from, int to) {
            firstBatchNormForward(from, to);
            secondForward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void secondBatchNormMeanOfBatch(int rows) {
            BatchStatistics.combine(
                    secondBatchNormPartials, Slices.count(rows, 1), Slices.rows(1), rows, /* width= */ 70,
                    /* epsilon= */ 1.0E-5f, /* momentum= */ 0.1f, secondBatchNormMean,
                    secondBatchNormInverseDeviation, /* meanAt= */ 0, values, SECOND_BATCH_NORM_RUNNING_MEAN,
                    SECOND_BATCH_NORM_RUNNING_VARIANCE);
        }

        private void forwardFromSecondBatchNorm(int from, int to) {
            secondBatchNormForward(from, to);
            logitsForward(from, to);
        }

        private void backwardFromLogits(int from, int to) {
            logitsBackward(from, to);
            secondBatchNormBackward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void secondBatchNormSumsOfBatch(int rows) {
            BatchNormalization.gradientMeans(
                    secondBatchNormSums, /* columns= */ 160, Slices.count(rows, 1), rows, /* width= */ 70,
                    values, SECOND_BATCH_NORM_SCALE, secondBatchNormInverseDeviation,
                    secondBatchNormMeanGradient, secondBatchNormMeanProduct, secondBatchNormGradientScale);
        }

        private void backwardFromSecondBatchNorm2(int from, int to) {
            secondBatchNorm2Backward(from, to);
            secondBackward(from, to);
            firstBatchNormBackward(from, to);
        }

        /**
         * What all rows of the batch come to.
         */
        private void firstBatchNormSumsOfBatch(int rows) {
            BatchNormalization.gradientMeans(
                    firstBatchNormSums, /* columns= */ 64, Slices.count(rows, 1), rows, /* width= */ 24,
                    values, FIRST_BATCH_NORM_SCALE, firstBatchNormInverseDeviation,
                    firstBatchNormMeanGradient, firstBatchNormMeanProduct, firstBatchNormGradientScale);
        }

        private void backwardFromFirstBatchNorm2(int from, int to, int worker) {
            firstBatchNorm2Backward(from, to);
            firstBackward(from, to, worker);
            standardizedBatchNormBackward(from, to, worker);
        }

        /**
         * What all rows of the batch come to.
         */
        private void standardizedBatchNormSumsOfBatch(int rows) {
            BatchNormalization.gradientMeans(
                    standardizedBatchNormSums, /* columns= */ 64, Slices.count(rows, 1), rows,
                    /* width= */ 20, values, STANDARDIZED_BATCH_NORM_SCALE,
                    standardizedBatchNormInverseDeviation, standardizedBatchNormMeanGradient,
                    standardizedBatchNormMeanProduct, standardizedBatchNormGradientScale);
        }

        /**
         * Tells the runtime where outputs and gradients lie, and what to run in which order.
         */
        private void register(StepBuilder step) {
            gradientSums(step);
            float[] logitsDense = logitsDenseProduct;
            step.outputs(logitsDense);
            step.outputGradients(outputGradients);
            step.forwardExamples(this, FORWARD_FROM_STANDARDIZED);
            step.forwardBatch(this, STANDARDIZED_BATCH_NORM_MEAN_OF_BATCH);
            step.forwardExamples(this, FORWARD_FROM_STANDARDIZED_BATCH_NORM);
            step.forwardBatch(this, FIRST_BATCH_NORM_MEAN_OF_BATCH);
            step.forwardExamples(this, FORWARD_FROM_FIRST_BATCH_NORM);
            step.forwardBatch(this, SECOND_BATCH_NORM_MEAN_OF_BATCH);
            step.forwardExamples(this, FORWARD_FROM_SECOND_BATCH_NORM);
            step.backwardExamples(this, BACKWARD_FROM_LOGITS);
            step.backwardBatch(this, SECOND_BATCH_NORM_SUMS_OF_BATCH);
            step.backwardExamples(this, BACKWARD_FROM_SECOND_BATCH_NORM2);
            step.backwardBatch(this, FIRST_BATCH_NORM_SUMS_OF_BATCH);
            step.backwardExamples(this, BACKWARD_FROM_FIRST_BATCH_NORM2);
            step.backwardBatch(this, STANDARDIZED_BATCH_NORM_SUMS_OF_BATCH);
        }

        /**
         * {@code demo.Standardized.standardized}. Forward: batch norm.
         */
        private void standardizedForward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(
                        inputs, slice * 32, /* stride= */ 32, /* width= */ 20, /* rows= */ end - slice,
                        standardizedBatchNormPartials, slice / Slices.ROWS * 40);
            }
        }

        /**
         * {@code demo.Standardized.standardized}. Forward: batch norm.
         */
        private void standardizedBatchNormForward(int from, int to) {
            Loops.normalized(
                    from, to, /* width= */ 32, inputs, standardizedBatchNormMean,
                    standardizedBatchNormInverseDeviation, values, STANDARDIZED_BATCH_NORM_SCALE,
                    STANDARDIZED_BATCH_NORM_SHIFT, standardizedBatchNorm);
        }

        /**
         * {@code demo.Standardized.first}. Forward: dense 20 → 24, batch norm.
         */
        private void firstForward(int from, int to) {
            MatrixMultiply.multiply(
                    standardizedBatchNorm, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 20,
                    values, FIRST_DENSE_WEIGHT, /* columns= */ 24,
                    firstDenseProduct, from * 32, /* cStride= */ 32);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(
                        firstDenseProduct, slice * 32, /* stride= */ 32, /* width= */ 24,
                        /* rows= */ end - slice, firstBatchNormPartials, slice / Slices.ROWS * 48);
            }
        }

        /**
         * {@code demo.Standardized.first}. Forward: batch norm, ReLU.
         */
        private void firstBatchNormForward(int from, int to) {
            Loops.activated(
                    from, to, /* width= */ 32, firstDenseProduct, firstBatchNormMean,
                    firstBatchNormInverseDeviation, values, FIRST_BATCH_NORM_SCALE, FIRST_BATCH_NORM_SHIFT,
                    firstRelu);
        }

        /**
         * {@code demo.Standardized.second}. Forward: dense 24 → 70, batch norm.
         */
        private void secondForward(int from, int to) {
            MatrixMultiply.multiply(
                    firstRelu, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    values, SECOND_DENSE_WEIGHT, /* columns= */ 70,
                    secondDenseProduct, from * 80, /* cStride= */ 80);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                BatchStatistics.slice(
                        secondDenseProduct, slice * 80, /* stride= */ 80, /* width= */ 70,
                        /* rows= */ end - slice, secondBatchNormPartials, slice / Slices.ROWS * 140);
            }
        }

        /**
         * {@code demo.Standardized.second}. Forward: batch norm, ReLU.
         */
        private void secondBatchNormForward(int from, int to) {
            Loops.activated(
                    from, to, /* width= */ 80, secondDenseProduct, secondBatchNormMean,
                    secondBatchNormInverseDeviation, values, SECOND_BATCH_NORM_SCALE,
                    SECOND_BATCH_NORM_SHIFT, secondRelu);
        }

        /**
         * {@code demo.Standardized.logits}. Forward: dense 70 → 3 with bias.
         */
        private void logitsForward(int from, int to) {
            float[] logitsDense = logitsDenseProduct;
            MatrixMultiply.multiply(
                    secondRelu, from * 80, /* aStride= */ 80, /* rows= */ to - from, /* depth= */ 70,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 3,
                    logitsDenseProduct, from * 16, /* cStride= */ 16);
            Loops.biased(
                    from, to, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS, logitsDense);
        }

        /**
         * {@code demo.Standardized.logits}. Backward through dense 70 → 3 with bias.
         * From what it leaves the runtime sums the gradients of {@code logits.dense.weight}, {@code logits.dense.bias}: see {@code gradientSums}.
         */
        private void logitsBackward(int from, int to) {
            float[] logitsDenseProductGradients = outputGradients;
            float[] logitsDenseProductInputGradients = shared[0];
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 3,
                    logitsDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 70,
                    logitsDenseProductInputGradients, from * 80, /* cStride= */ 80);
        }

        /**
         * {@code demo.Standardized.second}. Backward through ReLU, batch norm.
         * From what it leaves the runtime sums the gradients of {@code second.batchNorm.scale}, {@code second.batchNorm.shift}: see {@code gradientSums}.
         */
        private void secondBatchNormBackward(int from, int to) {
            float[] logitsDenseProductInputGradients = shared[0];
            float[] secondReluNormalizedGradients = shared[0];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(secondBatchNormSums, slice / Slices.ROWS * 160, (slice / Slices.ROWS + 1) * 160, 0f);
                Loops.normalizedGradientSums(
                        slice, end, /* width= */ 80, logitsDenseProductInputGradients, secondRelu,
                        secondReluNormalizedGradients, secondDenseProduct, secondBatchNormMean,
                        secondBatchNormInverseDeviation, secondBatchNormSums);
            }
        }

        /**
         * {@code demo.Standardized.second}. Backward through batch norm.
         */
        private void secondBatchNorm2Backward(int from, int to) {
            float[] secondReluNormalizedGradients = shared[0];
            Loops.productGradient(
                    from, to, /* width= */ 80, secondDenseProduct, secondBatchNormMean,
                    secondBatchNormInverseDeviation, secondReluNormalizedGradients,
                    secondBatchNormMeanGradient, secondBatchNormMeanProduct, secondBatchNormGradientScale,
                    secondBatchNormProductGradients);
        }

        /**
         * {@code demo.Standardized.second}. Backward through dense 24 → 70.
         * From what it leaves the runtime sums the gradients of {@code second.dense.weight}: see {@code gradientSums}.
         */
        private void secondBackward(int from, int to) {
            float[] secondDenseProductGradients = secondBatchNormProductGradients;
            float[] secondDenseProductInputGradients = shared[1];
            MatrixMultiply.multiply(
                    secondDenseProductGradients, from * 80, /* aStride= */ 80, /* rows= */ to - from, /* depth= */ 70,
                    secondDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 24,
                    secondDenseProductInputGradients, from * 32, /* cStride= */ 32);
        }

        /**
         * {@code demo.Standardized.first}. Backward through ReLU, batch norm.
         * From what it leaves the runtime sums the gradients of {@code first.batchNorm.scale}, {@code first.batchNorm.shift}: see {@code gradientSums}.
         */
        private void firstBatchNormBackward(int from, int to) {
            float[] secondDenseProductInputGradients = shared[1];
            float[] firstReluNormalizedGradients = shared[1];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(firstBatchNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                Loops.normalizedGradientSums(
                        slice, end, /* width= */ 32, secondDenseProductInputGradients, firstRelu,
                        firstReluNormalizedGradients, firstDenseProduct, firstBatchNormMean,
                        firstBatchNormInverseDeviation, firstBatchNormSums);
            }
        }

        /**
         * {@code demo.Standardized.first}. Backward through batch norm.
         */
        private void firstBatchNorm2Backward(int from, int to) {
            float[] firstReluNormalizedGradients = shared[1];
            Loops.productGradient(
                    from, to, /* width= */ 32, firstDenseProduct, firstBatchNormMean,
                    firstBatchNormInverseDeviation, firstReluNormalizedGradients, firstBatchNormMeanGradient,
                    firstBatchNormMeanProduct, firstBatchNormGradientScale, firstBatchNormProductGradients);
        }

        /**
         * {@code demo.Standardized.first}. Backward through dense 20 → 24.
         * From what it leaves the runtime sums the gradients of {@code first.dense.weight}: see {@code gradientSums}.
         */
        private void firstBackward(int from, int to, int worker) {
            float[] firstDenseProductGradients = firstBatchNormProductGradients;
            float[] firstDenseProductInputGradients = tiles[0][worker];
            MatrixMultiply.multiply(
                    firstDenseProductGradients, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    firstDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 20,
                    firstDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 32);
        }

        /**
         * {@code demo.Standardized.standardized}. Backward through batch norm.
         * From what it leaves the runtime sums the gradients of {@code standardized.batchNorm.scale}, {@code standardized.batchNorm.shift}: see {@code gradientSums}.
         */
        private void standardizedBatchNormBackward(int from, int to, int worker) {
            float[] firstDenseProductInputGradients = tiles[0][worker];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(standardizedBatchNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                Loops.sums(
                        slice, end, /* width= */ 32, inputs, standardizedBatchNormMean,
                        standardizedBatchNormInverseDeviation, standardizedBatchNormSums,
                        firstDenseProductInputGradients, from);
            }
        }

        @Override
        public void phase(int number, int from, int to, int worker) {
            switch (number) {
                case FORWARD_FROM_STANDARDIZED -> forwardFromStandardized(from, to);
                case STANDARDIZED_BATCH_NORM_MEAN_OF_BATCH -> standardizedBatchNormMeanOfBatch(to);
                case FORWARD_FROM_STANDARDIZED_BATCH_NORM -> forwardFromStandardizedBatchNorm(from, to);
                case FIRST_BATCH_NORM_MEAN_OF_BATCH -> firstBatchNormMeanOfBatch(to);
                case FORWARD_FROM_FIRST_BATCH_NORM -> forwardFromFirstBatchNorm(from, to);
                case SECOND_BATCH_NORM_MEAN_OF_BATCH -> secondBatchNormMeanOfBatch(to);
                case FORWARD_FROM_SECOND_BATCH_NORM -> forwardFromSecondBatchNorm(from, to);
                case BACKWARD_FROM_LOGITS -> backwardFromLogits(from, to);
                case SECOND_BATCH_NORM_SUMS_OF_BATCH -> secondBatchNormSumsOfBatch(to);
                case BACKWARD_FROM_SECOND_BATCH_NORM2 -> backwardFromSecondBatchNorm2(from, to);
                case FIRST_BATCH_NORM_SUMS_OF_BATCH -> firstBatchNormSumsOfBatch(to);
                case BACKWARD_FROM_FIRST_BATCH_NORM2 -> backwardFromFirstBatchNorm2(from, to, worker);
                case STANDARDIZED_BATCH_NORM_SUMS_OF_BATCH -> standardizedBatchNormSumsOfBatch(to);
                default -> throw PhaseCode.noPhase(number);
            }
        }
    }

    /**
     * Predicts with the network.
     */
    private static final class Prediction implements PredictionCode {
        private final float[] values;

        private final float[] inputs;

        private final float[][] shared;

        private final float[] standardizedBatchNormScale;

        private final float[] standardizedBatchNormShift;

        private final float[] firstBatchNormScale;

        private final float[] firstBatchNormShift;

        private final float[] secondBatchNormScale;

        private final float[] secondBatchNormShift;

        Prediction(PredictionBuilder pass) {
            values = pass.values();
            inputs = pass.inputs(/* positions= */ 1, /* stride= */ 32);
            shared = pass.shared(80, 32);
            standardizedBatchNormScale = new float[32];
            standardizedBatchNormShift = new float[32];
            firstBatchNormScale = new float[32];
            firstBatchNormShift = new float[32];
            secondBatchNormScale = new float[80];
            secondBatchNormShift = new float[80];
            pass.outputs(shared[1]);
        }

        /**
         * {@code demo.Standardized.standardized}. Forward: batch norm.
         */
        private void standardizedForward(int rows) {
            float[] standardizedBatchNorm = shared[0];
            Loops.normalized2(
                    /* from= */ 0, rows, /* width= */ 32, inputs, standardizedBatchNormScale,
                    standardizedBatchNormShift, standardizedBatchNorm);
        }

        /**
         * {@code demo.Standardized.first}. Forward: dense 20 → 24, batch norm, ReLU.
         */
        private void firstForward(int rows) {
            float[] firstDenseProduct = shared[1];
            float[] firstRelu = shared[1];
            float[] standardizedBatchNorm = shared[0];
            MatrixMultiply.multiply(
                    standardizedBatchNorm, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 20,
                    values, FIRST_DENSE_WEIGHT, /* columns= */ 24,
                    firstDenseProduct, /* cOffset= */ 0, /* cStride= */ 32);
            Loops.activated2(
                    /* from= */ 0, rows, /* width= */ 32, firstDenseProduct, firstBatchNormScale,
                    firstBatchNormShift, firstRelu);
        }

        /**
         * {@code demo.Standardized.second}. Forward: dense 24 → 70, batch norm, ReLU.
         */
        private void secondForward(int rows) {
            float[] secondDenseProduct = shared[0];
            float[] secondRelu = shared[0];
            float[] firstRelu = shared[1];
            MatrixMultiply.multiply(
                    firstRelu, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 24,
                    values, SECOND_DENSE_WEIGHT, /* columns= */ 70,
                    secondDenseProduct, /* cOffset= */ 0, /* cStride= */ 80);
            Loops.activated2(
                    /* from= */ 0, rows, /* width= */ 80, secondDenseProduct, secondBatchNormScale,
                    secondBatchNormShift, secondRelu);
        }

        /**
         * {@code demo.Standardized.logits}. Forward: dense 70 → 3 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] secondRelu = shared[0];
            MatrixMultiply.multiply(
                    secondRelu, /* aOffset= */ 0, /* aStride= */ 80, rows, /* depth= */ 70,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 3,
                    logitsDenseProduct, /* cOffset= */ 0, /* cStride= */ 16);
            Loops.biased(
                    /* from= */ 0, rows, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS,
                    logitsDense);
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
                    STANDARDIZED_BATCH_NORM_RUNNING_MEAN, STANDARDIZED_BATCH_NORM_RUNNING_VARIANCE,
                    /* width= */ 20, /* epsilon= */ 1.0E-5f, standardizedBatchNormScale,
                    standardizedBatchNormShift);
            BatchNormalization.fold(
                    values, FIRST_BATCH_NORM_SCALE, FIRST_BATCH_NORM_SHIFT, FIRST_BATCH_NORM_RUNNING_MEAN,
                    FIRST_BATCH_NORM_RUNNING_VARIANCE, /* width= */ 24, /* epsilon= */ 1.0E-5f,
                    firstBatchNormScale, firstBatchNormShift);
            BatchNormalization.fold(
                    values, SECOND_BATCH_NORM_SCALE, SECOND_BATCH_NORM_SHIFT, SECOND_BATCH_NORM_RUNNING_MEAN,
                    SECOND_BATCH_NORM_RUNNING_VARIANCE, /* width= */ 70, /* epsilon= */ 1.0E-5f,
                    secondBatchNormScale, secondBatchNormShift);
        }
    }

    /**
     * What is computed element by element, for the rows {@code from} to before {@code to} of {@code width} columns,
     * padding columns included.
     */
    private static final class Loops {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        /**
         * Called by {@code Training.standardizedBatchNormForward}.
         */
        static void normalized(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] values, int scaleAt, int shiftAt,
                float[] normalizedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, means, i))
                                    .mul(FloatVector.fromArray(FLOATS, inverseDeviations, i));
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, scaleAt + i),
                                    FloatVector.fromArray(FLOATS, values, shiftAt + i));
                    normalized.intoArray(normalizedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.firstBatchNormForward}, {@code Training.secondBatchNormForward}.
         */
        static void activated(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] values, int scaleAt, int shiftAt,
                float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, means, i))
                                    .mul(FloatVector.fromArray(FLOATS, inverseDeviations, i));
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, scaleAt + i),
                                    FloatVector.fromArray(FLOATS, values, shiftAt + i));
                    FloatVector activated = normalized.blend(0.0f, normalized.compare(VectorOperators.LT, 0.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.logitsForward}, {@code Prediction.logitsForward}.
         */
        static void biased(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float[] biasedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    biased.intoArray(biasedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.secondBatchNormBackward}, {@code Training.firstBatchNormBackward}.
         */
        static void normalizedGradientSums(int from, int to, int width, float[] incomingRows,
                float[] xRows, float[] normalizedGradientRows, float[] xRows2, float[] means,
                float[] inverseDeviations, float[] sumsArray) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                int sums = row / Slices.ROWS * 2 * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, at + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector normalizedGradient = FloatVector.zero(FLOATS).blend(incoming, x.compare(VectorOperators.GT, 0.0f));
                    normalizedGradient.intoArray(normalizedGradientRows, at + i);
                    FloatVector x2 = FloatVector.fromArray(FLOATS, xRows2, at + i);
                    FloatVector standardized = x2.sub(FloatVector.fromArray(FLOATS, means, i))
                                    .mul(FloatVector.fromArray(FLOATS, inverseDeviations, i));
                    normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, sumsArray, sums + i))
                                    .intoArray(sumsArray, sums + i);
                    normalizedGradient.add(FloatVector.fromArray(FLOATS, sumsArray, sums + width + i))
                                    .intoArray(sumsArray, sums + width + i);
                }
            }
        }

        /**
         * Called by {@code Training.secondBatchNorm2Backward}, {@code Training.firstBatchNorm2Backward}.
         */
        static void productGradient(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] incomingRows, float[] meanGradients,
                float[] meanProducts, float[] gradientScales, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, means, i))
                                    .mul(FloatVector.fromArray(FLOATS, inverseDeviations, i));
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, at + i);
                    FloatVector productGradient = incoming.sub(FloatVector.fromArray(FLOATS, meanGradients, i))
                                    .sub(standardized.mul(FloatVector.fromArray(FLOATS, meanProducts, i)))
                                    .mul(FloatVector.fromArray(FLOATS, gradientScales, i));
                    productGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.standardizedBatchNormBackward}.
         */
        static void sums(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] sumsArray, float[] incomingRows, int taskFrom) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                int sums = row / Slices.ROWS * 2 * width;
                int atTile = (row - taskFrom) * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(FloatVector.fromArray(FLOATS, means, i))
                                    .mul(FloatVector.fromArray(FLOATS, inverseDeviations, i));
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    incoming.fma(standardized, FloatVector.fromArray(FLOATS, sumsArray, sums + i))
                                    .intoArray(sumsArray, sums + i);
                    incoming.add(FloatVector.fromArray(FLOATS, sumsArray, sums + width + i))
                                    .intoArray(sumsArray, sums + width + i);
                }
            }
        }

        /**
         * Called by {@code Prediction.standardizedForward}.
         */
        static void normalized2(int from, int to, int width, float[] xRows, float[] scales,
                float[] shifts, float[] normalizedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector normalized = x.fma(
                                    FloatVector.fromArray(FLOATS, scales, i),
                                    FloatVector.fromArray(FLOATS, shifts, i));
                    normalized.intoArray(normalizedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Prediction.firstForward}, {@code Prediction.secondForward}.
         */
        static void activated2(int from, int to, int width, float[] xRows, float[] scales,
                float[] shifts, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector normalized = x.fma(
                                    FloatVector.fromArray(FLOATS, scales, i),
                                    FloatVector.fromArray(FLOATS, shifts, i));
                    FloatVector activated = normalized.blend(0.0f, normalized.compare(VectorOperators.LT, 0.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }
    }
}
