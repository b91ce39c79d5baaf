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
     * How many values weights take; they come first.
     */
    private static final int WEIGHTS = 20480;

    /**
     * How many values are trained; running statistics come after them.
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

    /**
     * Counted from where the run's undecayed values begin.
     */
    private static final int MIXER_EXPAND_LAYER_NORM_SCALE = 0;

    /**
     * Counted from where the run's undecayed values begin.
     */
    private static final int MIXER_EXPAND_LAYER_NORM_SHIFT = 32;

    /**
     * Counted from where the run's weights values begin.
     */
    private static final int MIXER_EXPAND_DENSE_WEIGHT = 0;

    /**
     * Counted from where the run's undecayed values begin.
     */
    private static final int MIXER_EXPAND_DENSE_BIAS = 64;

    /**
     * Counted from where the run's weights values begin.
     */
    private static final int MIXER_PROJECT_DENSE_WEIGHT = 2048;

    /**
     * Counted from where the run's undecayed values begin.
     */
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
        new Training(step).register(step);
    }

    @Override
    protected PredictionCode buildPrediction(PredictionBuilder pass) {
        return new Prediction(pass);
    }

    private static Blueprint blueprint() {
        Blueprint network = new Blueprint("Residuals", VALUES);
        network.ends(new int[] {12}, new int[] {7}, "CROSS_ENTROPY");
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Adam(/* beta1= */ 0.9, /* beta2= */ 0.999, /* epsilon= */ 1.0E-8), /* learningRate= */ 0.001)
                .withWeightDecay(0.01)
                .withClipNorm(1.0));
        describe(network);
        return network;
    }

    private static void describe(Blueprint network) {
        network.operation("entry", "Dense", new int[] {12}, new int[] {32}, "units", "32", "bias", "true");
        network.parameter("entry.dense.weight", ENTRY_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.5, 32, 12);
        network.parameter("entry.dense.bias", ENTRY_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 32);
        for (int i = 0; i < 4; i++) {
            describeMixerRegion(network.within("mixers", i), /* weightsAt= */ 384 + i * 4096, /* undecayedAt= */ 20512 + i * 160);
        }
        network.operation("wider", "Dense", new int[] {32}, new int[] {40}, "units", "40", "bias", "true");
        network.parameter("wider.dense.weight", WIDER_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.4330127018922193, 40, 32);
        network.parameter("wider.dense.bias", WIDER_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 40);
        network.operation("wider", "Relu", new int[] {40}, new int[] {40});
        network.operation("wider", "Residual", new int[] {32}, new int[] {40}, "shortcut", "projection", "dropPath", "0.1", "schedule", "constant");
        network.parameter("wider.shortcut.weight", WIDER_SHORTCUT_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.30618621784789724, 40, 32);
        network.operation("logits", "LayerNorm", new int[] {40}, new int[] {40}, "epsilon", "1.0E-5");
        network.parameter("logits.layerNorm.scale", LOGITS_LAYER_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, /* decayed= */ false, /* limit= */ 0.0, 40);
        network.parameter("logits.layerNorm.shift", LOGITS_LAYER_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, /* decayed= */ false, /* limit= */ 0.0, 40);
        network.operation("logits", "Dense", new int[] {40}, new int[] {7}, "units", "7", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.27386127875258304, 7, 40);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 7);
    }

    private static void describeMixerRegion(Blueprint network, int weightsAt, int undecayedAt) {
        network.operation("expand", "LayerNorm", new int[] {32}, new int[] {32}, "epsilon", "1.0E-5");
        network.parameter("expand.layerNorm.scale", undecayedAt + MIXER_EXPAND_LAYER_NORM_SCALE, Packing.ROWS, ParameterRole.NORM_SCALE, /* decayed= */ false, /* limit= */ 0.0, 32);
        network.parameter("expand.layerNorm.shift", undecayedAt + MIXER_EXPAND_LAYER_NORM_SHIFT, Packing.ROWS, ParameterRole.NORM_SHIFT, /* decayed= */ false, /* limit= */ 0.0, 32);
        network.operation("expand", "Dense", new int[] {32}, new int[] {64}, "units", "64", "bias", "true");
        network.parameter("expand.dense.weight", weightsAt + MIXER_EXPAND_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.4330127018922193, 64, 32);
        network.parameter("expand.dense.bias", undecayedAt + MIXER_EXPAND_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 64);
        network.operation("expand", "Gelu", new int[] {64}, new int[] {64});
        network.operation("expand", "Dropout", new int[] {64}, new int[] {64}, "p", "0.1");
        network.operation("project", "Dense", new int[] {64}, new int[] {32}, "units", "32", "bias", "true");
        network.parameter("project.dense.weight", weightsAt + MIXER_PROJECT_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.21650635094610965, 32, 64);
        network.parameter("project.dense.bias", undecayedAt + MIXER_PROJECT_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 32);
        network.operation("", "Residual", new int[] {32}, new int[] {32}, "shortcut", "identity", "dropPath", "0.2", "schedule", "linear");
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

        private final Rate widerResidualRate;

        private final float[] logitsDenseWeightTransposed;

        private final float[] widerDenseWeightTransposed;

        private final float[] widerShortcutWeightTransposed;

        private final float[] outputGradients;

        private final float[] entryDenseProduct;

        private final float[] widerResidualScale;

        private final float[] widerDenseProduct;

        private final float[] widerResidualShortcut;

        private final float[] logitsLayerNormMean;

        private final float[] logitsLayerNormInverseDeviation;

        private final float[] logitsLayerNorm;

        private final float[] logitsDenseProduct;

        private final float[] logitsLayerNormSums;

        private final MixerTraining[] mixersRuns;

        private final float[] mixersOutput;

        Training(StepBuilder step) {
            values = step.values();
            state = step.state();
            inputs = step.inputs(/* positions= */ 1, /* stride= */ 16);
            tiles = step.tiles(64, 32, 1, 32, 32);
            widerResidualRate = step.branchRate(/* p= */ 0.1, /* linear= */ false, /* branch= */ 0, /* branches= */ 1);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, /* in= */ 40, /* out= */ 7);
            widerDenseWeightTransposed = step.transposedWeight(WIDER_DENSE_WEIGHT, /* in= */ 32, /* out= */ 40);
            widerShortcutWeightTransposed = step.transposedWeight(WIDER_SHORTCUT_WEIGHT, /* in= */ 32, /* out= */ 40);
            outputGradients = step.rows(16);
            entryDenseProduct = step.rows(32);
            widerResidualScale = step.rows(1);
            widerDenseProduct = step.rows(48);
            widerResidualShortcut = step.rows(48);
            logitsLayerNormMean = step.rows(1);
            logitsLayerNormInverseDeviation = step.rows(1);
            logitsLayerNorm = step.rows(48);
            logitsDenseProduct = step.rows(16);
            logitsLayerNormSums = step.sliceBuffer(/* positions= */ 1, /* columns= */ 96);
            mixersRuns = new MixerTraining[4];
            float[] mixersInput = entryDenseProduct;
            for (int i = 0; i < 4; i++) {
                mixersRuns[i] = new MixerTraining(
                        step,
                        mixersInput,
                        /* weightsAt= */ 384 + i * 4096,
                        /* undecayedAt= */ 20512 + i * 160,
                        /* stream= */ i * 2,
                        /* branch= */ i,
                        /* gradientTile= */ 3,
                        /* firstTile= */ 0);
                mixersInput = mixersRuns[i].output;
            }
            mixersOutput = mixersRuns[3].output;
        }

        /**
         * After the backward pass the runtime sums over the batch what is told here: the gradients of the parameters.
         */
        private void gradientSums(StepBuilder step) {
            // entry.dense.weight, entry.dense.bias
            float[] entryDenseProductGradients = entryDenseProduct;
            step.weightGradient(
                    /* positions= */ 1,
                    inputs, /* xStride= */ 16, /* in= */ 12,
                    entryDenseProductGradients, /* gStride= */ 32, /* out= */ 32,
                    ENTRY_DENSE_WEIGHT, ENTRY_DENSE_BIAS);
            // wider.dense.weight, wider.dense.bias
            float[] widerDenseProductGradients = widerDenseProduct;
            step.weightGradient(
                    /* positions= */ 1,
                    mixersOutput, /* xStride= */ 32, /* in= */ 32,
                    widerDenseProductGradients, /* gStride= */ 48, /* out= */ 40,
                    WIDER_DENSE_WEIGHT, WIDER_DENSE_BIAS);
            // wider.shortcut.weight
            float[] widerResidualShortcutGradients = widerResidualShortcut;
            step.weightGradient(
                    /* positions= */ 1,
                    mixersOutput, /* xStride= */ 32, /* in= */ 32,
                    widerResidualShortcutGradients, /* gStride= */ 48, /* out= */ 40,
                    WIDER_SHORTCUT_WEIGHT, /* bias= */ -1);
            // logits.layerNorm.scale
            step.columnGradient(/* positions= */ 1, logitsLayerNormSums, /* offset= */ 0, /* stride= */ 96, /* width= */ 40, LOGITS_LAYER_NORM_SCALE);
            // logits.layerNorm.shift
            step.columnGradient(/* positions= */ 1, logitsLayerNormSums, /* offset= */ 48, /* stride= */ 96, /* width= */ 40, LOGITS_LAYER_NORM_SHIFT);
            // logits.dense.weight, logits.dense.bias
            float[] logitsDenseProductGradients = outputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    logitsLayerNorm, /* xStride= */ 48, /* in= */ 40,
                    logitsDenseProductGradients, /* gStride= */ 16, /* out= */ 7,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        private void forward(int from, int to) {
            entryForward(from, to);
            for (var run : mixersRuns) {
                run.forward(from, to);
            }
            widerForward(from, to);
            logitsForward(from, to);
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
         * {@code demo.Residuals.entry}. Forward: dense 12 → 32 with bias.
         */
        private void entryForward(int from, int to) {
            float[] entryDense = entryDenseProduct;
            MatrixMultiply.multiply(
                    inputs, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 12,
                    values, ENTRY_DENSE_WEIGHT, /* columns= */ 32,
                    entryDenseProduct, from * 32, /* cStride= */ 32);
            Loops.biased(
                    from, to, /* width= */ 32, entryDenseProduct, values, ENTRY_DENSE_BIAS, entryDense);
        }

        /**
         * {@code demo.Residuals.wider}. Forward: dense 32 → 40 with bias, ReLU, drop path (p = 0.1), projected shortcut, layer norm of logits.
         */
        private void widerForward(int from, int to) {
            float[] widerResidual = widerResidualShortcut;
            MatrixMultiply.multiply(
                    mixersOutput, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 32,
                    values, WIDER_DENSE_WEIGHT, /* columns= */ 40,
                    widerDenseProduct, from * 48, /* cStride= */ 48);
            MatrixMultiply.multiply(
                    mixersOutput, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 32,
                    values, WIDER_SHORTCUT_WEIGHT, /* columns= */ 40,
                    widerResidualShortcut, from * 48, /* cStride= */ 48);
            DropoutMask.rowScales(widerResidualScale, widerResidualRate.threshold(),
                    state.seed(), /* stream= */ 8, state.drawStep(), state.firstRow(), from, to);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Loops.joined(
                        slice, end, /* width= */ 48, widerDenseProduct, values, WIDER_DENSE_BIAS,
                        widerResidualScale, widerResidualShortcut, widerResidual);
                RowStatistics.rows(
                        widerResidual, slice * 48, /* stride= */ 48, /* width= */ 40, /* rows= */ end - slice,
                        /* epsilon= */ 1.0E-5f, logitsLayerNormMean, slice,
                        logitsLayerNormInverseDeviation, slice);
                Loops.normalized(
                        slice, end, /* width= */ 48, widerResidual, logitsLayerNormMean,
                        logitsLayerNormInverseDeviation, values, LOGITS_LAYER_NORM_SCALE,
                        LOGITS_LAYER_NORM_SHIFT, logitsLayerNorm);
            }
        }

        /**
         * {@code demo.Residuals.logits}. Forward: dense 40 → 7 with bias.
         */
        private void logitsForward(int from, int to) {
            float[] logitsDense = logitsDenseProduct;
            MatrixMultiply.multiply(
                    logitsLayerNorm, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 40,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 7,
                    logitsDenseProduct, from * 16, /* cStride= */ 16);
            Loops.biased(
                    from, to, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS, logitsDense);
        }

        /**
         * {@code demo.Residuals.logits}. Backward through dense 40 → 7 with bias.
         * From what it leaves the runtime sums the gradients of {@code logits.dense.weight}, {@code logits.dense.bias}: see {@code gradientSums}.
         */
        private void logitsBackward(int from, int to, int worker) {
            float[] logitsDenseProductGradients = outputGradients;
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 7,
                    logitsDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 40,
                    logitsDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 48);
        }

        /**
         * {@code demo.Residuals.wider}. Backward through layer norm of logits, drop path (p = 0.1), projected shortcut, ReLU, dense 32 → 40 with bias.
         * From what it leaves the runtime sums the gradients of {@code logits.layerNorm.scale}, {@code logits.layerNorm.shift}, {@code wider.shortcut.weight}, {@code wider.dense.weight}, {@code wider.dense.bias}: see {@code gradientSums}.
         */
        private void widerBackward(int from, int to, int worker) {
            float[] widerResidual = widerResidualShortcut;
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            float[] logitsLayerNormStandardizedGradients = tiles[0][worker];
            float[] logitsLayerNormMeanGradient = tiles[1][worker];
            float[] logitsLayerNormMeanProduct = tiles[2][worker];
            float[] widerResidualShortcutGradients = widerResidualShortcut;
            float[] widerDenseProductGradients = widerDenseProduct;
            float[] widerDenseProductInputGradients = tiles[3][worker];
            float[] widerResidualShortcutInputGradients = tiles[4][worker];
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(logitsLayerNormSums, slice / Slices.ROWS * 96, (slice / Slices.ROWS + 1) * 96, 0f);
                Loops.sumsStandardizedGradient(
                        slice, end, /* width= */ 48, widerResidual, logitsLayerNormMean,
                        logitsLayerNormInverseDeviation, logitsLayerNormSums, logitsDenseProductInputGradients,
                        from, values, LOGITS_LAYER_NORM_SCALE, logitsLayerNormStandardizedGradients);
                RowStatistics.gradientSums(
                        logitsLayerNormStandardizedGradients, (slice - from) * 48, /* stride= */ 48,
                        widerResidual, slice * 48, /* stride= */ 48, /* width= */ 40, /* rows= */ end - slice,
                        logitsLayerNormMean, slice, logitsLayerNormInverseDeviation, slice,
                        logitsLayerNormMeanGradient, slice - from, logitsLayerNormMeanProduct, slice - from);
                Loops.shortcutGradientProductGradient(
                        slice, end, /* width= */ 48, widerResidual, logitsLayerNormMean,
                        logitsLayerNormInverseDeviation, logitsLayerNormStandardizedGradients, from,
                        logitsLayerNormMeanGradient, logitsLayerNormMeanProduct, widerResidualShortcutGradients,
                        widerResidualScale, widerDenseProduct, values, WIDER_DENSE_BIAS,
                        widerDenseProductGradients);
            }
            MatrixMultiply.multiply(
                    widerDenseProductGradients, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 40,
                    widerDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 32,
                    widerDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 32);
            MatrixMultiply.multiply(
                    widerResidualShortcutGradients, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 40,
                    widerShortcutWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 32,
                    widerResidualShortcutInputGradients, /* cOffset= */ 0, /* cStride= */ 32);
        }

        /**
         * Backward: sum of what comes back through a branch and its shortcut.
         */
        private void widerShortcutBackward(int from, int to, int worker) {
            float[] widerDenseProductInputGradients = tiles[3][worker];
            float[] widerResidualShortcutInputGradients = tiles[4][worker];
            float[] mixersOutputGradients = tiles[3][worker];
            Loops.outputGradient(
                    from, to, /* width= */ 32, widerDenseProductInputGradients, from,
                    widerResidualShortcutInputGradients, mixersOutputGradients);
        }

        /**
         * {@code demo.Residuals.entry}. Backward through dense 12 → 32 with bias.
         * From what it leaves the runtime sums the gradients of {@code entry.dense.weight}, {@code entry.dense.bias}: see {@code gradientSums}.
         */
        private void entryBackward(int from, int to, int worker) {
            float[] mixersInputGradients = tiles[3][worker];
            float[] entryDenseProductGradients = entryDenseProduct;
            Loops.productGradient(
                    from, to, /* width= */ 32, mixersInputGradients, from, entryDenseProductGradients);
        }

        @Override
        public void phase(int number, int from, int to, int worker) {
            switch (number) {
                case FORWARD -> forward(from, to);
                case BACKWARD -> backward(from, to, worker);
                default -> throw PhaseCode.noPhase(number);
            }
        }

        /**
         * Trains {@code Mixer}, {@code {32}} → {@code {32}}: one run of it.
         */
        private final class MixerTraining {
            private final float[] input;

            private final int weightsAt;

            private final int undecayedAt;

            private final int stream;

            private final int gradientTile;

            private final int firstTile;

            /**
             * What the region gives, a row for each example.
             */
            private final float[] output;

            private final Rate expandDropoutRate;

            private final Rate residualRate;

            private final float[] projectDenseWeightTransposed;

            private final float[] expandDenseWeightTransposed;

            private final float[] expandLayerNormMean;

            private final float[] expandLayerNormInverseDeviation;

            private final float[] expandLayerNorm;

            private final long[] expandDropoutMask;

            private final float[] expandDenseProduct;

            private final float[] expandDropout;

            private final float[] residualScale;

            private final float[] projectDenseProduct;

            private final float[] projectDenseProductGradients;

            private final float[] expandLayerNormSums;

            MixerTraining(StepBuilder step, float[] input, int weightsAt, int undecayedAt,
                    int stream, int branch, int gradientTile, int firstTile) {
                this.input = input;
                this.weightsAt = weightsAt;
                this.undecayedAt = undecayedAt;
                this.stream = stream;
                this.gradientTile = gradientTile;
                this.firstTile = firstTile;
                expandDropoutRate = step.rate(0.1);
                residualRate = step.branchRate(/* p= */ 0.2, /* linear= */ true, branch, /* branches= */ 4);
                projectDenseWeightTransposed = step.transposedWeight(weightsAt + MIXER_PROJECT_DENSE_WEIGHT, /* in= */ 64, /* out= */ 32);
                expandDenseWeightTransposed = step.transposedWeight(weightsAt + MIXER_EXPAND_DENSE_WEIGHT, /* in= */ 32, /* out= */ 64);
                expandLayerNormMean = step.rows(1);
                expandLayerNormInverseDeviation = step.rows(1);
                expandLayerNorm = step.rows(32);
                expandDropoutMask = step.mask(1);
                expandDenseProduct = step.rows(64);
                expandDropout = step.rows(64);
                residualScale = step.rows(1);
                projectDenseProduct = step.rows(32);
                projectDenseProductGradients = step.rows(32);
                expandLayerNormSums = step.sliceBuffer(/* positions= */ 1, /* columns= */ 64);
                output = projectDenseProduct;
                gradientSums(step);
            }

            /**
             * After the backward pass the runtime sums over the batch what is told here: the gradients of the parameters.
             */
            private void gradientSums(StepBuilder step) {
                // expand.layerNorm.scale
                step.columnGradient(/* positions= */ 1, expandLayerNormSums, /* offset= */ 0, /* stride= */ 64, /* width= */ 32, undecayedAt + MIXER_EXPAND_LAYER_NORM_SCALE);
                // expand.layerNorm.shift
                step.columnGradient(/* positions= */ 1, expandLayerNormSums, /* offset= */ 32, /* stride= */ 64, /* width= */ 32, undecayedAt + MIXER_EXPAND_LAYER_NORM_SHIFT);
                // expand.dense.weight, expand.dense.bias
                float[] expandDenseProductGradients = expandDenseProduct;
                step.weightGradient(
                        /* positions= */ 1,
                        expandLayerNorm, /* xStride= */ 32, /* in= */ 32,
                        expandDenseProductGradients, /* gStride= */ 64, /* out= */ 64,
                        weightsAt + MIXER_EXPAND_DENSE_WEIGHT, undecayedAt + MIXER_EXPAND_DENSE_BIAS);
                // project.dense.weight, project.dense.bias
                step.weightGradient(
                        /* positions= */ 1,
                        expandDropout, /* xStride= */ 64, /* in= */ 64,
                        projectDenseProductGradients, /* gStride= */ 32, /* out= */ 32,
                        weightsAt + MIXER_PROJECT_DENSE_WEIGHT, undecayedAt + MIXER_PROJECT_DENSE_BIAS);
            }

            /**
             * {@code demo.Mixer.expand}. Forward: layer norm.
             */
            private void expandForward(int from, int to) {
                for (int slice = from; slice < to; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, to);
                    RowStatistics.rows(
                            input, slice * 32, /* stride= */ 32, /* width= */ 32, /* rows= */ end - slice,
                            /* epsilon= */ 1.0E-5f, expandLayerNormMean, slice,
                            expandLayerNormInverseDeviation, slice);
                    Loops.normalized(
                            slice, end, /* width= */ 32, input, expandLayerNormMean, expandLayerNormInverseDeviation,
                            values, undecayedAt + MIXER_EXPAND_LAYER_NORM_SCALE,
                            undecayedAt + MIXER_EXPAND_LAYER_NORM_SHIFT, expandLayerNorm);
                }
            }

            /**
             * {@code demo.Mixer.expand}. Forward: dense 32 → 64 with bias, GELU, dropout (p = 0.1).
             */
            private void expandDenseForward(int from, int to) {
                float scale = expandDropoutRate.scale();
                MatrixMultiply.multiply(
                        expandLayerNorm, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 32,
                        values, weightsAt + MIXER_EXPAND_DENSE_WEIGHT, /* columns= */ 64,
                        expandDenseProduct, from * 64, /* cStride= */ 64);
                DropoutMask.fill(expandDropoutMask, /* width= */ 64, expandDropoutRate.threshold(),
                        state.seed(), stream, state.drawStep(), state.firstRow(), from, to);
                Loops.dropped(
                        from, to, /* width= */ 64, expandDenseProduct, values,
                        undecayedAt + MIXER_EXPAND_DENSE_BIAS, scale, expandDropoutMask,
                        /* wordsPerExample= */ 1, expandDropout);
            }

            /**
             * {@code demo.Mixer.project}. Forward: dense 64 → 32 with bias, drop path (p = 0.2, linear in depth), shortcut.
             */
            private void projectForward(int from, int to) {
                float[] residual = projectDenseProduct;
                MatrixMultiply.multiply(
                        expandDropout, from * 64, /* aStride= */ 64, /* rows= */ to - from, /* depth= */ 64,
                        values, weightsAt + MIXER_PROJECT_DENSE_WEIGHT, /* columns= */ 32,
                        projectDenseProduct, from * 32, /* cStride= */ 32);
                DropoutMask.rowScales(residualScale, residualRate.threshold(),
                        state.seed(), /* stream= */ stream + 1, state.drawStep(), state.firstRow(), from, to);
                Loops.joined2(
                        from, to, /* width= */ 32, projectDenseProduct, values,
                        undecayedAt + MIXER_PROJECT_DENSE_BIAS, residualScale, input, residual);
            }

            /**
             * {@code demo.Mixer.project}. Backward through drop path (p = 0.2, linear in depth), dense 64 → 32 with bias.
             * From what it leaves the runtime sums the gradients of {@code project.dense.weight}, {@code project.dense.bias}: see {@code gradientSums}.
             */
            private void projectBackward(int from, int to, int worker) {
                float[] incomingGradients = tiles[gradientTile][worker];
                float[] projectDenseProductInputGradients = tiles[firstTile][worker];
                Loops.productGradient2(
                        from, to, /* width= */ 32, incomingGradients, from, residualScale,
                        projectDenseProductGradients);
                MatrixMultiply.multiply(
                        projectDenseProductGradients, from * 32, /* aStride= */ 32, /* rows= */ to - from, /* depth= */ 32,
                        projectDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 64,
                        projectDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 64);
            }

            /**
             * {@code demo.Mixer.expand}. Backward through dropout (p = 0.1), GELU, dense 32 → 64 with bias.
             * From what it leaves the runtime sums the gradients of {@code expand.dense.weight}, {@code expand.dense.bias}: see {@code gradientSums}.
             */
            private void expandDenseBackward(int from, int to, int worker) {
                float[] projectDenseProductInputGradients = tiles[firstTile][worker];
                float[] expandDenseProductGradients = expandDenseProduct;
                float[] expandDenseProductInputGradients = tiles[firstTile + 1][worker];
                float scale = expandDropoutRate.scale();
                Loops.productGradient3(
                        from, to, /* width= */ 64, projectDenseProductInputGradients, from, scale,
                        expandDropoutMask, /* wordsPerExample= */ 1, expandDenseProduct, values,
                        undecayedAt + MIXER_EXPAND_DENSE_BIAS, expandDenseProductGradients);
                MatrixMultiply.multiply(
                        expandDenseProductGradients, from * 64, /* aStride= */ 64, /* rows= */ to - from, /* depth= */ 64,
                        expandDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 32,
                        expandDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 32);
            }

            /**
             * {@code demo.Mixer.expand}. Backward through layer norm, sum with what comes back through the shortcut.
             * From what it leaves the runtime sums the gradients of {@code expand.layerNorm.scale}, {@code expand.layerNorm.shift}: see {@code gradientSums}.
             */
            private void expandBackward(int from, int to, int worker) {
                float[] expandDenseProductInputGradients = tiles[firstTile + 1][worker];
                float[] expandLayerNormStandardizedGradients = tiles[firstTile + 1][worker];
                float[] expandLayerNormMeanGradient = tiles[firstTile][worker];
                float[] expandLayerNormMeanProduct = tiles[firstTile + 2][worker];
                float[] incomingGradients = tiles[gradientTile][worker];
                float[] inputGradients = tiles[gradientTile][worker];
                for (int slice = from; slice < to; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, to);
                    Arrays.fill(expandLayerNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                    Loops.sumsStandardizedGradient(
                            slice, end, /* width= */ 32, input, expandLayerNormMean, expandLayerNormInverseDeviation,
                            expandLayerNormSums, expandDenseProductInputGradients, from, values,
                            undecayedAt + MIXER_EXPAND_LAYER_NORM_SCALE, expandLayerNormStandardizedGradients);
                    RowStatistics.gradientSums(
                            expandLayerNormStandardizedGradients, (slice - from) * 32, /* stride= */ 32,
                            input, slice * 32, /* stride= */ 32, /* width= */ 32, /* rows= */ end - slice,
                            expandLayerNormMean, slice, expandLayerNormInverseDeviation, slice,
                            expandLayerNormMeanGradient, slice - from, expandLayerNormMeanProduct, slice - from);
                    Loops.xGradient(
                            slice, end, /* width= */ 32, input, expandLayerNormMean, expandLayerNormInverseDeviation,
                            expandLayerNormStandardizedGradients, from, expandLayerNormMeanGradient,
                            expandLayerNormMeanProduct, incomingGradients, inputGradients);
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
        private final float[] values;

        private final float[] inputs;

        private final float[][] shared;

        private final MixerPrediction[] mixersRuns;

        Prediction(PredictionBuilder pass) {
            values = pass.values();
            inputs = pass.inputs(/* positions= */ 1, /* stride= */ 16);
            shared = pass.shared(48, 32, 64, 1, 32, 32);
            mixersRuns = new MixerPrediction[4];
            float[] mixersInput = shared[0];
            for (int i = 0; i < 4; i++) {
                float[] mixersResult = i % 2 == 1 ? shared[1] : shared[5];
                mixersRuns[i] = new MixerPrediction(
                        mixersInput,
                        /* weightsAt= */ 384 + i * 4096,
                        /* undecayedAt= */ 20512 + i * 160,
                        mixersResult,
                        /* firstShared= */ 2);
                mixersInput = mixersResult;
            }
            pass.outputs(shared[1]);
        }

        /**
         * {@code demo.Residuals.entry}. Forward: dense 12 → 32 with bias.
         */
        private void entryForward(int rows) {
            float[] entryDenseProduct = shared[0];
            float[] entryDense = shared[0];
            MatrixMultiply.multiply(
                    inputs, /* aOffset= */ 0, /* aStride= */ 16, rows, /* depth= */ 12,
                    values, ENTRY_DENSE_WEIGHT, /* columns= */ 32,
                    entryDenseProduct, /* cOffset= */ 0, /* cStride= */ 32);
            Loops.biased(
                    /* from= */ 0, rows, /* width= */ 32, entryDenseProduct, values, ENTRY_DENSE_BIAS,
                    entryDense);
        }

        /**
         * {@code demo.Residuals.wider}. Forward: dense 32 → 40 with bias, ReLU, projected shortcut, layer norm of logits.
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
                    mixersOutput, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 32,
                    values, WIDER_DENSE_WEIGHT, /* columns= */ 40,
                    widerDenseProduct, /* cOffset= */ 0, /* cStride= */ 48);
            MatrixMultiply.multiply(
                    mixersOutput, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 32,
                    values, WIDER_SHORTCUT_WEIGHT, /* columns= */ 40,
                    widerResidualShortcut, /* cOffset= */ 0, /* cStride= */ 48);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                Loops.joined3(
                        slice, end, /* width= */ 48, widerDenseProduct, values, WIDER_DENSE_BIAS,
                        widerResidualShortcut, widerResidual);
                RowStatistics.rows(
                        widerResidual, slice * 48, /* stride= */ 48, /* width= */ 40, /* rows= */ end - slice,
                        /* epsilon= */ 1.0E-5f, logitsLayerNormMean, slice,
                        logitsLayerNormInverseDeviation, slice);
                Loops.normalized(
                        slice, end, /* width= */ 48, widerResidual, logitsLayerNormMean,
                        logitsLayerNormInverseDeviation, values, LOGITS_LAYER_NORM_SCALE,
                        LOGITS_LAYER_NORM_SHIFT, logitsLayerNorm);
            }
        }

        /**
         * {@code demo.Residuals.logits}. Forward: dense 40 → 7 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] logitsLayerNorm = shared[0];
            MatrixMultiply.multiply(
                    logitsLayerNorm, /* aOffset= */ 0, /* aStride= */ 48, rows, /* depth= */ 40,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 7,
                    logitsDenseProduct, /* cOffset= */ 0, /* cStride= */ 16);
            Loops.biased(
                    /* from= */ 0, rows, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS,
                    logitsDense);
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

            private final int weightsAt;

            private final int undecayedAt;

            private final float[] output;

            private final int firstShared;

            MixerPrediction(float[] input, int weightsAt, int undecayedAt, float[] output,
                    int firstShared) {
                this.input = input;
                this.weightsAt = weightsAt;
                this.undecayedAt = undecayedAt;
                this.output = output;
                this.firstShared = firstShared;
            }

            /**
             * {@code demo.Mixer.expand}. Forward: layer norm.
             */
            private void expandForward(int rows) {
                float[] expandLayerNormMean = shared[firstShared];
                float[] expandLayerNormInverseDeviation = shared[firstShared + 1];
                float[] expandLayerNorm = shared[firstShared + 2];
                for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, rows);
                    RowStatistics.rows(
                            input, slice * 32, /* stride= */ 32, /* width= */ 32, /* rows= */ end - slice,
                            /* epsilon= */ 1.0E-5f, expandLayerNormMean, slice,
                            expandLayerNormInverseDeviation, slice);
                    Loops.normalized(
                            slice, end, /* width= */ 32, input, expandLayerNormMean, expandLayerNormInverseDeviation,
                            values, undecayedAt + MIXER_EXPAND_LAYER_NORM_SCALE,
                            undecayedAt + MIXER_EXPAND_LAYER_NORM_SHIFT, expandLayerNorm);
                }
            }

            /**
             * {@code demo.Mixer.expand}. Forward: dense 32 → 64 with bias, GELU.
             */
            private void expandDenseForward(int rows) {
                float[] expandDenseProduct = shared[firstShared];
                float[] expandGelu = shared[firstShared];
                float[] expandLayerNorm = shared[firstShared + 2];
                MatrixMultiply.multiply(
                        expandLayerNorm, /* aOffset= */ 0, /* aStride= */ 32, rows, /* depth= */ 32,
                        values, weightsAt + MIXER_EXPAND_DENSE_WEIGHT, /* columns= */ 64,
                        expandDenseProduct, /* cOffset= */ 0, /* cStride= */ 64);
                Loops.activated(
                        /* from= */ 0, rows, /* width= */ 64, expandDenseProduct, values,
                        undecayedAt + MIXER_EXPAND_DENSE_BIAS, expandGelu);
            }

            /**
             * {@code demo.Mixer.project}. Forward: dense 64 → 32 with bias, shortcut.
             */
            private void projectForward(int rows) {
                float[] expandGelu = shared[firstShared];
                MatrixMultiply.multiply(
                        expandGelu, /* aOffset= */ 0, /* aStride= */ 64, rows, /* depth= */ 64,
                        values, weightsAt + MIXER_PROJECT_DENSE_WEIGHT, /* columns= */ 32,
                        output, /* cOffset= */ 0, /* cStride= */ 32);
                Loops.joined4(
                        /* from= */ 0, rows, /* width= */ 32, output, values,
                        undecayedAt + MIXER_PROJECT_DENSE_BIAS, input, output);
            }

            private void forward(int rows) {
                expandForward(rows);
                expandDenseForward(rows);
                projectForward(rows);
            }
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
         * Called by {@code Training.entryForward}, {@code Training.logitsForward}, {@code Prediction.entryForward}, {@code Prediction.logitsForward}.
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
         * Called by {@code Training.widerForward}.
         */
        static void joined(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float[] scales, float[] xRows2, float[] joinedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float scale = scales[row];
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                    FloatVector scaled = activated.mul(scale);
                    FloatVector x2 = FloatVector.fromArray(FLOATS, xRows2, at + i);
                    FloatVector joined = scaled.add(x2);
                    joined.intoArray(joinedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.widerForward}, {@code MixerTraining.expandForward}, {@code Prediction.widerForward}, {@code MixerPrediction.expandForward}.
         */
        static void normalized(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] values, int scaleAt, int shiftAt,
                float[] normalizedRows) {
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
                    normalized.intoArray(normalizedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.widerBackward}, {@code MixerTraining.expandBackward}.
         */
        static void sumsStandardizedGradient(int from, int to, int width, float[] xRows,
                float[] means, float[] inverseDeviations, float[] sumsArray, float[] incomingRows,
                int taskFrom, float[] values, int scaleAt, float[] standardizedGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float mean = means[row];
                float inverseDeviation = inverseDeviations[row];
                int sums = row / Slices.ROWS * 2 * width;
                int atTile = (row - taskFrom) * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    incoming.fma(standardized, FloatVector.fromArray(FLOATS, sumsArray, sums + i))
                                    .intoArray(sumsArray, sums + i);
                    incoming.add(FloatVector.fromArray(FLOATS, sumsArray, sums + width + i))
                                    .intoArray(sumsArray, sums + width + i);
                    FloatVector standardizedGradient = incoming.mul(FloatVector.fromArray(FLOATS, values, scaleAt + i));
                    standardizedGradient.intoArray(standardizedGradientRows, atTile + i);
                }
            }
        }

        /**
         * Called by {@code Training.widerBackward}.
         */
        static void shortcutGradientProductGradient(int from, int to, int width, float[] xRows,
                float[] means, float[] inverseDeviations, float[] incomingRows, int taskFrom,
                float[] meanGradients, float[] meanProducts, float[] shortcutGradientRows,
                float[] scales, float[] xRows2, float[] values, int biasAt,
                float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float mean = means[row];
                float inverseDeviation = inverseDeviations[row];
                int atTile = (row - taskFrom) * width;
                float meanGradient = meanGradients[row - taskFrom];
                float meanProduct = meanProducts[row - taskFrom];
                float scale = scales[row];
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    FloatVector joinedGradient = incoming.sub(meanGradient)
                                    .sub(standardized.mul(meanProduct))
                                    .mul(inverseDeviation);
                    joinedGradient.intoArray(shortcutGradientRows, at + i);
                    FloatVector activatedGradient = joinedGradient.mul(scale);
                    FloatVector x2 = FloatVector.fromArray(FLOATS, xRows2, at + i);
                    FloatVector biased = x2.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector biasedGradient = FloatVector.zero(FLOATS).blend(activatedGradient, biased.compare(VectorOperators.GT, 0.0f));
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.widerShortcutBackward}.
         */
        static void outputGradient(int from, int to, int width, float[] incomingRows, int taskFrom,
                float[] incomingRows2, float[] outputGradientRows) {
            for (int row = from; row < to; row++) {
                int atTile = (row - taskFrom) * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    FloatVector incoming2 = FloatVector.fromArray(FLOATS, incomingRows2, atTile + i);
                    FloatVector outputGradient = incoming.add(incoming2);
                    outputGradient.intoArray(outputGradientRows, atTile + i);
                }
            }
        }

        /**
         * Called by {@code Training.entryBackward}.
         */
        static void productGradient(int from, int to, int width, float[] incomingRows, int taskFrom,
                float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int atTile = (row - taskFrom) * width;
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    incoming.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code MixerTraining.expandDenseForward}.
         */
        static void dropped(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float scale, long[] maskWords, int wordsPerExample, float[] droppedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                int words = row * wordsPerExample;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
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
                    // Java shifts by the lowest six bits of i: by its place in the word.
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, maskWords[words + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(scale), kept);
                    dropped.intoArray(droppedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code MixerTraining.projectForward}.
         */
        static void joined2(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float[] scales, float[] xRows2, float[] joinedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                float scale = scales[row];
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector scaled = biased.mul(scale);
                    FloatVector x2 = FloatVector.fromArray(FLOATS, xRows2, at + i);
                    FloatVector joined = scaled.add(x2);
                    joined.intoArray(joinedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code MixerTraining.projectBackward}.
         */
        static void productGradient2(int from, int to, int width, float[] incomingRows,
                int taskFrom, float[] scales, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int atTile = (row - taskFrom) * width;
                float scale = scales[row];
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    FloatVector biasedGradient = incoming.mul(scale);
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code MixerTraining.expandDenseBackward}.
         */
        static void productGradient3(int from, int to, int width, float[] incomingRows,
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
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code MixerTraining.expandBackward}.
         */
        static void xGradient(int from, int to, int width, float[] xRows, float[] means,
                float[] inverseDeviations, float[] incomingRows, int taskFrom,
                float[] meanGradients, float[] meanProducts, float[] incomingRows2,
                float[] xGradientRows) {
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
                    FloatVector xGradient = incoming.sub(meanGradient)
                                    .sub(standardized.mul(meanProduct))
                                    .mul(inverseDeviation);
                    FloatVector incoming2 = FloatVector.fromArray(FLOATS, incomingRows2, atTile + i);
                    FloatVector xGradient2 = xGradient.add(incoming2);
                    xGradient2.intoArray(xGradientRows, atTile + i);
                }
            }
        }

        /**
         * Called by {@code Prediction.widerForward}.
         */
        static void joined3(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float[] xRows2, float[] joinedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                    FloatVector x2 = FloatVector.fromArray(FLOATS, xRows2, at + i);
                    FloatVector joined = activated.add(x2);
                    joined.intoArray(joinedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code MixerPrediction.expandDenseForward}.
         */
        static void activated(int from, int to, int width, float[] xRows, float[] values,
                int biasAt, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
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
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code MixerPrediction.projectForward}.
         */
        static void joined4(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float[] xRows2, float[] joinedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector x2 = FloatVector.fromArray(FLOATS, xRows2, at + i);
                    FloatVector joined = biased.add(x2);
                    joined.intoArray(joinedRows, at + i);
                }
            }
        }
    }
}
