package demo;

import io.espalier.Blueprint;
import io.espalier.CompiledNetwork;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MatrixMultiply;
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
import javax.annotation.processing.Generated;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The network of {@code demo.Gates}, from {@code {9}} to {@code {2}}: 965 trained parameters.
 *
 * <table>
 * <caption>The stages</caption>
 * <tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>
 * <tr><td>closed</td><td>Dense, Tanh</td><td>{@code {17}}</td><td>153</td></tr>
 * <tr><td>open</td><td>Dense, Sigmoid, Dropout</td><td>{@code {33}}</td><td>594</td></tr>
 * <tr><td>attention</td><td>Dense, Softmax</td><td>{@code {6}}</td><td>204</td></tr>
 * <tr><td>logits</td><td>Dense</td><td>{@code {2}}</td><td>14</td></tr>
 * </table>
 */
@Generated("io.espalier.processor.EspalierProcessor")
final class GatesNetwork extends CompiledNetwork {
    /**
     * Values that weight decay reaches; they come first.
     */
    private static final int DECAYED = 0;

    /**
     * Values that are trained; running statistics come behind them.
     */
    private static final int TRAINED = 1808;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 1808;

    /**
     * Values in a row of a gradient buffer: what the widest stage needs.
     */
    private static final int GRADIENT_STRIDE = 48;

    private static final int CLOSED_DENSE_WEIGHT = 0;

    private static final int OPEN_DENSE_WEIGHT = 288;

    private static final int OPEN_DENSE_BIAS = 1104;

    private static final int ATTENTION_DENSE_WEIGHT = 1152;

    private static final int ATTENTION_DENSE_BIAS = 1680;

    private static final int LOGITS_DENSE_WEIGHT = 1696;

    private static final int LOGITS_DENSE_BIAS = 1792;

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

    private static void describeAttention(Blueprint network) {
        network.operation("attention", "Dense", new int[] {33}, new int[] {6}, "units", "6", "bias", "true");
        network.weight("attention.dense.weight", ATTENTION_DENSE_WEIGHT, 6, 33, false, 0.30151135f);
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
            super(context, new StepLayout(9, 2, DECAYED, TRAINED, GRADIENT_STRIDE, 1, 0, Float.POSITIVE_INFINITY));
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

        private void attentionBuffers() {
            attentionDenseProduct = rowBuffer(16);
            weightGradient(
                    openDropout, 48, 33,
                    attentionDenseProduct, 16, 6,
                    ATTENTION_DENSE_WEIGHT, ATTENTION_DENSE_BIAS);
            attentionDenseTransposed = transposedWeight(ATTENTION_DENSE_WEIGHT, 33, 6);
            attentionSoftmax = rowBuffer(16);
        }

        /**
         * Forward: dense 33 → 6; bias, softmax.
         */
        private void attentionForward(int from, int to) {
            MatrixMultiply.multiply(
                    openDropout, from * 48, 48, to - from, 33,
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
         * Backward: dense 33 → 6; bias, softmax.
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
                    attentionDenseTransposed, 0, 33,
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
                    gradient = gradient.sub(gradient.mul(activated).mul(activated));
                    gradient.intoArray(closedDenseProduct, at + i);
                }
            }
        }

        private void allocate() {
            closedBuffers();
            openBuffers();
            attentionBuffers();
            logitsBuffers();
            gradientFlow = gradientBuffer(0);
        }

        private void forward(int from, int to) {
            readInput(from, to);
            closedForward(from, to);
            openForward(from, to);
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
            attentionForward(from, to);
            logitsForward(from, to);
            crossEntropy(0.0f, from, to);
            logitsBackward(from, to);
            attentionBackward(from, to);
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
            SgdUpdate.withoutMomentum(values, gradients, from, to, gradientScale, learningRate, 0f);
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

        private void attentionBuffers() {
            attentionDenseProduct = buffers[2];
            attentionSoftmax = buffers[1];
        }

        /**
         * Forward: dense 33 → 6; bias, softmax.
         */
        private void attentionForward(int rows) {
            MatrixMultiply.multiply(
                    openDropout, 0, 48, rows, 33,
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
            attentionBuffers();
            logitsBuffers();
        }

        private void run(int rows) {
            closedForward(rows);
            openForward(rows);
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
