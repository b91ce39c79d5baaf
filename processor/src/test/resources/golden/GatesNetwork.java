package demo;

import io.espalier.Classifier;
import io.espalier.emitted.Blueprint;
import io.espalier.emitted.Packing;
import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.emitted.Rate;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.StepState;
import io.espalier.emitted.TrainingRule;
import io.espalier.emitted.UpdateRule;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.RowStatistics;
import io.espalier.kernel.Simd;
import io.espalier.kernel.Slices;
import io.espalier.kernel.Softmax;
import io.espalier.kernel.VectorModule;
import io.espalier.model.ParameterRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.annotation.processing.Generated;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The network of {@code demo.Gates}, from {@code {9}} to {@code {2}}: 3551 trained parameters.
 *
 * <table>
 * <caption>The stages</caption>
 * <tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>
 * <tr><td>closed</td><td>Dense, Tanh</td><td>{@code {17}}</td><td>153</td></tr>
 * <tr><td>open</td><td>Dense, Sigmoid, Dropout</td><td>{@code {33}}</td><td>594</td></tr>
 * <tr><td>rooted</td><td>Dense, RmsNorm, Silu</td><td>{@code {24}}</td><td>840</td></tr>
 * <tr><td>smooth</td><td>Dense, Elu</td><td>{@code {24}}</td><td>600</td></tr>
 * <tr><td>leaky</td><td>Dense, LeakyRelu</td><td>{@code {24}}</td><td>600</td></tr>
 * <tr><td>scaled</td><td>Dense, Selu</td><td>{@code {24}}</td><td>600</td></tr>
 * <tr><td>attention</td><td>Dense, Softmax</td><td>{@code {6}}</td><td>150</td></tr>
 * <tr><td>logits</td><td>Dense</td><td>{@code {2}}</td><td>14</td></tr>
 * </table>
 */
@Generated("io.espalier.processor.EspalierProcessor")
final class GatesNetwork extends Classifier {
    /**
     * How many values weights take; they come first.
     */
    private static final int WEIGHTS = 4944;

    /**
     * How many values are trained; running statistics come after them.
     */
    private static final int TRAINED = 5184;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 5184;

    private static final int CLOSED_DENSE_WEIGHT = 0;

    private static final int OPEN_DENSE_WEIGHT = 288;

    private static final int OPEN_DENSE_BIAS = 4944;

    private static final int ROOTED_DENSE_WEIGHT = 1104;

    private static final int ROOTED_DENSE_BIAS = 4992;

    private static final int ROOTED_RMS_NORM_SCALE = 5024;

    private static final int SMOOTH_DENSE_WEIGHT = 2160;

    private static final int SMOOTH_DENSE_BIAS = 5056;

    private static final int LEAKY_DENSE_WEIGHT = 2928;

    private static final int LEAKY_DENSE_BIAS = 5088;

    private static final int SCALED_DENSE_WEIGHT = 3696;

    private static final int SCALED_DENSE_BIAS = 5120;

    private static final int ATTENTION_DENSE_WEIGHT = 4464;

    private static final int ATTENTION_DENSE_BIAS = 5152;

    private static final int LOGITS_DENSE_WEIGHT = 4848;

    private static final int LOGITS_DENSE_BIAS = 5168;

    private GatesNetwork(Blueprint blueprint) {
        super(blueprint);
    }

    /**
     * A network with weights drawn at random.
     *
     * @param seed fixes the weights
     * @return the network
     */
    public static GatesNetwork create(long seed) {
        VectorModule.require();
        GatesNetwork network = new GatesNetwork(blueprint());
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
    public static GatesNetwork load(Path file) throws IOException {
        VectorModule.require();
        GatesNetwork network = new GatesNetwork(blueprint());
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
        Blueprint network = new Blueprint("Gates", VALUES);
        network.ends(new int[] {9}, new int[] {2}, "CROSS_ENTROPY");
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Sgd(/* momentum= */ 0.0, /* nesterov= */ false), /* learningRate= */ 0.05)
                .withL1(1.0E-5)
                .withL2(1.0E-4)
                .withMaxNorm(3.0));
        describe(network);
        return network;
    }

    private static void describe(Blueprint network) {
        network.operation("closed", "Dense", new int[] {9}, new int[] {17}, "units", "17", "bias", "false");
        network.parameter("closed.dense.weight", CLOSED_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ false, /* limit= */ 0.5773502691896257, 17, 9);
        network.operation("closed", "Tanh", new int[] {17}, new int[] {17});
        network.operation("open", "Dense", new int[] {17}, new int[] {33}, "units", "33", "bias", "true");
        network.parameter("open.dense.weight", OPEN_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ false, /* limit= */ 0.42008402520840293, 33, 17);
        network.parameter("open.dense.bias", OPEN_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 33);
        network.operation("open", "Sigmoid", new int[] {33}, new int[] {33});
        network.operation("open", "Dropout", new int[] {33}, new int[] {33}, "p", "0.25");
        network.operation("rooted", "Dense", new int[] {33}, new int[] {24}, "units", "24", "bias", "true");
        network.parameter("rooted.dense.weight", ROOTED_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ false, /* limit= */ 0.4264014327112209, 24, 33);
        network.parameter("rooted.dense.bias", ROOTED_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.operation("rooted", "RmsNorm", new int[] {24}, new int[] {24}, "epsilon", "1.0E-5");
        network.parameter("rooted.rmsNorm.scale", ROOTED_RMS_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.operation("rooted", "Silu", new int[] {24}, new int[] {24});
        network.operation("smooth", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.parameter("smooth.dense.weight", SMOOTH_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ false, /* limit= */ 0.5, 24, 24);
        network.parameter("smooth.dense.bias", SMOOTH_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.operation("smooth", "Elu", new int[] {24}, new int[] {24}, "alpha", "0.5");
        network.operation("leaky", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.parameter("leaky.dense.weight", LEAKY_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ false, /* limit= */ 0.4999750018748438, 24, 24);
        network.parameter("leaky.dense.bias", LEAKY_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.operation("leaky", "LeakyRelu", new int[] {24}, new int[] {24}, "slope", "0.01");
        network.operation("scaled", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.parameter("scaled.dense.weight", SCALED_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ false, /* limit= */ 0.3535533905932738, 24, 24);
        network.parameter("scaled.dense.bias", SCALED_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 24);
        network.operation("scaled", "Selu", new int[] {24}, new int[] {24});
        network.operation("attention", "Dense", new int[] {24}, new int[] {6}, "units", "6", "bias", "true");
        network.parameter("attention.dense.weight", ATTENTION_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ false, /* limit= */ 0.3535533905932738, 6, 24);
        network.parameter("attention.dense.bias", ATTENTION_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 6);
        network.operation("attention", "Softmax", new int[] {6}, new int[] {6});
        network.operation("logits", "Dense", new int[] {6}, new int[] {2}, "units", "2", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ false, /* limit= */ 0.7071067811865476, 2, 6);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 2);
    }

    /**
     * Trains the network.
     */
    private static final class Training implements PhaseCode {
        private static final int FORWARD = 0;

        private static final int BACKWARD = 1;

        private final float[] values;

        private final StepState state;

        private final float[] inputs;

        private final float[][][] tiles;

        private final Rate openDropoutRate;

        private final float[] logitsDenseWeightTransposed;

        private final float[] attentionDenseWeightTransposed;

        private final float[] scaledDenseWeightTransposed;

        private final float[] leakyDenseWeightTransposed;

        private final float[] smoothDenseWeightTransposed;

        private final float[] rootedDenseWeightTransposed;

        private final float[] openDenseWeightTransposed;

        private final float[] outputGradients;

        private final float[] closedDenseProduct;

        private final long[] openDropoutMask;

        private final float[] openDenseProduct;

        private final float[] openDropout;

        private final float[] rootedDenseProduct;

        private final float[] rootedRmsNormInverseRms;

        private final float[] rootedSilu;

        private final float[] smoothDenseProduct;

        private final float[] leakyDenseProduct;

        private final float[] scaledDenseProduct;

        private final float[] attentionDenseProduct;

        private final float[] logitsDenseProduct;

        private final float[] logitsDenseProductInputGradients;

        private final float[] attentionDenseProductInputGradients;

        private final float[] scaledDenseProductInputGradients;

        private final float[] leakyDenseProductInputGradients;

        private final float[] rootedRmsNormSums;

        private final float[] openDenseProductInputGradients;

        Training(StepBuilder step) {
            values = step.values();
            state = step.state();
            inputs = step.inputs(/* positions= */ 1, /* stride= */ 16);
            tiles = step.tiles(32, 1, 48);
            openDropoutRate = step.rate(0.25);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, /* in= */ 6, /* out= */ 2);
            attentionDenseWeightTransposed = step.transposedWeight(ATTENTION_DENSE_WEIGHT, /* in= */ 24, /* out= */ 6);
            scaledDenseWeightTransposed = step.transposedWeight(SCALED_DENSE_WEIGHT, /* in= */ 24, /* out= */ 24);
            leakyDenseWeightTransposed = step.transposedWeight(LEAKY_DENSE_WEIGHT, /* in= */ 24, /* out= */ 24);
            smoothDenseWeightTransposed = step.transposedWeight(SMOOTH_DENSE_WEIGHT, /* in= */ 24, /* out= */ 24);
            rootedDenseWeightTransposed = step.transposedWeight(ROOTED_DENSE_WEIGHT, /* in= */ 33, /* out= */ 24);
            openDenseWeightTransposed = step.transposedWeight(OPEN_DENSE_WEIGHT, /* in= */ 17, /* out= */ 33);
            outputGradients = step.rows(16);
            closedDenseProduct = step.rows(32);
            openDropoutMask = step.mask(1);
            openDenseProduct = step.rows(48);
            openDropout = step.rows(48);
            rootedDenseProduct = step.rows(32);
            rootedRmsNormInverseRms = step.rows(1);
            rootedSilu = step.rows(32);
            smoothDenseProduct = step.rows(32);
            leakyDenseProduct = step.rows(32);
            scaledDenseProduct = step.rows(32);
            attentionDenseProduct = step.rows(16);
            logitsDenseProduct = step.rows(16);
            logitsDenseProductInputGradients = step.rows(16);
            attentionDenseProductInputGradients = step.rows(32);
            scaledDenseProductInputGradients = step.rows(32);
            leakyDenseProductInputGradients = step.rows(32);
            rootedRmsNormSums = step.sliceBuffer(/* positions= */ 1, /* columns= */ 32);
            openDenseProductInputGradients = step.rows(32);
        }

        /**
         * After the backward pass the runtime sums over the batch what is told here: the gradients of the parameters.
         */
        private void gradientSums(StepBuilder step) {
            // closed.dense.weight
            float[] closedDenseProductGradients = openDenseProductInputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    inputs, /* xStride= */ 16, /* in= */ 9,
                    closedDenseProductGradients, /* gStride= */ 32, /* out= */ 17,
                    CLOSED_DENSE_WEIGHT, /* bias= */ -1);
            // open.dense.weight, open.dense.bias
            float[] closedTanh = closedDenseProduct;
            float[] openDenseProductGradients = openDenseProduct;
            step.weightGradient(
                    /* positions= */ 1,
                    closedTanh, /* xStride= */ 32, /* in= */ 17,
                    openDenseProductGradients, /* gStride= */ 48, /* out= */ 33,
                    OPEN_DENSE_WEIGHT, OPEN_DENSE_BIAS);
            // rooted.dense.weight, rooted.dense.bias
            float[] rootedDenseProductGradients = rootedDenseProduct;
            step.weightGradient(
                    /* positions= */ 1,
                    openDropout, /* xStride= */ 48, /* in= */ 33,
                    rootedDenseProductGradients, /* gStride= */ 32, /* out= */ 24,
                    ROOTED_DENSE_WEIGHT, ROOTED_DENSE_BIAS);
            // rooted.rmsNorm.scale
            step.columnGradient(/* positions= */ 1, rootedRmsNormSums, /* offset= */ 0, /* stride= */ 32, /* width= */ 24, ROOTED_RMS_NORM_SCALE);
            // smooth.dense.weight, smooth.dense.bias
            float[] smoothDenseProductGradients = leakyDenseProductInputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    rootedSilu, /* xStride= */ 32, /* in= */ 24,
                    smoothDenseProductGradients, /* gStride= */ 32, /* out= */ 24,
                    SMOOTH_DENSE_WEIGHT, SMOOTH_DENSE_BIAS);
            // leaky.dense.weight, leaky.dense.bias
            float[] smoothElu = smoothDenseProduct;
            float[] leakyDenseProductGradients = scaledDenseProductInputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    smoothElu, /* xStride= */ 32, /* in= */ 24,
                    leakyDenseProductGradients, /* gStride= */ 32, /* out= */ 24,
                    LEAKY_DENSE_WEIGHT, LEAKY_DENSE_BIAS);
            // scaled.dense.weight, scaled.dense.bias
            float[] leakyLeakyRelu = leakyDenseProduct;
            float[] scaledDenseProductGradients = attentionDenseProductInputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    leakyLeakyRelu, /* xStride= */ 32, /* in= */ 24,
                    scaledDenseProductGradients, /* gStride= */ 32, /* out= */ 24,
                    SCALED_DENSE_WEIGHT, SCALED_DENSE_BIAS);
            // attention.dense.weight, attention.dense.bias
            float[] scaledSelu = scaledDenseProduct;
            float[] attentionDenseProductGradients = logitsDenseProductInputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    scaledSelu, /* xStride= */ 32, /* in= */ 24,
                    attentionDenseProductGradients, /* gStride= */ 16, /* out= */ 6,
                    ATTENTION_DENSE_WEIGHT, ATTENTION_DENSE_BIAS);
            // logits.dense.weight, logits.dense.bias
            float[] attentionSoftmax = attentionDenseProduct;
            float[] logitsDenseProductGradients = outputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    attentionSoftmax, /* xStride= */ 16, /* in= */ 6,
                    logitsDenseProductGradients, /* gStride= */ 16, /* out= */ 2,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        private void forward(int from, int to) {
            closedForward(from, to);
            openForward(from, to);
            rootedForward(from, to);
            smoothForward(from, to);
            leakyForward(from, to);
            scaledForward(from, to);
            attentionForward(from, to);
            logitsForward(from, to);
        }

        private void backward(int from, int to, int worker) {
            logitsBackward(from, to);
            attentionBackward(from, to);
            scaledBackward(from, to);
            leakyBackward(from, to);
            smoothBackward(from, to, worker);
            rootedBackward(from, to, worker);
            openBackward(from, to, worker);
            closedBackward(from, to);
        }

        /**
         * Tells the runtime where outputs and gradients lie, and what to run in which order.
         */
        private void register(StepBuilder step) {
            gradientSums(step);
            float[] logitsDense = logitsDenseProduct;
            step.outputs(logitsDense);
            step.outputGradients(outputGradients);
            step.forwardExamples(this, FORWARD);
            step.backwardExamples(this, BACKWARD);
        }

        /**
         * {@code demo.Gates.closed}. Forward: dense 9 → 17, tanh.
         */
        private void closedForward(int from, int to) {
            float[] closedTanh = closedDenseProduct;
            MatrixMultiply.multiply(
                    inputs, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 9,
                    values, CLOSED_DENSE_WEIGHT, /* columns= */ 17,
                    closedDenseProduct, from * 32, /* cStride= */ 32);
            Loops.activated(
                    from, to, /* width= */ 32, closedDenseProduct, closedTanh);
        }

        /**
         * {@code demo.Gates.open}. Forward: dense 17 → 33 with bias, sigmoid, dropout (p = 0.25).
         */
        private void openForward(int from, int to) {
            float[] closedTanh = closedDenseProduct;
            float scale = openDropoutRate.scale();
            MatrixMultiply.multiply(
                    closedTanh, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 17,
                    values, OPEN_DENSE_WEIGHT, /* columns= */ 33,
                    openDenseProduct, from * 48, /* cStride= */ 48);
            DropoutMask.fill(openDropoutMask, /* width= */ 33, openDropoutRate.threshold(),
                    state.seed(), /* stream= */ 0, state.drawStep(), state.firstRow(), from, to);
            Loops.dropped(
                    from, to, /* width= */ 48, openDenseProduct, values, OPEN_DENSE_BIAS, scale,
                    openDropoutMask, /* wordsPerExample= */ 1, openDropout);
        }

        /**
         * {@code demo.Gates.rooted}. Forward: dense 33 → 24 with bias, RMS norm, SiLU.
         */
        private void rootedForward(int from, int to) {
            float[] rootedDense = rootedDenseProduct;
            MatrixMultiply.multiply(
                    openDropout, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 33,
                    values, ROOTED_DENSE_WEIGHT, /* columns= */ 24,
                    rootedDenseProduct, from * 32, /* cStride= */ 32);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Loops.biased(
                        slice, end, /* width= */ 32, rootedDenseProduct, values, ROOTED_DENSE_BIAS, rootedDense);
                RowStatistics.inverseRms(
                        rootedDense, slice * 32, /* stride= */ 32, /* width= */ 24, /* rows= */ end - slice,
                        /* epsilon= */ 1.0E-5f, rootedRmsNormInverseRms, slice);
                Loops.activated2(
                        slice, end, /* width= */ 32, rootedDense, rootedRmsNormInverseRms, values,
                        ROOTED_RMS_NORM_SCALE, rootedSilu);
            }
        }

        /**
         * {@code demo.Gates.smooth}. Forward: dense 24 → 24 with bias, ELU.
         */
        private void smoothForward(int from, int to) {
            float[] smoothElu = smoothDenseProduct;
            MatrixMultiply.multiply(
                    rootedSilu, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    values, SMOOTH_DENSE_WEIGHT, /* columns= */ 24,
                    smoothDenseProduct, from * 32, /* cStride= */ 32);
            Loops.activated3(
                    from, to, /* width= */ 32, smoothDenseProduct, values, SMOOTH_DENSE_BIAS, smoothElu);
        }

        /**
         * {@code demo.Gates.leaky}. Forward: dense 24 → 24 with bias, leaky ReLU.
         */
        private void leakyForward(int from, int to) {
            float[] leakyLeakyRelu = leakyDenseProduct;
            float[] smoothElu = smoothDenseProduct;
            MatrixMultiply.multiply(
                    smoothElu, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    values, LEAKY_DENSE_WEIGHT, /* columns= */ 24,
                    leakyDenseProduct, from * 32, /* cStride= */ 32);
            Loops.activated4(
                    from, to, /* width= */ 32, leakyDenseProduct, values, LEAKY_DENSE_BIAS, leakyLeakyRelu);
        }

        /**
         * {@code demo.Gates.scaled}. Forward: dense 24 → 24 with bias, SELU.
         */
        private void scaledForward(int from, int to) {
            float[] scaledSelu = scaledDenseProduct;
            float[] leakyLeakyRelu = leakyDenseProduct;
            MatrixMultiply.multiply(
                    leakyLeakyRelu, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    values, SCALED_DENSE_WEIGHT, /* columns= */ 24,
                    scaledDenseProduct, from * 32, /* cStride= */ 32);
            Loops.activated5(
                    from, to, /* width= */ 32, scaledDenseProduct, values, SCALED_DENSE_BIAS, scaledSelu);
        }

        /**
         * {@code demo.Gates.attention}. Forward: dense 24 → 6 with bias, softmax.
         */
        private void attentionForward(int from, int to) {
            float[] attentionSoftmax = attentionDenseProduct;
            float[] scaledSelu = scaledDenseProduct;
            MatrixMultiply.multiply(
                    scaledSelu, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    values, ATTENTION_DENSE_WEIGHT, /* columns= */ 6,
                    attentionDenseProduct, from * 16, /* cStride= */ 16);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Loops.scores(
                        slice, end, /* width= */ 16, attentionDenseProduct, values, ATTENTION_DENSE_BIAS,
                        attentionSoftmax);
                Softmax.rows(
                        attentionSoftmax, slice * 16, /* stride= */ 16, /* width= */ 6, /* rows= */ end - slice,
                        attentionSoftmax, slice * 16, /* stride= */ 16);
            }
        }

        /**
         * {@code demo.Gates.logits}. Forward: dense 6 → 2 with bias.
         */
        private void logitsForward(int from, int to) {
            float[] logitsDense = logitsDenseProduct;
            float[] attentionSoftmax = attentionDenseProduct;
            MatrixMultiply.multiply(
                    attentionSoftmax, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 6,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 2,
                    logitsDenseProduct, from * 16, /* cStride= */ 16);
            Loops.biased(
                    from, to, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS, logitsDense);
        }

        /**
         * {@code demo.Gates.logits}. Backward through dense 6 → 2 with bias.
         * From what it leaves the runtime sums the gradients of {@code logits.dense.weight}, {@code logits.dense.bias}: see {@code gradientSums}.
         */
        private void logitsBackward(int from, int to) {
            float[] logitsDenseProductGradients = outputGradients;
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 2,
                    logitsDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 6,
                    logitsDenseProductInputGradients, from * 16, /* cStride= */ 16);
        }

        /**
         * {@code demo.Gates.attention}. Backward through softmax, dense 24 → 6 with bias.
         * From what it leaves the runtime sums the gradients of {@code attention.dense.weight}, {@code attention.dense.bias}: see {@code gradientSums}.
         */
        private void attentionBackward(int from, int to) {
            float[] attentionSoftmax = attentionDenseProduct;
            float[] attentionSoftmaxIncomings = logitsDenseProductInputGradients;
            float[] attentionDenseProductGradients = logitsDenseProductInputGradients;
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Softmax.gradient(
                        attentionSoftmax, slice * 16, /* stride= */ 16, /* width= */ 6, /* rows= */ end - slice,
                        attentionSoftmaxIncomings, slice * 16, /* stride= */ 16);
            }
            MatrixMultiply.multiply(
                    attentionDenseProductGradients, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 6,
                    attentionDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 24,
                    attentionDenseProductInputGradients, from * 32, /* cStride= */ 32);
        }

        /**
         * {@code demo.Gates.scaled}. Backward through SELU, dense 24 → 24 with bias.
         * From what it leaves the runtime sums the gradients of {@code scaled.dense.weight}, {@code scaled.dense.bias}: see {@code gradientSums}.
         */
        private void scaledBackward(int from, int to) {
            float[] scaledSelu = scaledDenseProduct;
            float[] scaledDenseProductGradients = attentionDenseProductInputGradients;
            Loops.productGradient(
                    from, to, /* width= */ 32, attentionDenseProductInputGradients, scaledSelu,
                    scaledDenseProductGradients);
            MatrixMultiply.multiply(
                    scaledDenseProductGradients, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    scaledDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 24,
                    scaledDenseProductInputGradients, from * 32, /* cStride= */ 32);
        }

        /**
         * {@code demo.Gates.leaky}. Backward through leaky ReLU, dense 24 → 24 with bias.
         * From what it leaves the runtime sums the gradients of {@code leaky.dense.weight}, {@code leaky.dense.bias}: see {@code gradientSums}.
         */
        private void leakyBackward(int from, int to) {
            float[] leakyLeakyRelu = leakyDenseProduct;
            float[] leakyDenseProductGradients = scaledDenseProductInputGradients;
            Loops.productGradient2(
                    from, to, /* width= */ 32, scaledDenseProductInputGradients, leakyLeakyRelu,
                    leakyDenseProductGradients);
            MatrixMultiply.multiply(
                    leakyDenseProductGradients, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    leakyDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 24,
                    leakyDenseProductInputGradients, from * 32, /* cStride= */ 32);
        }

        /**
         * {@code demo.Gates.smooth}. Backward through ELU, dense 24 → 24 with bias.
         * From what it leaves the runtime sums the gradients of {@code smooth.dense.weight}, {@code smooth.dense.bias}: see {@code gradientSums}.
         */
        private void smoothBackward(int from, int to, int worker) {
            float[] smoothElu = smoothDenseProduct;
            float[] smoothDenseProductGradients = leakyDenseProductInputGradients;
            float[] smoothDenseProductInputGradients = tiles[0][worker];
            Loops.productGradient3(
                    from, to, /* width= */ 32, leakyDenseProductInputGradients, smoothElu,
                    smoothDenseProductGradients);
            MatrixMultiply.multiply(
                    smoothDenseProductGradients, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    smoothDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 24,
                    smoothDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 32);
        }

        /**
         * {@code demo.Gates.rooted}. Backward through SiLU, RMS norm, dense 33 → 24 with bias.
         * From what it leaves the runtime sums the gradients of {@code rooted.rmsNorm.scale}, {@code rooted.dense.weight}, {@code rooted.dense.bias}: see {@code gradientSums}.
         */
        private void rootedBackward(int from, int to, int worker) {
            float[] rootedDense = rootedDenseProduct;
            float[] smoothDenseProductInputGradients = tiles[0][worker];
            float[] rootedRmsNormStandardizedGradients = tiles[0][worker];
            float[] rootedRmsNormMeanProduct = tiles[1][worker];
            float[] rootedDenseProductGradients = rootedDenseProduct;
            float[] rootedDenseProductInputGradients = tiles[2][worker];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(rootedRmsNormSums, slice / Slices.ROWS * 32, (slice / Slices.ROWS + 1) * 32, 0f);
                Loops.sumsStandardizedGradient(
                        slice, end, /* width= */ 32, rootedDense, rootedRmsNormInverseRms, values,
                        ROOTED_RMS_NORM_SCALE, smoothDenseProductInputGradients, from, rootedRmsNormSums,
                        rootedRmsNormStandardizedGradients);
                RowStatistics.gradientProducts(
                        rootedRmsNormStandardizedGradients, (slice - from) * 32, /* stride= */ 32,
                        rootedDense, slice * 32, /* stride= */ 32, /* width= */ 24, /* rows= */ end - slice,
                        rootedRmsNormInverseRms, slice, rootedRmsNormMeanProduct, slice - from);
                Loops.productGradient4(
                        slice, end, /* width= */ 32, rootedDense, rootedRmsNormInverseRms,
                        rootedRmsNormStandardizedGradients, from, rootedRmsNormMeanProduct,
                        rootedDenseProductGradients);
            }
            MatrixMultiply.multiply(
                    rootedDenseProductGradients, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 24,
                    rootedDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 33,
                    rootedDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 48);
        }

        /**
         * {@code demo.Gates.open}. Backward through dropout (p = 0.25), sigmoid, dense 17 → 33 with bias.
         * From what it leaves the runtime sums the gradients of {@code open.dense.weight}, {@code open.dense.bias}: see {@code gradientSums}.
         */
        private void openBackward(int from, int to, int worker) {
            float[] rootedDenseProductInputGradients = tiles[2][worker];
            float[] openDenseProductGradients = openDenseProduct;
            float scale = openDropoutRate.scale();
            Loops.productGradient5(
                    from, to, /* width= */ 48, rootedDenseProductInputGradients, from, scale,
                    openDropoutMask, /* wordsPerExample= */ 1, openDenseProduct, values, OPEN_DENSE_BIAS,
                    openDenseProductGradients);
            MatrixMultiply.multiply(
                    openDenseProductGradients, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 33,
                    openDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 17,
                    openDenseProductInputGradients, from * 32, /* cStride= */ 32);
        }

        /**
         * {@code demo.Gates.closed}. Backward through tanh, dense 9 → 17.
         * From what it leaves the runtime sums the gradients of {@code closed.dense.weight}: see {@code gradientSums}.
         */
        private void closedBackward(int from, int to) {
            float[] closedTanh = closedDenseProduct;
            float[] closedDenseProductGradients = openDenseProductInputGradients;
            Loops.productGradient6(
                    from, to, /* width= */ 32, openDenseProductInputGradients, closedTanh,
                    closedDenseProductGradients);
        }

        @Override
        public void phase(int number, int from, int to, int worker) {
            switch (number) {
                case FORWARD -> forward(from, to);
                case BACKWARD -> backward(from, to, worker);
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

        Prediction(PredictionBuilder pass) {
            values = pass.values();
            inputs = pass.inputs(/* positions= */ 1, /* stride= */ 16);
            shared = pass.shared(32, 48, 1);
            pass.outputs(shared[1]);
        }

        /**
         * {@code demo.Gates.closed}. Forward: dense 9 → 17, tanh.
         */
        private void closedForward(int rows) {
            float[] closedDenseProduct = shared[0];
            float[] closedTanh = shared[0];
            MatrixMultiply.multiply(
                    inputs, /* aOffset= */ 0, /* aStride= */ 16, rows, /* depth= */ 9,
                    values, CLOSED_DENSE_WEIGHT, /* columns= */ 17,
                    closedDenseProduct, /* cOffset= */ 0, /* cStride= */ 32);
            Loops.activated(
                    /* from= */ 0, rows, /* width= */ 32, closedDenseProduct, closedTanh);
        }

        /**
         * {@code demo.Gates.open}. Forward: dense 17 → 33 with bias, sigmoid.
         */
        private void openForward(int rows) {
            float[] openDenseProduct = shared[1];
            float[] openSigmoid = shared[1];
            float[] closedTanh = shared[0];
            MatrixMultiply.multiply(
                    closedTanh, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 17,
                    values, OPEN_DENSE_WEIGHT, /* columns= */ 33,
                    openDenseProduct, /* cOffset= */ 0, /* cStride= */ 48);
            Loops.activated6(
                    /* from= */ 0, rows, /* width= */ 48, openDenseProduct, values, OPEN_DENSE_BIAS,
                    openSigmoid);
        }

        /**
         * {@code demo.Gates.rooted}. Forward: dense 33 → 24 with bias, RMS norm, SiLU.
         */
        private void rootedForward(int rows) {
            float[] rootedDenseProduct = shared[0];
            float[] rootedDense = shared[0];
            float[] rootedRmsNormInverseRms = shared[2];
            float[] rootedSilu = shared[0];
            float[] openSigmoid = shared[1];
            MatrixMultiply.multiply(
                    openSigmoid, /* aOffset= */ 0, /* aStride= */ 48, rows, /* depth= */ 33,
                    values, ROOTED_DENSE_WEIGHT, /* columns= */ 24,
                    rootedDenseProduct, /* cOffset= */ 0, /* cStride= */ 32);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                Loops.biased(
                        slice, end, /* width= */ 32, rootedDenseProduct, values, ROOTED_DENSE_BIAS, rootedDense);
                RowStatistics.inverseRms(
                        rootedDense, slice * 32, /* stride= */ 32, /* width= */ 24, /* rows= */ end - slice,
                        /* epsilon= */ 1.0E-5f, rootedRmsNormInverseRms, slice);
                Loops.activated2(
                        slice, end, /* width= */ 32, rootedDense, rootedRmsNormInverseRms, values,
                        ROOTED_RMS_NORM_SCALE, rootedSilu);
            }
        }

        /**
         * {@code demo.Gates.smooth}. Forward: dense 24 → 24 with bias, ELU.
         */
        private void smoothForward(int rows) {
            float[] smoothDenseProduct = shared[1];
            float[] smoothElu = shared[1];
            float[] rootedSilu = shared[0];
            MatrixMultiply.multiply(
                    rootedSilu, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 24,
                    values, SMOOTH_DENSE_WEIGHT, /* columns= */ 24,
                    smoothDenseProduct, /* cOffset= */ 0, /* cStride= */ 32);
            Loops.activated3(
                    /* from= */ 0, rows, /* width= */ 32, smoothDenseProduct, values, SMOOTH_DENSE_BIAS,
                    smoothElu);
        }

        /**
         * {@code demo.Gates.leaky}. Forward: dense 24 → 24 with bias, leaky ReLU.
         */
        private void leakyForward(int rows) {
            float[] leakyDenseProduct = shared[0];
            float[] leakyLeakyRelu = shared[0];
            float[] smoothElu = shared[1];
            MatrixMultiply.multiply(
                    smoothElu, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 24,
                    values, LEAKY_DENSE_WEIGHT, /* columns= */ 24,
                    leakyDenseProduct, /* cOffset= */ 0, /* cStride= */ 32);
            Loops.activated4(
                    /* from= */ 0, rows, /* width= */ 32, leakyDenseProduct, values, LEAKY_DENSE_BIAS,
                    leakyLeakyRelu);
        }

        /**
         * {@code demo.Gates.scaled}. Forward: dense 24 → 24 with bias, SELU.
         */
        private void scaledForward(int rows) {
            float[] scaledDenseProduct = shared[1];
            float[] scaledSelu = shared[1];
            float[] leakyLeakyRelu = shared[0];
            MatrixMultiply.multiply(
                    leakyLeakyRelu, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 24,
                    values, SCALED_DENSE_WEIGHT, /* columns= */ 24,
                    scaledDenseProduct, /* cOffset= */ 0, /* cStride= */ 32);
            Loops.activated5(
                    /* from= */ 0, rows, /* width= */ 32, scaledDenseProduct, values, SCALED_DENSE_BIAS,
                    scaledSelu);
        }

        /**
         * {@code demo.Gates.attention}. Forward: dense 24 → 6 with bias, softmax.
         */
        private void attentionForward(int rows) {
            float[] attentionDenseProduct = shared[0];
            float[] attentionSoftmax = shared[0];
            float[] scaledSelu = shared[1];
            MatrixMultiply.multiply(
                    scaledSelu, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 24,
                    values, ATTENTION_DENSE_WEIGHT, /* columns= */ 6,
                    attentionDenseProduct, /* cOffset= */ 0, /* cStride= */ 16);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                Loops.scores(
                        slice, end, /* width= */ 16, attentionDenseProduct, values, ATTENTION_DENSE_BIAS,
                        attentionSoftmax);
                Softmax.rows(
                        attentionSoftmax, slice * 16, /* stride= */ 16, /* width= */ 6, /* rows= */ end - slice,
                        attentionSoftmax, slice * 16, /* stride= */ 16);
            }
        }

        /**
         * {@code demo.Gates.logits}. Forward: dense 6 → 2 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] attentionSoftmax = shared[0];
            MatrixMultiply.multiply(
                    attentionSoftmax, /* aOffset= */ 0, /* aStride= */ 16, rows, /* depth= */ 6,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 2,
                    logitsDenseProduct, /* cOffset= */ 0, /* cStride= */ 16);
            Loops.biased(
                    /* from= */ 0, rows, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS,
                    logitsDense);
        }

        @Override
        public void forward(int rows) {
            closedForward(rows);
            openForward(rows);
            rootedForward(rows);
            smoothForward(rows);
            leakyForward(rows);
            scaledForward(rows);
            attentionForward(rows);
            logitsForward(rows);
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
         * Called by {@code Training.closedForward}, {@code Prediction.closedForward}.
         */
        static void activated(int from, int to, int width, float[] xRows, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector doubled = x.add(x);
                    FloatVector argument = doubled.blend(-18.04f, doubled.compare(VectorOperators.LT, -18.04f))
                                    .blend(18.04f, doubled.compare(VectorOperators.GT, 18.04f));
                    // exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1), |r| <= ln(2)/2
                    FloatVector differenceRounded = argument.fma(1.442695f, 1.2582912E7f);
                    FloatVector differencePower = differenceRounded.sub(1.2582912E7f);
                    FloatVector differenceRest = differencePower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), argument);
                    FloatVector differenceSquare = differenceRest.mul(differenceRest);
                    FloatVector differenceFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(differenceRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(differenceRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(differenceRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(differenceRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector differenceScale = differenceRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector difference = differenceFraction.fma(differenceSquare, differenceRest)
                            .fma(differenceScale, differenceScale.sub(1.0f));
                    FloatVector activated = difference.div(difference.add(2.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.openForward}.
         */
        static void dropped(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float scale, long[] maskWords, int wordsPerExample, float[] droppedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                int words = row * wordsPerExample;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector argument = biased.blend(-88.72f, biased.compare(VectorOperators.LT, -88.72f))
                                    .blend(87.33f, biased.compare(VectorOperators.GT, 87.33f));
                    // exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 0.93 ulp
                    FloatVector exponentialRounded = argument.fma(-1.442695f, 1.2582912E7f);
                    FloatVector exponentialPower = exponentialRounded.sub(1.2582912E7f);
                    FloatVector exponentialReduced =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), argument);
                    FloatVector exponentialRest =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), exponentialReduced);
                    FloatVector exponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                    FloatVector exponential = exponentialFraction.reinterpretAsInts()
                            .add(exponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
                    FloatVector activated = FloatVector.broadcast(FLOATS, 1.0f).div(exponential.add(1.0f));
                    // Java shifts by the lowest six bits of i: by its place in the word.
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, maskWords[words + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(scale), kept);
                    dropped.intoArray(droppedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.rootedForward}, {@code Training.logitsForward}, {@code Prediction.rootedForward}, {@code Prediction.logitsForward}.
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
         * Called by {@code Training.rootedForward}, {@code Prediction.rootedForward}.
         */
        static void activated2(int from, int to, int width, float[] xRows, float[] inverseRmsArray,
                float[] values, int scaleAt, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float inverseRms = inverseRmsArray[row];
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.mul(inverseRms);
                    FloatVector normalized = standardized.mul(FloatVector.fromArray(FLOATS, values, scaleAt + i));
                    FloatVector argument = normalized.blend(-88.72f, normalized.compare(VectorOperators.LT, -88.72f))
                                    .blend(87.33f, normalized.compare(VectorOperators.GT, 87.33f));
                    // exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 0.93 ulp
                    FloatVector exponentialRounded = argument.fma(-1.442695f, 1.2582912E7f);
                    FloatVector exponentialPower = exponentialRounded.sub(1.2582912E7f);
                    FloatVector exponentialReduced =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), argument);
                    FloatVector exponentialRest =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), exponentialReduced);
                    FloatVector exponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                    FloatVector exponential = exponentialFraction.reinterpretAsInts()
                            .add(exponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
                    FloatVector activated = normalized.blend(-88.72f, normalized.compare(VectorOperators.LT, -88.72f))
                                    .div(exponential.add(1.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.smoothForward}, {@code Prediction.smoothForward}.
         */
        static void activated3(int from, int to, int width, float[] xRows, float[] values,
                int biasAt, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector argument = biased.blend(-17.33f, biased.compare(VectorOperators.LT, -17.33f));
                    // exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1), |r| <= ln(2)/2
                    FloatVector activatedOfExpMinusOneRounded = argument.fma(1.442695f, 1.2582912E7f);
                    FloatVector activatedOfExpMinusOnePower = activatedOfExpMinusOneRounded.sub(1.2582912E7f);
                    FloatVector activatedOfExpMinusOneRest = activatedOfExpMinusOnePower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), argument);
                    FloatVector activatedOfExpMinusOneSquare = activatedOfExpMinusOneRest.mul(activatedOfExpMinusOneRest);
                    FloatVector activatedOfExpMinusOneFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(activatedOfExpMinusOneRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(activatedOfExpMinusOneRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(activatedOfExpMinusOneRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(activatedOfExpMinusOneRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector activatedOfExpMinusOneScale = activatedOfExpMinusOneRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector activatedOfExpMinusOne = activatedOfExpMinusOneFraction.fma(activatedOfExpMinusOneSquare, activatedOfExpMinusOneRest)
                            .fma(activatedOfExpMinusOneScale, activatedOfExpMinusOneScale.sub(1.0f));
                    FloatVector activated = activatedOfExpMinusOne.mul(0.5f)
                                    .blend(biased, biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.leakyForward}, {@code Prediction.leakyForward}.
         */
        static void activated4(int from, int to, int width, float[] xRows, float[] values,
                int biasAt, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector activated = biased.mul(0.01f).blend(biased, biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.scaledForward}, {@code Prediction.scaledForward}.
         */
        static void activated5(int from, int to, int width, float[] xRows, float[] values,
                int biasAt, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector argument = biased.blend(-17.33f, biased.compare(VectorOperators.LT, -17.33f));
                    // exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1), |r| <= ln(2)/2
                    FloatVector activatedOfExpMinusOneRounded = argument.fma(1.442695f, 1.2582912E7f);
                    FloatVector activatedOfExpMinusOnePower = activatedOfExpMinusOneRounded.sub(1.2582912E7f);
                    FloatVector activatedOfExpMinusOneRest = activatedOfExpMinusOnePower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), argument);
                    FloatVector activatedOfExpMinusOneSquare = activatedOfExpMinusOneRest.mul(activatedOfExpMinusOneRest);
                    FloatVector activatedOfExpMinusOneFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(activatedOfExpMinusOneRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(activatedOfExpMinusOneRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(activatedOfExpMinusOneRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(activatedOfExpMinusOneRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector activatedOfExpMinusOneScale = activatedOfExpMinusOneRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector activatedOfExpMinusOne = activatedOfExpMinusOneFraction.fma(activatedOfExpMinusOneSquare, activatedOfExpMinusOneRest)
                            .fma(activatedOfExpMinusOneScale, activatedOfExpMinusOneScale.sub(1.0f));
                    FloatVector activated = activatedOfExpMinusOne.mul(1.7580993f)
                                    .blend(biased.mul(1.050701f), biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.attentionForward}, {@code Prediction.attentionForward}.
         */
        static void scores(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float[] scoresRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    biased.intoArray(scoresRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.scaledBackward}.
         */
        static void productGradient(int from, int to, int width, float[] incomingRows,
                float[] xRows, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, at + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biasedGradient = incoming.mul(x.add(1.7580993f).blend(1.050701f, x.compare(VectorOperators.GT, 0.0f)));
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.leakyBackward}.
         */
        static void productGradient2(int from, int to, int width, float[] incomingRows,
                float[] xRows, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, at + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biasedGradient = incoming.mul(0.01f).blend(incoming, x.compare(VectorOperators.GT, 0.0f));
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.smoothBackward}.
         */
        static void productGradient3(int from, int to, int width, float[] incomingRows,
                float[] xRows, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, at + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biasedGradient = incoming.mul(x.add(0.5f).blend(1.0f, x.compare(VectorOperators.GT, 0.0f)));
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.rootedBackward}.
         */
        static void sumsStandardizedGradient(int from, int to, int width, float[] xRows,
                float[] inverseRmsArray, float[] values, int scaleAt, float[] incomingRows,
                int taskFrom, float[] sumsArray, float[] standardizedGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float inverseRms = inverseRmsArray[row];
                int atTile = (row - taskFrom) * width;
                int sums = row / Slices.ROWS * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.mul(inverseRms);
                    FloatVector normalized = standardized.mul(FloatVector.fromArray(FLOATS, values, scaleAt + i));
                    FloatVector argument = normalized.blend(-88.72f, normalized.compare(VectorOperators.LT, -88.72f))
                                    .blend(87.33f, normalized.compare(VectorOperators.GT, 87.33f));
                    // exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 0.93 ulp
                    FloatVector exponentialRounded = argument.fma(-1.442695f, 1.2582912E7f);
                    FloatVector exponentialPower = exponentialRounded.sub(1.2582912E7f);
                    FloatVector exponentialReduced =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), argument);
                    FloatVector exponentialRest =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), exponentialReduced);
                    FloatVector exponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                    FloatVector exponential = exponentialFraction.reinterpretAsInts()
                            .add(exponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
                    FloatVector sigmoid = FloatVector.broadcast(FLOATS, 1.0f).div(exponential.add(1.0f));
                    FloatVector slope = sigmoid.mul(exponential)
                                    .fma(argument, FloatVector.broadcast(FLOATS, 1.0f))
                                    .mul(sigmoid);
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    FloatVector normalizedGradient = incoming.mul(slope);
                    normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, sumsArray, sums + i))
                                    .intoArray(sumsArray, sums + i);
                    FloatVector standardizedGradient = normalizedGradient.mul(FloatVector.fromArray(FLOATS, values, scaleAt + i));
                    standardizedGradient.intoArray(standardizedGradientRows, atTile + i);
                }
            }
        }

        /**
         * Called by {@code Training.rootedBackward}.
         */
        static void productGradient4(int from, int to, int width, float[] xRows,
                float[] inverseRmsArray, float[] incomingRows, int taskFrom, float[] meanProducts,
                float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float inverseRms = inverseRmsArray[row];
                int atTile = (row - taskFrom) * width;
                float meanProduct = meanProducts[row - taskFrom];
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.mul(inverseRms);
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    FloatVector biasedGradient = incoming.sub(standardized.mul(meanProduct)).mul(inverseRms);
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.openBackward}.
         */
        static void productGradient5(int from, int to, int width, float[] incomingRows,
                int taskFrom, float scale, long[] maskWords, int wordsPerExample, float[] xRows,
                float[] values, int biasAt, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int atTile = (row - taskFrom) * width;
                int words = row * wordsPerExample;
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    // Java shifts by the lowest six bits of i: by its place in the word.
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, maskWords[words + (i >>> 6)] >>> i);
                    FloatVector activatedGradient = FloatVector.zero(FLOATS).blend(incoming.mul(scale), kept);
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector argument = biased.blend(-88.72f, biased.compare(VectorOperators.LT, -88.72f))
                                    .blend(87.33f, biased.compare(VectorOperators.GT, 87.33f));
                    // exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 0.93 ulp
                    FloatVector exponentialRounded = argument.fma(-1.442695f, 1.2582912E7f);
                    FloatVector exponentialPower = exponentialRounded.sub(1.2582912E7f);
                    FloatVector exponentialReduced =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), argument);
                    FloatVector exponentialRest =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), exponentialReduced);
                    FloatVector exponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                    FloatVector exponential = exponentialFraction.reinterpretAsInts()
                            .add(exponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
                    FloatVector activated = FloatVector.broadcast(FLOATS, 1.0f).div(exponential.add(1.0f));
                    FloatVector biasedGradient = activatedGradient.mul(activated.sub(activated.mul(activated)));
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.closedBackward}.
         */
        static void productGradient6(int from, int to, int width, float[] incomingRows,
                float[] xRows, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, at + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector productGradient = incoming.sub(incoming.mul(x).mul(x));
                    productGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Prediction.openForward}.
         */
        static void activated6(int from, int to, int width, float[] xRows, float[] values,
                int biasAt, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector argument = biased.blend(-88.72f, biased.compare(VectorOperators.LT, -88.72f))
                                    .blend(87.33f, biased.compare(VectorOperators.GT, 87.33f));
                    // exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 0.93 ulp
                    FloatVector exponentialRounded = argument.fma(-1.442695f, 1.2582912E7f);
                    FloatVector exponentialPower = exponentialRounded.sub(1.2582912E7f);
                    FloatVector exponentialReduced =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), argument);
                    FloatVector exponentialRest =
                            exponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), exponentialReduced);
                    FloatVector exponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                            .fma(exponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                    FloatVector exponential = exponentialFraction.reinterpretAsInts()
                            .add(exponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
                    FloatVector activated = FloatVector.broadcast(FLOATS, 1.0f).div(exponential.add(1.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }
    }
}
