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
 * The network of {@code demo.Residuals}, from {@code {12}} to {@code {7}}: 20407 trained parameters.
 *
 * <table>
 * <caption>The stages</caption>
 * <tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>
 * <tr><td>entry</td><td>Dense</td><td>{@code {32}}</td><td>416</td></tr>
 * <tr><td>mixers</td><td>4 × Mixer</td><td>{@code {32}}</td><td>17024</td></tr>
 * <tr><td>wider</td><td>Dense, Relu, Residual</td><td>{@code {40}}</td><td>2600</td></tr>
 * <tr><td>logits</td><td>LayerNorm, Dense</td><td>{@code {7}}</td><td>367</td></tr>
 * </table>
 *
 * <table>
 * <caption>The stages of Mixer, {@code {32}} in</caption>
 * <tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>
 * <tr><td>expand</td><td>LayerNorm, Dense, Gelu, Dropout</td><td>{@code {64}}</td><td>2176</td></tr>
 * <tr><td>project</td><td>Dense</td><td>{@code {32}}</td><td>2080</td></tr>
 * <tr><td>mixers</td><td>Residual</td><td>{@code {32}}</td><td>0</td></tr>
 * </table>
 */
@Generated("io.espalier.processor.EspalierProcessor")
final class ResidualsNetwork extends Classifier {
    /**
     * Values of weights; they come first.
     */
    private static final int WEIGHTS = 20480;

    /**
     * Values that are trained; running statistics come after them.
     */
    private static final int TRAINED = 21312;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 21312;

    private static final int ENTRY_DENSE_WEIGHT = 0;

    private static final int ENTRY_DENSE_BIAS = 20480;

    private static final int WIDER_SHORTCUT_WEIGHT = 16768;

    private static final int WIDER_DENSE_WEIGHT = 18304;

    private static final int WIDER_DENSE_BIAS = 21152;

    private static final int LOGITS_LAYER_NORM_SCALE = 21200;

    private static final int LOGITS_LAYER_NORM_SHIFT = 21248;

    private static final int LOGITS_DENSE_WEIGHT = 19840;

    private static final int LOGITS_DENSE_BIAS = 21296;

    private static final int MIXER_EXPAND_LAYER_NORM_SCALE = 0;

    private static final int MIXER_EXPAND_LAYER_NORM_SHIFT = 32;

    private static final int MIXER_EXPAND_DENSE_WEIGHT = 0;

    private static final int MIXER_EXPAND_DENSE_BIAS = 64;

    private static final int MIXER_PROJECT_DENSE_WEIGHT = 2048;

    private static final int MIXER_PROJECT_DENSE_BIAS = 128;

    private ResidualsNetwork(Blueprint blueprint) {
        super(blueprint);
    }

    /**
     * A network with weights drawn at random.
     *
     * @param seed fixes the weights
     * @return the network
     */
    public static ResidualsNetwork create(long seed) {
        VectorModule.require();
        ResidualsNetwork network = new ResidualsNetwork(blueprint());
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
    public static ResidualsNetwork load(Path file) throws IOException {
        VectorModule.require();
        ResidualsNetwork network = new ResidualsNetwork(blueprint());
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
        Blueprint network = new Blueprint("Residuals", VALUES);
        network.ends(new int[] {12}, new int[] {7}, "CROSS_ENTROPY");
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Adam(0.9, 0.999, 1.0E-8), 0.001)
                .withWeightDecay(0.01)
                .withClipNorm(1.0));
        describe(network);
        return network;
    }

    private static void describeEntry(Blueprint network) {
        network.operation("entry", "Dense", new int[] {12}, new int[] {32}, "units", "32", "bias", "true");
        network.parameter("entry.dense.weight", ENTRY_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.5, 32, 12);
        network.parameter("entry.dense.bias", ENTRY_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 32);
    }

    private static void describeMixers(Blueprint network) {
        for (int i = 0; i < 4; i++) {
            describeMixerRegion(network, "mixers." + i, 384 + i * 4096, 20512 + i * 160);
        }
    }

    private static void describeWider(Blueprint network) {
        network.operation("wider", "Dense", new int[] {32}, new int[] {40}, "units", "40", "bias", "true");
        network.parameter("wider.dense.weight", WIDER_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.4330127018922193, 40, 32);
        network.parameter("wider.dense.bias", WIDER_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 40);
        network.operation("wider", "Relu", new int[] {40}, new int[] {40});
        network.operation("wider", "Residual", new int[] {32}, new int[] {40}, "shortcut", "projection", "dropPath", "0.1", "schedule", "constant");
        network.parameter("wider.shortcut.weight", WIDER_SHORTCUT_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.30618621784789724, 40, 32);
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "LayerNorm", new int[] {40}, new int[] {40}, "epsilon", "1.0E-5");
        network.parameter("logits.layerNorm.scale", LOGITS_LAYER_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, false, 0.0, 40);
        network.parameter("logits.layerNorm.shift", LOGITS_LAYER_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, false, 0.0, 40);
        network.operation("logits", "Dense", new int[] {40}, new int[] {7}, "units", "7", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.27386127875258304, 7, 40);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 7);
    }

    private static void describe(Blueprint network) {
        describeEntry(network);
        describeMixers(network);
        describeWider(network);
        describeLogits(network);
    }

    private static void describeMixerExpand(Blueprint network, String path, int weights,
            int undecayed) {
        network.operation(path + ".expand", "LayerNorm", new int[] {32}, new int[] {32}, "epsilon", "1.0E-5");
        network.parameter(path + ".expand.layerNorm.scale", undecayed + MIXER_EXPAND_LAYER_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, false, 0.0, 32);
        network.parameter(path + ".expand.layerNorm.shift", undecayed + MIXER_EXPAND_LAYER_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, false, 0.0, 32);
        network.operation(path + ".expand", "Dense", new int[] {32}, new int[] {64}, "units", "64", "bias", "true");
        network.parameter(path + ".expand.dense.weight", weights + MIXER_EXPAND_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.4330127018922193, 64, 32);
        network.parameter(path + ".expand.dense.bias", undecayed + MIXER_EXPAND_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 64);
        network.operation(path + ".expand", "Gelu", new int[] {64}, new int[] {64});
        network.operation(path + ".expand", "Dropout", new int[] {64}, new int[] {64}, "p", "0.1");
    }

    private static void describeMixerProject(Blueprint network, String path, int weights,
            int undecayed) {
        network.operation(path + ".project", "Dense", new int[] {64}, new int[] {32}, "units", "32", "bias", "true");
        network.parameter(path + ".project.dense.weight", weights + MIXER_PROJECT_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.21650635094610965, 32, 64);
        network.parameter(path + ".project.dense.bias", undecayed + MIXER_PROJECT_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 32);
    }

    private static void describeMixerShortcut(Blueprint network, String path, int weights,
            int undecayed) {
        network.operation(path, "Residual", new int[] {32}, new int[] {32}, "shortcut", "identity", "dropPath", "0.2", "schedule", "linear");
    }

    private static void describeMixerRegion(Blueprint network, String path, int weights,
            int undecayed) {
        describeMixerExpand(network, path, weights, undecayed);
        describeMixerProject(network, path, weights, undecayed);
        describeMixerShortcut(network, path, weights, undecayed);
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

        private Rate widerResidualRate;

        private float[] logitsDenseWeightTransposed;

        private float[] widerDenseWeightTransposed;

        private float[] widerShortcutWeightTransposed;

        private float[] outputGradients;

        private float[] entryDenseProduct;

        private float[] entryDense;

        private float[] widerResidualScale;

        private float[] widerDenseProduct;

        private float[] widerResidualShortcut;

        private float[] widerResidual;

        private float[] logitsLayerNormMean;

        private float[] logitsLayerNormInverseDeviation;

        private float[] logitsLayerNorm;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        private float[] logitsDenseProductGradients;

        private float[] logitsLayerNormSums;

        private float[] widerResidualShortcutGradients;

        private float[] widerDenseProductGradients;

        private float[] entryDenseProductGradients;

        private MixerTraining[] mixersRuns;

        private float[] mixersOutput;

        Training(StepBuilder step) {
            values = step.values();
            state = step.state();
            inputs = step.inputs(1, 16);
            tiles = step.tiles(64, 32, 1, 32, 32);
            allocate(step);
            step.outputs(logitsDense);
            step.outputGradients(outputGradients);
            forwardPhases(step);
            backwardPhases(step);
        }

        private void mixersMake(StepBuilder step) {
            mixersRuns = new MixerTraining[4];
            float[] next = entryDense;
            for (int i = 0; i < 4; i++) {
                mixersRuns[i] = new MixerTraining(step, next, 384 + i * 4096, 20512 + i * 160, i * 2, i, 3, 0);
                next = mixersRuns[i].output;
            }
            mixersOutput = next;
        }

        private void allocate(StepBuilder step) {
            widerResidualRate = step.branchRate(0.1, false, 0, 1);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, 40, 7);
            widerDenseWeightTransposed = step.transposedWeight(WIDER_DENSE_WEIGHT, 32, 40);
            widerShortcutWeightTransposed = step.transposedWeight(WIDER_SHORTCUT_WEIGHT, 32, 40);
            outputGradients = step.rows(16);
            entryDenseProduct = step.rows(32);
            entryDense = entryDenseProduct;
            widerResidualScale = step.rows(1);
            widerDenseProduct = step.rows(48);
            widerResidualShortcut = step.rows(48);
            widerResidual = widerResidualShortcut;
            logitsLayerNormMean = step.rows(1);
            logitsLayerNormInverseDeviation = step.rows(1);
            logitsLayerNorm = step.rows(48);
            logitsDenseProduct = step.rows(16);
            logitsDense = logitsDenseProduct;
            logitsDenseProductGradients = outputGradients;
            logitsLayerNormSums = step.sliceBuffer(1, 96);
            widerResidualShortcutGradients = widerResidualShortcut;
            widerDenseProductGradients = widerDenseProduct;
            entryDenseProductGradients = entryDenseProduct;
            mixersMake(step);
            step.weightGradient(
                    1,
                    inputs, 16, 12,
                    entryDenseProductGradients, 32, 32,
                    ENTRY_DENSE_WEIGHT, ENTRY_DENSE_BIAS);
            step.weightGradient(
                    1,
                    mixersOutput, 32, 32,
                    widerDenseProductGradients, 48, 40,
                    WIDER_DENSE_WEIGHT, WIDER_DENSE_BIAS);
            step.weightGradient(
                    1,
                    mixersOutput, 32, 32,
                    widerResidualShortcutGradients, 48, 40,
                    WIDER_SHORTCUT_WEIGHT, -1);
            step.columnGradient(1, logitsLayerNormSums, 0, 96, 40, LOGITS_LAYER_NORM_SCALE);
            step.columnGradient(1, logitsLayerNormSums, 48, 96, 40, LOGITS_LAYER_NORM_SHIFT);
            step.weightGradient(
                    1,
                    logitsLayerNorm, 48, 40,
                    logitsDenseProductGradients, 16, 7,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        /**
         * Forward: dense 12 → 32 with bias.
         */
        private void entryForward(int from, int to) {
            MatrixMultiply.multiply(
                    inputs, from * 16, 16, to - from, 12,
                    values, ENTRY_DENSE_WEIGHT, 32,
                    entryDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, entryDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, ENTRY_DENSE_BIAS + i));
                    biased.intoArray(entryDense, at + i);
                }
            }
        }

        /**
         * Forward: dense 32 → 40 with bias, ReLU, drop path, projected shortcut, layer norm.
         */
        private void widerForward(int from, int to) {
            MatrixMultiply.multiply(
                    mixersOutput, from * 32, 32, to - from, 32,
                    values, WIDER_DENSE_WEIGHT, 40,
                    widerDenseProduct, from * 48, 48);
            MatrixMultiply.multiply(
                    mixersOutput, from * 32, 32, to - from, 32,
                    values, WIDER_SHORTCUT_WEIGHT, 40,
                    widerResidualShortcut, from * 48, 48);
            DropoutMask.rowScales(widerResidualScale, widerResidualRate.threshold(), state.seed(), 8, state.drawStep(), state.firstRow(), from, to);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float scale = widerResidualScale[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, widerDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, WIDER_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                        FloatVector scaled = activated.mul(scale);
                        FloatVector shortcut = FloatVector.fromArray(FLOATS, widerResidualShortcut, at + i);
                        FloatVector joined = scaled.add(shortcut);
                        joined.intoArray(widerResidual, at + i);
                    }
                }
                RowStatistics.rows(
                        widerResidual, slice * 48, 48, 40, end - slice, 1.0E-5f, logitsLayerNormMean, slice,
                        logitsLayerNormInverseDeviation, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = logitsLayerNormMean[row];
                    float inverseDeviation = logitsLayerNormInverseDeviation[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector joined = FloatVector.fromArray(FLOATS, widerResidual, at + i);
                        FloatVector standardized = joined.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SHIFT + i));
                        normalized.intoArray(logitsLayerNorm, at + i);
                    }
                }
            }
        }

        /**
         * Forward: dense 40 → 7 with bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    logitsLayerNorm, from * 48, 48, to - from, 40,
                    values, LOGITS_DENSE_WEIGHT, 7,
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
         * Backward: dense 40 → 7 with bias.
         */
        private void logitsBackward(int from, int to, int worker) {
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, 16, to - from, 7,
                    logitsDenseWeightTransposed, 0, 40,
                    logitsDenseProductInputGradients, 0, 48);
        }

        /**
         * Backward: dense 32 → 40 with bias, ReLU, drop path, projected shortcut, layer norm.
         */
        private void widerBackward(int from, int to, int worker) {
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            float[] logitsLayerNormStandardizedGradients = tiles[0][worker];
            float[] logitsLayerNormMeanGradient = tiles[1][worker];
            float[] logitsLayerNormMeanProduct = tiles[2][worker];
            float[] widerDenseProductInputGradients = tiles[3][worker];
            float[] widerResidualShortcutInputGradients = tiles[4][worker];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(logitsLayerNormSums, slice / Slices.ROWS * 96, (slice / Slices.ROWS + 1) * 96, 0f);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = logitsLayerNormMean[row];
                    float inverseDeviation = logitsLayerNormInverseDeviation[row];
                    int sums = row / Slices.ROWS * 96;
                    int atTile = (row - from) * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector joined = FloatVector.fromArray(FLOATS, widerResidual, at + i);
                        FloatVector standardized = joined.sub(mean).mul(inverseDeviation);
                        FloatVector normalizedGradient = FloatVector.fromArray(FLOATS, logitsDenseProductInputGradients, atTile + i);
                        normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, logitsLayerNormSums, sums + i))
                                        .intoArray(logitsLayerNormSums, sums + i);
                        normalizedGradient.add(FloatVector.fromArray(FLOATS, logitsLayerNormSums, sums + 48 + i))
                                        .intoArray(logitsLayerNormSums, sums + 48 + i);
                        FloatVector standardizedGradient = normalizedGradient.mul(FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SCALE + i));
                        standardizedGradient.intoArray(logitsLayerNormStandardizedGradients, atTile + i);
                    }
                }
                RowStatistics.gradientSums(
                        logitsLayerNormStandardizedGradients, (slice - from) * 48, 48,
                        widerResidual, slice * 48, 48, 40, end - slice, logitsLayerNormMean, slice,
                        logitsLayerNormInverseDeviation, slice, logitsLayerNormMeanGradient, slice - from,
                        logitsLayerNormMeanProduct, slice - from);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = logitsLayerNormMean[row];
                    float inverseDeviation = logitsLayerNormInverseDeviation[row];
                    int atTile = (row - from) * 48;
                    float meanGradient = logitsLayerNormMeanGradient[row - from];
                    float meanProduct = logitsLayerNormMeanProduct[row - from];
                    float scale = widerResidualScale[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector joined = FloatVector.fromArray(FLOATS, widerResidual, at + i);
                        FloatVector standardized = joined.sub(mean).mul(inverseDeviation);
                        FloatVector standardizedGradient = FloatVector.fromArray(FLOATS, logitsLayerNormStandardizedGradients, atTile + i);
                        FloatVector joinedGradient = standardizedGradient.sub(meanGradient)
                                        .sub(standardized.mul(meanProduct))
                                        .mul(inverseDeviation);
                        joinedGradient.intoArray(widerResidualShortcutGradients, at + i);
                        FloatVector activatedGradient = joinedGradient.mul(scale);
                        FloatVector product = FloatVector.fromArray(FLOATS, widerDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, WIDER_DENSE_BIAS + i));
                        FloatVector biasedGradient = FloatVector.zero(FLOATS).blend(activatedGradient, biased.compare(VectorOperators.GT, 0.0f));
                        biasedGradient.intoArray(widerDenseProductGradients, at + i);
                    }
                }
            }
            MatrixMultiply.multiply(
                    widerDenseProductGradients, from * 48, 48, to - from, 40,
                    widerDenseWeightTransposed, 0, 32,
                    widerDenseProductInputGradients, 0, 32);
            MatrixMultiply.multiply(
                    widerResidualShortcutGradients, from * 48, 48, to - from, 40,
                    widerShortcutWeightTransposed, 0, 32,
                    widerResidualShortcutInputGradients, 0, 32);
        }

        /**
         * Backward: the gradients of a value's readers are summed.
         */
        private void widerShortcutBackward(int from, int to, int worker) {
            float[] widerDenseProductInputGradients = tiles[3][worker];
            float[] widerResidualShortcutInputGradients = tiles[4][worker];
            float[] mixersOutputGradients = tiles[3][worker];
            for (int row = from; row < to; row++) {
                int atTile = (row - from) * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector outputGradient = FloatVector.fromArray(FLOATS, widerDenseProductInputGradients, atTile + i);
                    FloatVector outputGradient2 = FloatVector.fromArray(FLOATS, widerResidualShortcutInputGradients, atTile + i);
                    FloatVector outputGradient3 = outputGradient.add(outputGradient2);
                    outputGradient3.intoArray(mixersOutputGradients, atTile + i);
                }
            }
        }

        /**
         * Backward: dense 12 → 32 with bias.
         */
        private void entryBackward(int from, int to, int worker) {
            float[] mixersInputGradients = tiles[3][worker];
            for (int row = from; row < to; row++) {
                int atTile = (row - from) * 32;
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector biasedGradient = FloatVector.fromArray(FLOATS, mixersInputGradients, atTile + i);
                    biasedGradient.intoArray(entryDenseProductGradients, at + i);
                }
            }
        }

        private void forward(int from, int to) {
            entryForward(from, to);
            for (var run : mixersRuns) {
                run.forward(from, to);
            }
            widerForward(from, to);
            logitsForward(from, to);
        }

        private void forwardPhases(StepBuilder step) {
            step.forwardExamples(this, FORWARD);
        }

        private void backward(int from, int to, int worker) {
            logitsBackward(from, to, worker);
            widerBackward(from, to, worker);
            widerShortcutBackward(from, to, worker);
            for (int i = 3; i >= 0; i--) {
                mixersRuns[i].backward(from, to, worker);
            }
            entryBackward(from, to, worker);
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

        /**
         * Trains {@code Mixer}, {@code {32}} → {@code {32}}: one run of it.
         */
        private final class MixerTraining {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final int stream;

            private final int branch;

            private final int gradient;

            private final int firstTile;

            /**
             * What the region gives, a row for each example.
             */
            private final float[] output;

            private Rate expandDropoutRate;

            private Rate mixersResidualRate;

            private float[] projectDenseWeightTransposed;

            private float[] expandDenseWeightTransposed;

            private float[] expandLayerNormMean;

            private float[] expandLayerNormInverseDeviation;

            private float[] expandLayerNorm;

            private long[] expandDropoutMask;

            private float[] expandDenseProduct;

            private float[] expandDropout;

            private float[] mixersResidualScale;

            private float[] projectDenseProduct;

            private float[] mixersResidual;

            private float[] projectDenseProductGradients;

            private float[] expandDenseProductGradients;

            private float[] expandLayerNormSums;

            MixerTraining(StepBuilder step, float[] input, int weights, int undecayed, int stream,
                    int branch, int gradient, int firstTile) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.stream = stream;
                this.branch = branch;
                this.gradient = gradient;
                this.firstTile = firstTile;
                allocate(step);
                output = mixersResidual;
            }

            private void allocate(StepBuilder step) {
                expandDropoutRate = step.rate(0.1);
                mixersResidualRate = step.branchRate(0.2, true, branch, 4);
                projectDenseWeightTransposed = step.transposedWeight(weights + MIXER_PROJECT_DENSE_WEIGHT, 64, 32);
                expandDenseWeightTransposed = step.transposedWeight(weights + MIXER_EXPAND_DENSE_WEIGHT, 32, 64);
                expandLayerNormMean = step.rows(1);
                expandLayerNormInverseDeviation = step.rows(1);
                expandLayerNorm = step.rows(32);
                expandDropoutMask = step.mask(1);
                expandDenseProduct = step.rows(64);
                expandDropout = step.rows(64);
                mixersResidualScale = step.rows(1);
                projectDenseProduct = step.rows(32);
                mixersResidual = projectDenseProduct;
                projectDenseProductGradients = step.rows(32);
                expandDenseProductGradients = expandDenseProduct;
                expandLayerNormSums = step.sliceBuffer(1, 64);
                step.columnGradient(1, expandLayerNormSums, 0, 64, 32, undecayed + MIXER_EXPAND_LAYER_NORM_SCALE);
                step.columnGradient(1, expandLayerNormSums, 32, 64, 32, undecayed + MIXER_EXPAND_LAYER_NORM_SHIFT);
                step.weightGradient(
                        1,
                        expandLayerNorm, 32, 32,
                        expandDenseProductGradients, 64, 64,
                        weights + MIXER_EXPAND_DENSE_WEIGHT, undecayed + MIXER_EXPAND_DENSE_BIAS);
                step.weightGradient(
                        1,
                        expandDropout, 64, 64,
                        projectDenseProductGradients, 32, 32,
                        weights + MIXER_PROJECT_DENSE_WEIGHT, undecayed + MIXER_PROJECT_DENSE_BIAS);
            }

            /**
             * Forward: layer norm.
             */
            private void expandForward(int from, int to) {
                for (int slice = from; slice < to; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, to);
                    RowStatistics.rows(
                            input, slice * 32, 32, 32, end - slice, 1.0E-5f, expandLayerNormMean, slice,
                            expandLayerNormInverseDeviation, slice);
                    for (int row = slice; row < end; row++) {
                        int at = row * 32;
                        float mean = expandLayerNormMean[row];
                        float inverseDeviation = expandLayerNormInverseDeviation[row];
                        for (int i = 0; i < 32; i += LANES) {
                            FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                            FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                            FloatVector normalized = standardized.fma(
                                            FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_LAYER_NORM_SCALE + i),
                                            FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_LAYER_NORM_SHIFT + i));
                            normalized.intoArray(expandLayerNorm, at + i);
                        }
                    }
                }
            }

            /**
             * Forward: dense 32 → 64 with bias, GELU, dropout (p = 0.1).
             */
            private void expandDenseForward(int from, int to) {
                float scale = expandDropoutRate.scale();
                MatrixMultiply.multiply(
                        expandLayerNorm, from * 32, 32, to - from, 32,
                        values, weights + MIXER_EXPAND_DENSE_WEIGHT, 64,
                        expandDenseProduct, from * 64, 64);
                DropoutMask.fill(expandDropoutMask, 64, expandDropoutRate.threshold(), state.seed(), stream, state.drawStep(), state.firstRow(), from, to);
                for (int row = from; row < to; row++) {
                    int at = row * 64;
                    for (int i = 0; i < 64; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, expandDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_DENSE_BIAS + i));
                        FloatVector magnitude = biased.abs();
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
                        FloatVector activated = magnitude.fma(half, biased.mul(0.5f));
                        VectorMask<Float> kept = VectorMask.fromLong(FLOATS, expandDropoutMask[row + (i >>> 6)] >>> i);
                        FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(scale), kept);
                        dropped.intoArray(expandDropout, at + i);
                    }
                }
            }

            /**
             * Forward: dense 64 → 32 with bias, drop path, shortcut.
             */
            private void projectForward(int from, int to) {
                MatrixMultiply.multiply(
                        expandDropout, from * 64, 64, to - from, 64,
                        values, weights + MIXER_PROJECT_DENSE_WEIGHT, 32,
                        projectDenseProduct, from * 32, 32);
                DropoutMask.rowScales(mixersResidualScale, mixersResidualRate.threshold(), state.seed(), stream + 1, state.drawStep(), state.firstRow(), from, to);
                for (int row = from; row < to; row++) {
                    int at = row * 32;
                    float scale = mixersResidualScale[row];
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, projectDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_PROJECT_DENSE_BIAS + i));
                        FloatVector scaled = biased.mul(scale);
                        FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                        FloatVector joined = scaled.add(x);
                        joined.intoArray(mixersResidual, at + i);
                    }
                }
            }

            /**
             * Backward: dense 64 → 32 with bias, drop path, shortcut.
             */
            private void projectBackward(int from, int to, int worker) {
                float[] outputGradients = tiles[gradient][worker];
                float[] projectDenseProductInputGradients = tiles[firstTile][worker];
                for (int row = from; row < to; row++) {
                    int atTile = (row - from) * 32;
                    float scale = mixersResidualScale[row];
                    int at = row * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector outputGradient = FloatVector.fromArray(FLOATS, outputGradients, atTile + i);
                        FloatVector biasedGradient = outputGradient.mul(scale);
                        biasedGradient.intoArray(projectDenseProductGradients, at + i);
                    }
                }
                MatrixMultiply.multiply(
                        projectDenseProductGradients, from * 32, 32, to - from, 32,
                        projectDenseWeightTransposed, 0, 64,
                        projectDenseProductInputGradients, 0, 64);
            }

            /**
             * Backward: dense 32 → 64 with bias, GELU, dropout (p = 0.1).
             */
            private void expandDenseBackward(int from, int to, int worker) {
                float[] projectDenseProductInputGradients = tiles[firstTile][worker];
                float[] expandDenseProductInputGradients = tiles[firstTile + 1][worker];
                float scale = expandDropoutRate.scale();
                for (int row = from; row < to; row++) {
                    int atTile = (row - from) * 64;
                    int at = row * 64;
                    for (int i = 0; i < 64; i += LANES) {
                        FloatVector droppedGradient = FloatVector.fromArray(FLOATS, projectDenseProductInputGradients, atTile + i);
                        VectorMask<Float> kept = VectorMask.fromLong(FLOATS, expandDropoutMask[row + (i >>> 6)] >>> i);
                        FloatVector activatedGradient = FloatVector.zero(FLOATS).blend(droppedGradient.mul(scale), kept);
                        FloatVector product = FloatVector.fromArray(FLOATS, expandDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_DENSE_BIAS + i));
                        FloatVector slopeArgument = biased.blend(-5.9f, biased.compare(VectorOperators.LT, -5.9f))
                                        .blend(5.9f, biased.compare(VectorOperators.GT, 5.9f));
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
                        FloatVector biasedGradient = activatedGradient.mul(slope);
                        biasedGradient.intoArray(expandDenseProductGradients, at + i);
                    }
                }
                MatrixMultiply.multiply(
                        expandDenseProductGradients, from * 64, 64, to - from, 64,
                        expandDenseWeightTransposed, 0, 32,
                        expandDenseProductInputGradients, 0, 32);
            }

            /**
             * Backward: layer norm.
             */
            private void expandBackward(int from, int to, int worker) {
                float[] expandDenseProductInputGradients = tiles[firstTile + 1][worker];
                float[] expandLayerNormStandardizedGradients = tiles[firstTile + 1][worker];
                float[] expandLayerNormMeanGradient = tiles[firstTile][worker];
                float[] expandLayerNormMeanProduct = tiles[firstTile + 2][worker];
                float[] outputGradients = tiles[gradient][worker];
                float[] inputGradients = tiles[gradient][worker];
                for (int slice = from; slice < to; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, to);
                    Arrays.fill(expandLayerNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                    for (int row = slice; row < end; row++) {
                        int at = row * 32;
                        float mean = expandLayerNormMean[row];
                        float inverseDeviation = expandLayerNormInverseDeviation[row];
                        int sums = row / Slices.ROWS * 64;
                        int atTile = (row - from) * 32;
                        for (int i = 0; i < 32; i += LANES) {
                            FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                            FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                            FloatVector normalizedGradient = FloatVector.fromArray(FLOATS, expandDenseProductInputGradients, atTile + i);
                            normalizedGradient.fma(standardized, FloatVector.fromArray(FLOATS, expandLayerNormSums, sums + i))
                                            .intoArray(expandLayerNormSums, sums + i);
                            normalizedGradient.add(FloatVector.fromArray(FLOATS, expandLayerNormSums, sums + 32 + i))
                                            .intoArray(expandLayerNormSums, sums + 32 + i);
                            FloatVector standardizedGradient = normalizedGradient.mul(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_LAYER_NORM_SCALE + i));
                            standardizedGradient.intoArray(expandLayerNormStandardizedGradients, atTile + i);
                        }
                    }
                    RowStatistics.gradientSums(
                            expandLayerNormStandardizedGradients, (slice - from) * 32, 32,
                            input, slice * 32, 32, 32, end - slice, expandLayerNormMean, slice,
                            expandLayerNormInverseDeviation, slice, expandLayerNormMeanGradient, slice - from,
                            expandLayerNormMeanProduct, slice - from);
                    for (int row = slice; row < end; row++) {
                        int at = row * 32;
                        float mean = expandLayerNormMean[row];
                        float inverseDeviation = expandLayerNormInverseDeviation[row];
                        int atTile = (row - from) * 32;
                        float meanGradient = expandLayerNormMeanGradient[row - from];
                        float meanProduct = expandLayerNormMeanProduct[row - from];
                        for (int i = 0; i < 32; i += LANES) {
                            FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                            FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                            FloatVector standardizedGradient = FloatVector.fromArray(FLOATS, expandLayerNormStandardizedGradients, atTile + i);
                            FloatVector xGradient = standardizedGradient.sub(meanGradient)
                                            .sub(standardized.mul(meanProduct))
                                            .mul(inverseDeviation);
                            FloatVector outputGradient = FloatVector.fromArray(FLOATS, outputGradients, atTile + i);
                            FloatVector xGradient2 = xGradient.add(outputGradient);
                            xGradient2.intoArray(inputGradients, atTile + i);
                        }
                    }
                }
            }

            private void forward(int from, int to) {
                expandForward(from, to);
                expandDenseForward(from, to);
                projectForward(from, to);
            }

            private void backward(int from, int to, int worker) {
                projectBackward(from, to, worker);
                expandDenseBackward(from, to, worker);
                expandBackward(from, to, worker);
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

        private MixerPrediction[] mixersRuns;

        Prediction(PredictionBuilder pass) {
            values = pass.values();
            inputs = pass.inputs(1, 16);
            shared = pass.shared(48, 32, 64, 1, 32, 32);
            allocate(pass);
            pass.outputs(shared[1]);
        }

        private void mixersMake(PredictionBuilder pass) {
            mixersRuns = new MixerPrediction[4];
            float[] next = shared[0];
            for (int i = 0; i < 4; i++) {
                mixersRuns[i] = new MixerPrediction(pass, next, 384 + i * 4096, 20512 + i * 160, i % 2 == 1 ? shared[1] : shared[5], 2);
                next = mixersRuns[i].output;
            }
        }

        private void allocate(PredictionBuilder pass) {
            mixersMake(pass);
        }

        /**
         * Forward: dense 12 → 32 with bias.
         */
        private void entryForward(int rows) {
            float[] entryDenseProduct = shared[0];
            float[] entryDense = shared[0];
            MatrixMultiply.multiply(
                    inputs, 0, 16, rows, 12,
                    values, ENTRY_DENSE_WEIGHT, 32,
                    entryDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, entryDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, ENTRY_DENSE_BIAS + i));
                    biased.intoArray(entryDense, at + i);
                }
            }
        }

        /**
         * Forward: dense 32 → 40 with bias, ReLU, projected shortcut, layer norm.
         */
        private void widerForward(int rows) {
            float[] widerDenseProduct = shared[0];
            float[] widerResidualShortcut = shared[2];
            float[] widerResidual = shared[0];
            float[] logitsLayerNormMean = shared[3];
            float[] logitsLayerNormInverseDeviation = shared[4];
            float[] logitsLayerNorm = shared[0];
            float[] mixersOutput = shared[1];
            MatrixMultiply.multiply(
                    mixersOutput, 0, 32, rows, 32,
                    values, WIDER_DENSE_WEIGHT, 40,
                    widerDenseProduct, 0, 48);
            MatrixMultiply.multiply(
                    mixersOutput, 0, 32, rows, 32,
                    values, WIDER_SHORTCUT_WEIGHT, 40,
                    widerResidualShortcut, 0, 48);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, widerDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, WIDER_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                        FloatVector shortcut = FloatVector.fromArray(FLOATS, widerResidualShortcut, at + i);
                        FloatVector joined = activated.add(shortcut);
                        joined.intoArray(widerResidual, at + i);
                    }
                }
                RowStatistics.rows(
                        widerResidual, slice * 48, 48, 40, end - slice, 1.0E-5f, logitsLayerNormMean, slice,
                        logitsLayerNormInverseDeviation, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = logitsLayerNormMean[row];
                    float inverseDeviation = logitsLayerNormInverseDeviation[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector joined = FloatVector.fromArray(FLOATS, widerResidual, at + i);
                        FloatVector standardized = joined.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SHIFT + i));
                        normalized.intoArray(logitsLayerNorm, at + i);
                    }
                }
            }
        }

        /**
         * Forward: dense 40 → 7 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] logitsLayerNorm = shared[0];
            MatrixMultiply.multiply(
                    logitsLayerNorm, 0, 48, rows, 40,
                    values, LOGITS_DENSE_WEIGHT, 7,
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
            entryForward(rows);
            for (var run : mixersRuns) {
                run.forward(rows);
            }
            widerForward(rows);
            logitsForward(rows);
        }

        /**
         * Predicts with {@code Mixer}, {@code {32}} → {@code {32}}: one run of it.
         */
        private final class MixerPrediction {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final float[] output;

            private final int firstShared;

            MixerPrediction(PredictionBuilder pass, float[] input, int weights, int undecayed,
                    float[] output, int firstShared) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.output = output;
                this.firstShared = firstShared;
                allocate(pass);
            }

            private void allocate(PredictionBuilder pass) {
            }

            /**
             * Forward: layer norm.
             */
            private void expandForward(int rows) {
                float[] expandLayerNormMean = shared[firstShared];
                float[] expandLayerNormInverseDeviation = shared[firstShared + 1];
                float[] expandLayerNorm = shared[firstShared + 2];
                for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, rows);
                    RowStatistics.rows(
                            input, slice * 32, 32, 32, end - slice, 1.0E-5f, expandLayerNormMean, slice,
                            expandLayerNormInverseDeviation, slice);
                    for (int row = slice; row < end; row++) {
                        int at = row * 32;
                        float mean = expandLayerNormMean[row];
                        float inverseDeviation = expandLayerNormInverseDeviation[row];
                        for (int i = 0; i < 32; i += LANES) {
                            FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                            FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                            FloatVector normalized = standardized.fma(
                                            FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_LAYER_NORM_SCALE + i),
                                            FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_LAYER_NORM_SHIFT + i));
                            normalized.intoArray(expandLayerNorm, at + i);
                        }
                    }
                }
            }

            /**
             * Forward: dense 32 → 64 with bias, GELU.
             */
            private void expandDenseForward(int rows) {
                float[] expandDenseProduct = shared[firstShared];
                float[] expandGelu = shared[firstShared];
                float[] expandLayerNorm = shared[firstShared + 2];
                MatrixMultiply.multiply(
                        expandLayerNorm, 0, 32, rows, 32,
                        values, weights + MIXER_EXPAND_DENSE_WEIGHT, 64,
                        expandDenseProduct, 0, 64);
                for (int row = 0; row < rows; row++) {
                    int at = row * 64;
                    for (int i = 0; i < 64; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, expandDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_DENSE_BIAS + i));
                        FloatVector magnitude = biased.abs();
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
                        FloatVector activated = magnitude.fma(half, biased.mul(0.5f));
                        activated.intoArray(expandGelu, at + i);
                    }
                }
            }

            /**
             * Forward: dense 64 → 32 with bias, shortcut.
             */
            private void projectForward(int rows) {
                float[] expandGelu = shared[firstShared];
                MatrixMultiply.multiply(
                        expandGelu, 0, 64, rows, 64,
                        values, weights + MIXER_PROJECT_DENSE_WEIGHT, 32,
                        output, 0, 32);
                for (int row = 0; row < rows; row++) {
                    int at = row * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, output, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_PROJECT_DENSE_BIAS + i));
                        FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                        FloatVector joined = biased.add(x);
                        joined.intoArray(output, at + i);
                    }
                }
            }

            private void forward(int rows) {
                expandForward(rows);
                expandDenseForward(rows);
                projectForward(rows);
            }
        }
    }
}
