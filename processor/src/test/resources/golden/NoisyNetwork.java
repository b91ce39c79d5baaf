package demo;

import io.espalier.Blueprint;
import io.espalier.Classifier;
import io.espalier.MonteCarlo;
import io.espalier.kernel.AdamUpdate;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.NormalDraws;
import io.espalier.kernel.Simd;
import io.espalier.kernel.VectorModule;
import io.espalier.model.ParameterRole;
import io.espalier.train.PredictionPass;
import io.espalier.train.RowPhase;
import io.espalier.train.SamplingPass;
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
 * The network of {@code demo.Noisy}, from {@code {70}} to {@code {3}}: 6243 trained parameters.
 *
 * <table>
 * <caption>The stages</caption>
 * <tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>
 * <tr><td>first</td><td>GaussianNoise, Dense, Selu, AlphaDropout</td><td>{@code {40}}</td><td>2840</td></tr>
 * <tr><td>blurred</td><td>2 × Blurred</td><td>{@code {40}}</td><td>3280</td></tr>
 * <tr><td>logits</td><td>Dense</td><td>{@code {3}}</td><td>123</td></tr>
 * </table>
 *
 * <table>
 * <caption>The stages of Blurred, {@code {40}} in</caption>
 * <tr><th>stage</th><th>operations</th><th>shape</th><th>parameters</th></tr>
 * <tr><td>only</td><td>Dense, Relu, GaussianDropout</td><td>{@code {40}}</td><td>1640</td></tr>
 * </table>
 */
@Generated("io.espalier.processor.EspalierProcessor")
final class NoisyNetwork extends Classifier {
    /**
     * Values of weights; they come first.
     */
    private static final int WEIGHTS = 7840;

    /**
     * Values that are trained; running statistics come behind them.
     */
    private static final int TRAINED = 8000;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 8000;

    /**
     * Values in a row of a gradient buffer: what the widest stage needs.
     */
    private static final int GRADIENT_STRIDE = 80;

    private static final int FIRST_DENSE_WEIGHT = 0;

    private static final int FIRST_DENSE_BIAS = 7840;

    private static final int LOGITS_DENSE_WEIGHT = 7200;

    private static final int LOGITS_DENSE_BIAS = 7984;

    private static final int BLURRED_ONLY_DENSE_WEIGHT = 0;

    private static final int BLURRED_ONLY_DENSE_BIAS = 0;

    private NoisyNetwork(Blueprint blueprint) {
        super(blueprint);
    }

    /**
     * A network with weights drawn at random.
     *
     * @param seed fixes the weights
     * @return the network
     */
    public static NoisyNetwork create(long seed) {
        VectorModule.require();
        Blueprint blueprint = blueprint();
        NoisyNetwork network = new NoisyNetwork(blueprint);
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
    public static NoisyNetwork load(Path file) throws IOException {
        VectorModule.require();
        NoisyNetwork network = new NoisyNetwork(blueprint());
        network.readWeights(file);
        return network;
    }

    @Override
    public float learningRate() {
        return 0.001f;
    }

    @Override
    public String updateRule() {
        return "Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8], weight decay 0.01";
    }

    @Override
    protected TrainingStep newTrainingStep(TrainingContext context) {
        return new Training(context);
    }

    @Override
    protected PredictionPass newPredictionPass(float[] values, int maxBatch) {
        return new Prediction(values, maxBatch);
    }

    /**
     * Estimates how sure the network is: its predictions with the noise of training on.
     *
     * @param samples how many predictions make an estimate, at least 2
     * @param seed fixes the noise
     * @return the estimator, with a copy of the weights as they are now
     */
    public MonteCarlo monteCarlo(int samples, long seed) {
        return monteCarlo(samples, seed, Sampling::new);
    }

    private static Blueprint blueprint() {
        Blueprint network = new Blueprint("Noisy", VALUES);
        network.ends(new int[] {70}, new int[] {3}, "CROSS_ENTROPY");
        describe(network);
        return network;
    }

    private static void describeFirst(Blueprint network) {
        network.operation("first", "GaussianNoise", new int[] {70}, new int[] {70}, "deviation", "0.1");
        network.operation("first", "Dense", new int[] {70}, new int[] {40}, "units", "40", "bias", "true");
        network.weight("first.dense.weight", FIRST_DENSE_WEIGHT, 40, 70, true, 0.20701967f);
        network.vector("first.dense.bias", FIRST_DENSE_BIAS, 40, ParameterRole.BIAS, false);
        network.operation("first", "Selu", new int[] {40}, new int[] {40});
        network.operation("first", "AlphaDropout", new int[] {40}, new int[] {40}, "p", "0.1");
    }

    private static void describeBlurred(Blueprint network) {
        for (int i = 0; i < 2; i++) {
            describeBlurredRegion(network, "blurred." + i, 3360 + i * 1920, 7888 + i * 48);
        }
    }

    private static void describeLogits(Blueprint network) {
        network.operation("logits", "Dense", new int[] {40}, new int[] {3}, "units", "3", "bias", "true");
        network.weight("logits.dense.weight", LOGITS_DENSE_WEIGHT, 3, 40, true, 0.2738613f);
        network.vector("logits.dense.bias", LOGITS_DENSE_BIAS, 3, ParameterRole.BIAS, false);
    }

    private static void describe(Blueprint network) {
        describeFirst(network);
        describeBlurred(network);
        describeLogits(network);
    }

    private static void describeBlurredOnly(Blueprint network, String path, int weights,
            int undecayed) {
        network.operation(path + ".only", "Dense", new int[] {40}, new int[] {40}, "units", "40", "bias", "true");
        network.weight(path + ".only.dense.weight", weights + BLURRED_ONLY_DENSE_WEIGHT, 40, 40, true, 0.38729835f);
        network.vector(path + ".only.dense.bias", undecayed + BLURRED_ONLY_DENSE_BIAS, 40, ParameterRole.BIAS, false);
        network.operation(path + ".only", "Relu", new int[] {40}, new int[] {40});
        network.operation(path + ".only", "GaussianDropout", new int[] {40}, new int[] {40}, "p", "0.2");
    }

    private static void describeBlurredRegion(Blueprint network, String path, int weights,
            int undecayed) {
        describeBlurredOnly(network, path, weights, undecayed);
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
         * What is added to each value.
         */
        private float[] firstGaussianNoiseDraws;

        private float[] firstGaussianNoise;

        /**
         * The product of firstDense; backward, its gradient.
         */
        private float[] firstDenseProduct;

        /**
         * A bit for each value: whether it is kept.
         */
        private long[] firstAlphaDropoutMask;

        private float[] firstAlphaDropout;

        private BlurredTraining[] blurredRuns;

        private float[] blurredOutput;

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
            super(context, new StepLayout(70, 3, WEIGHTS, WEIGHTS, TRAINED, GRADIENT_STRIDE, 1, 2, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY));
            allocate();
            ready();
        }

        private void firstGaussianNoiseBuffers() {
            firstGaussianNoiseDraws = new float[capacity * 96];
            firstGaussianNoise = rowBuffer(80);
        }

        /**
         * Forward: Gaussian noise (deviation = 0.1).
         */
        private void firstGaussianNoiseForward(int from, int to) {
            NormalDraws.fill(firstGaussianNoiseDraws, 96, 0f, 0.1f, seed, 0, drawStep(), firstRow(), from, to);
            for (int row = from; row < to; row++) {
                int at = row * 80;
                int draws = row * 96;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                    FloatVector noisy = x.add(FloatVector.fromArray(FLOATS, firstGaussianNoiseDraws, draws + i));
                    noisy.intoArray(firstGaussianNoise, at + i);
                }
            }
        }

        private void firstBuffers() {
            firstDenseProduct = rowBuffer(48);
            weightGradient(
                    firstGaussianNoise, 80, 70,
                    firstDenseProduct, 48, 40,
                    FIRST_DENSE_WEIGHT, FIRST_DENSE_BIAS);
            firstAlphaDropoutMask = new long[capacity];
            firstAlphaDropout = rowBuffer(48);
        }

        /**
         * Forward: dense 70 → 40; bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstForward(int from, int to) {
            MatrixMultiply.multiply(
                    firstGaussianNoise, from * 80, 80, to - from, 70,
                    values, FIRST_DENSE_WEIGHT, 40,
                    firstDenseProduct, from * 48, 48);
            DropoutMask.fill(firstAlphaDropoutMask, 40, 6554, seed, 1, drawStep(), firstRow(), from, to);
            for (int row = from; row < to; row++) {
                int at = row * 48;
                int words = row;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, FIRST_DENSE_BIAS + i));
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
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, firstAlphaDropoutMask[words + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.broadcast(FLOATS, -1.4577233f).blend(activated.fma(0.921281f, 0.16198024f), kept);
                    dropped.intoArray(firstAlphaDropout, at + i);
                }
            }
        }

        private void blurredBuffers() {
            blurredRuns = new BlurredTraining[2];
            float[] next = firstAlphaDropout;
            for (int i = 0; i < 2; i++) {
                blurredRuns[i] = new BlurredTraining(next, 3360 + i * 1920, 7888 + i * 48, 2 + i, 0);
                next = blurredRuns[i].output;
            }
            blurredOutput = next;
        }

        private void logitsBuffers() {
            logitsDenseProduct = rowBuffer(16);
            weightGradient(
                    blurredOutput, 48, 40,
                    logitsDenseProduct, 16, 3,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
            logitsDenseTransposed = transposedWeight(LOGITS_DENSE_WEIGHT, 40, 3);
            logitsDense = rowBuffer(16);
        }

        /**
         * Forward: dense 40 → 3; bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    blurredOutput, from * 48, 48, to - from, 40,
                    values, LOGITS_DENSE_WEIGHT, 3,
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
         * Backward: dense 40 → 3; bias.
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
                    logitsDenseProduct, from * 16, 16, to - from, 3,
                    logitsDenseTransposed, 0, 40,
                    gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
        }

        /**
         * Backward: dense 70 → 40; bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstBackward(int from, int to) {
            for (int row = from; row < to; row++) {
                int flow = row * GRADIENT_STRIDE;
                int words = row;
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, firstAlphaDropoutMask[words + (i >>> 6)] >>> i);
                    gradient = FloatVector.zero(FLOATS).blend(gradient.mul(0.921281f), kept);
                    FloatVector x = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, FIRST_DENSE_BIAS + i));
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
                    gradient = gradient.mul(activated.add(1.7580993f).blend(1.050701f, activated.compare(VectorOperators.GT, 0f)));
                    gradient.intoArray(firstDenseProduct, at + i);
                }
            }
        }

        private void allocate() {
            firstGaussianNoiseBuffers();
            firstBuffers();
            blurredBuffers();
            logitsBuffers();
            gradientFlow = gradientBuffer(0);
        }

        private void forward(int from, int to) {
            readInput(from, to);
            firstGaussianNoiseForward(from, to);
            firstForward(from, to);
            for (int i = 0; i < 2; i++) {
                blurredRuns[i].forward(from, to);
            }
            logitsForward(from, to);
        }

        @Override
        protected void forwardPass() {
            overRows(this, FORWARD);
        }

        private void backward(int from, int to) {
            logitsBackward(from, to);
            for (int i = 1; i >= 0; i--) {
                blurredRuns[i].backward(from, to);
            }
            firstBackward(from, to);
        }

        @Override
        protected void backwardPass() {
            overRows(this, BACKWARD);
        }

        private void forwardLossBackward(int from, int to) {
            readInput(from, to);
            firstGaussianNoiseForward(from, to);
            firstForward(from, to);
            for (int i = 0; i < 2; i++) {
                blurredRuns[i].forward(from, to);
            }
            logitsForward(from, to);
            crossEntropy(0.0f, from, to);
            logitsBackward(from, to);
            for (int i = 1; i >= 0; i--) {
                blurredRuns[i].backward(from, to);
            }
            firstBackward(from, to);
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
         * Trains {@code Blurred}, {40} → {40}: one run of it.
         */
        private final class BlurredTraining {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final int stream;

            private final int level;

            /**
             * What the region gives, a row for each example.
             */
            private final float[] output;

            /**
             * The product of onlyDense; backward, its gradient.
             */
            private float[] onlyDenseProduct;

            private float[] onlyDenseTransposed;

            /**
             * A factor for each value.
             */
            private float[] onlyGaussianDropoutDraws;

            private float[] onlyGaussianDropout;

            /**
             * The gradient of what is being gone through, a row of GRADIENT_STRIDE values each.
             */
            private float[] gradientFlow;

            BlurredTraining(float[] input, int weights, int undecayed, int stream, int level) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.stream = stream;
                this.level = level;
                allocate();
                output = onlyGaussianDropout;
            }

            private void onlyBuffers() {
                onlyDenseProduct = rowBuffer(48);
                weightGradient(
                        input, 48, 40,
                        onlyDenseProduct, 48, 40,
                        weights + BLURRED_ONLY_DENSE_WEIGHT, undecayed + BLURRED_ONLY_DENSE_BIAS);
                onlyDenseTransposed = transposedWeight(weights + BLURRED_ONLY_DENSE_WEIGHT, 40, 40);
                onlyGaussianDropoutDraws = new float[capacity * 64];
                onlyGaussianDropout = rowBuffer(48);
            }

            /**
             * Forward: dense 40 → 40; bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyForward(int from, int to) {
                MatrixMultiply.multiply(
                        input, from * 48, 48, to - from, 40,
                        values, weights + BLURRED_ONLY_DENSE_WEIGHT, 40,
                        onlyDenseProduct, from * 48, 48);
                NormalDraws.fill(onlyGaussianDropoutDraws, 64, 1f, 0.5f, seed, stream, drawStep(), firstRow(), from, to);
                for (int row = from; row < to; row++) {
                    int at = row * 48;
                    int draws = row * 64;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, onlyDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + BLURRED_ONLY_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0f, biased.compare(VectorOperators.LT, 0f));
                        FloatVector scaled = activated.mul(FloatVector.fromArray(FLOATS, onlyGaussianDropoutDraws, draws + i));
                        scaled.intoArray(onlyGaussianDropout, at + i);
                    }
                }
            }

            /**
             * Backward: dense 40 → 40; bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyBackward(int from, int to) {
                for (int row = from; row < to; row++) {
                    int flow = row * GRADIENT_STRIDE;
                    int draws = row * 64;
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector gradient = FloatVector.fromArray(FLOATS, gradientFlow, flow + i);
                        gradient = gradient.mul(FloatVector.fromArray(FLOATS, onlyGaussianDropoutDraws, draws + i));
                        FloatVector x = FloatVector.fromArray(FLOATS, onlyDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + BLURRED_ONLY_DENSE_BIAS + i));
                        gradient = FloatVector.zero(FLOATS).blend(gradient, biased.compare(VectorOperators.GT, 0f));
                        gradient.intoArray(onlyDenseProduct, at + i);
                    }
                }
                MatrixMultiply.multiply(
                        onlyDenseProduct, from * 48, 48, to - from, 40,
                        onlyDenseTransposed, 0, 40,
                        gradientFlow, from * GRADIENT_STRIDE, GRADIENT_STRIDE);
            }

            private void allocate() {
                onlyBuffers();
                gradientFlow = gradientBuffer(level);
            }

            private void forward(int from, int to) {
                onlyForward(from, to);
            }

            private void backward(int from, int to) {
                onlyBackward(from, to);
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

        private float[] firstGaussianNoise;

        private float[] firstDenseProduct;

        private float[] firstAlphaDropout;

        private BlurredPrediction[] blurredRuns;

        private float[] blurredOutput;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        Prediction(float[] values, int maxBatch) {
            super(values, maxBatch, 70, 3, 5, 80);
            allocate();
            refresh();
        }

        private void firstGaussianNoiseBuffers() {
            firstGaussianNoise = buffers[1];
        }

        /**
         * Forward: Gaussian noise (deviation = 0.1).
         */
        private void firstGaussianNoiseForward(int rows) {
            for (int row = 0; row < rows; row++) {
                int at = row * 80;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                    x.intoArray(firstGaussianNoise, at + i);
                }
            }
        }

        private void firstBuffers() {
            firstDenseProduct = buffers[2];
            firstAlphaDropout = buffers[1];
        }

        /**
         * Forward: dense 70 → 40; bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstForward(int rows) {
            MatrixMultiply.multiply(
                    firstGaussianNoise, 0, 80, rows, 70,
                    values, FIRST_DENSE_WEIGHT, 40,
                    firstDenseProduct, 0, 48);
            for (int row = 0; row < rows; row++) {
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, FIRST_DENSE_BIAS + i));
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
                    activated.intoArray(firstAlphaDropout, at + i);
                }
            }
        }

        private void blurredBuffers() {
            blurredRuns = new BlurredPrediction[2];
            float[] next = firstAlphaDropout;
            for (int i = 0; i < 2; i++) {
                blurredRuns[i] = new BlurredPrediction(next, 3360 + i * 1920, 7888 + i * 48, 2, i % 2 == 1 ? 3 : 4);
                next = blurredRuns[i].output;
            }
            blurredOutput = next;
        }

        private void logitsBuffers() {
            logitsDenseProduct = buffers[1];
            logitsDense = buffers[1];
        }

        /**
         * Forward: dense 40 → 3; bias.
         */
        private void logitsForward(int rows) {
            MatrixMultiply.multiply(
                    blurredOutput, 0, 48, rows, 40,
                    values, LOGITS_DENSE_WEIGHT, 3,
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
            firstGaussianNoiseBuffers();
            firstBuffers();
            blurredBuffers();
            logitsBuffers();
        }

        private void run(int rows) {
            firstGaussianNoiseForward(rows);
            firstForward(rows);
            for (var run : blurredRuns) {
                run.run(rows);
            }
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
         * Predicts with {@code Blurred}, {40} → {40}: one run of it.
         */
        private final class BlurredPrediction {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final int firstBuffer;

            private final int outputBuffer;

            private final float[] output;

            private float[] onlyDenseProduct;

            private float[] onlyGaussianDropout;

            BlurredPrediction(float[] input, int weights, int undecayed, int firstBuffer,
                    int outputBuffer) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.firstBuffer = firstBuffer;
                this.outputBuffer = outputBuffer;
                allocate();
                output = onlyGaussianDropout;
            }

            private void onlyBuffers() {
                onlyDenseProduct = buffers[firstBuffer];
                onlyGaussianDropout = buffers[outputBuffer];
            }

            /**
             * Forward: dense 40 → 40; bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyForward(int rows) {
                MatrixMultiply.multiply(
                        input, 0, 48, rows, 40,
                        values, weights + BLURRED_ONLY_DENSE_WEIGHT, 40,
                        onlyDenseProduct, 0, 48);
                for (int row = 0; row < rows; row++) {
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, onlyDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + BLURRED_ONLY_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0f, biased.compare(VectorOperators.LT, 0f));
                        activated.intoArray(onlyGaussianDropout, at + i);
                    }
                }
            }

            private void allocate() {
                onlyBuffers();
            }

            private void run(int rows) {
                onlyForward(rows);
            }
        }
    }

    /**
     * Predicts with the network, its noise on, batch norm on its running statistics.
     */
    private static final class Sampling extends SamplingPass {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private float[] input;

        private float[] firstGaussianNoise;

        /**
         * What is added to each value.
         */
        private float[] firstGaussianNoiseDraws;

        private float[] firstDenseProduct;

        private float[] firstAlphaDropout;

        /**
         * A bit for each value: whether it is kept.
         */
        private long[] firstAlphaDropoutMask;

        private BlurredSampling[] blurredRuns;

        private float[] blurredOutput;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        Sampling(float[] values, int maxBatch, long seed) {
            super(values, maxBatch, 70, 3, 5, 80, seed);
            allocate();
            refresh();
        }

        private void firstGaussianNoiseBuffers() {
            firstGaussianNoise = buffers[1];
            firstGaussianNoiseDraws = new float[rowsAtATime * 96];
        }

        /**
         * Forward: Gaussian noise (deviation = 0.1).
         */
        private void firstGaussianNoiseForward(int rows) {
            NormalDraws.fill(firstGaussianNoiseDraws, 96, 0f, 0.1f, seed, 0, drawStep(), firstRow(), 0, rows);
            for (int row = 0; row < rows; row++) {
                int at = row * 80;
                int draws = row * 96;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, input, at + i);
                    FloatVector noisy = x.add(FloatVector.fromArray(FLOATS, firstGaussianNoiseDraws, draws + i));
                    noisy.intoArray(firstGaussianNoise, at + i);
                }
            }
        }

        private void firstBuffers() {
            firstDenseProduct = buffers[2];
            firstAlphaDropout = buffers[1];
            firstAlphaDropoutMask = new long[rowsAtATime];
        }

        /**
         * Forward: dense 70 → 40; bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstForward(int rows) {
            MatrixMultiply.multiply(
                    firstGaussianNoise, 0, 80, rows, 70,
                    values, FIRST_DENSE_WEIGHT, 40,
                    firstDenseProduct, 0, 48);
            DropoutMask.fill(firstAlphaDropoutMask, 40, 6554, seed, 1, drawStep(), firstRow(), 0, rows);
            for (int row = 0; row < rows; row++) {
                int at = row * 48;
                int words = row;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, FIRST_DENSE_BIAS + i));
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
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, firstAlphaDropoutMask[words + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.broadcast(FLOATS, -1.4577233f).blend(activated.fma(0.921281f, 0.16198024f), kept);
                    dropped.intoArray(firstAlphaDropout, at + i);
                }
            }
        }

        private void blurredBuffers() {
            blurredRuns = new BlurredSampling[2];
            float[] next = firstAlphaDropout;
            for (int i = 0; i < 2; i++) {
                blurredRuns[i] = new BlurredSampling(next, 3360 + i * 1920, 7888 + i * 48, 2 + i, 2, i % 2 == 1 ? 3 : 4);
                next = blurredRuns[i].output;
            }
            blurredOutput = next;
        }

        private void logitsBuffers() {
            logitsDenseProduct = buffers[1];
            logitsDense = buffers[1];
        }

        /**
         * Forward: dense 40 → 3; bias.
         */
        private void logitsForward(int rows) {
            MatrixMultiply.multiply(
                    blurredOutput, 0, 48, rows, 40,
                    values, LOGITS_DENSE_WEIGHT, 3,
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
            firstGaussianNoiseBuffers();
            firstBuffers();
            blurredBuffers();
            logitsBuffers();
        }

        private void run(int rows) {
            firstGaussianNoiseForward(rows);
            firstForward(rows);
            for (var run : blurredRuns) {
                run.run(rows);
            }
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
         * Predicts with {@code Blurred}, {40} → {40}: one run of it.
         */
        private final class BlurredSampling {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final int stream;

            private final int firstBuffer;

            private final int outputBuffer;

            private final float[] output;

            private float[] onlyDenseProduct;

            private float[] onlyGaussianDropout;

            /**
             * A factor for each value.
             */
            private float[] onlyGaussianDropoutDraws;

            BlurredSampling(float[] input, int weights, int undecayed, int stream, int firstBuffer,
                    int outputBuffer) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.stream = stream;
                this.firstBuffer = firstBuffer;
                this.outputBuffer = outputBuffer;
                allocate();
                output = onlyGaussianDropout;
            }

            private void onlyBuffers() {
                onlyDenseProduct = buffers[firstBuffer];
                onlyGaussianDropout = buffers[outputBuffer];
                onlyGaussianDropoutDraws = new float[rowsAtATime * 64];
            }

            /**
             * Forward: dense 40 → 40; bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyForward(int rows) {
                MatrixMultiply.multiply(
                        input, 0, 48, rows, 40,
                        values, weights + BLURRED_ONLY_DENSE_WEIGHT, 40,
                        onlyDenseProduct, 0, 48);
                NormalDraws.fill(onlyGaussianDropoutDraws, 64, 1f, 0.5f, seed, stream, drawStep(), firstRow(), 0, rows);
                for (int row = 0; row < rows; row++) {
                    int at = row * 48;
                    int draws = row * 64;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector x = FloatVector.fromArray(FLOATS, onlyDenseProduct, at + i);
                        FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, undecayed + BLURRED_ONLY_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0f, biased.compare(VectorOperators.LT, 0f));
                        FloatVector scaled = activated.mul(FloatVector.fromArray(FLOATS, onlyGaussianDropoutDraws, draws + i));
                        scaled.intoArray(onlyGaussianDropout, at + i);
                    }
                }
            }

            private void allocate() {
                onlyBuffers();
            }

            private void run(int rows) {
                onlyForward(rows);
            }
        }
    }
}
