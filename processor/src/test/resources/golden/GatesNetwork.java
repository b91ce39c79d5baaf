package demo;

import io.espalier.Blueprint;
import io.espalier.Classifier;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.RowStatistics;
import io.espalier.kernel.SgdUpdate;
import io.espalier.kernel.Simd;
import io.espalier.kernel.Slices;
import io.espalier.kernel.Softmax;
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
     * Values that are trained; running statistics come behind them.
     */
    private static final int TRAINED = 5184;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 5184;

    /**
     * Values in a row of a gradient buffer: what the widest stage needs.
     */
    private static final int GRADIENT_STRIDE = 48;

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
        Blueprint blueprint = blueprint();
        GatesNetwork network = new GatesNetwork(blueprint);
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
    public static GatesNetwork load(Path file) throws IOException {
        VectorModule.require();
        GatesNetwork network = new GatesNetwork(blueprint());
        network.readWeights(file);
        return network;
    }

    @Override
    public float learningRate() {
        return 0.05f;
    }

    @Override
    public String updateRule() {
        return "Sgd[momentum=0.0, nesterov=false], L1 1.0E-5, L2 1.0E-4, max norm 3.0";
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
        Blueprint network = new Blueprint("Gates", VALUES);
        network.ends(new int[] {9}, new int[] {2}, "CROSS_ENTROPY");
        describe(network);
        return network;
    }

    private static void describeClosed(Blueprint network) {
        network.operation("closed", "Dense", new int[] {9}, new int[] {17}, "units", "17", "bias", "false");
        network.weight("closed.dense.weight", CLOSED_DENSE_WEIGHT, 17, 9, false, 0.57735026f);
        network.operation("closed", "Tanh", new int[] {17}, new int[] {17});
    }

    private static void describeOpen(Blueprint network) {
        network.operation("open", "Dense", new int[] {17}, new int[] {33}, "units", "33", "bias", "true");
        network.weight("open.dense.weight", OPEN_DENSE_WEIGHT, 33, 17, false, 0.42008403f);
        network.vector("open.dense.bias", OPEN_DENSE_BIAS, 33, ParameterRole.BIAS, false);
        network.operation("open", "Sigmoid", new int[] {33}, new int[] {33});
        network.operation("open", "Dropout", new int[] {33}, new int[] {33}, "p", "0.25");
    }

    private static void describeRooted(Blueprint network) {
        network.operation("rooted", "Dense", new int[] {33}, new int[] {24}, "units", "24", "bias", "true");
        network.weight("rooted.dense.weight", ROOTED_DENSE_WEIGHT, 24, 33, false, 0.42640144f);
        network.vector("rooted.dense.bias", ROOTED_DENSE_BIAS, 24, ParameterRole.BIAS, false);
        network.operation("rooted", "RmsNorm", new int[] {24}, new int[] {24}, "epsilon", "1.0E-5");
        network.vector("rooted.rmsNorm.scale", ROOTED_RMS_NORM_SCALE, 24, ParameterRole.NORM_SCALE, false);
        network.operation("rooted", "Silu", new int[] {24}, new int[] {24});
    }

    private static void describeSmooth(Blueprint network) {
        network.operation("smooth", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.weight("smooth.dense.weight", SMOOTH_DENSE_WEIGHT, 24, 24, false, 0.5f);
        network.vector("smooth.dense.bias", SMOOTH_DENSE_BIAS, 24, ParameterRole.BIAS, false);
        network.operation("smooth", "Elu", new int[] {24}, new int[] {24}, "alpha", "0.5");
    }

    private static void describeLeaky(Blueprint network) {
        network.operation("leaky", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.weight("leaky.dense.weight", LEAKY_DENSE_WEIGHT, 24, 24, false, 0.499975f);
        network.vector("leaky.dense.bias", LEAKY_DENSE_BIAS, 24, ParameterRole.BIAS, false);
        network.operation("leaky", "LeakyRelu", new int[] {24}, new int[] {24}, "slope", "0.01");
    }

    private static void describeScaled(Blueprint network) {
        network.operation("scaled", "Dense", new int[] {24}, new int[] {24}, "units", "24", "bias", "true");
        network.weight("scaled.dense.weight", SCALED_DENSE_WEIGHT, 24, 24, false, 0.35355338f);
        network.vector("scaled.dense.bias", SCALED_DENSE_BIAS, 24, ParameterRole.BIAS, false);
        network.operation("scaled", "Selu", new int[] {24}, new int[] {24});
    }

    private static void describeAttention(Blueprint network) {
        network.operation("attention", "Dense", new int[] {24}, new int[] {6}, "units", "6", "bias", "true");
        network.weight("attention.dense.weight", ATTENTION_DENSE_WEIGHT, 6, 24, false, 0.35355338f);
        network.vector("attention.dense.bias", ATTENTION_DENSE_BIAS, 6, ParameterRole.BIAS, false);
        network.operation("attention", "Softmax", new int[] {6}, new int[] {6});
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "Dense", new int[] {6}, new int[] {2}, "units", "2", "bias", "true");
        network.weight("logits.dense.weight", LOGITS_DENSE_WEIGHT, 2, 6, false, 0.70710677f);
        network.vector("logits.dense.bias", LOGITS_DENSE_BIAS, 2, ParameterRole.BIAS, false);
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
    private static final class Training extends TrainingStep implements RowPhase {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private static final int FORWARD = 0;

        private static final int BACKWARD = 1;

        private static final int FORWARD_LOSS_BACKWARD = 2;

        /**
         * The product of closedDense; backward, its gradient.
         */
        private float[] closedDenseProduct;

        private float[] closedTanh;

        /**
         * The product of openDense; backward, its gradient.
         */
        private float[] openDenseProduct;

        private float[] openDenseTransposed;

        /**
         * A bit for each value: whether it is kept.
         */
        private long[] openDropoutMask;

        private float[] openDropout;

        /**
         * The product of rootedDense; backward, its gradient.
         */
        private float[] rootedDenseProduct;

        private float[] rootedDenseTransposed;

        private float[] rootedRmsNormInverseRms;

        /**
         * The sums of each slice that the gradients of the norm's parameters are made of.
         */
        private float[] rootedRmsNormSums;

        private float[] rootedSilu;

        /**
         * The product of smoothDense; backward, its gradient.
         */
        private float[] smoothDenseProduct;

        private float[] smoothDenseTransposed;

        private float[] smoothElu;

        /**
         * The product of leakyDense; backward, its gradient.
         */
        private float[] leakyDenseProduct;

        private float[] leakyDenseTransposed;

        private float[] leakyLeakyRelu;

        /**
         * The product of scaledDense; backward, its gradient.
         */
        private float[] scaledDenseProduct;

        private float[] scaledDenseTransposed;

        private float[] scaledSelu;

        /**
         * The product of attentionDense; backward, its gradient.
         */
        private float[] attentionDenseProduct;

        private float[] attentionDenseTransposed;

        private float[] attentionSoftmax;

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
            super(context, new StepLayout(9, 2, WEIGHTS, WEIGHTS, TRAINED, GRADIENT_STRIDE, 1, 0, Float.POSITIVE_INFINITY, 3.0f));
            allocate();
            ready();
        }

        private void closedBuffers() {
            closedDenseProduct = rowBuffer(32);
            weightGradient(
                    input, 16, 9,
                    closedDenseProduct, 32, 17,
                    CLOSED_DENSE_WEIGHT, -1);
            closedTanh = rowBuffer(32);
        }

        /**
         * Forward: dense 9 → 17; tanh.
         */
        private void closedForward(int from, int to) {
            MatrixMultiply.multiply(
                    input, from * 16, 16, to - from, 9,
                    values, CLOSED_DENSE_WEIGHT, 17,
                    closedDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, closedDenseProduct, at + i);
                    // tanh(x) = m/(m + 2), m = exp(2x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 2.52 ulp
                    FloatVector activatedDoubled = x.add(x);
                    FloatVector activatedArgument = activatedDoubled.blend(-18.04f, activatedDoubled.compare(VectorOperators.LT, -18.04f))
                            .blend(18.04f, activatedDoubled.compare(VectorOperators.GT, 18.04f));
                    FloatVector activatedRounded = activatedArgument.fma(1.442695f, 1.2582912E7f);
                    FloatVector activatedPower = activatedRounded.sub(1.2582912E7f);
                    FloatVector activatedRest = activatedPower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), activatedArgument);
                    FloatVector activatedSquare = activatedRest.mul(activatedRest);
                    FloatVector activatedFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector activatedScale = activatedRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector activatedDifference = activatedFraction.fma(activatedSquare, activatedRest)
                            .fma(activatedScale, activatedScale.sub(1.0f));
                    FloatVector activated = activatedDifference.div(activatedDifference.add(2.0f));
                    activated.intoArray(closedTanh, at + i);
                }
            }
        }

        private void openBuffers() {
            openDenseProduct = rowBuffer(48);
            weightGradient(
                    closedTanh, 32, 17,
                    openDenseProduct, 48, 33,
                    OPEN_DENSE_WEIGHT, OPEN_DENSE_BIAS);
            openDenseTransposed = transposedWeight(OPEN_DENSE_WEIGHT, 17, 33);
            openDropoutMask = new long[capacity];
            openDropout = rowBuffer(48);
        }

        /**
         * Forward: dense 17 → 33; bias, sigmoid, dropout (p = 0.25).
         */
        private void openForward(int from, int to) {
            MatrixMultiply.multiply(
                    closedTanh, from * 32, 32, to - from, 17,
                    values, OPEN_DENSE_WEIGHT, 33,
                    openDenseProduct, from * 48, 48);
            DropoutMask.fill(openDropoutMask, 33, 16384, seed, 0, drawStep(), firstRow(), from, to);
            for (int row = from; row < to; row++) {
                int at = row * 48;
                int words = row;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, openDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, OPEN_DENSE_BIAS + i));
                    // sigmoid(x) = 1/(1 + exp(-x)), exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 2.5 ulp
                    FloatVector activatedExponentialArgument = biased.blend(-88.72f, biased.compare(VectorOperators.LT, -88.72f))
                            .blend(87.33f, biased.compare(VectorOperators.GT, 87.33f));
                    FloatVector activatedExponentialRounded = activatedExponentialArgument.fma(-1.442695f, 1.2582912E7f);
                    FloatVector activatedExponentialPower = activatedExponentialRounded.sub(1.2582912E7f);
                    FloatVector activatedExponentialReduced =
                            activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), activatedExponentialArgument);
                    FloatVector activatedExponentialRest =
                            activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), activatedExponentialReduced);
                    FloatVector activatedExponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                    FloatVector activatedExponential = activatedExponentialFraction.reinterpretAsInts()
                            .add(activatedExponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
                    FloatVector activated = FloatVector.broadcast(FLOATS, 1.0f).div(activatedExponential.add(1.0f));
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, openDropoutMask[words + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(1.3333334f), kept);
                    dropped.intoArray(openDropout, at + i);
                }
            }
        }

        private void rootedBuffers() {
            rootedDenseProduct = rowBuffer(32);
            weightGradient(
                    openDropout, 48, 33,
                    rootedDenseProduct, 32, 24,
                    ROOTED_DENSE_WEIGHT, ROOTED_DENSE_BIAS);
            rootedDenseTransposed = transposedWeight(ROOTED_DENSE_WEIGHT, 33, 24);
            rootedRmsNormInverseRms = new float[capacity];
            rootedRmsNormSums = sliceBuffer(32);
            columnGradient(rootedRmsNormSums, 0, 32, 24, ROOTED_RMS_NORM_SCALE);
            rootedSilu = rowBuffer(32);
        }

        /**
         * Forward: dense 33 → 24; bias, RMS norm, SiLU.
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
                        FloatVector x = FloatVector.fromArray(FLOATS, rootedDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, ROOTED_DENSE_BIAS + i));
                        biased.intoArray(rootedDenseProduct, at + i);
                    }
                }
                RowStatistics.inverseRms(
                        rootedDenseProduct, slice * 32, 32, 24, end - slice, 1.0E-5f,
                        rootedRmsNormInverseRms, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    float inverseRms = rootedRmsNormInverseRms[row];
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, rootedDenseProduct, at + i);
                        FloatVector standardized = x.mul(inverseRms);
                        FloatVector normalized = standardized.mul(FloatVector.fromArray(FLOATS, values, ROOTED_RMS_NORM_SCALE + i));
                        // silu(x) = x/(1 + exp(-x)), exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 2.4 ulp
                        FloatVector activatedExponentialArgument = normalized.blend(-88.72f, normalized.compare(VectorOperators.LT, -88.72f))
                                .blend(87.33f, normalized.compare(VectorOperators.GT, 87.33f));
                        FloatVector activatedExponentialRounded = activatedExponentialArgument.fma(-1.442695f, 1.2582912E7f);
                        FloatVector activatedExponentialPower = activatedExponentialRounded.sub(1.2582912E7f);
                        FloatVector activatedExponentialReduced =
                                activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), activatedExponentialArgument);
                        FloatVector activatedExponentialRest =
                                activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), activatedExponentialReduced);
                        FloatVector activatedExponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                        FloatVector activatedExponential = activatedExponentialFraction.reinterpretAsInts()
                                .add(activatedExponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                                .reinterpretAsFloats();
                        FloatVector activated = normalized.blend(-88.72f, normalized.compare(VectorOperators.LT, -88.72f))
                                .div(activatedExponential.add(1.0f));
                        activated.intoArray(rootedSilu, at + i);
                    }
                }
            }
        }

        private void smoothBuffers() {
            smoothDenseProduct = rowBuffer(32);
            weightGradient(
                    rootedSilu, 32, 24,
                    smoothDenseProduct, 32, 24,
                    SMOOTH_DENSE_WEIGHT, SMOOTH_DENSE_BIAS);
            smoothDenseTransposed = transposedWeight(SMOOTH_DENSE_WEIGHT, 24, 24);
            smoothElu = rowBuffer(32);
        }

        /**
         * Forward: dense 24 → 24; bias, ELU.
         */
        private void smoothForward(int from, int to) {
            MatrixMultiply.multiply(
                    rootedSilu, from * 32, 32, to - from, 24,
                    values, SMOOTH_DENSE_WEIGHT, 24,
                    smoothDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, smoothDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, SMOOTH_DENSE_BIAS + i));
                    // elu(x) = x above 0, 0.5f * (exp(x) - 1) elsewhere, exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 2.4 ulp
                    FloatVector activatedArgument = biased.blend(-17.33f, biased.compare(VectorOperators.LT, -17.33f));
                    FloatVector activatedRounded = activatedArgument.fma(1.442695f, 1.2582912E7f);
                    FloatVector activatedPower = activatedRounded.sub(1.2582912E7f);
                    FloatVector activatedRest = activatedPower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), activatedArgument);
                    FloatVector activatedSquare = activatedRest.mul(activatedRest);
                    FloatVector activatedFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector activatedScale = activatedRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector activatedDifference = activatedFraction.fma(activatedSquare, activatedRest)
                            .fma(activatedScale, activatedScale.sub(1.0f));
                    FloatVector activated = activatedDifference.mul(0.5f).blend(biased, biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(smoothElu, at + i);
                }
            }
        }

        private void leakyBuffers() {
            leakyDenseProduct = rowBuffer(32);
            weightGradient(
                    smoothElu, 32, 24,
                    leakyDenseProduct, 32, 24,
                    LEAKY_DENSE_WEIGHT, LEAKY_DENSE_BIAS);
            leakyDenseTransposed = transposedWeight(LEAKY_DENSE_WEIGHT, 24, 24);
            leakyLeakyRelu = rowBuffer(32);
        }

        /**
         * Forward: dense 24 → 24; bias, leaky ReLU.
         */
        private void leakyForward(int from, int to) {
            MatrixMultiply.multiply(
                    smoothElu, from * 32, 32, to - from, 24,
                    values, LEAKY_DENSE_WEIGHT, 24,
                    leakyDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, leakyDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, LEAKY_DENSE_BIAS + i));
                    FloatVector activated = biased.mul(0.01f).blend(biased, biased.compare(VectorOperators.GT, 0f));
                    activated.intoArray(leakyLeakyRelu, at + i);
                }
            }
        }

        private void scaledBuffers() {
            scaledDenseProduct = rowBuffer(32);
            weightGradient(
                    leakyLeakyRelu, 32, 24,
                    scaledDenseProduct, 32, 24,
                    SCALED_DENSE_WEIGHT, SCALED_DENSE_BIAS);
            scaledDenseTransposed = transposedWeight(SCALED_DENSE_WEIGHT, 24, 24);
            scaledSelu = rowBuffer(32);
        }

        /**
         * Forward: dense 24 → 24; bias, SELU.
         */
        private void scaledForward(int from, int to) {
            MatrixMultiply.multiply(
                    leakyLeakyRelu, from * 32, 32, to - from, 24,
                    values, SCALED_DENSE_WEIGHT, 24,
                    scaledDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, scaledDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, SCALED_DENSE_BIAS + i));
                    // selu(x) = lambda * x above 0, lambda * alpha * (exp(x) - 1) elsewhere, exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 1.93 ulp
                    FloatVector activatedArgument = biased.blend(-17.33f, biased.compare(VectorOperators.LT, -17.33f));
                    FloatVector activatedRounded = activatedArgument.fma(1.442695f, 1.2582912E7f);
                    FloatVector activatedPower = activatedRounded.sub(1.2582912E7f);
                    FloatVector activatedRest = activatedPower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), activatedArgument);
                    FloatVector activatedSquare = activatedRest.mul(activatedRest);
                    FloatVector activatedFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector activatedScale = activatedRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector activatedDifference = activatedFraction.fma(activatedSquare, activatedRest)
                            .fma(activatedScale, activatedScale.sub(1.0f));
                    FloatVector activated = activatedDifference.mul(1.7580993f).blend(biased.mul(1.050701f), biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(scaledSelu, at + i);
                }
            }
        }

        private void attentionBuffers() {
            attentionDenseProduct = rowBuffer(16);
            weightGradient(
                    scaledSelu, 32, 24,
                    attentionDenseProduct, 16, 6,
                    ATTENTION_DENSE_WEIGHT, ATTENTION_DENSE_BIAS);
            attentionDenseTransposed = transposedWeight(ATTENTION_DENSE_WEIGHT, 24, 6);
            attentionSoftmax = rowBuffer(16);
        }

        /**
         * Forward: dense 24 → 6; bias, softmax.
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
                        FloatVector x = FloatVector.fromArray(FLOATS, attentionDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, ATTENTION_DENSE_BIAS + i));
                        biased.intoArray(attentionSoftmax, at + i);
                    }
                }
                Softmax.rows(
                        attentionSoftmax, slice * 16, 16, 6, end - slice,
                        attentionSoftmax, slice * 16, 16);
            }
        }

        private void logitsBuffers() {
            logitsDenseProduct = rowBuffer(16);
            weightGradient(
                    attentionSoftmax, 16, 6,
                    logitsDenseProduct, 16, 2,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
            logitsDenseTransposed = transposedWeight(LOGITS_DENSE_WEIGHT, 6, 2);
            logitsDense = rowBuffer(16);
        }

        /**
         * Forward: dense 6 → 2; bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    attentionSoftmax, from * 16, 16, to - from, 6,
                    values, LOGITS_DENSE_WEIGHT, 2,
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
         * Backward: dense 6 → 2; bias.
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
                    logitsDenseProduct, from * 16, 16, to - from, 2,
                    logitsDenseTransposed, 0, 6,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 24 → 6; bias, softmax.
         */
        private void attentionBackward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Softmax.gradient(
                        attentionSoftmax, slice * 16, 16, 6, end - slice,
                        gradientFlow, slice * GRADIENT_STRIDE, GRADIENT_STRIDE);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 16;
                    for (int i = 0; i < 16; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        gradient.intoArray(attentionDenseProduct, at + i);
                    }
                }
            }
            MatrixMultiply.multiply(
                    attentionDenseProduct, from * 16, 16, to - from, 6,
                    attentionDenseTransposed, 0, 24,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 24 → 24; bias, SELU.
         */
        private void scaledBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    FloatVector kept = FloatVector.fromArray(FLOATS, scaledSelu, at + i);
                    gradient = gradient.mul(kept.add(1.7580993f).blend(1.050701f, kept.compare(VectorOperators.GT, 0f)));
                    gradient.intoArray(scaledDenseProduct, at + i);
                }
            }
            MatrixMultiply.multiply(
                    scaledDenseProduct, from * 32, 32, to - from, 24,
                    scaledDenseTransposed, 0, 24,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 24 → 24; bias, leaky ReLU.
         */
        private void leakyBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    FloatVector x = FloatVector.fromArray(FLOATS, leakyDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, LEAKY_DENSE_BIAS + i));
                    gradient = gradient.mul(0.01f).blend(gradient, biased.compare(VectorOperators.GT, 0f));
                    gradient.intoArray(leakyDenseProduct, at + i);
                }
            }
            MatrixMultiply.multiply(
                    leakyDenseProduct, from * 32, 32, to - from, 24,
                    leakyDenseTransposed, 0, 24,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 24 → 24; bias, ELU.
         */
        private void smoothBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    FloatVector kept = FloatVector.fromArray(FLOATS, smoothElu, at + i);
                    gradient = gradient.mul(kept.add(0.5f).blend(1f, kept.compare(VectorOperators.GT, 0f)));
                    gradient.intoArray(smoothDenseProduct, at + i);
                }
            }
            MatrixMultiply.multiply(
                    smoothDenseProduct, from * 32, 32, to - from, 24,
                    smoothDenseTransposed, 0, 24,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 33 → 24; bias, RMS norm, SiLU.
         */
        private void rootedBackward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(rootedRmsNormSums, slice / Slices.ROWS * 32, (slice / Slices.ROWS + 1) * 32, 0f);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 32;
                    float inverseRms = rootedRmsNormInverseRms[row];
                    int sums = row / Slices.ROWS * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        FloatVector kept = FloatVector.fromArray(FLOATS, rootedDenseProduct, at + i);
                        FloatVector standardized = kept.mul(inverseRms);
                        FloatVector normalized = standardized.mul(FloatVector.fromArray(FLOATS, values, ROOTED_RMS_NORM_SCALE + i));
                        // silu'(x) = s * (1 + x * s * exp(-x)), s = 1/(1 + exp(-x)): within 2.31e-7
                        FloatVector slopeExponentialArgument = normalized.blend(-88.72f, normalized.compare(VectorOperators.LT, -88.72f))
                                .blend(87.33f, normalized.compare(VectorOperators.GT, 87.33f));
                        FloatVector slopeExponentialRounded = slopeExponentialArgument.fma(-1.442695f, 1.2582912E7f);
                        FloatVector slopeExponentialPower = slopeExponentialRounded.sub(1.2582912E7f);
                        FloatVector slopeExponentialReduced =
                                slopeExponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), slopeExponentialArgument);
                        FloatVector slopeExponentialRest =
                                slopeExponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), slopeExponentialReduced);
                        FloatVector slopeExponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                                .fma(slopeExponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                                .fma(slopeExponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                                .fma(slopeExponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                                .fma(slopeExponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                                .fma(slopeExponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                                .fma(slopeExponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                        FloatVector slopeExponential = slopeExponentialFraction.reinterpretAsInts()
                                .add(slopeExponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                                .reinterpretAsFloats();
                        FloatVector slopeSigmoid = FloatVector.broadcast(FLOATS, 1.0f).div(slopeExponential.add(1.0f));
                        FloatVector slope = slopeSigmoid.mul(slopeExponential)
                                .fma(slopeExponentialArgument, FloatVector.broadcast(FLOATS, 1.0f))
                                .mul(slopeSigmoid);
                        gradient = gradient.mul(slope);
                        gradient.fma(standardized, FloatVector.fromArray(FLOATS, rootedRmsNormSums, sums + i))
                                        .intoArray(rootedRmsNormSums, sums + i);
                        gradient = gradient.mul(FloatVector.fromArray(FLOATS, values, ROOTED_RMS_NORM_SCALE + i));
                        gradient.intoArray(gradientFlow, flow + i);
                    }
                }
                RowStatistics.gradientProducts(
                        gradientFlow, slice * GRADIENT_STRIDE, GRADIENT_STRIDE,
                        rootedDenseProduct, slice * 32, 32, 24, end - slice,
                        rootedRmsNormInverseRms, rowProducts, slice);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 32;
                    float inverseRms = rootedRmsNormInverseRms[row];
                    float meanProduct = rowProducts[row];
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        FloatVector kept = FloatVector.fromArray(FLOATS, rootedDenseProduct, at + i);
                        FloatVector standardized = kept.mul(inverseRms);
                        gradient = gradient.sub(standardized.mul(meanProduct)).mul(inverseRms);
                        gradient.intoArray(rootedDenseProduct, at + i);
                    }
                }
            }
            MatrixMultiply.multiply(
                    rootedDenseProduct, from * 32, 32, to - from, 24,
                    rootedDenseTransposed, 0, 33,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 17 → 33; bias, sigmoid, dropout (p = 0.25).
         */
        private void openBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int words = row;
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, openDropoutMask[words + (i >>> 6)] >>> i);
                    gradient = FloatVector.zero(FLOATS).blend(gradient.mul(1.3333334f), kept);
                    FloatVector x = FloatVector.fromArray(FLOATS, openDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, OPEN_DENSE_BIAS + i));
                    // sigmoid(x) = 1/(1 + exp(-x)), exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 2.5 ulp
                    FloatVector activatedExponentialArgument = biased.blend(-88.72f, biased.compare(VectorOperators.LT, -88.72f))
                            .blend(87.33f, biased.compare(VectorOperators.GT, 87.33f));
                    FloatVector activatedExponentialRounded = activatedExponentialArgument.fma(-1.442695f, 1.2582912E7f);
                    FloatVector activatedExponentialPower = activatedExponentialRounded.sub(1.2582912E7f);
                    FloatVector activatedExponentialReduced =
                            activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), activatedExponentialArgument);
                    FloatVector activatedExponentialRest =
                            activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), activatedExponentialReduced);
                    FloatVector activatedExponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                    FloatVector activatedExponential = activatedExponentialFraction.reinterpretAsInts()
                            .add(activatedExponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
                    FloatVector activated = FloatVector.broadcast(FLOATS, 1.0f).div(activatedExponential.add(1.0f));
                    gradient = gradient.mul(activated.sub(activated.mul(activated)));
                    gradient.intoArray(openDenseProduct, at + i);
                }
            }
            MatrixMultiply.multiply(
                    openDenseProduct, from * 48, 48, to - from, 33,
                    openDenseTransposed, 0, 17,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 9 → 17; tanh.
         */
        private void closedBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    FloatVector kept = FloatVector.fromArray(FLOATS, closedTanh, at + i);
                    gradient = gradient.sub(gradient.mul(kept).mul(kept));
                    gradient.intoArray(closedDenseProduct, at + i);
                }
            }
        }

        private void allocate() {
            closedBuffers();
            openBuffers();
            rootedBuffers();
            smoothBuffers();
            leakyBuffers();
            scaledBuffers();
            attentionBuffers();
            logitsBuffers();
            gradientFlow = gradientBuffer(0);
        }

        private void forward(int from, int to) {
            readInput(from, to);
            closedForward(from, to);
            openForward(from, to);
            rootedForward(from, to);
            smoothForward(from, to);
            leakyForward(from, to);
            scaledForward(from, to);
            attentionForward(from, to);
            logitsForward(from, to);
        }

        @Override
        protected void forwardPass() {
            overRows(this, FORWARD);
        }

        private void backward(int from, int to) {
            logitsBackward(from, to);
            attentionBackward(from, to);
            scaledBackward(from, to);
            leakyBackward(from, to);
            smoothBackward(from, to);
            rootedBackward(from, to);
            openBackward(from, to);
            closedBackward(from, to);
        }

        @Override
        protected void backwardPass() {
            overRows(this, BACKWARD);
        }

        private void forwardLossBackward(int from, int to) {
            readInput(from, to);
            closedForward(from, to);
            openForward(from, to);
            rootedForward(from, to);
            smoothForward(from, to);
            leakyForward(from, to);
            scaledForward(from, to);
            attentionForward(from, to);
            logitsForward(from, to);
            crossEntropy(0.0f, from, to);
            logitsBackward(from, to);
            attentionBackward(from, to);
            scaledBackward(from, to);
            leakyBackward(from, to);
            smoothBackward(from, to);
            rootedBackward(from, to);
            openBackward(from, to);
            closedBackward(from, to);
        }

        @Override
        protected void forwardBackwardPass() {
            overRows(this, FORWARD_LOSS_BACKWARD);
        }

        @Override
        public void rows(int phase, int from, int to) {
            switch (phase) {
                case FORWARD -> forward(from, to);
                case BACKWARD -> backward(from, to);
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
            float l2 = from < WEIGHTS ? 1.0E-4f : 0f;
            float l1 = from < WEIGHTS ? 1.0E-5f : 0f;
            SgdUpdate.withoutMomentum(values, gradients, from, to, gradientScale, learningRate, 0f, l2, l1);
        }
    }

    /**
     * Predicts with the network.
     */
    private static final class Prediction extends PredictionPass {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private float[] input;

        private float[] closedDenseProduct;

        private float[] closedTanh;

        private float[] openDenseProduct;

        private float[] openDropout;

        private float[] rootedDenseProduct;

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

        Prediction(float[] values, int maxBatch) {
            super(values, maxBatch, 9, 2, 3, 48);
            allocate();
            refresh();
        }

        private void closedBuffers() {
            closedDenseProduct = buffers[1];
            closedTanh = buffers[1];
        }

        /**
         * Forward: dense 9 → 17; tanh.
         */
        private void closedForward(int rows) {
            MatrixMultiply.multiply(
                    input, 0, 16, rows, 9,
                    values, CLOSED_DENSE_WEIGHT, 17,
                    closedDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, closedDenseProduct, at + i);
                    // tanh(x) = m/(m + 2), m = exp(2x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 2.52 ulp
                    FloatVector activatedDoubled = x.add(x);
                    FloatVector activatedArgument = activatedDoubled.blend(-18.04f, activatedDoubled.compare(VectorOperators.LT, -18.04f))
                            .blend(18.04f, activatedDoubled.compare(VectorOperators.GT, 18.04f));
                    FloatVector activatedRounded = activatedArgument.fma(1.442695f, 1.2582912E7f);
                    FloatVector activatedPower = activatedRounded.sub(1.2582912E7f);
                    FloatVector activatedRest = activatedPower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), activatedArgument);
                    FloatVector activatedSquare = activatedRest.mul(activatedRest);
                    FloatVector activatedFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector activatedScale = activatedRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector activatedDifference = activatedFraction.fma(activatedSquare, activatedRest)
                            .fma(activatedScale, activatedScale.sub(1.0f));
                    FloatVector activated = activatedDifference.div(activatedDifference.add(2.0f));
                    activated.intoArray(closedTanh, at + i);
                }
            }
        }

        private void openBuffers() {
            openDenseProduct = buffers[2];
            openDropout = buffers[1];
        }

        /**
         * Forward: dense 17 → 33; bias, sigmoid, dropout (p = 0.25).
         */
        private void openForward(int rows) {
            MatrixMultiply.multiply(
                    closedTanh, 0, 32, rows, 17,
                    values, OPEN_DENSE_WEIGHT, 33,
                    openDenseProduct, 0, 48);
            for (int row = 0; row < rows; row++) {
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, openDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, OPEN_DENSE_BIAS + i));
                    // sigmoid(x) = 1/(1 + exp(-x)), exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 2.5 ulp
                    FloatVector activatedExponentialArgument = biased.blend(-88.72f, biased.compare(VectorOperators.LT, -88.72f))
                            .blend(87.33f, biased.compare(VectorOperators.GT, 87.33f));
                    FloatVector activatedExponentialRounded = activatedExponentialArgument.fma(-1.442695f, 1.2582912E7f);
                    FloatVector activatedExponentialPower = activatedExponentialRounded.sub(1.2582912E7f);
                    FloatVector activatedExponentialReduced =
                            activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), activatedExponentialArgument);
                    FloatVector activatedExponentialRest =
                            activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), activatedExponentialReduced);
                    FloatVector activatedExponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                            .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                    FloatVector activatedExponential = activatedExponentialFraction.reinterpretAsInts()
                            .add(activatedExponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
                    FloatVector activated = FloatVector.broadcast(FLOATS, 1.0f).div(activatedExponential.add(1.0f));
                    activated.intoArray(openDropout, at + i);
                }
            }
        }

        private void rootedBuffers() {
            rootedDenseProduct = buffers[2];
            rootedSilu = buffers[1];
        }

        /**
         * Forward: dense 33 → 24; bias, RMS norm, SiLU.
         */
        private void rootedForward(int rows) {
            MatrixMultiply.multiply(
                    openDropout, 0, 48, rows, 33,
                    values, ROOTED_DENSE_WEIGHT, 24,
                    rootedDenseProduct, 0, 32);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, rootedDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, ROOTED_DENSE_BIAS + i));
                        biased.intoArray(rootedDenseProduct, at + i);
                    }
                }
                RowStatistics.inverseRms(
                        rootedDenseProduct, slice * 32, 32, 24, end - slice, 1.0E-5f,
                        rowDeviations, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 32;
                    float inverseRms = rowDeviations[row];
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, rootedDenseProduct, at + i);
                        FloatVector standardized = x.mul(inverseRms);
                        FloatVector normalized = standardized.mul(FloatVector.fromArray(FLOATS, values, ROOTED_RMS_NORM_SCALE + i));
                        // silu(x) = x/(1 + exp(-x)), exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 2.4 ulp
                        FloatVector activatedExponentialArgument = normalized.blend(-88.72f, normalized.compare(VectorOperators.LT, -88.72f))
                                .blend(87.33f, normalized.compare(VectorOperators.GT, 87.33f));
                        FloatVector activatedExponentialRounded = activatedExponentialArgument.fma(-1.442695f, 1.2582912E7f);
                        FloatVector activatedExponentialPower = activatedExponentialRounded.sub(1.2582912E7f);
                        FloatVector activatedExponentialReduced =
                                activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, 0.6931472f), activatedExponentialArgument);
                        FloatVector activatedExponentialRest =
                                activatedExponentialPower.fma(FloatVector.broadcast(FLOATS, -1.9046542E-9f), activatedExponentialReduced);
                        FloatVector activatedExponentialFraction = FloatVector.broadcast(FLOATS, 0.0013814539f)
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.008368668f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.041668367f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -0.16666515f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 0.49999994f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, -1.0f))
                                .fma(activatedExponentialRest, FloatVector.broadcast(FLOATS, 1.0f));
                        FloatVector activatedExponential = activatedExponentialFraction.reinterpretAsInts()
                                .add(activatedExponentialRounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                                .reinterpretAsFloats();
                        FloatVector activated = normalized.blend(-88.72f, normalized.compare(VectorOperators.LT, -88.72f))
                                .div(activatedExponential.add(1.0f));
                        activated.intoArray(rootedSilu, at + i);
                    }
                }
            }
        }

        private void smoothBuffers() {
            smoothDenseProduct = buffers[2];
            smoothElu = buffers[1];
        }

        /**
         * Forward: dense 24 → 24; bias, ELU.
         */
        private void smoothForward(int rows) {
            MatrixMultiply.multiply(
                    rootedSilu, 0, 32, rows, 24,
                    values, SMOOTH_DENSE_WEIGHT, 24,
                    smoothDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, smoothDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, SMOOTH_DENSE_BIAS + i));
                    // elu(x) = x above 0, 0.5f * (exp(x) - 1) elsewhere, exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 2.4 ulp
                    FloatVector activatedArgument = biased.blend(-17.33f, biased.compare(VectorOperators.LT, -17.33f));
                    FloatVector activatedRounded = activatedArgument.fma(1.442695f, 1.2582912E7f);
                    FloatVector activatedPower = activatedRounded.sub(1.2582912E7f);
                    FloatVector activatedRest = activatedPower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), activatedArgument);
                    FloatVector activatedSquare = activatedRest.mul(activatedRest);
                    FloatVector activatedFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector activatedScale = activatedRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector activatedDifference = activatedFraction.fma(activatedSquare, activatedRest)
                            .fma(activatedScale, activatedScale.sub(1.0f));
                    FloatVector activated = activatedDifference.mul(0.5f).blend(biased, biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(smoothElu, at + i);
                }
            }
        }

        private void leakyBuffers() {
            leakyDenseProduct = buffers[2];
            leakyLeakyRelu = buffers[1];
        }

        /**
         * Forward: dense 24 → 24; bias, leaky ReLU.
         */
        private void leakyForward(int rows) {
            MatrixMultiply.multiply(
                    smoothElu, 0, 32, rows, 24,
                    values, LEAKY_DENSE_WEIGHT, 24,
                    leakyDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, leakyDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, LEAKY_DENSE_BIAS + i));
                    FloatVector activated = biased.mul(0.01f).blend(biased, biased.compare(VectorOperators.GT, 0f));
                    activated.intoArray(leakyLeakyRelu, at + i);
                }
            }
        }

        private void scaledBuffers() {
            scaledDenseProduct = buffers[2];
            scaledSelu = buffers[1];
        }

        /**
         * Forward: dense 24 → 24; bias, SELU.
         */
        private void scaledForward(int rows) {
            MatrixMultiply.multiply(
                    leakyLeakyRelu, 0, 32, rows, 24,
                    values, SCALED_DENSE_WEIGHT, 24,
                    scaledDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, scaledDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, SCALED_DENSE_BIAS + i));
                    // selu(x) = lambda * x above 0, lambda * alpha * (exp(x) - 1) elsewhere, exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 1.93 ulp
                    FloatVector activatedArgument = biased.blend(-17.33f, biased.compare(VectorOperators.LT, -17.33f));
                    FloatVector activatedRounded = activatedArgument.fma(1.442695f, 1.2582912E7f);
                    FloatVector activatedPower = activatedRounded.sub(1.2582912E7f);
                    FloatVector activatedRest = activatedPower.fma(FloatVector.broadcast(FLOATS, -0.6931472f), activatedArgument);
                    FloatVector activatedSquare = activatedRest.mul(activatedRest);
                    FloatVector activatedFraction = FloatVector.broadcast(FLOATS, 0.0013882206f)
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.008366422f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.041667003f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.16666543f))
                            .fma(activatedRest, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector activatedScale = activatedRounded.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, 23)
                            .add(0x3F800000)
                            .reinterpretAsFloats();
                    FloatVector activatedDifference = activatedFraction.fma(activatedSquare, activatedRest)
                            .fma(activatedScale, activatedScale.sub(1.0f));
                    FloatVector activated = activatedDifference.mul(1.7580993f).blend(biased.mul(1.050701f), biased.compare(VectorOperators.GT, 0.0f));
                    activated.intoArray(scaledSelu, at + i);
                }
            }
        }

        private void attentionBuffers() {
            attentionDenseProduct = buffers[2];
            attentionSoftmax = buffers[1];
        }

        /**
         * Forward: dense 24 → 6; bias, softmax.
         */
        private void attentionForward(int rows) {
            MatrixMultiply.multiply(
                    scaledSelu, 0, 32, rows, 24,
                    values, ATTENTION_DENSE_WEIGHT, 6,
                    attentionDenseProduct, 0, 16);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                for (int row = slice; row < end; row++) {
                    int at = row * 16;
                    for (int i = 0; i < 16; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, attentionDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, ATTENTION_DENSE_BIAS + i));
                        biased.intoArray(attentionSoftmax, at + i);
                    }
                }
                Softmax.rows(
                        attentionSoftmax, slice * 16, 16, 6, end - slice,
                        attentionSoftmax, slice * 16, 16);
            }
        }

        private void logitsBuffers() {
            logitsDenseProduct = buffers[2];
            logitsDense = buffers[1];
        }

        /**
         * Forward: dense 6 → 2; bias.
         */
        private void logitsForward(int rows) {
            MatrixMultiply.multiply(
                    attentionSoftmax, 0, 16, rows, 6,
                    values, LOGITS_DENSE_WEIGHT, 2,
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
            closedBuffers();
            openBuffers();
            rootedBuffers();
            smoothBuffers();
            leakyBuffers();
            scaledBuffers();
            attentionBuffers();
            logitsBuffers();
        }

        private void run(int rows) {
            closedForward(rows);
            openForward(rows);
            rootedForward(rows);
            smoothForward(rows);
            leakyForward(rows);
            scaledForward(rows);
            attentionForward(rows);
            logitsForward(rows);
        }

        @Override
        public void refresh() {
        }

        @Override
        protected float[] forward(int rows) {
            run(rows);
            return logitsDense;
        }
    }
}
