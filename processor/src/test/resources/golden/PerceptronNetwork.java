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
     * How many values weights take; they come first.
     */
    private static final int WEIGHTS = 1728;

    /**
     * How many values are trained; running statistics come after them.
     */
    private static final int TRAINED = 1888;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 1888;

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
        PerceptronNetwork network = new PerceptronNetwork(blueprint());
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
    public static PerceptronNetwork load(Path file) throws IOException {
        VectorModule.require();
        PerceptronNetwork network = new PerceptronNetwork(blueprint());
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
        Blueprint network = new Blueprint("Perceptron", VALUES);
        network.ends(new int[] {20}, new int[] {5}, "CROSS_ENTROPY");
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Adam(/* beta1= */ 0.9, /* beta2= */ 0.999, /* epsilon= */ 1.0E-8), /* learningRate= */ 0.001)
                .withWeightDecay(0.01)
                .withLabelSmoothing(0.1));
        describe(network);
        return network;
    }

    private static void describe(Blueprint network) {
        network.operation("hidden", "Dense", new int[] {20}, new int[] {48}, "units", "48", "bias", "true");
        network.parameter("hidden.dense.weight", HIDDEN_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.5477225575051661, 48, 20);
        network.parameter("hidden.dense.bias", HIDDEN_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 48);
        network.operation("hidden", "LayerNorm", new int[] {48}, new int[] {48}, "epsilon", "1.0E-5");
        network.parameter("hidden.layerNorm.scale", HIDDEN_LAYER_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, /* decayed= */ false, /* limit= */ 0.0, 48);
        network.parameter("hidden.layerNorm.shift", HIDDEN_LAYER_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, /* decayed= */ false, /* limit= */ 0.0, 48);
        network.operation("hidden", "Gelu", new int[] {48}, new int[] {48});
        network.operation("hidden", "Dropout", new int[] {48}, new int[] {48}, "p", "0.3");
        network.operation("logits", "Dense", new int[] {48}, new int[] {5}, "units", "5", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.25, 5, 48);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 5);
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

        private final Rate hiddenDropoutRate;

        private final float[] logitsDenseWeightTransposed;

        private final float[] outputGradients;

        private final long[] hiddenDropoutMask;

        private final float[] hiddenDenseProduct;

        private final float[] hiddenLayerNormMean;

        private final float[] hiddenLayerNormInverseDeviation;

        private final float[] hiddenDropout;

        private final float[] logitsDenseProduct;

        private final float[] hiddenLayerNormSums;

        Training(StepBuilder step) {
            values = step.values();
            state = step.state();
            inputs = step.inputs(/* positions= */ 1, /* stride= */ 32);
            tiles = step.tiles(48, 1, 1);
            hiddenDropoutRate = step.rate(0.3);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, /* in= */ 48, /* out= */ 5);
            outputGradients = step.rows(16);
            hiddenDropoutMask = step.mask(1);
            hiddenDenseProduct = step.rows(48);
            hiddenLayerNormMean = step.rows(1);
            hiddenLayerNormInverseDeviation = step.rows(1);
            hiddenDropout = step.rows(48);
            logitsDenseProduct = step.rows(16);
            hiddenLayerNormSums = step.sliceBuffer(/* positions= */ 1, /* columns= */ 96);
        }

        /**
         * After the backward pass the runtime sums over the batch what is told here: the gradients of the parameters.
         */
        private void gradientSums(StepBuilder step) {
            // hidden.dense.weight, hidden.dense.bias
            float[] hiddenDenseProductGradients = hiddenDenseProduct;
            step.weightGradient(
                    /* positions= */ 1,
                    inputs, /* xStride= */ 32, /* in= */ 20,
                    hiddenDenseProductGradients, /* gStride= */ 48, /* out= */ 48,
                    HIDDEN_DENSE_WEIGHT, HIDDEN_DENSE_BIAS);
            // hidden.layerNorm.scale
            step.columnGradient(/* positions= */ 1, hiddenLayerNormSums, /* offset= */ 0, /* stride= */ 96, /* width= */ 48, HIDDEN_LAYER_NORM_SCALE);
            // hidden.layerNorm.shift
            step.columnGradient(/* positions= */ 1, hiddenLayerNormSums, /* offset= */ 48, /* stride= */ 96, /* width= */ 48, HIDDEN_LAYER_NORM_SHIFT);
            // logits.dense.weight, logits.dense.bias
            float[] logitsDenseProductGradients = outputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    hiddenDropout, /* xStride= */ 48, /* in= */ 48,
                    logitsDenseProductGradients, /* gStride= */ 16, /* out= */ 5,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        private void forward(int from, int to) {
            hiddenForward(from, to);
            logitsForward(from, to);
        }

        private void backward(int from, int to, int worker) {
            logitsBackward(from, to, worker);
            hiddenBackward(from, to, worker);
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
         * {@code demo.Perceptron.hidden}. Forward: dense 20 → 48 with bias, layer norm, GELU, dropout (p = 0.3).
         */
        private void hiddenForward(int from, int to) {
            float[] hiddenDense = hiddenDenseProduct;
            float scale = hiddenDropoutRate.scale();
            MatrixMultiply.multiply(
                    inputs, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 20,
                    values, HIDDEN_DENSE_WEIGHT, /* columns= */ 48,
                    hiddenDenseProduct, from * 48, /* cStride= */ 48);
            DropoutMask.fill(hiddenDropoutMask, /* width= */ 48, hiddenDropoutRate.threshold(),
                    state.seed(), /* stream= */ 0, state.drawStep(), state.firstRow(), from, to);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Loops.biased(
                        slice, end, /* width= */ 48, hiddenDenseProduct, values, HIDDEN_DENSE_BIAS, hiddenDense);
                RowStatistics.rows(
                        hiddenDense, slice * 48, /* stride= */ 48, /* width= */ 48, /* rows= */ end - slice,
                        /* epsilon= */ 1.0E-5f, hiddenLayerNormMean, slice,
                        hiddenLayerNormInverseDeviation, slice);
                Loops.dropped(
                        slice, end, /* width= */ 48, hiddenDense, hiddenLayerNormMean,
                        hiddenLayerNormInverseDeviation, values, HIDDEN_LAYER_NORM_SCALE,
                        HIDDEN_LAYER_NORM_SHIFT, scale, hiddenDropoutMask, /* wordsPerExample= */ 1,
                        hiddenDropout);
            }
        }

        /**
         * {@code demo.Perceptron.logits}. Forward: dense 48 → 5 with bias.
         */
        private void logitsForward(int from, int to) {
            float[] logitsDense = logitsDenseProduct;
            MatrixMultiply.multiply(
                    hiddenDropout, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 48,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 5,
                    logitsDenseProduct, from * 16, /* cStride= */ 16);
            Loops.biased(
                    from, to, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS, logitsDense);
        }

        /**
         * {@code demo.Perceptron.logits}. Backward through dense 48 → 5 with bias.
         * From what it leaves the runtime sums the gradients of {@code logits.dense.weight}, {@code logits.dense.bias}: see {@code gradientSums}.
         */
        private void logitsBackward(int from, int to, int worker) {
            float[] logitsDenseProductGradients = outputGradients;
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 5,
                    logitsDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 48,
                    logitsDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 48);
        }

        /**
         * {@code demo.Perceptron.hidden}. Backward through dropout (p = 0.3), GELU, layer norm, dense 20 → 48 with bias.
         * From what it leaves the runtime sums the gradients of {@code hidden.layerNorm.scale}, {@code hidden.layerNorm.shift}, {@code hidden.dense.weight}, {@code hidden.dense.bias}: see {@code gradientSums}.
         */
        private void hiddenBackward(int from, int to, int worker) {
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            float[] hiddenDense = hiddenDenseProduct;
            float[] hiddenLayerNormStandardizedGradients = tiles[0][worker];
            float[] hiddenLayerNormMeanGradient = tiles[1][worker];
            float[] hiddenLayerNormMeanProduct = tiles[2][worker];
            float[] hiddenDenseProductGradients = hiddenDenseProduct;
            float scale = hiddenDropoutRate.scale();
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(hiddenLayerNormSums, slice / Slices.ROWS * 96, (slice / Slices.ROWS + 1) * 96, 0f);
                Loops.sumsStandardizedGradient(
                        slice, end, /* width= */ 48, logitsDenseProductInputGradients, from, scale,
                        hiddenDropoutMask, /* wordsPerExample= */ 1, hiddenDense, hiddenLayerNormMean,
                        hiddenLayerNormInverseDeviation, values, HIDDEN_LAYER_NORM_SCALE,
                        HIDDEN_LAYER_NORM_SHIFT, hiddenLayerNormSums, hiddenLayerNormStandardizedGradients);
                RowStatistics.gradientSums(
                        hiddenLayerNormStandardizedGradients, (slice - from) * 48, /* stride= */ 48,
                        hiddenDense, slice * 48, /* stride= */ 48, /* width= */ 48, /* rows= */ end - slice,
                        hiddenLayerNormMean, slice, hiddenLayerNormInverseDeviation, slice,
                        hiddenLayerNormMeanGradient, slice - from, hiddenLayerNormMeanProduct, slice - from);
                Loops.productGradient(
                        slice, end, /* width= */ 48, hiddenDense, hiddenLayerNormMean,
                        hiddenLayerNormInverseDeviation, hiddenLayerNormStandardizedGradients, from,
                        hiddenLayerNormMeanGradient, hiddenLayerNormMeanProduct, hiddenDenseProductGradients);
            }
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
            inputs = pass.inputs(/* positions= */ 1, /* stride= */ 32);
            shared = pass.shared(48, 16, 1);
            pass.outputs(shared[1]);
        }

        /**
         * {@code demo.Perceptron.hidden}. Forward: dense 20 → 48 with bias, layer norm, GELU.
         */
        private void hiddenForward(int rows) {
            float[] hiddenDenseProduct = shared[0];
            float[] hiddenDense = shared[0];
            float[] hiddenLayerNormMean = shared[1];
            float[] hiddenLayerNormInverseDeviation = shared[2];
            float[] hiddenGelu = shared[0];
            MatrixMultiply.multiply(
                    inputs, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 20,
                    values, HIDDEN_DENSE_WEIGHT, /* columns= */ 48,
                    hiddenDenseProduct, /* cOffset= */ 0, /* cStride= */ 48);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                Loops.biased(
                        slice, end, /* width= */ 48, hiddenDenseProduct, values, HIDDEN_DENSE_BIAS, hiddenDense);
                RowStatistics.rows(
                        hiddenDense, slice * 48, /* stride= */ 48, /* width= */ 48, /* rows= */ end - slice,
                        /* epsilon= */ 1.0E-5f, hiddenLayerNormMean, slice,
                        hiddenLayerNormInverseDeviation, slice);
                Loops.activated(
                        slice, end, /* width= */ 48, hiddenDense, hiddenLayerNormMean,
                        hiddenLayerNormInverseDeviation, values, HIDDEN_LAYER_NORM_SCALE,
                        HIDDEN_LAYER_NORM_SHIFT, hiddenGelu);
            }
        }

        /**
         * {@code demo.Perceptron.logits}. Forward: dense 48 → 5 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] hiddenGelu = shared[0];
            MatrixMultiply.multiply(
                    hiddenGelu, /* aOffset= */ 0, /* aStride= */ 48, rows, /* depth= */ 48,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 5,
                    logitsDenseProduct, /* cOffset= */ 0, /* cStride= */ 16);
            Loops.biased(
                    /* from= */ 0, rows, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS,
                    logitsDense);
        }

        @Override
        public void forward(int rows) {
            hiddenForward(rows);
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
         * Called by {@code Training.hiddenForward}, {@code Training.logitsForward}, {@code Prediction.hiddenForward}, {@code Prediction.logitsForward}.
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
         * Called by {@code Training.hiddenForward}.
         */
        static void dropped(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] values, int scaleAt, int shiftAt, float scale,
                long[] maskWords, int wordsPerExample, float[] droppedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float mean = means[row];
                float inverseDeviation = inverseDeviations[row];
                int words = row * wordsPerExample;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, scaleAt + i),
                                    FloatVector.fromArray(FLOATS, values, shiftAt + i));
                    FloatVector magnitude = normalized.abs();
                    FloatVector argument = magnitude.blend(5.4f, magnitude.compare(VectorOperators.GT, 5.4f));
                    // Phi(x) - 1/2 as a rational function: |x| times it within 2.05e-7 * |x|
                    FloatVector halfSquare = argument.mul(argument);
                    FloatVector halfNumerator = FloatVector.broadcast(FLOATS, 4.5534765E-8f)
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 1.23831915E-5f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 3.1994097E-4f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.009055375f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.06497696f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.7767537f));
                    FloatVector halfDenominator = FloatVector.broadcast(FLOATS, 2.368745E-6f)
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 1.4096603E-4f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.0036195063f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.055254333f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.48737764f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 1.9470325f));
                    FloatVector half = argument.mul(halfNumerator).div(halfDenominator);
                    FloatVector activated = magnitude.fma(half, normalized.mul(0.5f));
                    // Java shifts by the lowest six bits of i: by its place in the word.
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, maskWords[words + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(scale), kept);
                    dropped.intoArray(droppedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.hiddenBackward}.
         */
        static void sumsStandardizedGradient(int from, int to, int width, float[] incomingRows,
                int taskFrom, float scale, long[] maskWords, int wordsPerExample, float[] xRows,
                float[] means, float[] inverseDeviations, float[] values, int scaleAt, int shiftAt,
                float[] sumsArray, float[] standardizedGradientRows) {
            for (int row = from; row < to; row++) {
                int atTile = (row - taskFrom) * width;
                int words = row * wordsPerExample;
                int at = row * width;
                float mean = means[row];
                float inverseDeviation = inverseDeviations[row];
                int sums = row / Slices.ROWS * 2 * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    // Java shifts by the lowest six bits of i: by its place in the word.
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, maskWords[words + (i >>> 6)] >>> i);
                    FloatVector activatedGradient = FloatVector.zero(FLOATS).blend(incoming.mul(scale), kept);
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, scaleAt + i),
                                    FloatVector.fromArray(FLOATS, values, shiftAt + i));
                    FloatVector slopeArgument = normalized.blend(-5.9f, normalized.compare(VectorOperators.LT, -5.9f))
                                    .blend(5.9f, normalized.compare(VectorOperators.GT, 5.9f));
                    // (Phi(x) + x * phi(x) - 1/2)/x as a rational function: x times it within 2.3e-7
                    FloatVector quotientSquare = slopeArgument.mul(slopeArgument);
                    FloatVector quotientNumerator = FloatVector.broadcast(FLOATS, 3.61738E-5f)
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, -1.1980809E-4f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 0.016571516f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, -0.045379248f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 0.92193764f));
                    FloatVector quotientDenominator = FloatVector.broadcast(FLOATS, 4.0710746E-12f)
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, -5.368157E-10f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 4.9534705E-9f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 6.562369E-6f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 1.79464E-4f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 0.0035017447f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 0.04353113f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 0.3282872f))
                            .fma(quotientSquare, FloatVector.broadcast(FLOATS, 1.1554772f));
                    FloatVector quotient = quotientNumerator.div(quotientDenominator);
                    FloatVector slope = slopeArgument.fma(quotient, FloatVector.broadcast(FLOATS, 0.5f));
                    FloatVector normalizedGradient = activatedGradient.mul(slope);
                    normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, sumsArray, sums + i))
                                    .intoArray(sumsArray, sums + i);
                    normalizedGradient.add(FloatVector.fromArray(FLOATS, sumsArray, sums + width + i))
                                    .intoArray(sumsArray, sums + width + i);
                    FloatVector standardizedGradient = normalizedGradient.mul(FloatVector.fromArray(FLOATS, values, scaleAt + i));
                    standardizedGradient.intoArray(standardizedGradientRows, atTile + i);
                }
            }
        }

        /**
         * Called by {@code Training.hiddenBackward}.
         */
        static void productGradient(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] incomingRows, int taskFrom,
                float[] meanGradients, float[] meanProducts, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float mean = means[row];
                float inverseDeviation = inverseDeviations[row];
                int atTile = (row - taskFrom) * width;
                float meanGradient = meanGradients[row - taskFrom];
                float meanProduct = meanProducts[row - taskFrom];
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    FloatVector biasedGradient = incoming.sub(meanGradient)
                                    .sub(standardized.mul(meanProduct))
                                    .mul(inverseDeviation);
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Prediction.hiddenForward}.
         */
        static void activated(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] values, int scaleAt, int shiftAt,
                float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float mean = means[row];
                float inverseDeviation = inverseDeviations[row];
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                    FloatVector normalized = standardized.fma(
                                    FloatVector.fromArray(FLOATS, values, scaleAt + i),
                                    FloatVector.fromArray(FLOATS, values, shiftAt + i));
                    FloatVector magnitude = normalized.abs();
                    FloatVector argument = magnitude.blend(5.4f, magnitude.compare(VectorOperators.GT, 5.4f));
                    // Phi(x) - 1/2 as a rational function: |x| times it within 2.05e-7 * |x|
                    FloatVector halfSquare = argument.mul(argument);
                    FloatVector halfNumerator = FloatVector.broadcast(FLOATS, 4.5534765E-8f)
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 1.23831915E-5f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 3.1994097E-4f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.009055375f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.06497696f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.7767537f));
                    FloatVector halfDenominator = FloatVector.broadcast(FLOATS, 2.368745E-6f)
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 1.4096603E-4f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.0036195063f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.055254333f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 0.48737764f))
                            .fma(halfSquare, FloatVector.broadcast(FLOATS, 1.9470325f));
                    FloatVector half = argument.mul(halfNumerator).div(halfDenominator);
                    FloatVector activated = magnitude.fma(half, normalized.mul(0.5f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }
    }
}
