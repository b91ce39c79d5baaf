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
     * Values of weights; they come first.
     */
    private static final int WEIGHTS = 4944;

    /**
     * Values that are trained; running statistics come after them.
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
        new Training(step);
    }

    @Override
    protected PredictionCode buildPrediction(PredictionBuilder pass) {
        return new Prediction(pass);
    }

    private static Blueprint blueprint() {
        Blueprint network = new Blueprint("Gates", VALUES);
        network.ends(new int[] {9}, new int[] {2}, "CROSS_ENTROPY");
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Sgd(0.0, false), 0.05)
                .withL1(1.0E-5)
                .withL2(1.0E-4)
                .withMaxNorm(3.0));
        describe(network);
        return network;
    }

    private static void describeClosed(Blueprint network) {
        network.operation("closed", "Dense", new int[] {9}, new int[] {17}, "units", "17", "bias", "false");
        network.parameter("closed.dense.weight", CLOSED_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, false, 0.5773502691896257, 17, 9);
        network.operation("closed", "Tanh", new int[] {17}, new int[] {17});
    }

    private static void describeOpen(Blueprint network) {
        network.operation("open", "Dense", new int[] {17}, new int[] {33}, "units", "33", "bias", "true");
        network.parameter("open.dense.weight", OPEN_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, false, 0.42008402520840293, 33, 17);
        network.parameter("open.dense.bias", OPEN_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 33);
        network.operation("open", "Sigmoid", new int[] {33}, new int[] {33});
        network.operation("open", "Dropout", new int[] {33}, new int[] {33}, "p", "0.25");
    }

    private static void describeRooted(Blueprint network) {
        network.operation("rooted", "Dense", new int[] {33}, new int[] {24}, "units", "24", "bias", "true");
        network.parameter("rooted.dense.weight", ROOTED_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, false, 0.4264014327112209, 24, 33);
        network.parameter("rooted.dense.bias", ROOTED_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 24);
        network.operation("rooted", "RmsNorm", new int[] {24}, new int[] {24}, "epsilon", "1.0E-5");
        network.parameter("rooted.rmsNorm.scale", ROOTED_RMS_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, false, 0.0, 24);
        network.operation("rooted", "Silu", new int[] {24}, new int[] {24});
    }

    private static void describeSmooth(Blueprint network) {
        network.operation("smooth", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.parameter("smooth.dense.weight", SMOOTH_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, false, 0.5, 24, 24);
        network.parameter("smooth.dense.bias", SMOOTH_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 24);
        network.operation("smooth", "Elu", new int[] {24}, new int[] {24}, "alpha", "0.5");
    }

    private static void describeLeaky(Blueprint network) {
        network.operation("leaky", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.parameter("leaky.dense.weight", LEAKY_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, false, 0.4999750018748438, 24, 24);
        network.parameter("leaky.dense.bias", LEAKY_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 24);
        network.operation("leaky", "LeakyRelu", new int[] {24}, new int[] {24}, "slope", "0.01");
    }

    private static void describeScaled(Blueprint network) {
        network.operation("scaled", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.parameter("scaled.dense.weight", SCALED_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, false, 0.3535533905932738, 24, 24);
        network.parameter("scaled.dense.bias", SCALED_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 24);
        network.operation("scaled", "Selu", new int[] {24}, new int[] {24});
    }

    private static void describeAttention(Blueprint network) {
        network.operation("attention", "Dense", new int[] {24}, new int[] {6}, "units", "6", "bias", "true");
        network.parameter("attention.dense.weight", ATTENTION_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, false, 0.3535533905932738, 6, 24);
        network.parameter("attention.dense.bias", ATTENTION_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 6);
        network.operation("attention", "Softmax", new int[] {6}, new int[] {6});
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "Dense", new int[] {6}, new int[] {2}, "units", "2", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, false, 0.7071067811865476, 2, 6);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 2);
    }

    private static void describe(Blueprint network) {
        describeClosed(network);
        describeOpen(network);
        describeRooted(network);
        describeSmooth(network);
        describeLeaky(network);
        describeScaled(network);
        describeAttention(network);
        describeLogits(network);
    }

    /**
     * Trains the network.
     */
    private static final class Training implements PhaseCode {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private static final int FORWARD = 0;

        private static final int BACKWARD = 1;

        private final float[] values;

        private final StepState state;

        private final float[] inputs;

        private final float[][][] tiles;

        private Rate openDropoutRate;

        private float[] logitsDenseWeightTransposed;

        private float[] attentionDenseWeightTransposed;

        private float[] scaledDenseWeightTransposed;

        private float[] leakyDenseWeightTransposed;

        private float[] smoothDenseWeightTransposed;

        private float[] rootedDenseWeightTransposed;

        private float[] openDenseWeightTransposed;

        private float[] outputGradients;

        private float[] closedDenseProduct;

        private float[] closedTanh;

        private long[] openDropoutMask;

        private float[] openDenseProduct;

        private float[] openDropout;

        private float[] rootedDenseProduct;

        private float[] rootedDense;

        private float[] rootedRmsNormInverseRms;

        private float[] rootedSilu;

        private float[] smoothDenseProduct;

        private float[] smoothElu;

        private float[] leakyDenseProduct;

        private float[] leakyLeakyRelu;

        private float[] scaledDenseProduct;

        private float[] scaledSelu;

        private float[] attentionDenseProduct;

        private float[] attentionSoftmax;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        private float[] logitsDenseProductGradients;

        private float[] logitsDenseProductInputGradients;

        private float[] attentionSoftmaxIncomings;

        private float[] attentionDenseProductGradients;

        private float[] attentionDenseProductInputGradients;

        private float[] scaledDenseProductGradients;

        private float[] scaledDenseProductInputGradients;

        private float[] leakyDenseProductGradients;

        private float[] leakyDenseProductInputGradients;

        private float[] smoothDenseProductGradients;

        private float[] rootedRmsNormSums;

        private float[] rootedDenseProductGradients;

        private float[] openDenseProductGradients;

        private float[] openDenseProductInputGradients;

        private float[] closedDenseProductGradients;

        Training(StepBuilder step) {
            values = step.values();
            state = step.state();
            inputs = step.inputs(1, 16);
            tiles = step.tiles(32, 1, 48);
            allocate(step);
            step.outputs(logitsDense);
            step.outputGradients(outputGradients);
            forwardPhases(step);
            backwardPhases(step);
        }

        private void allocate(StepBuilder step) {
            openDropoutRate = step.rate(0.25);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, 6, 2);
            attentionDenseWeightTransposed = step.transposedWeight(ATTENTION_DENSE_WEIGHT, 24, 6);
            scaledDenseWeightTransposed = step.transposedWeight(SCALED_DENSE_WEIGHT, 24, 24);
            leakyDenseWeightTransposed = step.transposedWeight(LEAKY_DENSE_WEIGHT, 24, 24);
            smoothDenseWeightTransposed = step.transposedWeight(SMOOTH_DENSE_WEIGHT, 24, 24);
            rootedDenseWeightTransposed = step.transposedWeight(ROOTED_DENSE_WEIGHT, 33, 24);
            openDenseWeightTransposed = step.transposedWeight(OPEN_DENSE_WEIGHT, 17, 33);
            outputGradients = step.rows(16);
            closedDenseProduct = step.rows(32);
            closedTanh = closedDenseProduct;
            openDropoutMask = step.mask(1);
            openDenseProduct = step.rows(48);
            openDropout = step.rows(48);
            rootedDenseProduct = step.rows(32);
            rootedDense = rootedDenseProduct;
            rootedRmsNormInverseRms = step.rows(1);
            rootedSilu = step.rows(32);
            smoothDenseProduct = step.rows(32);
            smoothElu = smoothDenseProduct;
            leakyDenseProduct = step.rows(32);
            leakyLeakyRelu = leakyDenseProduct;
            scaledDenseProduct = step.rows(32);
            scaledSelu = scaledDenseProduct;
            attentionDenseProduct = step.rows(16);
            attentionSoftmax = attentionDenseProduct;
            logitsDenseProduct = step.rows(16);
            logitsDense = logitsDenseProduct;
            logitsDenseProductGradients = outputGradients;
            logitsDenseProductInputGradients = step.rows(16);
            attentionSoftmaxIncomings = logitsDenseProductInputGradients;
            attentionDenseProductGradients = logitsDenseProductInputGradients;
            attentionDenseProductInputGradients = step.rows(32);
            scaledDenseProductGradients = attentionDenseProductInputGradients;
            scaledDenseProductInputGradients = step.rows(32);
            leakyDenseProductGradients = scaledDenseProductInputGradients;
            leakyDenseProductInputGradients = step.rows(32);
            smoothDenseProductGradients = leakyDenseProductInputGradients;
            rootedRmsNormSums = step.sliceBuffer(1, 32);
            rootedDenseProductGradients = rootedDenseProduct;
            openDenseProductGradients = openDenseProduct;
            openDenseProductInputGradients = step.rows(32);
            closedDenseProductGradients = openDenseProductInputGradients;
            step.weightGradient(
                    1,
                    inputs, 16, 9,
                    closedDenseProductGradients, 32, 17,
                    CLOSED_DENSE_WEIGHT, -1);
            step.weightGradient(
                    1,
                    closedTanh, 32, 17,
                    openDenseProductGradients, 48, 33,
                    OPEN_DENSE_WEIGHT, OPEN_DENSE_BIAS);
            step.weightGradient(
                    1,
                    openDropout, 48, 33,
                    rootedDenseProductGradients, 32, 24,
                    ROOTED_DENSE_WEIGHT, ROOTED_DENSE_BIAS);
            step.columnGradient(1, rootedRmsNormSums, 0, 32, 24, ROOTED_RMS_NORM_SCALE);
            step.weightGradient(
                    1,
                    rootedSilu, 32, 24,
                    smoothDenseProductGradients, 32, 24,
                    SMOOTH_DENSE_WEIGHT, SMOOTH_DENSE_BIAS);
            step.weightGradient(
                    1,
                    smoothElu, 32, 24,
                    leakyDenseProductGradients, 32, 24,
                    LEAKY_DENSE_WEIGHT, LEAKY_DENSE_BIAS);
            step.weightGradient(
                    1,
                    leakyLeakyRelu, 32, 24,
                    scaledDenseProductGradients, 32, 24,
                    SCALED_DENSE_WEIGHT, SCALED_DENSE_BIAS);
            step.weightGradient(
                    1,
                    scaledSelu, 32, 24,
                    attentionDenseProductGradients, 16, 6,
                    ATTENTION_DENSE_WEIGHT, ATTENTION_DENSE_BIAS);
            step.weightGradient(
                    1,
                    attentionSoftmax, 16, 6,
                    logitsDenseProductGradients, 16, 2,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        /**
         * Forward: dense 9 → 17, tanh.
         */
        private void closedForward(int from, int to) {
            MatrixMultiply.multiply(
                    inputs, from * 16, 16, to - from, 9,
                    values, CLOSED_DENSE_WEIGHT, 17,
                    closedDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, closedDenseProduct, at + i);
                    FloatVector doubled = product.add(product);
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
                    activated.intoArray(closedTanh, at + i);
                }
            }
        }

        /**
         * Forward: dense 17 → 33 with bias, sigmoid, dropout (p = 0.25).
         */
        private void openForward(int from, int to) {
            float scale = openDropoutRate.scale();
            MatrixMultiply.multiply(
                    closedTanh, from * 32, 32, to - from, 17,
                    values, OPEN_DENSE_WEIGHT, 33,
                    openDenseProduct, from * 48, 48);
            DropoutMask.fill(openDropoutMask, 33, openDropoutRate.threshold(), state.seed(), 0, state.drawStep(), state.firstRow(), from, to);
            for (int row = from; row < to; row++) {
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, openDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, OPEN_DENSE_BIAS + i));
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
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, openDropoutMask[row + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(scale), kept);
                    dropped.intoArray(openDropout, at + i);
                }
            }
        }

        /**
         * Forward: dense 33 → 24 with bias, RMS norm, SiLU.
         */
        private void rootedForward(int from, int to) {
            MatrixMultiply.multiply(
                    openDropout, from * 48, 48, to - from, 33,
                    values, ROOTED_DENSE_WEIGHT, 24,
                    rootedDenseProduct, from * 32, 32);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, rootedDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, ROOTED_DENSE_BIAS + i));
                        biased.intoArray(rootedDense, at + i);
                    }
                }
                RowStatistics.inverseRms(
                        rootedDense, slice * 32, 32, 24, end - slice, 1.0E-5f, rootedRmsNormInverseRms, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    float inverseRms = rootedRmsNormInverseRms[row];
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector biased = FloatVector.fromArray(FLOATS, rootedDense, at + i);
                        FloatVector standardized = biased.mul(inverseRms);
                        FloatVector normalized = standardized.mul(FloatVector.fromArray(FLOATS, values, ROOTED_RMS_NORM_SCALE + i));
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
                        activated.intoArray(rootedSilu, at + i);
                    }
                }
            }
        }

        /**
         * Forward: dense 24 → 24 with bias, ELU.
         */
        private void smoothForward(int from, int to) {
            MatrixMultiply.multiply(
                    rootedSilu, from * 32, 32, to - from, 24,
                    values, SMOOTH_DENSE_WEIGHT, 24,
                    smoothDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, smoothDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, SMOOTH_DENSE_BIAS + i));
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
                    activated.intoArray(smoothElu, at + i);
                }
            }
        }

        /**
         * Forward: dense 24 → 24 with bias, leaky ReLU.
         */
        private void leakyForward(int from, int to) {
            MatrixMultiply.multiply(
                    smoothElu, from * 32, 32, to - from, 24,
                    values, LEAKY_DENSE_WEIGHT, 24,
                    leakyDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, leakyDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, LEAKY_DENSE_BIAS + i));
                    FloatVector activated = biased.mul(0.01f).blend(biased, biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(leakyLeakyRelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 24 → 24 with bias, SELU.
         */
        private void scaledForward(int from, int to) {
            MatrixMultiply.multiply(
                    leakyLeakyRelu, from * 32, 32, to - from, 24,
                    values, SCALED_DENSE_WEIGHT, 24,
                    scaledDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, scaledDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, SCALED_DENSE_BIAS + i));
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
                    activated.intoArray(scaledSelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 24 → 6 with bias, softmax.
         */
        private void attentionForward(int from, int to) {
            MatrixMultiply.multiply(
                    scaledSelu, from * 32, 32, to - from, 24,
                    values, ATTENTION_DENSE_WEIGHT, 6,
                    attentionDenseProduct, from * 16, 16);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                for (int row = slice; row < end; row++) {
                    int at = row * 16;
                    for (int i = 0; i < 16; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, attentionDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, ATTENTION_DENSE_BIAS + i));
                        biased.intoArray(attentionSoftmax, at + i);
                    }
                }
                Softmax.rows(
                        attentionSoftmax, slice * 16, 16, 6, end - slice,
                        attentionSoftmax, slice * 16, 16);
            }
        }

        /**
         * Forward: dense 6 → 2 with bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    attentionSoftmax, from * 16, 16, to - from, 6,
                    values, LOGITS_DENSE_WEIGHT, 2,
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
         * Backward: dense 6 → 2 with bias.
         */
        private void logitsBackward(int from, int to) {
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, 16, to - from, 2,
                    logitsDenseWeightTransposed, 0, 6,
                    logitsDenseProductInputGradients, from * 16, 16);
        }

        /**
         * Backward: dense 24 → 6 with bias, softmax.
         */
        private void attentionBackward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Softmax.gradient(
                        attentionSoftmax, slice * 16, 16, 6, end - slice,
                        attentionSoftmaxIncomings, slice * 16, 16);
            }
            MatrixMultiply.multiply(
                    attentionDenseProductGradients, from * 16, 16, to - from, 6,
                    attentionDenseWeightTransposed, 0, 24,
                    attentionDenseProductInputGradients, from * 32, 32);
        }

        /**
         * Backward: dense 24 → 24 with bias, SELU.
         */
        private void scaledBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector activatedGradient = FloatVector.fromArray(FLOATS, attentionDenseProductInputGradients, at + i);
                    FloatVector activated = FloatVector.fromArray(FLOATS, scaledSelu, at + i);
                    FloatVector biasedGradient = activatedGradient.mul(activated.add(1.7580993f).blend(1.050701f, activated.compare(VectorOperators.GT, 0.0f)));
                    biasedGradient.intoArray(scaledDenseProductGradients, at + i);
                }
            }
            MatrixMultiply.multiply(
                    scaledDenseProductGradients, from * 32, 32, to - from, 24,
                    scaledDenseWeightTransposed, 0, 24,
                    scaledDenseProductInputGradients, from * 32, 32);
        }

        /**
         * Backward: dense 24 → 24 with bias, leaky ReLU.
         */
        private void leakyBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector activatedGradient = FloatVector.fromArray(FLOATS, scaledDenseProductInputGradients, at + i);
                    FloatVector activated = FloatVector.fromArray(FLOATS, leakyLeakyRelu, at + i);
                    FloatVector biasedGradient = activatedGradient.mul(0.01f)
                                    .blend(activatedGradient, activated.compare(VectorOperators.GT, 0.0f));
                    biasedGradient.intoArray(leakyDenseProductGradients, at + i);
                }
            }
            MatrixMultiply.multiply(
                    leakyDenseProductGradients, from * 32, 32, to - from, 24,
                    leakyDenseWeightTransposed, 0, 24,
                    leakyDenseProductInputGradients, from * 32, 32);
        }

        /**
         * Backward: dense 24 → 24 with bias, ELU.
         */
        private void smoothBackward(int from, int to, int worker) {
            float[] smoothDenseProductInputGradients = tiles[0][worker];
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector activatedGradient = FloatVector.fromArray(FLOATS, leakyDenseProductInputGradients, at + i);
                    FloatVector activated = FloatVector.fromArray(FLOATS, smoothElu, at + i);
                    FloatVector biasedGradient = activatedGradient.mul(activated.add(0.5f).blend(1.0f, activated.compare(VectorOperators.GT, 0.0f)));
                    biasedGradient.intoArray(smoothDenseProductGradients, at + i);
                }
            }
            MatrixMultiply.multiply(
                    smoothDenseProductGradients, from * 32, 32, to - from, 24,
                    smoothDenseWeightTransposed, 0, 24,
                    smoothDenseProductInputGradients, 0, 32);
        }

        /**
         * Backward: dense 33 → 24 with bias, RMS norm, SiLU.
         */
        private void rootedBackward(int from, int to, int worker) {
            float[] smoothDenseProductInputGradients = tiles[0][worker];
            float[] rootedRmsNormStandardizedGradients = tiles[0][worker];
            float[] rootedRmsNormMeanProduct = tiles[1][worker];
            float[] rootedDenseProductInputGradients = tiles[2][worker];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(rootedRmsNormSums, slice / Slices.ROWS * 32, (slice / Slices.ROWS + 1) * 32, 0f);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    float inverseRms = rootedRmsNormInverseRms[row];
                    int atTile = (row - from) * 32;
                    int sums = row / Slices.ROWS * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector biased = FloatVector.fromArray(FLOATS, rootedDense, at + i);
                        FloatVector standardized = biased.mul(inverseRms);
                        FloatVector normalized = standardized.mul(FloatVector.fromArray(FLOATS, values, ROOTED_RMS_NORM_SCALE + i));
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
                        FloatVector activatedGradient = FloatVector.fromArray(FLOATS, smoothDenseProductInputGradients, atTile + i);
                        FloatVector normalizedGradient = activatedGradient.mul(slope);
                        normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, rootedRmsNormSums, sums + i))
                                        .intoArray(rootedRmsNormSums, sums + i);
                        FloatVector standardizedGradient = normalizedGradient.mul(FloatVector.fromArray(FLOATS, values, ROOTED_RMS_NORM_SCALE + i));
                        standardizedGradient.intoArray(rootedRmsNormStandardizedGradients, atTile + i);
                    }
                }
                RowStatistics.gradientProducts(
                        rootedRmsNormStandardizedGradients, (slice - from) * 32, 32,
                        rootedDense, slice * 32, 32, 24, end - slice, rootedRmsNormInverseRms, slice,
                        rootedRmsNormMeanProduct, slice - from);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    float inverseRms = rootedRmsNormInverseRms[row];
                    int atTile = (row - from) * 32;
                    float meanProduct = rootedRmsNormMeanProduct[row - from];
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector biased = FloatVector.fromArray(FLOATS, rootedDense, at + i);
                        FloatVector standardized = biased.mul(inverseRms);
                        FloatVector standardizedGradient = FloatVector.fromArray(FLOATS, rootedRmsNormStandardizedGradients, atTile + i);
                        FloatVector biasedGradient = standardizedGradient.sub(standardized.mul(meanProduct)).mul(inverseRms);
                        biasedGradient.intoArray(rootedDenseProductGradients, at + i);
                    }
                }
            }
            MatrixMultiply.multiply(
                    rootedDenseProductGradients, from * 32, 32, to - from, 24,
                    rootedDenseWeightTransposed, 0, 33,
                    rootedDenseProductInputGradients, 0, 48);
        }

        /**
         * Backward: dense 17 → 33 with bias, sigmoid, dropout (p = 0.25).
         */
        private void openBackward(int from, int to, int worker) {
            float[] rootedDenseProductInputGradients = tiles[2][worker];
            float scale = openDropoutRate.scale();
            for (int row = from; row < to; row++) {
                int atTile = (row - from) * 48;
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector droppedGradient = FloatVector.fromArray(FLOATS, rootedDenseProductInputGradients, atTile + i);
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, openDropoutMask[row + (i >>> 6)] >>> i);
                    FloatVector activatedGradient = FloatVector.zero(FLOATS).blend(droppedGradient.mul(scale), kept);
                    FloatVector product = FloatVector.fromArray(FLOATS, openDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, OPEN_DENSE_BIAS + i));
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
                    biasedGradient.intoArray(openDenseProductGradients, at + i);
                }
            }
            MatrixMultiply.multiply(
                    openDenseProductGradients, from * 48, 48, to - from, 33,
                    openDenseWeightTransposed, 0, 17,
                    openDenseProductInputGradients, from * 32, 32);
        }

        /**
         * Backward: dense 9 → 17, tanh.
         */
        private void closedBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector activatedGradient = FloatVector.fromArray(FLOATS, openDenseProductInputGradients, at + i);
                    FloatVector activated = FloatVector.fromArray(FLOATS, closedTanh, at + i);
                    FloatVector productGradient = activatedGradient.sub(activatedGradient.mul(activated).mul(activated));
                    productGradient.intoArray(closedDenseProductGradients, at + i);
                }
            }
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

        private void forwardPhases(StepBuilder step) {
            step.forwardExamples(this, FORWARD);
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

        private void backwardPhases(StepBuilder step) {
            step.backwardExamples(this, BACKWARD);
        }

        @Override
        public void phase(int number, int from, int to, int worker) {
            switch (number) {
                case FORWARD -> forward(from, to);
                case BACKWARD -> backward(from, to, worker);
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

        Prediction(PredictionBuilder pass) {
            values = pass.values();
            inputs = pass.inputs(1, 16);
            shared = pass.shared(32, 48, 1);
            allocate(pass);
            pass.outputs(shared[1]);
        }

        private void allocate(PredictionBuilder pass) {
        }

        /**
         * Forward: dense 9 → 17, tanh.
         */
        private void closedForward(int rows) {
            float[] closedDenseProduct = shared[0];
            float[] closedTanh = shared[0];
            MatrixMultiply.multiply(
                    inputs, 0, 16, rows, 9,
                    values, CLOSED_DENSE_WEIGHT, 17,
                    closedDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, closedDenseProduct, at + i);
                    FloatVector doubled = product.add(product);
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
                    activated.intoArray(closedTanh, at + i);
                }
            }
        }

        /**
         * Forward: dense 17 → 33 with bias, sigmoid.
         */
        private void openForward(int rows) {
            float[] openDenseProduct = shared[1];
            float[] openSigmoid = shared[1];
            float[] closedTanh = shared[0];
            MatrixMultiply.multiply(
                    closedTanh, 0, 32, rows, 17,
                    values, OPEN_DENSE_WEIGHT, 33,
                    openDenseProduct, 0, 48);
            for (int row = 0; row < rows; row++) {
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, openDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, OPEN_DENSE_BIAS + i));
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
                    activated.intoArray(openSigmoid, at + i);
                }
            }
        }

        /**
         * Forward: dense 33 → 24 with bias, RMS norm, SiLU.
         */
        private void rootedForward(int rows) {
            float[] rootedDenseProduct = shared[0];
            float[] rootedDense = shared[0];
            float[] rootedRmsNormInverseRms = shared[2];
            float[] rootedSilu = shared[0];
            float[] openSigmoid = shared[1];
            MatrixMultiply.multiply(
                    openSigmoid, 0, 48, rows, 33,
                    values, ROOTED_DENSE_WEIGHT, 24,
                    rootedDenseProduct, 0, 32);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, rootedDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, ROOTED_DENSE_BIAS + i));
                        biased.intoArray(rootedDense, at + i);
                    }
                }
                RowStatistics.inverseRms(
                        rootedDense, slice * 32, 32, 24, end - slice, 1.0E-5f, rootedRmsNormInverseRms, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    float inverseRms = rootedRmsNormInverseRms[row];
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector biased = FloatVector.fromArray(FLOATS, rootedDense, at + i);
                        FloatVector standardized = biased.mul(inverseRms);
                        FloatVector normalized = standardized.mul(FloatVector.fromArray(FLOATS, values, ROOTED_RMS_NORM_SCALE + i));
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
                        activated.intoArray(rootedSilu, at + i);
                    }
                }
            }
        }

        /**
         * Forward: dense 24 → 24 with bias, ELU.
         */
        private void smoothForward(int rows) {
            float[] smoothDenseProduct = shared[1];
            float[] smoothElu = shared[1];
            float[] rootedSilu = shared[0];
            MatrixMultiply.multiply(
                    rootedSilu, 0, 32, rows, 24,
                    values, SMOOTH_DENSE_WEIGHT, 24,
                    smoothDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, smoothDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, SMOOTH_DENSE_BIAS + i));
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
                    activated.intoArray(smoothElu, at + i);
                }
            }
        }

        /**
         * Forward: dense 24 → 24 with bias, leaky ReLU.
         */
        private void leakyForward(int rows) {
            float[] leakyDenseProduct = shared[0];
            float[] leakyLeakyRelu = shared[0];
            float[] smoothElu = shared[1];
            MatrixMultiply.multiply(
                    smoothElu, 0, 32, rows, 24,
                    values, LEAKY_DENSE_WEIGHT, 24,
                    leakyDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, leakyDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, LEAKY_DENSE_BIAS + i));
                    FloatVector activated = biased.mul(0.01f).blend(biased, biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(leakyLeakyRelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 24 → 24 with bias, SELU.
         */
        private void scaledForward(int rows) {
            float[] scaledDenseProduct = shared[1];
            float[] scaledSelu = shared[1];
            float[] leakyLeakyRelu = shared[0];
            MatrixMultiply.multiply(
                    leakyLeakyRelu, 0, 32, rows, 24,
                    values, SCALED_DENSE_WEIGHT, 24,
                    scaledDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, scaledDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, SCALED_DENSE_BIAS + i));
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
                    activated.intoArray(scaledSelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 24 → 6 with bias, softmax.
         */
        private void attentionForward(int rows) {
            float[] attentionDenseProduct = shared[0];
            float[] attentionSoftmax = shared[0];
            float[] scaledSelu = shared[1];
            MatrixMultiply.multiply(
                    scaledSelu, 0, 32, rows, 24,
                    values, ATTENTION_DENSE_WEIGHT, 6,
                    attentionDenseProduct, 0, 16);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                for (int row = slice; row < end; row++) {
                    int at = row * 16;
                    for (int i = 0; i < 16; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, attentionDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, ATTENTION_DENSE_BIAS + i));
                        biased.intoArray(attentionSoftmax, at + i);
                    }
                }
                Softmax.rows(
                        attentionSoftmax, slice * 16, 16, 6, end - slice,
                        attentionSoftmax, slice * 16, 16);
            }
        }

        /**
         * Forward: dense 6 → 2 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] attentionSoftmax = shared[0];
            MatrixMultiply.multiply(
                    attentionSoftmax, 0, 16, rows, 6,
                    values, LOGITS_DENSE_WEIGHT, 2,
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
}
