package demo;

import io.espalier.Blueprint;
import io.espalier.Classifier;
import io.espalier.kernel.AdamUpdate;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.RowStatistics;
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
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The network of {@code demo.Perceptron}, from {@code {20}} to {@code {5}}: 1349 trained parameters.
 *
 * <table>
 * <caption>The stages</caption>
 * <tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>
 * <tr><td>hidden</td><td>Dense, LayerNorm, Gelu, Dropout</td><td>{@code {48}}</td><td>1104</td></tr>
 * <tr><td>logits</td><td>Dense</td><td>{@code {5}}</td><td>245</td></tr>
 * </table>
 */
@Generated("io.espalier.processor.EspalierProcessor")
final class PerceptronNetwork extends Classifier {
    /**
     * Values of weights; they come first.
     */
    private static final int WEIGHTS = 1728;

    /**
     * Values that are trained; running statistics come behind them.
     */
    private static final int TRAINED = 1888;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 1888;

    /**
     * Values in a row of a gradient buffer: what the widest stage needs.
     */
    private static final int GRADIENT_STRIDE = 48;

    private static final int HIDDEN_DENSE_WEIGHT = 0;

    private static final int HIDDEN_DENSE_BIAS = 1728;

    private static final int HIDDEN_LAYER_NORM_SCALE = 1776;

    private static final int HIDDEN_LAYER_NORM_SHIFT = 1824;

    private static final int LOGITS_DENSE_WEIGHT = 960;

    private static final int LOGITS_DENSE_BIAS = 1872;

    private PerceptronNetwork(Blueprint blueprint) {
        super(blueprint);
    }

    /**
     * A network with weights drawn at random.
     *
     * @param seed fixes the weights
     * @return the network
     */
    public static PerceptronNetwork create(long seed) {
        VectorModule.require();
        Blueprint blueprint = blueprint();
        PerceptronNetwork network = new PerceptronNetwork(blueprint);
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
    public static PerceptronNetwork load(Path file) throws IOException {
        VectorModule.require();
        PerceptronNetwork network = new PerceptronNetwork(blueprint());
        network.readWeights(file);
        return network;
    }

    @Override
    public float learningRate() {
        return 0.001f;
    }

    @Override
    public String updateRule() {
        return "Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8], weight decay 0.01, label smoothing 0.1";
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
        Blueprint network = new Blueprint("Perceptron", VALUES);
        network.ends(new int[] {20}, new int[] {5}, "CROSS_ENTROPY");
        describe(network);
        return network;
    }

    private static void describeHidden(Blueprint network) {
        network.operation("hidden", "Dense", new int[] {20}, new int[] {48}, "units", "48", "bias", "true");
        network.weight("hidden.dense.weight", HIDDEN_DENSE_WEIGHT, 48, 20, true, 0.5477226f);
        network.vector("hidden.dense.bias", HIDDEN_DENSE_BIAS, 48, ParameterRole.BIAS, false);
        network.operation("hidden", "LayerNorm", new int[] {48}, new int[] {48}, "epsilon", "1.0E-5");
        network.vector("hidden.layerNorm.scale", HIDDEN_LAYER_NORM_SCALE, 48, ParameterRole.NORM_SCALE, false);
        network.vector("hidden.layerNorm.shift", HIDDEN_LAYER_NORM_SHIFT, 48, ParameterRole.NORM_SHIFT, false);
        network.operation("hidden", "Gelu", new int[] {48}, new int[] {48});
        network.operation("hidden", "Dropout", new int[] {48}, new int[] {48}, "p", "0.3");
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "Dense", new int[] {48}, new int[] {5}, "units", "5", "bias", "true");
        network.weight("logits.dense.weight", LOGITS_DENSE_WEIGHT, 5, 48, true, 0.25f);
        network.vector("logits.dense.bias", LOGITS_DENSE_BIAS, 5, ParameterRole.BIAS, false);
    }

    private static void describe(Blueprint network) {
        describeHidden(network);
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
         * The product of hiddenDense; backward, its gradient.
         */
        private float[] hiddenDenseProduct;

        private float[] hiddenLayerNormMean;

        private float[] hiddenLayerNormInverseDeviation;

        /**
         * The sums of each slice that the gradients of the norm's parameters are made of.
         */
        private float[] hiddenLayerNormSums;

        /**
         * A bit for each value: whether it is kept.
         */
        private long[] hiddenDropoutMask;

        private float[] hiddenDropout;

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
            super(context, new StepLayout(20, 5, WEIGHTS, WEIGHTS, TRAINED, GRADIENT_STRIDE, 1, 2, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY));
            allocate();
            ready();
        }

        private void hiddenBuffers() {
            hiddenDenseProduct = rowBuffer(48);
            weightGradient(
                    input, 32, 20,
                    hiddenDenseProduct, 48, 48,
                    HIDDEN_DENSE_WEIGHT, HIDDEN_DENSE_BIAS);
            hiddenLayerNormMean = new float[capacity];
            hiddenLayerNormInverseDeviation = new float[capacity];
            hiddenLayerNormSums = sliceBuffer(96);
            columnGradient(hiddenLayerNormSums, 0, 96, 48, HIDDEN_LAYER_NORM_SCALE);
            columnGradient(hiddenLayerNormSums, 48, 96, 48, HIDDEN_LAYER_NORM_SHIFT);
            hiddenDropoutMask = new long[capacity];
            hiddenDropout = rowBuffer(48);
        }

        /**
         * Forward: dense 20 → 48; bias, layer norm, GELU, dropout (p = 0.3).
         */
        private void hiddenForward(int from, int to) {
            MatrixMultiply.multiply(
                    input, from * 32, 32, to - from, 20,
                    values, HIDDEN_DENSE_WEIGHT, 48,
                    hiddenDenseProduct, from * 48, 48);
            DropoutMask.fill(hiddenDropoutMask, 48, 19661, seed, 0, drawStep(), firstRow(), from, to);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, hiddenDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, HIDDEN_DENSE_BIAS + i));
                        biased.intoArray(hiddenDenseProduct, at + i);
                    }
                }
                RowStatistics.rows(
                        hiddenDenseProduct, slice * 48, 48, 48, end - slice, 1.0E-5f,
                        hiddenLayerNormMean, hiddenLayerNormInverseDeviation, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = hiddenLayerNormMean[row];
                    float inverseDeviation = hiddenLayerNormInverseDeviation[row];
                    int words = row;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, hiddenDenseProduct, at + i);
                        FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SHIFT + i));
                        // gelu(x) = x/2 + |x| * erf(|x|/sqrt(2))/2, the latter a rational function: within 2.05e-7 * |x|
                        FloatVector activatedMagnitude = normalized.abs();
                        FloatVector activatedArgument = activatedMagnitude.blend(5.4f, activatedMagnitude.compare(VectorOperators.GT, 5.4f));
                        FloatVector activatedSquare = activatedArgument.mul(activatedArgument);
                        FloatVector activatedNumerator = FloatVector.broadcast(FLOATS, 4.5534765E-8f)
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 1.23831915E-5f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 3.1994097E-4f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.009055375f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.06497696f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.7767537f));
                        FloatVector activatedDenominator = FloatVector.broadcast(FLOATS, 2.368745E-6f)
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 1.4096603E-4f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.0036195063f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.055254333f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.48737764f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 1.9470325f));
                        FloatVector activatedHalf = activatedArgument.mul(activatedNumerator).div(activatedDenominator);
                        FloatVector activated = activatedMagnitude.fma(activatedHalf, normalized.mul(0.5f));
                        VectorMask<Float> kept = VectorMask.fromLong(FLOATS, hiddenDropoutMask[words + (i >>> 6)] >>> i);
                        FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(1.4285777f), kept);
                        dropped.intoArray(hiddenDropout, at + i);
                    }
                }
            }
        }

        private void logitsBuffers() {
            logitsDenseProduct = rowBuffer(16);
            weightGradient(
                    hiddenDropout, 48, 48,
                    logitsDenseProduct, 16, 5,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
            logitsDenseTransposed = transposedWeight(LOGITS_DENSE_WEIGHT, 48, 5);
            logitsDense = rowBuffer(16);
        }

        /**
         * Forward: dense 48 → 5; bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    hiddenDropout, from * 48, 48, to - from, 48,
                    values, LOGITS_DENSE_WEIGHT, 5,
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
         * Backward: dense 48 → 5; bias.
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
                    logitsDenseProduct, from * 16, 16, to - from, 5,
                    logitsDenseTransposed, 0, 48,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 20 → 48; bias, layer norm, GELU, dropout (p = 0.3).
         */
        private void hiddenBackward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(hiddenLayerNormSums, slice / Slices.ROWS * 96, (slice / Slices.ROWS + 1) * 96, 0f);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int words = row;
                    int at = row * 48;
                    float mean = hiddenLayerNormMean[row];
                    float inverseDeviation = hiddenLayerNormInverseDeviation[row];
                    int sums = row / Slices.ROWS * 96;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        VectorMask<Float> kept = VectorMask.fromLong(FLOATS, hiddenDropoutMask[words + (i >>> 6)] >>> i);
                        gradient = FloatVector.zero(FLOATS).blend(gradient.mul(1.4285777f), kept);
                        FloatVector kept2 = FloatVector.fromArray(FLOATS, hiddenDenseProduct, at + i);
                        FloatVector standardized = kept2.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SHIFT + i));
                        // gelu'(x) = 1/2 + x * P(x^2)/Q(x^2), clamped at 5.9: within 2.3e-7
                        FloatVector slopeArgument = normalized.blend(-5.9f, normalized.compare(VectorOperators.LT, -5.9f))
                                .blend(5.9f, normalized.compare(VectorOperators.GT, 5.9f));
                        FloatVector slopeSquare = slopeArgument.mul(slopeArgument);
                        FloatVector slopeNumerator = FloatVector.broadcast(FLOATS, 3.61738E-5f)
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, -1.1980809E-4f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 0.016571516f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, -0.045379248f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 0.92193764f));
                        FloatVector slopeDenominator = FloatVector.broadcast(FLOATS, 4.0710746E-12f)
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, -5.368157E-10f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 4.9534705E-9f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 6.562369E-6f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 1.79464E-4f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 0.0035017447f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 0.04353113f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 0.3282872f))
                                .fma(slopeSquare, FloatVector.broadcast(FLOATS, 1.1554772f));
                        FloatVector slopeQuotient = slopeNumerator.div(slopeDenominator);
                        FloatVector slope = slopeArgument.fma(slopeQuotient, FloatVector.broadcast(FLOATS, 0.5f));
                        gradient = gradient.mul(slope);
                        gradient.fma(standardized, FloatVector.fromArray(FLOATS, hiddenLayerNormSums, sums + i))
                                        .intoArray(hiddenLayerNormSums, sums + i);
                        gradient.add(FloatVector.fromArray(FLOATS, hiddenLayerNormSums, sums + 48 + i))
                                        .intoArray(hiddenLayerNormSums, sums + 48 + i);
                        gradient = gradient.mul(FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SCALE + i));
                        gradient.intoArray(gradientFlow, flow + i);
                    }
                }
                RowStatistics.gradientSums(
                        gradientFlow, slice * GRADIENT_STRIDE, GRADIENT_STRIDE,
                        hiddenDenseProduct, slice * 48, 48, 48, end - slice,
                        hiddenLayerNormMean, hiddenLayerNormInverseDeviation, rowMeans, rowProducts, slice);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 48;
                    float mean = hiddenLayerNormMean[row];
                    float inverseDeviation = hiddenLayerNormInverseDeviation[row];
                    float meanGradient = rowMeans[row];
                    float meanProduct = rowProducts[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        FloatVector kept = FloatVector.fromArray(FLOATS, hiddenDenseProduct, at + i);
                        FloatVector standardized = kept.sub(mean).mul(inverseDeviation);
                        gradient = gradient.sub(meanGradient).sub(standardized.mul(meanProduct)).mul(inverseDeviation);
                        gradient.intoArray(hiddenDenseProduct, at + i);
                    }
                }
            }
        }

        private void allocate() {
            hiddenBuffers();
            logitsBuffers();
            gradientFlow = gradientBuffer(0);
        }

        private void forward(int from, int to) {
            readInput(from, to);
            hiddenForward(from, to);
            logitsForward(from, to);
        }

        @Override
        protected void forwardPass() {
            overRows(this, FORWARD);
        }

        private void backward(int from, int to) {
            logitsBackward(from, to);
            hiddenBackward(from, to);
        }

        @Override
        protected void backwardPass() {
            overRows(this, BACKWARD);
        }

        private void forwardLossBackward(int from, int to) {
            readInput(from, to);
            hiddenForward(from, to);
            logitsForward(from, to);
            crossEntropy(0.1f, from, to);
            logitsBackward(from, to);
            hiddenBackward(from, to);
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
            float decay = from < WEIGHTS ? 0.01f : 0f;
            AdamUpdate.apply(
                    values, gradients, moments[0], moments[1], from, to, gradientScale, learningRate,
                    0.9, 0.999, 1.0E-8f, decay, 0f, 0f, stepNumber);
        }
    }

    /**
     * Predicts with the network.
     */
    private static final class Prediction extends PredictionPass {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private float[] input;

        private float[] hiddenDenseProduct;

        private float[] hiddenDropout;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        Prediction(float[] values, int maxBatch) {
            super(values, maxBatch, 20, 5, 3, 48);
            allocate();
            refresh();
        }

        private void hiddenBuffers() {
            hiddenDenseProduct = buffers[1];
            hiddenDropout = buffers[1];
        }

        /**
         * Forward: dense 20 → 48; bias, layer norm, GELU, dropout (p = 0.3).
         */
        private void hiddenForward(int rows) {
            MatrixMultiply.multiply(
                    input, 0, 32, rows, 20,
                    values, HIDDEN_DENSE_WEIGHT, 48,
                    hiddenDenseProduct, 0, 48);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, hiddenDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, HIDDEN_DENSE_BIAS + i));
                        biased.intoArray(hiddenDenseProduct, at + i);
                    }
                }
                RowStatistics.rows(
                        hiddenDenseProduct, slice * 48, 48, 48, end - slice, 1.0E-5f,
                        rowMeans, rowDeviations, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = rowMeans[row];
                    float inverseDeviation = rowDeviations[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, hiddenDenseProduct, at + i);
                        FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SHIFT + i));
                        // gelu(x) = x/2 + |x| * erf(|x|/sqrt(2))/2, the latter a rational function: within 2.05e-7 * |x|
                        FloatVector activatedMagnitude = normalized.abs();
                        FloatVector activatedArgument = activatedMagnitude.blend(5.4f, activatedMagnitude.compare(VectorOperators.GT, 5.4f));
                        FloatVector activatedSquare = activatedArgument.mul(activatedArgument);
                        FloatVector activatedNumerator = FloatVector.broadcast(FLOATS, 4.5534765E-8f)
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 1.23831915E-5f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 3.1994097E-4f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.009055375f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.06497696f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.7767537f));
                        FloatVector activatedDenominator = FloatVector.broadcast(FLOATS, 2.368745E-6f)
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 1.4096603E-4f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.0036195063f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.055254333f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 0.48737764f))
                                .fma(activatedSquare, FloatVector.broadcast(FLOATS, 1.9470325f));
                        FloatVector activatedHalf = activatedArgument.mul(activatedNumerator).div(activatedDenominator);
                        FloatVector activated = activatedMagnitude.fma(activatedHalf, normalized.mul(0.5f));
                        activated.intoArray(hiddenDropout, at + i);
                    }
                }
            }
        }

        private void logitsBuffers() {
            logitsDenseProduct = buffers[2];
            logitsDense = buffers[1];
        }

        /**
         * Forward: dense 48 → 5; bias.
         */
        private void logitsForward(int rows) {
            MatrixMultiply.multiply(
                    hiddenDropout, 0, 48, rows, 48,
                    values, LOGITS_DENSE_WEIGHT, 5,
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
            hiddenBuffers();
            logitsBuffers();
        }

        private void run(int rows) {
            hiddenForward(rows);
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
