package demo;

import io.espalier.Classifier;
import io.espalier.MonteCarlo;
import io.espalier.emitted.Blueprint;
import io.espalier.emitted.Packing;
import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.emitted.Rate;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.StepState;
import io.espalier.emitted.Strength;
import io.espalier.emitted.TrainingRule;
import io.espalier.emitted.UpdateRule;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.NormalDraws;
import io.espalier.kernel.Simd;
import io.espalier.kernel.VectorModule;
import io.espalier.model.ParameterRole;
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
     * Values that are trained; running statistics come after them.
     */
    private static final int TRAINED = 8000;

    /**
     * All values, padding included.
     */
    private static final int VALUES = 8000;

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
        NoisyNetwork network = new NoisyNetwork(blueprint());
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
    public static NoisyNetwork load(Path file) throws IOException {
        VectorModule.require();
        NoisyNetwork network = new NoisyNetwork(blueprint());
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
        network.sections(WEIGHTS, WEIGHTS, TRAINED);
        network.training(TrainingRule.of(new UpdateRule.Adam(0.9, 0.999, 1.0E-8), 0.001)
                .withWeightDecay(0.01));
        describe(network);
        return network;
    }

    private static void describeFirst(Blueprint network) {
        network.operation("first", "GaussianNoise", new int[] {70}, new int[] {70}, "deviation", "0.1");
        network.operation("first", "Dense", new int[] {70}, new int[] {40}, "units", "40", "bias", "true");
        network.parameter("first.dense.weight", FIRST_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.20701966780270625, 40, 70);
        network.parameter("first.dense.bias", FIRST_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 40);
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
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.27386127875258304, 3, 40);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 3);
    }

    private static void describe(Blueprint network) {
        describeFirst(network);
        describeBlurred(network);
        describeLogits(network);
    }

    private static void describeBlurredOnly(Blueprint network, String path, int weights,
            int undecayed) {
        network.operation(path + ".only", "Dense", new int[] {40}, new int[] {40}, "units", "40", "bias", "true");
        network.parameter(path + ".only.dense.weight", weights + BLURRED_ONLY_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, true, 0.3872983346207417, 40, 40);
        network.parameter(path + ".only.dense.bias", undecayed + BLURRED_ONLY_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0.0, 40);
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
    private static final class Training implements PhaseCode {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private static final int FORWARD = 0;

        private static final int BACKWARD = 1;

        private final float[] values;

        private final StepState state;

        private final float[] inputs;

        private final float[][][] tiles;

        private Strength firstGaussianNoiseDrawsDeviation;

        private Rate firstAlphaDropoutRate;

        private float[] logitsDenseWeightTransposed;

        private float[] outputGradients;

        private float[] firstGaussianNoiseDraws;

        private float[] firstGaussianNoise;

        private long[] firstAlphaDropoutMask;

        private float[] firstDenseProduct;

        private float[] firstAlphaDropout;

        private float[] logitsDenseProduct;

        private float[] logitsDense;

        private float[] logitsDenseProductGradients;

        private float[] firstDenseProductGradients;

        private BlurredTraining[] blurredRuns;

        private float[] blurredOutput;

        Training(StepBuilder step) {
            values = step.values();
            state = step.state();
            inputs = step.inputs(1, 80);
            tiles = step.tiles(48);
            allocate(step);
            step.outputs(logitsDense);
            step.outputGradients(outputGradients);
            forwardPhases(step);
            backwardPhases(step);
        }

        private void blurredMake(StepBuilder step) {
            blurredRuns = new BlurredTraining[2];
            float[] next = firstAlphaDropout;
            for (int i = 0; i < 2; i++) {
                blurredRuns[i] = new BlurredTraining(step, next, 3360 + i * 1920, 7888 + i * 48, 2 + i, 0);
                next = blurredRuns[i].output;
            }
            blurredOutput = next;
        }

        private void allocate(StepBuilder step) {
            firstGaussianNoiseDrawsDeviation = step.strength(0.1);
            firstAlphaDropoutRate = step.rate(0.1);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, 40, 3);
            outputGradients = step.rows(16);
            firstGaussianNoiseDraws = step.draws(96);
            firstGaussianNoise = step.rows(80);
            firstAlphaDropoutMask = step.mask(1);
            firstDenseProduct = step.rows(48);
            firstAlphaDropout = step.rows(48);
            logitsDenseProduct = step.rows(16);
            logitsDense = logitsDenseProduct;
            logitsDenseProductGradients = outputGradients;
            firstDenseProductGradients = firstDenseProduct;
            blurredMake(step);
            step.weightGradient(
                    1,
                    firstGaussianNoise, 80, 70,
                    firstDenseProductGradients, 48, 40,
                    FIRST_DENSE_WEIGHT, FIRST_DENSE_BIAS);
            step.weightGradient(
                    1,
                    blurredOutput, 48, 40,
                    logitsDenseProductGradients, 16, 3,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        /**
         * Forward: Gaussian noise (deviation = 0.1).
         */
        private void firstForward(int from, int to) {
            NormalDraws.fill(firstGaussianNoiseDraws, 96, 0.0f, (float) firstGaussianNoiseDrawsDeviation.value(), state.seed(), 0, state.drawStep(), state.firstRow(), from, to);
            for (int row = from; row < to; row++) {
                int at = row * 80;
                int from96 = row * 96;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, inputs, at + i);
                    FloatVector draws = FloatVector.fromArray(FLOATS, firstGaussianNoiseDraws, from96 + i);
                    FloatVector noisy = x.add(draws);
                    noisy.intoArray(firstGaussianNoise, at + i);
                }
            }
        }

        /**
         * Forward: dense 70 → 40 with bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstDenseForward(int from, int to) {
            float scale = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)));
            float shift = (float) ((0.0 - 1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766))) * -1.7580993408473766 * firstAlphaDropoutRate.realized());
            float low = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)) * -1.7580993408473766 * (1.0 - firstAlphaDropoutRate.realized()));
            MatrixMultiply.multiply(
                    firstGaussianNoise, from * 80, 80, to - from, 70,
                    values, FIRST_DENSE_WEIGHT, 40,
                    firstDenseProduct, from * 48, 48);
            DropoutMask.fill(firstAlphaDropoutMask, 40, firstAlphaDropoutRate.threshold(), state.seed(), 1, state.drawStep(), state.firstRow(), from, to);
            for (int row = from; row < to; row++) {
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, FIRST_DENSE_BIAS + i));
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
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, firstAlphaDropoutMask[row + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.broadcast(FLOATS, low).blend(activated.fma(scale, shift), kept);
                    dropped.intoArray(firstAlphaDropout, at + i);
                }
            }
        }

        /**
         * Forward: dense 40 → 3 with bias.
         */
        private void logitsForward(int from, int to) {
            MatrixMultiply.multiply(
                    blurredOutput, from * 48, 48, to - from, 40,
                    values, LOGITS_DENSE_WEIGHT, 3,
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
         * Backward: dense 40 → 3 with bias.
         */
        private void logitsBackward(int from, int to, int worker) {
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, 16, to - from, 3,
                    logitsDenseWeightTransposed, 0, 40,
                    logitsDenseProductInputGradients, 0, 48);
        }

        /**
         * Backward: dense 70 → 40 with bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstDenseBackward(int from, int to, int worker) {
            float[] blurredInputGradients = tiles[0][worker];
            float scale = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)));
            for (int row = from; row < to; row++) {
                int atTile = (row - from) * 48;
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector droppedGradient = FloatVector.fromArray(FLOATS, blurredInputGradients, atTile + i);
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, firstAlphaDropoutMask[row + (i >>> 6)] >>> i);
                    FloatVector activatedGradient = FloatVector.zero(FLOATS).blend(droppedGradient.mul(scale), kept);
                    FloatVector product = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, FIRST_DENSE_BIAS + i));
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
                    FloatVector biasedGradient = activatedGradient.mul(activated.add(1.7580993f).blend(1.050701f, activated.compare(VectorOperators.GT, 0.0f)));
                    biasedGradient.intoArray(firstDenseProductGradients, at + i);
                }
            }
        }

        private void forward(int from, int to) {
            firstForward(from, to);
            firstDenseForward(from, to);
            for (var run : blurredRuns) {
                run.forward(from, to);
            }
            logitsForward(from, to);
        }

        private void forwardPhases(StepBuilder step) {
            step.forwardExamples(this, FORWARD);
        }

        private void backward(int from, int to, int worker) {
            logitsBackward(from, to, worker);
            for (int i = 1; i >= 0; i--) {
                blurredRuns[i].backward(from, to, worker);
            }
            firstDenseBackward(from, to, worker);
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
         * Trains {@code Blurred}, {@code {40}} → {@code {40}}: one run of it.
         */
        private final class BlurredTraining {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final int stream;

            private final int gradient;

            /**
             * What the region gives, a row for each example.
             */
            private final float[] output;

            private Strength onlyGaussianDropoutDrawsDeviation;

            private float[] onlyDenseWeightTransposed;

            private float[] onlyGaussianDropoutDraws;

            private float[] onlyDenseProduct;

            private float[] onlyGaussianDropout;

            private float[] onlyDenseProductGradients;

            BlurredTraining(StepBuilder step, float[] input, int weights, int undecayed, int stream,
                    int gradient) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.stream = stream;
                this.gradient = gradient;
                allocate(step);
                output = onlyGaussianDropout;
            }

            private void allocate(StepBuilder step) {
                onlyGaussianDropoutDrawsDeviation = step.strength(0.5);
                onlyDenseWeightTransposed = step.transposedWeight(weights + BLURRED_ONLY_DENSE_WEIGHT, 40, 40);
                onlyGaussianDropoutDraws = step.draws(64);
                onlyDenseProduct = step.rows(48);
                onlyGaussianDropout = step.rows(48);
                onlyDenseProductGradients = onlyDenseProduct;
                step.weightGradient(
                        1,
                        input, 48, 40,
                        onlyDenseProductGradients, 48, 40,
                        weights + BLURRED_ONLY_DENSE_WEIGHT, undecayed + BLURRED_ONLY_DENSE_BIAS);
            }

            /**
             * Forward: dense 40 → 40 with bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyForward(int from, int to) {
                MatrixMultiply.multiply(
                        input, from * 48, 48, to - from, 40,
                        values, weights + BLURRED_ONLY_DENSE_WEIGHT, 40,
                        onlyDenseProduct, from * 48, 48);
                NormalDraws.fill(onlyGaussianDropoutDraws, 64, 1.0f, (float) onlyGaussianDropoutDrawsDeviation.value(), state.seed(), stream, state.drawStep(), state.firstRow(), from, to);
                for (int row = from; row < to; row++) {
                    int at = row * 48;
                    int from64 = row * 64;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, onlyDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + BLURRED_ONLY_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                        FloatVector draws = FloatVector.fromArray(FLOATS, onlyGaussianDropoutDraws, from64 + i);
                        FloatVector scaled = activated.mul(draws);
                        scaled.intoArray(onlyGaussianDropout, at + i);
                    }
                }
            }

            /**
             * Backward: dense 40 → 40 with bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyBackward(int from, int to, int worker) {
                float[] outputGradients = tiles[gradient][worker];
                float[] onlyDenseProductInputGradients = tiles[gradient][worker];
                for (int row = from; row < to; row++) {
                    int atTile = (row - from) * 48;
                    int from64 = row * 64;
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector outputGradient = FloatVector.fromArray(FLOATS, outputGradients, atTile + i);
                        FloatVector draws = FloatVector.fromArray(FLOATS, onlyGaussianDropoutDraws, from64 + i);
                        FloatVector activatedGradient = outputGradient.mul(draws);
                        FloatVector product = FloatVector.fromArray(FLOATS, onlyDenseProduct, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + BLURRED_ONLY_DENSE_BIAS + i));
                        FloatVector biasedGradient = FloatVector.zero(FLOATS).blend(activatedGradient, biased.compare(VectorOperators.GT, 0.0f));
                        biasedGradient.intoArray(onlyDenseProductGradients, at + i);
                    }
                }
                MatrixMultiply.multiply(
                        onlyDenseProductGradients, from * 48, 48, to - from, 40,
                        onlyDenseWeightTransposed, 0, 40,
                        onlyDenseProductInputGradients, 0, 48);
            }

            private void forward(int from, int to) {
                onlyForward(from, to);
            }

            private void backward(int from, int to, int worker) {
                onlyBackward(from, to, worker);
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

        private BlurredPrediction[] blurredRuns;

        Prediction(PredictionBuilder pass) {
            values = pass.values();
            inputs = pass.inputs(1, 80);
            shared = pass.shared(48, 48, 48);
            allocate(pass);
            pass.outputs(shared[0]);
        }

        private void blurredMake(PredictionBuilder pass) {
            blurredRuns = new BlurredPrediction[2];
            float[] next = shared[0];
            for (int i = 0; i < 2; i++) {
                blurredRuns[i] = new BlurredPrediction(pass, next, 3360 + i * 1920, 7888 + i * 48, i % 2 == 1 ? shared[1] : shared[2]);
                next = blurredRuns[i].output;
            }
        }

        private void allocate(PredictionBuilder pass) {
            blurredMake(pass);
        }

        /**
         * Forward: dense 70 → 40 with bias, SELU.
         */
        private void firstForward(int rows) {
            float[] firstDenseProduct = shared[0];
            float[] firstSelu = shared[0];
            MatrixMultiply.multiply(
                    inputs, 0, 80, rows, 70,
                    values, FIRST_DENSE_WEIGHT, 40,
                    firstDenseProduct, 0, 48);
            for (int row = 0; row < rows; row++) {
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, FIRST_DENSE_BIAS + i));
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
                    activated.intoArray(firstSelu, at + i);
                }
            }
        }

        /**
         * Forward: dense 40 → 3 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[0];
            float[] logitsDense = shared[0];
            float[] blurredOutput = shared[1];
            MatrixMultiply.multiply(
                    blurredOutput, 0, 48, rows, 40,
                    values, LOGITS_DENSE_WEIGHT, 3,
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
            firstForward(rows);
            for (var run : blurredRuns) {
                run.forward(rows);
            }
            logitsForward(rows);
        }

        /**
         * Predicts with {@code Blurred}, {@code {40}} → {@code {40}}: one run of it.
         */
        private final class BlurredPrediction {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final float[] output;

            BlurredPrediction(PredictionBuilder pass, float[] input, int weights, int undecayed,
                    float[] output) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.output = output;
                allocate(pass);
            }

            private void allocate(PredictionBuilder pass) {
            }

            /**
             * Forward: dense 40 → 40 with bias, ReLU.
             */
            private void onlyForward(int rows) {
                MatrixMultiply.multiply(
                        input, 0, 48, rows, 40,
                        values, weights + BLURRED_ONLY_DENSE_WEIGHT, 40,
                        output, 0, 48);
                for (int row = 0; row < rows; row++) {
                    int at = row * 48;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, output, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + BLURRED_ONLY_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                        activated.intoArray(output, at + i);
                    }
                }
            }

            private void forward(int rows) {
                onlyForward(rows);
            }
        }
    }

    /**
     * Predicts with the network, its noise on, batch norm on its running statistics.
     */
    private static final class Sampling implements PredictionCode {
        private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

        private static final int LANES = FLOATS.length();

        private final float[] values;

        private final StepState state;

        private final float[] inputs;

        private final float[][] shared;

        private Strength firstGaussianNoiseDrawsDeviation;

        private Rate firstAlphaDropoutRate;

        private float[] firstGaussianNoiseDraws;

        private long[] firstAlphaDropoutMask;

        private BlurredSampling[] blurredRuns;

        Sampling(PredictionBuilder pass) {
            values = pass.values();
            state = pass.state();
            inputs = pass.inputs(1, 80);
            shared = pass.shared(80, 48, 48);
            allocate(pass);
            pass.outputs(shared[1]);
        }

        private void blurredMake(PredictionBuilder pass) {
            blurredRuns = new BlurredSampling[2];
            float[] next = shared[1];
            for (int i = 0; i < 2; i++) {
                blurredRuns[i] = new BlurredSampling(pass, next, 3360 + i * 1920, 7888 + i * 48, 2 + i, i % 2 == 1 ? shared[0] : shared[2]);
                next = blurredRuns[i].output;
            }
        }

        private void allocate(PredictionBuilder pass) {
            firstGaussianNoiseDrawsDeviation = pass.strength(0.1);
            firstAlphaDropoutRate = pass.rate(0.1);
            firstGaussianNoiseDraws = pass.draws(96);
            firstAlphaDropoutMask = pass.mask(1);
            blurredMake(pass);
        }

        /**
         * Forward: Gaussian noise (deviation = 0.1).
         */
        private void firstForward(int rows) {
            float[] firstGaussianNoise = shared[0];
            NormalDraws.fill(firstGaussianNoiseDraws, 96, 0.0f, (float) firstGaussianNoiseDrawsDeviation.value(), state.seed(), 0, state.drawStep(), state.firstRow(), 0, rows);
            for (int row = 0; row < rows; row++) {
                int at = row * 80;
                int from96 = row * 96;
                for (int i = 0; i < 80; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, inputs, at + i);
                    FloatVector draws = FloatVector.fromArray(FLOATS, firstGaussianNoiseDraws, from96 + i);
                    FloatVector noisy = x.add(draws);
                    noisy.intoArray(firstGaussianNoise, at + i);
                }
            }
        }

        /**
         * Forward: dense 70 → 40 with bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstDenseForward(int rows) {
            float[] firstDenseProduct = shared[1];
            float[] firstAlphaDropout = shared[1];
            float[] firstGaussianNoise = shared[0];
            float scale = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)));
            float shift = (float) ((0.0 - 1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766))) * -1.7580993408473766 * firstAlphaDropoutRate.realized());
            float low = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)) * -1.7580993408473766 * (1.0 - firstAlphaDropoutRate.realized()));
            MatrixMultiply.multiply(
                    firstGaussianNoise, 0, 80, rows, 70,
                    values, FIRST_DENSE_WEIGHT, 40,
                    firstDenseProduct, 0, 48);
            DropoutMask.fill(firstAlphaDropoutMask, 40, firstAlphaDropoutRate.threshold(), state.seed(), 1, state.drawStep(), state.firstRow(), 0, rows);
            for (int row = 0; row < rows; row++) {
                int at = row * 48;
                for (int i = 0; i < 48; i += LANES) {
                    FloatVector product = FloatVector.fromArray(FLOATS, firstDenseProduct, at + i);
                    FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, FIRST_DENSE_BIAS + i));
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
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, firstAlphaDropoutMask[row + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.broadcast(FLOATS, low).blend(activated.fma(scale, shift), kept);
                    dropped.intoArray(firstAlphaDropout, at + i);
                }
            }
        }

        /**
         * Forward: dense 40 → 3 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] blurredOutput = shared[0];
            MatrixMultiply.multiply(
                    blurredOutput, 0, 48, rows, 40,
                    values, LOGITS_DENSE_WEIGHT, 3,
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
            firstForward(rows);
            firstDenseForward(rows);
            for (var run : blurredRuns) {
                run.forward(rows);
            }
            logitsForward(rows);
        }

        /**
         * Predicts with {@code Blurred}, {@code {40}} → {@code {40}}: one run of it.
         */
        private final class BlurredSampling {
            private final float[] input;

            private final int weights;

            private final int undecayed;

            private final int stream;

            private final float[] output;

            private Strength onlyGaussianDropoutDrawsDeviation;

            private float[] onlyGaussianDropoutDraws;

            BlurredSampling(PredictionBuilder pass, float[] input, int weights, int undecayed,
                    int stream, float[] output) {
                this.input = input;
                this.weights = weights;
                this.undecayed = undecayed;
                this.stream = stream;
                this.output = output;
                allocate(pass);
            }

            private void allocate(PredictionBuilder pass) {
                onlyGaussianDropoutDrawsDeviation = pass.strength(0.5);
                onlyGaussianDropoutDraws = pass.draws(64);
            }

            /**
             * Forward: dense 40 → 40 with bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyForward(int rows) {
                MatrixMultiply.multiply(
                        input, 0, 48, rows, 40,
                        values, weights + BLURRED_ONLY_DENSE_WEIGHT, 40,
                        output, 0, 48);
                NormalDraws.fill(onlyGaussianDropoutDraws, 64, 1.0f, (float) onlyGaussianDropoutDrawsDeviation.value(), state.seed(), stream, state.drawStep(), state.firstRow(), 0, rows);
                for (int row = 0; row < rows; row++) {
                    int at = row * 48;
                    int from64 = row * 64;
                    for (int i = 0; i < 48; i += LANES) {
                        FloatVector product = FloatVector.fromArray(FLOATS, output, at + i);
                        FloatVector biased = product.add(FloatVector.fromArray(FLOATS, values, undecayed + BLURRED_ONLY_DENSE_BIAS + i));
                        FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                        FloatVector draws = FloatVector.fromArray(FLOATS, onlyGaussianDropoutDraws, from64 + i);
                        FloatVector scaled = activated.mul(draws);
                        scaled.intoArray(output, at + i);
                    }
                }
            }

            private void forward(int rows) {
                onlyForward(rows);
            }
        }
    }
}
