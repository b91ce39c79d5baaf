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
import io.espalier.train.DropPathRates;
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
     * Values that are trained; running statistics come behind them.
     */
    private static final int TRAINED = 21312;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 21312;

    /**
     * Values in a row of a gradient buffer: what the widest stage needs.
     */
    private static final int GRADIENT_STRIDE = 64;

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
        Blueprint blueprint = blueprint();
        ResidualsNetwork network = new ResidualsNetwork(blueprint);
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
    public static ResidualsNetwork load(Path file) throws IOException {
        VectorModule.require();
        ResidualsNetwork network = new ResidualsNetwork(blueprint());
        network.readWeights(file);
        return network;
    }

    @Override
    public float learningRate() {
        return 0.001f;
    }

    @Override
    public String updateRule() {
        return "Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8], weight decay 0.01, clip norm 1.0";
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
        Blueprint network = new Blueprint("Residuals", VALUES);
        network.ends(new int[] {12}, new int[] {7}, "CROSS_ENTROPY");
        describe(network);
        return network;
    }

    private static void describeEntry(Blueprint network) {
        network.operation("entry", "Dense", new int[] {12}, new int[] {32}, "units", "32", "bias", "true");
        network.weight("entry.dense.weight", ENTRY_DENSE_WEIGHT, 32, 12, true, 0.5f);
        network.vector("entry.dense.bias", ENTRY_DENSE_BIAS, 32, ParameterRole.BIAS, false);
    }

    private static void describeMixers(Blueprint network) {
        for (int i = 0; i < 4; i++) {
            describeMixerRegion(network, "mixers." + i, 384 + i * 4096, 20512 + i * 160);
        }
    }

    private static void describeWider(Blueprint network) {
        network.operation("wider", "Dense", new int[] {32}, new int[] {40}, "units", "40", "bias", "true");
        network.weight("wider.dense.weight", WIDER_DENSE_WEIGHT, 40, 32, true, 0.4330127f);
        network.vector("wider.dense.bias", WIDER_DENSE_BIAS, 40, ParameterRole.BIAS, false);
        network.operation("wider", "Relu", new int[] {40}, new int[] {40});
        network.operation("wider", "Residual", new int[] {32}, new int[] {40}, "shortcut", "projection", "dropPath", "0.1", "schedule", "constant");
        network.weight("wider.shortcut.weight", WIDER_SHORTCUT_WEIGHT, 40, 32, true, 0.30618623f);
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "LayerNorm", new int[] {40}, new int[] {40}, "epsilon", "1.0E-5");
        network.vector("logits.layerNorm.scale", LOGITS_LAYER_NORM_SCALE, 40, ParameterRole.NORM_SCALE, false);
        network.vector("logits.layerNorm.shift", LOGITS_LAYER_NORM_SHIFT, 40, ParameterRole.NORM_SHIFT, false);
        network.operation("logits", "Dense", new int[] {40}, new int[] {7}, "units", "7", "bias", "true");
        network.weight("logits.dense.weight", LOGITS_DENSE_WEIGHT, 7, 40, true, 0.2738613f);
        network.vector("logits.dense.bias", LOGITS_DENSE_BIAS, 7, ParameterRole.BIAS, false);
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
        network.vector(path + ".expand.layerNorm.scale", undecayed + MIXER_EXPAND_LAYER_NORM_SCALE, 32, ParameterRole.NORM_SCALE, false);
        network.vector(path + ".expand.layerNorm.shift", undecayed + MIXER_EXPAND_LAYER_NORM_SHIFT, 32, ParameterRole.NORM_SHIFT, false);
        network.operation(path + ".expand", "Dense", new int[] {32}, new int[] {64}, "units", "64", "bias", "true");
        network.weight(path + ".expand.dense.weight", weights + MIXER_EXPAND_DENSE_WEIGHT, 64, 32, true, 0.4330127f);
        network.vector(path + ".expand.dense.bias", undecayed + MIXER_EXPAND_DENSE_BIAS, 64, ParameterRole.BIAS, false);
        network.operation(path + ".expand", "Gelu", new int[] {64}, new int[] {64});
        network.operation(path + ".expand", "Dropout", new int[] {64}, new int[] {64}, "p", "0.1");
    }

    private static void describeMixerProject(Blueprint network, String path, int weights,
            int undecayed) {
        network.operation(path + ".project", "Dense", new int[] {64}, new int[] {32}, "units", "32", "bias", "true");
        network.weight(path + ".project.dense.weight", weights + MIXER_PROJECT_DENSE_WEIGHT, 32, 64, true, 0.21650635f);
        network.vector(path + ".project.dense.bias", undecayed + MIXER_PROJECT_DENSE_BIAS, 32, ParameterRole.BIAS, false);
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
    private static final class Training extends TrainingStep implements RowPhase {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private static final int FORWARD = 0;

        private static final int BACKWARD = 1;

        private static final int FORWARD_LOSS_BACKWARD = 2;

        private final DropPathRates dropPath = new DropPathRates(0.2, true, 4);

        private final DropPathRates dropPath2 = new DropPathRates(0.1, false, 1);

        /**
         * The product of entryDense; backward, its gradient.
         */
        private float[] entryDenseProduct;

        private float[] entryDense;

        private MixerTraining[] mixersRuns;

        private float[] mixersOutput;

        /**
         * The product of widerDense; backward, its gradient.
         */
        private float[] widerDenseProduct;

        private float[] widerDenseTransposed;

        /**
         * The product of widerShortcut; backward, its gradient.
         */
        private float[] widerShortcutProduct;

        private float[] widerShortcutTransposed;

        private float[] widerDropPathScale;

        private int widerDropPathThreshold;

        private float[] widerResidual;

        private float[] logitsLayerNormMean;

        private float[] logitsLayerNormInverseDeviation;

        /**
         * The sums of each slice that the gradients of the norm's parameters are made of.
         */
        private float[] logitsLayerNormSums;

        private float[] logitsLayerNorm;

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

        /**
         * The same within a residual branch.
         */
        private float[] branchFlow;

        Training(TrainingContext context) {
            super(context, new StepLayout(12, 7, WEIGHTS, WEIGHTS, TRAINED, GRADIENT_STRIDE, 2, 2, 1.0f, Float.POSITIVE_INFINITY));
            allocate();
            ready();
        }

        private void entryBuffers() {
            entryDenseProduct = rowBuffer(32);
            weightGradient(
                    input, 16, 12,
                    entryDenseProduct, 32, 32,
                    ENTRY_DENSE_WEIGHT, ENTRY_DENSE_BIAS);
            entryDense = rowBuffer(32);
        }

        /**
         * Forward: dense 12 → 32; bias.
         */
        private void entryForward(int from, int to) {
            MatrixMultiply.multiply(
                    input, from * 16, 16, to - from, 12,
                    values, ENTRY_DENSE_WEIGHT, 32,
                    entryDenseProduct, from * 32, 32);
            for (int row = from; row < to; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, entryDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, ENTRY_DENSE_BIAS + i));
                    biased.intoArray(entryDense, at + i);
                }
            }
        }

        private void mixersBuffers() {
            mixersRuns = new MixerTraining[4];
            float[] next = entryDense;
            for (int i = 0; i < 4; i++) {
                mixersRuns[i] = new MixerTraining(next, 384 + i * 4096, 20512 + i * 160, i * 2, 0);
                next = mixersRuns[i].output;
            }
            mixersOutput = next;
        }

        private void widerBuffers() {
            widerDenseProduct = rowBuffer(48);
            weightGradient(
                    mixersOutput, 32, 32,
                    widerDenseProduct, 48, 40,
                    WIDER_DENSE_WEIGHT, WIDER_DENSE_BIAS);
            widerDenseTransposed = transposedWeight(WIDER_DENSE_WEIGHT, 32, 40);
            widerShortcutProduct = rowBuffer(48);
            weightGradient(
                    mixersOutput, 32, 32,
                    widerShortcutProduct, 48, 40,
                    WIDER_SHORTCUT_WEIGHT, -1);
            widerShortcutTransposed = transposedWeight(WIDER_SHORTCUT_WEIGHT, 32, 40);
            widerDropPathScale = new float[capacity];
            widerDropPathThreshold = dropPath2.nextThreshold();
            widerResidual = rowBuffer(48);
            logitsLayerNormMean = new float[capacity];
            logitsLayerNormInverseDeviation = new float[capacity];
            logitsLayerNormSums = sliceBuffer(96);
            columnGradient(logitsLayerNormSums, 0, 96, 40, LOGITS_LAYER_NORM_SCALE);
            columnGradient(logitsLayerNormSums, 48, 96, 40, LOGITS_LAYER_NORM_SHIFT);
            logitsLayerNorm = rowBuffer(48);
        }

        /**
         * Forward: dense 32 → 40; bias, ReLU, drop path, projected shortcut, layer norm.
         */
        private void widerForward(int from, int to) {
            MatrixMultiply.multiply(
                    mixersOutput, from * 32, 32, to - from, 32,
                    values, WIDER_DENSE_WEIGHT, 40,
                    widerDenseProduct, from * 48, 48);
            MatrixMultiply.multiply(
                    mixersOutput, from * 32, 32, to - from, 32,
                    values, WIDER_SHORTCUT_WEIGHT, 40,
                    widerShortcutProduct, from * 48, 48);
            DropoutMask.rowScales(widerDropPathScale, widerDropPathThreshold, seed, 8, drawStep(), firstRow(), from, to);
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float branchScale = widerDropPathScale[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, widerDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, WIDER_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0f, biased.compare(VectorOperators.LT, 0f));
                        FloatVector scaled = activated.mul(branchScale);
                        FloatVector joined = scaled.add(FloatVector.fromArray(FLOATS, widerShortcutProduct, at + i));
                        joined.intoArray(widerResidual, at + i);
                    }
                }
                RowStatistics.rows(
                        widerResidual, slice * 48, 48, 40, end - slice, 1.0E-5f,
                        logitsLayerNormMean, logitsLayerNormInverseDeviation, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = logitsLayerNormMean[row];
                    float inverseDeviation = logitsLayerNormInverseDeviation[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, widerResidual, at + i);
                        FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SHIFT + i));
                        normalized.intoArray(logitsLayerNorm, at + i);
                    }
                }
            }
        }

        private void logitsBuffers() {
            logitsDenseProduct = rowBuffer(16);
            weightGradient(
                    logitsLayerNorm, 48, 40,
                    logitsDenseProduct, 16, 7,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
            logitsDenseTransposed = transposedWeight(LOGITS_DENSE_WEIGHT, 40, 7);
            logitsDense = rowBuffer(16);
        }

        /**
         * Forward: dense 40 → 7; bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    logitsLayerNorm, from * 48, 48, to - from, 40,
                    values, LOGITS_DENSE_WEIGHT, 7,
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
         * Backward: dense 40 → 7; bias.
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
                    logitsDenseProduct, from * 16, 16, to - from, 7,
                    logitsDenseTransposed, 0, 40,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 32 → 40; bias, ReLU, drop path, projected shortcut, layer norm.
         */
        private void widerBackward(int from, int to) {
            for (int slice = from; slice < to; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, to);
                Arrays.fill(logitsLayerNormSums, slice / Slices.ROWS * 96, (slice / Slices.ROWS + 1) * 96, 0f);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 48;
                    float mean = logitsLayerNormMean[row];
                    float inverseDeviation = logitsLayerNormInverseDeviation[row];
                    int sums = row / Slices.ROWS * 96;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        FloatVector kept = FloatVector.fromArray(FLOATS, widerResidual, at + i);
                        FloatVector standardized = kept.sub(mean).mul(inverseDeviation);
                        gradient.fma(standardized, FloatVector.fromArray(FLOATS, logitsLayerNormSums, sums + i))
                                        .intoArray(logitsLayerNormSums, sums + i);
                        gradient.add(FloatVector.fromArray(FLOATS, logitsLayerNormSums, sums + 48 + i))
                                        .intoArray(logitsLayerNormSums, sums + 48 + i);
                        gradient = gradient.mul(FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SCALE + i));
                        gradient.intoArray(gradientFlow, flow + i);
                    }
                }
                RowStatistics.gradientSums(
                        gradientFlow, slice * GRADIENT_STRIDE, GRADIENT_STRIDE,
                        widerResidual, slice * 48, 48, 40, end - slice,
                        logitsLayerNormMean, logitsLayerNormInverseDeviation, rowMeans, rowProducts, slice);
                for (int row = slice; row < end; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int at = row * 48;
                    float mean = logitsLayerNormMean[row];
                    float inverseDeviation = logitsLayerNormInverseDeviation[row];
                    float meanGradient = rowMeans[row];
                    float meanProduct = rowProducts[row];
                    float branchScale = widerDropPathScale[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        FloatVector kept = FloatVector.fromArray(FLOATS, widerResidual, at + i);
                        FloatVector standardized = kept.sub(mean).mul(inverseDeviation);
                        gradient = gradient.sub(meanGradient).sub(standardized.mul(meanProduct)).mul(inverseDeviation);
                        gradient.intoArray(widerShortcutProduct, at + i);
                        gradient = gradient.mul(branchScale);
                        FloatVector x = FloatVector.fromArray(FLOATS, widerDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, WIDER_DENSE_BIAS + i));
                        gradient = FloatVector.zero(FLOATS).blend(gradient, biased.compare(VectorOperators.GT, 0f));
                        gradient.intoArray(widerDenseProduct, at + i);
                    }
                }
            }
            MatrixMultiply.multiply(
                    widerDenseProduct, from * 48, 48, to - from, 40,
                    widerDenseTransposed, 0, 32,
                    branchFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: the shortcut's start.
         */
        private void widerBranchBackward(int from, int to) {
            MatrixMultiply.multiply(
                    widerShortcutProduct, from * 48, 48, to - from, 40,
                    widerShortcutTransposed, 0, 32,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, branchFlow, flow + i);
                    gradient = gradient.add(FloatVector.fromArray(FLOATS, gradientFlow, flow + i));
                    gradient.intoArray(gradientFlow, flow + i);
                }
            }
        }

        /**
         * Backward: dense 12 → 32; bias.
         */
        private void entryBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    gradient.intoArray(entryDenseProduct, at + i);
                }
            }
        }

        private void allocate() {
            entryBuffers();
            mixersBuffers();
            widerBuffers();
            logitsBuffers();
            gradientFlow = gradientBuffer(0);
            branchFlow = gradientBuffer(1);
        }

        private void forward(int from, int to) {
            readInput(from, to);
            entryForward(from, to);
            for (int i = 0; i < 4; i++) {
                mixersRuns[i].forward(from, to);
            }
            widerForward(from, to);
            logitsForward(from, to);
        }

        @Override
        protected void forwardPass() {
            overRows(this, FORWARD);
        }

        private void backward(int from, int to) {
            logitsBackward(from, to);
            widerBackward(from, to);
            widerBranchBackward(from, to);
            for (int i = 3; i >= 0; i--) {
                mixersRuns[i].backward(from, to);
            }
            entryBackward(from, to);
        }

        @Override
        protected void backwardPass() {
            overRows(this, BACKWARD);
        }

        private void forwardLossBackward(int from, int to) {
            readInput(from, to);
            entryForward(from, to);
            for (int i = 0; i < 4; i++) {
                mixersRuns[i].forward(from, to);
            }
            widerForward(from, to);
            logitsForward(from, to);
            crossEntropy(0.0f, from, to);
            logitsBackward(from, to);
            widerBackward(from, to);
            widerBranchBackward(from, to);
            for (int i = 3; i >= 0; i--) {
                mixersRuns[i].backward(from, to);
            }
            entryBackward(from, to);
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

        /**
         * Trains {@code Mixer}, {32} → {32}: one run of it.
         */
        private final class MixerTraining {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final int stream;

            private final int level;

            /**
             * What the region gives, a row for each example.
             */
            private final float[] output;

            private float[] expandLayerNormMean;

            private float[] expandLayerNormInverseDeviation;

            /**
             * The sums of each slice that the gradients of the norm's parameters are made of.
             */
            private float[] expandLayerNormSums;

            private float[] expandLayerNorm;

            /**
             * The product of expandDense; backward, its gradient.
             */
            private float[] expandDenseProduct;

            private float[] expandDenseTransposed;

            /**
             * A bit for each value: whether it is kept.
             */
            private long[] expandDropoutMask;

            private float[] expandDropout;

            /**
             * The product of projectDense; backward, its gradient.
             */
            private float[] projectDenseProduct;

            private float[] projectDenseTransposed;

            private float[] mixersDropPathScale;

            private int mixersDropPathThreshold;

            private float[] mixersResidual;

            /**
             * The gradient of what is being gone through, a row of GRADIENT_STRIDE values each.
             */
            private float[] gradientFlow;

            /**
             * The same within a residual branch.
             */
            private float[] branchFlow;

            MixerTraining(float[] input, int weights, int undecayed, int stream, int level) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.stream = stream;
                this.level = level;
                allocate();
                output = mixersResidual;
            }

            private void mixersBranchBuffers() {
                expandLayerNormMean = new float[capacity];
                expandLayerNormInverseDeviation = new float[capacity];
                expandLayerNormSums = sliceBuffer(64);
                columnGradient(expandLayerNormSums, 0, 64, 32, undecayed + MIXER_EXPAND_LAYER_NORM_SCALE);
                columnGradient(expandLayerNormSums, 32, 64, 32, undecayed + MIXER_EXPAND_LAYER_NORM_SHIFT);
                expandLayerNorm = rowBuffer(32);
            }

            /**
             * Forward: layer norm.
             */
            private void mixersBranchForward(int from, int to) {
                for (int slice = from; slice < to; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, to);
                    RowStatistics.rows(
                            input, slice * 32, 32, 32, end - slice, 1.0E-5f,
                            expandLayerNormMean, expandLayerNormInverseDeviation, slice);
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

            private void expandBuffers() {
                expandDenseProduct = rowBuffer(64);
                weightGradient(
                        expandLayerNorm, 32, 32,
                        expandDenseProduct, 64, 64,
                        weights + MIXER_EXPAND_DENSE_WEIGHT, undecayed + MIXER_EXPAND_DENSE_BIAS);
                expandDenseTransposed = transposedWeight(weights + MIXER_EXPAND_DENSE_WEIGHT, 32, 64);
                expandDropoutMask = new long[capacity];
                expandDropout = rowBuffer(64);
            }

            /**
             * Forward: dense 32 → 64; bias, GELU, dropout (p = 0.1).
             */
            private void expandForward(int from, int to) {
                MatrixMultiply.multiply(
                        expandLayerNorm, from * 32, 32, to - from, 32,
                        values, weights + MIXER_EXPAND_DENSE_WEIGHT, 64,
                        expandDenseProduct, from * 64, 64);
                DropoutMask.fill(expandDropoutMask, 64, 6554, seed, stream, drawStep(), firstRow(), from, to);
                for (int row = from; row < to; row++) {
                    int at = row * 64;
                    int words = row;
                    for (int i = 0; i < 64; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, expandDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_DENSE_BIAS + i));
                        // gelu(x) = x/2 + |x| * erf(|x|/sqrt(2))/2, the latter a rational function: within 2.05e-7 * |x|
                        FloatVector activatedMagnitude = biased.abs();
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
                        FloatVector activated = activatedMagnitude.fma(activatedHalf, biased.mul(0.5f));
                        VectorMask<Float> kept = VectorMask.fromLong(FLOATS, expandDropoutMask[words + (i >>> 6)] >>> i);
                        FloatVector dropped = FloatVector.zero(FLOATS).blend(activated.mul(1.1111187f), kept);
                        dropped.intoArray(expandDropout, at + i);
                    }
                }
            }

            private void projectBuffers() {
                projectDenseProduct = rowBuffer(32);
                weightGradient(
                        expandDropout, 64, 64,
                        projectDenseProduct, 32, 32,
                        weights + MIXER_PROJECT_DENSE_WEIGHT, undecayed + MIXER_PROJECT_DENSE_BIAS);
                projectDenseTransposed = transposedWeight(weights + MIXER_PROJECT_DENSE_WEIGHT, 64, 32);
                mixersDropPathScale = new float[capacity];
                mixersDropPathThreshold = dropPath.nextThreshold();
                mixersResidual = rowBuffer(32);
            }

            /**
             * Forward: dense 64 → 32; bias, drop path, shortcut.
             */
            private void projectForward(int from, int to) {
                MatrixMultiply.multiply(
                        expandDropout, from * 64, 64, to - from, 64,
                        values, weights + MIXER_PROJECT_DENSE_WEIGHT, 32,
                        projectDenseProduct, from * 32, 32);
                DropoutMask.rowScales(mixersDropPathScale, mixersDropPathThreshold, seed, stream + 1, drawStep(), firstRow(), from, to);
                for (int row = from; row < to; row++) {
                    int at = row * 32;
                    float branchScale = mixersDropPathScale[row];
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, projectDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_PROJECT_DENSE_BIAS + i));
                        FloatVector scaled = biased.mul(branchScale);
                        FloatVector joined = scaled.add(FloatVector.fromArray(FLOATS, input, at + i));
                        joined.intoArray(mixersResidual, at + i);
                    }
                }
            }

            /**
             * Backward: dense 64 → 32; bias, drop path, shortcut.
             */
            private void projectBackward(int from, int to) {
                for (int row = from; row < to; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    float branchScale = mixersDropPathScale[row];
                    int at = row * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        gradient = gradient.mul(branchScale);
                        gradient.intoArray(projectDenseProduct, at + i);
                    }
                }
                MatrixMultiply.multiply(
                        projectDenseProduct, from * 32, 32, to - from, 32,
                        projectDenseTransposed, 0, 64,
                        branchFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
            }

            /**
             * Backward: dense 32 → 64; bias, GELU, dropout (p = 0.1).
             */
            private void expandBackward(int from, int to) {
                for (int row = from; row < to; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int words = row;
                    int at = row * 64;
                    for (int i = 0; i < 64; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, branchFlow, flow + i);
                        VectorMask<Float> kept = VectorMask.fromLong(FLOATS, expandDropoutMask[words + (i >>> 6)] >>> i);
                        gradient = FloatVector.zero(FLOATS).blend(gradient.mul(1.1111187f), kept);
                        FloatVector x = FloatVector.fromArray(FLOATS, expandDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_DENSE_BIAS + i));
                        // gelu'(x) = 1/2 + x * P(x^2)/Q(x^2), clamped at 5.9: within 2.3e-7
                        FloatVector slopeArgument = biased.blend(-5.9f, biased.compare(VectorOperators.LT, -5.9f))
                                .blend(5.9f, biased.compare(VectorOperators.GT, 5.9f));
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
                        gradient.intoArray(expandDenseProduct, at + i);
                    }
                }
                MatrixMultiply.multiply(
                        expandDenseProduct, from * 64, 64, to - from, 64,
                        expandDenseTransposed, 0, 32,
                        branchFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
            }

            /**
             * Backward: layer norm.
             */
            private void mixersBranchBackward(int from, int to) {
                for (int slice = from; slice < to; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, to);
                    Arrays.fill(expandLayerNormSums, slice / Slices.ROWS * 64, (slice / Slices.ROWS + 1) * 64, 0f);
                    for (int row = slice; row < end; row++) {
                        int flow = row * GRADIENT_STRIDE;
                        int at = row * 32;
                        float mean = expandLayerNormMean[row];
                        float inverseDeviation = expandLayerNormInverseDeviation[row];
                        int sums = row / Slices.ROWS * 64;
                        for (int i = 0; i < 32; i += LANES) {
                            FloatVector gradient = FloatVector.fromArray(FLOATS, branchFlow, flow + i);
                            FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                            FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                            gradient.fma(standardized, FloatVector.fromArray(FLOATS, expandLayerNormSums, sums + i))
                                            .intoArray(expandLayerNormSums, sums + i);
                            gradient.add(FloatVector.fromArray(FLOATS, expandLayerNormSums, sums + 32 + i))
                                            .intoArray(expandLayerNormSums, sums + 32 + i);
                            gradient = gradient.mul(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_LAYER_NORM_SCALE + i));
                            gradient.intoArray(branchFlow, flow + i);
                        }
                    }
                    RowStatistics.gradientSums(
                            branchFlow, slice * GRADIENT_STRIDE, GRADIENT_STRIDE,
                            input, slice * 32, 32, 32, end - slice,
                            expandLayerNormMean, expandLayerNormInverseDeviation, rowMeans, rowProducts, slice);
                    for (int row = slice; row < end; row++) {
                        int flow = row * GRADIENT_STRIDE;
                        int at = row * 32;
                        float mean = expandLayerNormMean[row];
                        float inverseDeviation = expandLayerNormInverseDeviation[row];
                        float meanGradient = rowMeans[row];
                        float meanProduct = rowProducts[row];
                        for (int i = 0; i < 32; i += LANES) {
                            FloatVector gradient = FloatVector.fromArray(FLOATS, branchFlow, flow + i);
                            FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                            FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                            gradient = gradient.sub(meanGradient).sub(standardized.mul(meanProduct)).mul(inverseDeviation);
                            gradient = gradient.add(FloatVector.fromArray(FLOATS, gradientFlow, flow + i));
                            gradient.intoArray(gradientFlow, flow + i);
                        }
                    }
                }
            }

            private void allocate() {
                mixersBranchBuffers();
                expandBuffers();
                projectBuffers();
                gradientFlow = gradientBuffer(level);
                branchFlow = gradientBuffer(level + 1);
            }

            private void forward(int from, int to) {
                mixersBranchForward(from, to);
                expandForward(from, to);
                projectForward(from, to);
            }

            private void backward(int from, int to) {
                projectBackward(from, to);
                expandBackward(from, to);
                mixersBranchBackward(from, to);
            }
        }
    }

    /**
     * Predicts with the network.
     */
    private static final class Prediction extends PredictionPass {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private float[] input;

        private float[] entryDenseProduct;

        private float[] entryDense;

        private MixerPrediction[] mixersRuns;

        private float[] mixersOutput;

        private float[] widerDenseProduct;

        private float[] widerShortcutProduct;

        private float[] widerResidual;

        private float[] logitsLayerNorm;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        Prediction(float[] values, int maxBatch) {
            super(values, maxBatch, 12, 7, 6, 64);
            allocate();
            refresh();
        }

        private void entryBuffers() {
            entryDenseProduct = buffers[1];
            entryDense = buffers[1];
        }

        /**
         * Forward: dense 12 → 32; bias.
         */
        private void entryForward(int rows) {
            MatrixMultiply.multiply(
                    input, 0, 16, rows, 12,
                    values, ENTRY_DENSE_WEIGHT, 32,
                    entryDenseProduct, 0, 32);
            for (int row = 0; row < rows; row++) {
                int at = row * 32;
                for (int i = 0; i < 32; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, entryDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, ENTRY_DENSE_BIAS + i));
                    biased.intoArray(entryDense, at + i);
                }
            }
        }

        private void mixersBuffers() {
            mixersRuns = new MixerPrediction[4];
            float[] next = entryDense;
            for (int i = 0; i < 4; i++) {
                mixersRuns[i] = new MixerPrediction(next, 384 + i * 4096, 20512 + i * 160, 2, i % 2 == 1 ? 4 : 5);
                next = mixersRuns[i].output;
            }
            mixersOutput = next;
        }

        private void widerBuffers() {
            widerDenseProduct = buffers[1];
            widerShortcutProduct = buffers[2];
            widerResidual = buffers[1];
            logitsLayerNorm = buffers[1];
        }

        /**
         * Forward: dense 32 → 40; bias, ReLU, drop path, projected shortcut, layer norm.
         */
        private void widerForward(int rows) {
            MatrixMultiply.multiply(
                    mixersOutput, 0, 32, rows, 32,
                    values, WIDER_DENSE_WEIGHT, 40,
                    widerDenseProduct, 0, 48);
            MatrixMultiply.multiply(
                    mixersOutput, 0, 32, rows, 32,
                    values, WIDER_SHORTCUT_WEIGHT, 40,
                    widerShortcutProduct, 0, 48);
            for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                int end = Math.min(slice + Slices.ROWS, rows);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, widerDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, WIDER_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0f, biased.compare(VectorOperators.LT, 0f));
                        FloatVector joined = activated.add(FloatVector.fromArray(FLOATS, widerShortcutProduct, at + i));
                        joined.intoArray(widerResidual, at + i);
                    }
                }
                RowStatistics.rows(
                        widerResidual, slice * 48, 48, 40, end - slice, 1.0E-5f,
                        rowMeans, rowDeviations, slice);
                for (int row = slice; row < end; row++) {
                    int at = row * 48;
                    float mean = rowMeans[row];
                    float inverseDeviation = rowDeviations[row];
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, widerResidual, at + i);
                        FloatVector standardized = x.sub(mean).mul(inverseDeviation);
                        FloatVector normalized = standardized.fma(
                                        FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SCALE + i),
                                        FloatVector.fromArray(FLOATS, values, LOGITS_LAYER_NORM_SHIFT + i));
                        normalized.intoArray(logitsLayerNorm, at + i);
                    }
                }
            }
        }

        private void logitsBuffers() {
            logitsDenseProduct = buffers[2];
            logitsDense = buffers[1];
        }

        /**
         * Forward: dense 40 → 7; bias.
         */
        private void logitsForward(int rows) {
            MatrixMultiply.multiply(
                    logitsLayerNorm, 0, 48, rows, 40,
                    values, LOGITS_DENSE_WEIGHT, 7,
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
            entryBuffers();
            mixersBuffers();
            widerBuffers();
            logitsBuffers();
        }

        private void run(int rows) {
            entryForward(rows);
            for (var run : mixersRuns) {
                run.run(rows);
            }
            widerForward(rows);
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

        /**
         * Predicts with {@code Mixer}, {32} → {32}: one run of it.
         */
        private final class MixerPrediction {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final int firstBuffer;

            private final int outputBuffer;

            private final float[] output;

            private float[] expandLayerNorm;

            private float[] expandDenseProduct;

            private float[] expandDropout;

            private float[] projectDenseProduct;

            private float[] mixersResidual;

            MixerPrediction(float[] input, int weights, int undecayed, int firstBuffer,
                    int outputBuffer) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.firstBuffer = firstBuffer;
                this.outputBuffer = outputBuffer;
                allocate();
                output = mixersResidual;
            }

            private void mixersBranchBuffers() {
                expandLayerNorm = buffers[firstBuffer];
            }

            /**
             * Forward: layer norm.
             */
            private void mixersBranchForward(int rows) {
                for (int slice = 0; slice < rows; slice += Slices.ROWS) {
                    int end = Math.min(slice + Slices.ROWS, rows);
                    RowStatistics.rows(
                            input, slice * 32, 32, 32, end - slice, 1.0E-5f,
                            rowMeans, rowDeviations, slice);
                    for (int row = slice; row < end; row++) {
                        int at = row * 32;
                        float mean = rowMeans[row];
                        float inverseDeviation = rowDeviations[row];
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

            private void expandBuffers() {
                expandDenseProduct = buffers[firstBuffer + 1];
                expandDropout = buffers[firstBuffer];
            }

            /**
             * Forward: dense 32 → 64; bias, GELU, dropout (p = 0.1).
             */
            private void expandForward(int rows) {
                MatrixMultiply.multiply(
                        expandLayerNorm, 0, 32, rows, 32,
                        values, weights + MIXER_EXPAND_DENSE_WEIGHT, 64,
                        expandDenseProduct, 0, 64);
                for (int row = 0; row < rows; row++) {
                    int at = row * 64;
                    for (int i = 0; i < 64; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, expandDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_EXPAND_DENSE_BIAS + i));
                        // gelu(x) = x/2 + |x| * erf(|x|/sqrt(2))/2, the latter a rational function: within 2.05e-7 * |x|
                        FloatVector activatedMagnitude = biased.abs();
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
                        FloatVector activated = activatedMagnitude.fma(activatedHalf, biased.mul(0.5f));
                        activated.intoArray(expandDropout, at + i);
                    }
                }
            }

            private void projectBuffers() {
                projectDenseProduct = buffers[firstBuffer + 1];
                mixersResidual = buffers[outputBuffer];
            }

            /**
             * Forward: dense 64 → 32; bias, drop path, shortcut.
             */
            private void projectForward(int rows) {
                MatrixMultiply.multiply(
                        expandDropout, 0, 64, rows, 64,
                        values, weights + MIXER_PROJECT_DENSE_WEIGHT, 32,
                        projectDenseProduct, 0, 32);
                for (int row = 0; row < rows; row++) {
                    int at = row * 32;
                    for (int i = 0; i < 32; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, projectDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + MIXER_PROJECT_DENSE_BIAS + i));
                        FloatVector joined = biased.add(FloatVector.fromArray(FLOATS, input, at + i));
                        joined.intoArray(mixersResidual, at + i);
                    }
                }
            }

            private void allocate() {
                mixersBranchBuffers();
                expandBuffers();
                projectBuffers();
            }

            private void run(int rows) {
                mixersBranchForward(rows);
                expandForward(rows);
                projectForward(rows);
            }
        }
    }
}
