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
     * Values of weights; they come first.
     */
    private static final int WEIGHTS = 1728;

    /**
     * Values that are trained; running statistics come after them.
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
        new Training(step);
    }

    @Override
    protected PredictionCode buildPrediction(PredictionBuilder pass) {
        return new Prediction(pass);
    }

    private static Blueprint blueprint() {
        Blueprint network = new Blueprint("Perceptron", VALUES);
        network.ends(new int[] {20}, new int[] {5}, "CROSS_ENTROPY");
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Adam(0.9, 0.999, 1.0E-8), 0.001)
                .withWeightDecay(0.01)
                .withLabelSmoothing(0.1));
        describe(network);
        return network;
    }

    private static void describeHidden(Blueprint network) {
        network.operation("hidden", "Dense", new int[] {20}, new int[] {48}, "units", "48", "bias", "true");
        network.parameter("hidden.dense.weight", HIDDEN_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.5477225575051661, 48, 20);
        network.parameter("hidden.dense.bias", HIDDEN_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 48);
        network.operation("hidden", "LayerNorm", new int[] {48}, new int[] {48}, "epsilon", "1.0E-5");
        network.parameter("hidden.layerNorm.scale", HIDDEN_LAYER_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, false, 0.0, 48);
        network.parameter("hidden.layerNorm.shift", HIDDEN_LAYER_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, false, 0.0, 48);
        network.operation("hidden", "Gelu", new int[] {48}, new int[] {48});
        network.operation("hidden", "Dropout", new int[] {48}, new int[] {48}, "p", "0.3");
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "Dense", new int[] {48}, new int[] {5}, "units", "5", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.25, 5, 48);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 5);
    }

    private static void describe(Blueprint network) {
        describeHidden(network);
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

        private Rate hiddenDropoutRate;

        private float[] logitsDenseWeightTransposed;

        private float[] outputGradients;

        private long[] hiddenDropoutMask;

        private float[] hiddenDenseProduct;

        private float[] hiddenDense;

        private float[] hiddenLayerNormMean;

        private float[] hiddenLayerNormInverseDeviation;

        private float[] hiddenDropout;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        private float[] logitsDenseProductGradients;

        private float[] hiddenLayerNormSums;

        private float[] hiddenDenseProductGradients;

        Training(StepBuilder step) {
            values = step.values();
            state = step.state();
            inputs = step.inputs(1, 32);
            tiles = step.tiles(48, 1, 1);
            allocate(step);
            step.outputs(logitsDense);
            step.outputGradients(outputGradients);
            forwardPhases(step);
            backwardPhases(step);
        }

        private void allocate(StepBuilder step) {
            hiddenDropoutRate = step.rate(0.3);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, 48, 5);
            outputGradients = step.rows(16);
            hiddenDropoutMask = step.mask(1);
            hiddenDenseProduct = step.rows(48);
            hiddenDense = hiddenDenseProduct;
            hiddenLayerNormMean = step.rows(1);
            hiddenLayerNormInverseDeviation = step.rows(1);
            hiddenDropout = step.rows(48);
            logitsDenseProduct = step.rows(16);
            logitsDense = logitsDenseProduct;
            logitsDenseProductGradients = outputGradients;
            hiddenLayerNormSums = step.sliceBuffer(1, 96);
            hiddenDenseProductGradients = hiddenDenseProduct;
            step.weightGradient(
                    1,
                    inputs, 32, 20,
                    hiddenDenseProductGradients, 48, 48,
                    HIDDEN_DENSE_WEIGHT, HIDDEN_DENSE_BIAS);
            step.columnGradient(1, hiddenLayerNormSums, 0, 96, 48, HIDDEN_LAYER_NORM_SCALE);
            step.columnGradient(1, hiddenLayerNormSums, 48, 96, 48, HIDDEN_LAYER_NORM_SHIFT);
            step.weightGradient(
                    1,
                    hiddenDropout, 48, 48,
                    logitsDenseProductGradients, 16, 5,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        /**
         * Forward: dense 20 → 48 with bias, layer norm, GELU, dropout (p = 0.3).
         */
        private void hiddenForward(int from, int to) {
            float scale = hiddenDropoutRate.scale();
            MatrixMultiply.multiply(
                    inputs, from * 32, 32, to - from, 20,
                    values, HIDDEN_DENSE_WEIGHT, 48,
                    hiddenDenseProduct, from * 48, 48);
            DropoutMask.fill(hiddenDropoutMask, 48, hiddenDropoutRate.threshold(), state.seed(), 0, state.drawStep(), state.firstRow(), from, to);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, hiddenDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, HIDDEN_DENSE_BIAS + i));
                        biased.intoArray(hiddenDense, at + i);
                    }
                }
                RowStatistics.rows(
                        hiddenDense, slice * 48, 48, 48, end - slice, 1.0E-5f, hiddenLayerNormMean, slice,
                        hiddenLayerNormInverseDeviation, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = hiddenLayerNormMean[row];
                    float inverseDeviation = hiddenLayerNormInverseDeviation[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector biased = FloatVector.fromArray(FLOATS, hiddenDense, at + i);
                        FloatVector standardized = biased.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SHIFT + i));
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
                        VectorMask<Float> kept = VectorMask.fromLong(FLOATS, hiddenDropoutMask[row + (i >>> 6)] >>> i);
                        FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(scale), kept);
                        dropped.intoArray(hiddenDropout, at + i);
                    }
                }
            }
        }

        /**
         * Forward: dense 48 → 5 with bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    hiddenDropout, from * 48, 48, to - from, 48,
                    values, LOGITS_DENSE_WEIGHT, 5,
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
         * Backward: dense 48 → 5 with bias.
         */
        private void logitsBackward(int from, int to, int worker) {
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, 16, to - from, 5,
                    logitsDenseWeightTransposed, 0, 48,
                    logitsDenseProductInputGradients, 0, 48);
        }

        /**
         * Backward: dense 20 → 48 with bias, layer norm, GELU, dropout (p = 0.3).
         */
        private void hiddenBackward(int from, int to, int worker) {
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            float[] hiddenLayerNormStandardizedGradients = tiles[0][worker];
            float[] hiddenLayerNormMeanGradient = tiles[1][worker];
            float[] hiddenLayerNormMeanProduct = tiles[2][worker];
            float scale = hiddenDropoutRate.scale();
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(hiddenLayerNormSums, slice / Slices.ROWS * 96, (slice / Slices.ROWS + 1) * 96, 0f);
                for (int row = slice; row < end; row++) {
                    int atTile = (row - from) * 48;
                    int at = row * 48;
                    float mean = hiddenLayerNormMean[row];
                    float inverseDeviation = hiddenLayerNormInverseDeviation[row];
                    int sums = row / Slices.ROWS * 96;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector droppedGradient = FloatVector.fromArray(FLOATS, logitsDenseProductInputGradients, atTile + i);
                        VectorMask<Float> kept = VectorMask.fromLong(FLOATS, hiddenDropoutMask[row + (i >>> 6)] >>> i);
                        FloatVector activatedGradient = FloatVector.zero(FLOATS).blend(droppedGradient.mul(scale), kept);
                        FloatVector biased = FloatVector.fromArray(FLOATS, hiddenDense, at + i);
                        FloatVector standardized = biased.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SHIFT + i));
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
                        normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, hiddenLayerNormSums, sums + i))
                                        .intoArray(hiddenLayerNormSums, sums + i);
                        normalizedGradient.add(FloatVector.fromArray(FLOATS, hiddenLayerNormSums, sums + 48 + i))
                                        .intoArray(hiddenLayerNormSums, sums + 48 + i);
                        FloatVector standardizedGradient = normalizedGradient.mul(FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SCALE + i));
                        standardizedGradient.intoArray(hiddenLayerNormStandardizedGradients, atTile + i);
                    }
                }
                RowStatistics.gradientSums(
                        hiddenLayerNormStandardizedGradients, (slice - from) * 48, 48,
                        hiddenDense, slice * 48, 48, 48, end - slice, hiddenLayerNormMean, slice,
                        hiddenLayerNormInverseDeviation, slice, hiddenLayerNormMeanGradient, slice - from,
                        hiddenLayerNormMeanProduct, slice - from);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = hiddenLayerNormMean[row];
                    float inverseDeviation = hiddenLayerNormInverseDeviation[row];
                    int atTile = (row - from) * 48;
                    float meanGradient = hiddenLayerNormMeanGradient[row - from];
                    float meanProduct = hiddenLayerNormMeanProduct[row - from];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector biased = FloatVector.fromArray(FLOATS, hiddenDense, at + i);
                        FloatVector standardized = biased.sub(mean).mul(inverseDeviation);
                        FloatVector standardizedGradient = FloatVector.fromArray(FLOATS, hiddenLayerNormStandardizedGradients, atTile + i);
                        FloatVector biasedGradient = standardizedGradient.sub(meanGradient)
                                        .sub(standardized.mul(meanProduct))
                                        .mul(inverseDeviation);
                        biasedGradient.intoArray(hiddenDenseProductGradients, at + i);
                    }
                }
            }
        }

        private void forward(int from, int to) {
            hiddenForward(from, to);
            logitsForward(from, to);
        }

        private void forwardPhases(StepBuilder step) {
            step.forwardExamples(this, FORWARD);
        }

        private void backward(int from, int to, int worker) {
            logitsBackward(from, to, worker);
            hiddenBackward(from, to, worker);
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
            inputs = pass.inputs(1, 32);
            shared = pass.shared(48, 16, 1);
            allocate(pass);
            pass.outputs(shared[1]);
        }

        private void allocate(PredictionBuilder pass) {
        }

        /**
         * Forward: dense 20 → 48 with bias, layer norm, GELU.
         */
        private void hiddenForward(int rows) {
            float[] hiddenDenseProduct = shared[0];
            float[] hiddenDense = shared[0];
            float[] hiddenLayerNormMean = shared[1];
            float[] hiddenLayerNormInverseDeviation = shared[2];
            float[] hiddenGelu = shared[0];
            MatrixMultiply.multiply(
                    inputs, 0, 32, rows, 20,
                    values, HIDDEN_DENSE_WEIGHT, 48,
                    hiddenDenseProduct, 0, 48);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, hiddenDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, HIDDEN_DENSE_BIAS + i));
                        biased.intoArray(hiddenDense, at + i);
                    }
                }
                RowStatistics.rows(
                        hiddenDense, slice * 48, 48, 48, end - slice, 1.0E-5f, hiddenLayerNormMean, slice,
                        hiddenLayerNormInverseDeviation, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = hiddenLayerNormMean[row];
                    float inverseDeviation = hiddenLayerNormInverseDeviation[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector biased = FloatVector.fromArray(FLOATS, hiddenDense, at + i);
                        FloatVector standardized = biased.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, HIDDEN_LAYER_NORM_SHIFT + i));
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
                        activated.intoArray(hiddenGelu, at + i);
                    }
                }
            }
        }

        /**
         * Forward: dense 48 → 5 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] hiddenGelu = shared[0];
            MatrixMultiply.multiply(
                    hiddenGelu, 0, 48, rows, 48,
                    values, LOGITS_DENSE_WEIGHT, 5,
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
            hiddenForward(rows);
            logitsForward(rows);
        }
    }
}
