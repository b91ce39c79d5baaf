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
     * How many values weights take; they come first.
     */
    private static final int WEIGHTS = 7840;

    /**
     * How many values are trained; running statistics come after them.
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

    /**
     * Counted from where the run's weights values begin.
     */
    private static final int BLURRED_ONLY_DENSE_WEIGHT = 0;

    /**
     * Counted from where the run's undecayed values begin.
     */
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
        new Training(step).register(step);
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
        network.training(TrainingRule.of(new UpdateRule.Adam(/* beta1= */ 0.9, /* beta2= */ 0.999, /* epsilon= */ 1.0E-8), /* learningRate= */ 0.001)
                .withWeightDecay(0.01));
        describe(network);
        return network;
    }

    private static void describe(Blueprint network) {
        network.operation("first", "GaussianNoise", new int[] {70}, new int[] {70}, "deviation", "0.1");
        network.operation("first", "Dense", new int[] {70}, new int[] {40}, "units", "40", "bias", "true");
        network.parameter("first.dense.weight", FIRST_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.20701966780270625, 40, 70);
        network.parameter("first.dense.bias", FIRST_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 40);
        network.operation("first", "Selu", new int[] {40}, new int[] {40});
        network.operation("first", "AlphaDropout", new int[] {40}, new int[] {40}, "p", "0.1");
        for (int i = 0; i < 2; i++) {
            describeBlurredRegion(network.within("blurred", i), /* weightsAt= */ 3360 + i * 1920, /* undecayedAt= */ 7888 + i * 48);
        }
        network.operation("logits", "Dense", new int[] {40}, new int[] {3}, "units", "3", "bias", "true");
        network.parameter("logits.dense.weight", LOGITS_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.27386127875258304, 3, 40);
        network.parameter("logits.dense.bias", LOGITS_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 3);
    }

    private static void describeBlurredRegion(Blueprint network, int weightsAt, int undecayedAt) {
        network.operation("only", "Dense", new int[] {40}, new int[] {40}, "units", "40", "bias", "true");
        network.parameter("only.dense.weight", weightsAt + BLURRED_ONLY_DENSE_WEIGHT, Packing.PANELS, ParameterRole.WEIGHT, /* decayed= */ true, /* limit= */ 0.3872983346207417, 40, 40);
        network.parameter("only.dense.bias", undecayedAt + BLURRED_ONLY_DENSE_BIAS, Packing.ROWS, ParameterRole.BIAS, /* decayed= */ false, /* limit= */ 0.0, 40);
        network.operation("only", "Relu", new int[] {40}, new int[] {40});
        network.operation("only", "GaussianDropout", new int[] {40}, new int[] {40}, "p", "0.2");
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

        private final Strength firstGaussianNoiseDrawsDeviation;

        private final Rate firstAlphaDropoutRate;

        private final float[] logitsDenseWeightTransposed;

        private final float[] outputGradients;

        private final float[] firstGaussianNoiseDraws;

        private final float[] firstGaussianNoise;

        private final long[] firstAlphaDropoutMask;

        private final float[] firstDenseProduct;

        private final float[] firstAlphaDropout;

        private final float[] logitsDenseProduct;

        private final BlurredTraining[] blurredRuns;

        private final float[] blurredOutput;

        Training(StepBuilder step) {
            values = step.values();
            state = step.state();
            inputs = step.inputs(/* positions= */ 1, /* stride= */ 80);
            tiles = step.tiles(48);
            firstGaussianNoiseDrawsDeviation = step.strength(0.1);
            firstAlphaDropoutRate = step.rate(0.1);
            logitsDenseWeightTransposed = step.transposedWeight(LOGITS_DENSE_WEIGHT, /* in= */ 40, /* out= */ 3);
            outputGradients = step.rows(16);
            firstGaussianNoiseDraws = step.draws(96);
            firstGaussianNoise = step.rows(80);
            firstAlphaDropoutMask = step.mask(1);
            firstDenseProduct = step.rows(48);
            firstAlphaDropout = step.rows(48);
            logitsDenseProduct = step.rows(16);
            blurredRuns = new BlurredTraining[2];
            float[] blurredInput = firstAlphaDropout;
            for (int i = 0; i < 2; i++) {
                blurredRuns[i] = new BlurredTraining(
                        step,
                        blurredInput,
                        /* weightsAt= */ 3360 + i * 1920,
                        /* undecayedAt= */ 7888 + i * 48,
                        /* stream= */ 2 + i,
                        /* gradientTile= */ 0);
                blurredInput = blurredRuns[i].output;
            }
            blurredOutput = blurredRuns[1].output;
        }

        /**
         * After the backward pass the runtime sums over the batch what is told here: the gradients of the parameters.
         */
        private void gradientSums(StepBuilder step) {
            // first.dense.weight, first.dense.bias
            float[] firstDenseProductGradients = firstDenseProduct;
            step.weightGradient(
                    /* positions= */ 1,
                    firstGaussianNoise, /* xStride= */ 80, /* in= */ 70,
                    firstDenseProductGradients, /* gStride= */ 48, /* out= */ 40,
                    FIRST_DENSE_WEIGHT, FIRST_DENSE_BIAS);
            // logits.dense.weight, logits.dense.bias
            float[] logitsDenseProductGradients = outputGradients;
            step.weightGradient(
                    /* positions= */ 1,
                    blurredOutput, /* xStride= */ 48, /* in= */ 40,
                    logitsDenseProductGradients, /* gStride= */ 16, /* out= */ 3,
                    LOGITS_DENSE_WEIGHT, LOGITS_DENSE_BIAS);
        }

        private void forward(int from, int to) {
            firstForward(from, to);
            firstDenseForward(from, to);
            for (var run : blurredRuns) {
                run.forward(from, to);
            }
            logitsForward(from, to);
        }

        private void backward(int from, int to, int worker) {
            logitsBackward(from, to, worker);
            for (int i = 1; i >= 0; i--) {
                blurredRuns[i].backward(from, to, worker);
            }
            firstDenseBackward(from, to, worker);
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
         * {@code demo.Noisy.first}. Forward: Gaussian noise (deviation = 0.1).
         */
        private void firstForward(int from, int to) {
            NormalDraws.fill(firstGaussianNoiseDraws, /* stride= */ 96, /* mean= */ 0.0f, (float) firstGaussianNoiseDrawsDeviation.value(),
                    state.seed(), /* stream= */ 0, state.drawStep(), state.firstRow(), from, to);
            Loops.noisy(
                    from, to, /* width= */ 80, inputs, firstGaussianNoiseDraws, /* drawsStride= */ 96,
                    firstGaussianNoise);
        }

        /**
         * {@code demo.Noisy.first}. Forward: dense 70 → 40 with bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstDenseForward(int from, int to) {
            float scale = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)));
            float shift = (float) ((0.0 - 1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766))) * -1.7580993408473766 * firstAlphaDropoutRate.realized());
            float low = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)) * -1.7580993408473766 * (1.0 - firstAlphaDropoutRate.realized()));
            MatrixMultiply.multiply(
                    firstGaussianNoise, from * 80, /* aStride= */ 80, /* rows= */ to - from, /* depth= */ 70,
                    values, FIRST_DENSE_WEIGHT, /* columns= */ 40,
                    firstDenseProduct, from * 48, /* cStride= */ 48);
            DropoutMask.fill(firstAlphaDropoutMask, /* width= */ 40, firstAlphaDropoutRate.threshold(),
                    state.seed(), /* stream= */ 1, state.drawStep(), state.firstRow(), from, to);
            Loops.dropped(
                    from, to, /* width= */ 48, firstDenseProduct, values, FIRST_DENSE_BIAS, scale, shift,
                    low, firstAlphaDropoutMask, /* wordsPerExample= */ 1, firstAlphaDropout);
        }

        /**
         * {@code demo.Noisy.logits}. Forward: dense 40 → 3 with bias.
         */
        private void logitsForward(int from, int to) {
            float[] logitsDense = logitsDenseProduct;
            MatrixMultiply.multiply(
                    blurredOutput, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 40,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 3,
                    logitsDenseProduct, from * 16, /* cStride= */ 16);
            Loops.biased(
                    from, to, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS, logitsDense);
        }

        /**
         * {@code demo.Noisy.logits}. Backward through dense 40 → 3 with bias.
         * From what it leaves the runtime sums the gradients of {@code logits.dense.weight}, {@code logits.dense.bias}: see {@code gradientSums}.
         */
        private void logitsBackward(int from, int to, int worker) {
            float[] logitsDenseProductGradients = outputGradients;
            float[] logitsDenseProductInputGradients = tiles[0][worker];
            MatrixMultiply.multiply(
                    logitsDenseProductGradients, from * 16, /* aStride= */ 16, /* rows= */ to - from, /* depth= */ 3,
                    logitsDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 40,
                    logitsDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 48);
        }

        /**
         * {@code demo.Noisy.first}. Backward through alpha dropout (p = 0.1), SELU, dense 70 → 40 with bias.
         * From what it leaves the runtime sums the gradients of {@code first.dense.weight}, {@code first.dense.bias}: see {@code gradientSums}.
         */
        private void firstDenseBackward(int from, int to, int worker) {
            float[] blurredInputGradients = tiles[0][worker];
            float[] firstDenseProductGradients = firstDenseProduct;
            float scale = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)));
            Loops.productGradient(
                    from, to, /* width= */ 48, blurredInputGradients, from, scale, firstAlphaDropoutMask,
                    /* wordsPerExample= */ 1, firstDenseProduct, values, FIRST_DENSE_BIAS,
                    firstDenseProductGradients);
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
         * Trains {@code Blurred}, {@code {40}} → {@code {40}}: one run of it.
         */
        private final class BlurredTraining {
            private final float[] input;

            private final int weightsAt;

            private final int undecayedAt;

            private final int stream;

            private final int gradientTile;

            /**
             * What the region gives, a row for each example.
             */
            private final float[] output;

            private final Strength onlyGaussianDropoutDrawsDeviation;

            private final float[] onlyDenseWeightTransposed;

            private final float[] onlyGaussianDropoutDraws;

            private final float[] onlyDenseProduct;

            private final float[] onlyGaussianDropout;

            BlurredTraining(StepBuilder step, float[] input, int weightsAt, int undecayedAt,
                    int stream, int gradientTile) {
                this.input = input;
                this.weightsAt = weightsAt;
                this.undecayedAt = undecayedAt;
                this.stream = stream;
                this.gradientTile = gradientTile;
                onlyGaussianDropoutDrawsDeviation = step.strength(0.5);
                onlyDenseWeightTransposed = step.transposedWeight(weightsAt + BLURRED_ONLY_DENSE_WEIGHT, /* in= */ 40, /* out= */ 40);
                onlyGaussianDropoutDraws = step.draws(64);
                onlyDenseProduct = step.rows(48);
                onlyGaussianDropout = step.rows(48);
                output = onlyGaussianDropout;
                gradientSums(step);
            }

            /**
             * After the backward pass the runtime sums over the batch what is told here: the gradients of the parameters.
             */
            private void gradientSums(StepBuilder step) {
                // only.dense.weight, only.dense.bias
                float[] onlyDenseProductGradients = onlyDenseProduct;
                step.weightGradient(
                        /* positions= */ 1,
                        input, /* xStride= */ 48, /* in= */ 40,
                        onlyDenseProductGradients, /* gStride= */ 48, /* out= */ 40,
                        weightsAt + BLURRED_ONLY_DENSE_WEIGHT, undecayedAt + BLURRED_ONLY_DENSE_BIAS);
            }

            /**
             * {@code demo.Blurred.only}. Forward: dense 40 → 40 with bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyForward(int from, int to) {
                MatrixMultiply.multiply(
                        input, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 40,
                        values, weightsAt + BLURRED_ONLY_DENSE_WEIGHT, /* columns= */ 40,
                        onlyDenseProduct, from * 48, /* cStride= */ 48);
                NormalDraws.fill(onlyGaussianDropoutDraws, /* stride= */ 64, /* mean= */ 1.0f, (float) onlyGaussianDropoutDrawsDeviation.value(),
                        state.seed(), stream, state.drawStep(), state.firstRow(), from, to);
                Loops.scaled(
                        from, to, /* width= */ 48, onlyDenseProduct, values,
                        undecayedAt + BLURRED_ONLY_DENSE_BIAS, onlyGaussianDropoutDraws, /* drawsStride= */ 64,
                        onlyGaussianDropout);
            }

            /**
             * {@code demo.Blurred.only}. Backward through Gaussian dropout (p = 0.2), ReLU, dense 40 → 40 with bias.
             * From what it leaves the runtime sums the gradients of {@code only.dense.weight}, {@code only.dense.bias}: see {@code gradientSums}.
             */
            private void onlyBackward(int from, int to, int worker) {
                float[] incomingGradients = tiles[gradientTile][worker];
                float[] onlyDenseProductGradients = onlyDenseProduct;
                float[] onlyDenseProductInputGradients = tiles[gradientTile][worker];
                Loops.productGradient2(
                        from, to, /* width= */ 48, incomingGradients, from, onlyGaussianDropoutDraws,
                        /* drawsStride= */ 64, onlyDenseProduct, values, undecayedAt + BLURRED_ONLY_DENSE_BIAS,
                        onlyDenseProductGradients);
                MatrixMultiply.multiply(
                        onlyDenseProductGradients, from * 48, /* aStride= */ 48, /* rows= */ to - from, /* depth= */ 40,
                        onlyDenseWeightTransposed, /* panelsOffset= */ 0, /* columns= */ 40,
                        onlyDenseProductInputGradients, /* cOffset= */ 0, /* cStride= */ 48);
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
        private final float[] values;

        private final float[] inputs;

        private final float[][] shared;

        private final BlurredPrediction[] blurredRuns;

        Prediction(PredictionBuilder pass) {
            values = pass.values();
            inputs = pass.inputs(/* positions= */ 1, /* stride= */ 80);
            shared = pass.shared(48, 48, 48);
            blurredRuns = new BlurredPrediction[2];
            float[] blurredInput = shared[0];
            for (int i = 0; i < 2; i++) {
                float[] blurredResult = i % 2 == 1 ? shared[1] : shared[2];
                blurredRuns[i] = new BlurredPrediction(
                        blurredInput,
                        /* weightsAt= */ 3360 + i * 1920,
                        /* undecayedAt= */ 7888 + i * 48,
                        blurredResult);
                blurredInput = blurredResult;
            }
            pass.outputs(shared[0]);
        }

        /**
         * {@code demo.Noisy.first}. Forward: dense 70 → 40 with bias, SELU.
         */
        private void firstForward(int rows) {
            float[] firstDenseProduct = shared[0];
            float[] firstSelu = shared[0];
            MatrixMultiply.multiply(
                    inputs, /* aOffset= */ 0, /* aStride= */ 80, rows, /* depth= */ 70,
                    values, FIRST_DENSE_WEIGHT, /* columns= */ 40,
                    firstDenseProduct, /* cOffset= */ 0, /* cStride= */ 48);
            Loops.activated(
                    /* from= */ 0, rows, /* width= */ 48, firstDenseProduct, values, FIRST_DENSE_BIAS,
                    firstSelu);
        }

        /**
         * {@code demo.Noisy.logits}. Forward: dense 40 → 3 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[0];
            float[] logitsDense = shared[0];
            float[] blurredOutput = shared[1];
            MatrixMultiply.multiply(
                    blurredOutput, /* aOffset= */ 0, /* aStride= */ 48, rows, /* depth= */ 40,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 3,
                    logitsDenseProduct, /* cOffset= */ 0, /* cStride= */ 16);
            Loops.biased(
                    /* from= */ 0, rows, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS,
                    logitsDense);
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

            private final int weightsAt;

            private final int undecayedAt;

            private final float[] output;

            BlurredPrediction(float[] input, int weightsAt, int undecayedAt, float[] output) {
                this.input = input;
                this.weightsAt = weightsAt;
                this.undecayedAt = undecayedAt;
                this.output = output;
            }

            /**
             * {@code demo.Blurred.only}. Forward: dense 40 → 40 with bias, ReLU.
             */
            private void onlyForward(int rows) {
                MatrixMultiply.multiply(
                        input, /* aOffset= */ 0, /* aStride= */ 48, rows, /* depth= */ 40,
                        values, weightsAt + BLURRED_ONLY_DENSE_WEIGHT, /* columns= */ 40,
                        output, /* cOffset= */ 0, /* cStride= */ 48);
                Loops.activated2(
                        /* from= */ 0, rows, /* width= */ 48, output, values,
                        undecayedAt + BLURRED_ONLY_DENSE_BIAS, output);
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
        private final float[] values;

        private final StepState state;

        private final float[] inputs;

        private final float[][] shared;

        private final Strength firstGaussianNoiseDrawsDeviation;

        private final Rate firstAlphaDropoutRate;

        private final float[] firstGaussianNoiseDraws;

        private final long[] firstAlphaDropoutMask;

        private final BlurredSampling[] blurredRuns;

        Sampling(PredictionBuilder pass) {
            values = pass.values();
            state = pass.state();
            inputs = pass.inputs(/* positions= */ 1, /* stride= */ 80);
            shared = pass.shared(80, 48, 48);
            firstGaussianNoiseDrawsDeviation = pass.strength(0.1);
            firstAlphaDropoutRate = pass.rate(0.1);
            firstGaussianNoiseDraws = pass.draws(96);
            firstAlphaDropoutMask = pass.mask(1);
            blurredRuns = new BlurredSampling[2];
            float[] blurredInput = shared[1];
            for (int i = 0; i < 2; i++) {
                float[] blurredResult = i % 2 == 1 ? shared[0] : shared[2];
                blurredRuns[i] = new BlurredSampling(
                        pass,
                        blurredInput,
                        /* weightsAt= */ 3360 + i * 1920,
                        /* undecayedAt= */ 7888 + i * 48,
                        /* stream= */ 2 + i,
                        blurredResult);
                blurredInput = blurredResult;
            }
            pass.outputs(shared[1]);
        }

        /**
         * {@code demo.Noisy.first}. Forward: Gaussian noise (deviation = 0.1).
         */
        private void firstForward(int rows) {
            float[] firstGaussianNoise = shared[0];
            NormalDraws.fill(firstGaussianNoiseDraws, /* stride= */ 96, /* mean= */ 0.0f, (float) firstGaussianNoiseDrawsDeviation.value(),
                    state.seed(), /* stream= */ 0, state.drawStep(), state.firstRow(), /* from= */ 0, rows);
            Loops.noisy(
                    /* from= */ 0, rows, /* width= */ 80, inputs, firstGaussianNoiseDraws,
                    /* drawsStride= */ 96, firstGaussianNoise);
        }

        /**
         * {@code demo.Noisy.first}. Forward: dense 70 → 40 with bias, SELU, alpha dropout (p = 0.1).
         */
        private void firstDenseForward(int rows) {
            float[] firstDenseProduct = shared[1];
            float[] firstAlphaDropout = shared[1];
            float[] firstGaussianNoise = shared[0];
            float scale = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)));
            float shift = (float) ((0.0 - 1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766))) * -1.7580993408473766 * firstAlphaDropoutRate.realized());
            float low = (float) (1.0 / Math.sqrt((1.0 - firstAlphaDropoutRate.realized()) * (1.0 + firstAlphaDropoutRate.realized() * -1.7580993408473766 * -1.7580993408473766)) * -1.7580993408473766 * (1.0 - firstAlphaDropoutRate.realized()));
            MatrixMultiply.multiply(
                    firstGaussianNoise, /* aOffset= */ 0, /* aStride= */ 80, rows, /* depth= */ 70,
                    values, FIRST_DENSE_WEIGHT, /* columns= */ 40,
                    firstDenseProduct, /* cOffset= */ 0, /* cStride= */ 48);
            DropoutMask.fill(firstAlphaDropoutMask, /* width= */ 40, firstAlphaDropoutRate.threshold(),
                    state.seed(), /* stream= */ 1, state.drawStep(), state.firstRow(), /* from= */ 0, rows);
            Loops.dropped(
                    /* from= */ 0, rows, /* width= */ 48, firstDenseProduct, values, FIRST_DENSE_BIAS, scale,
                    shift, low, firstAlphaDropoutMask, /* wordsPerExample= */ 1, firstAlphaDropout);
        }

        /**
         * {@code demo.Noisy.logits}. Forward: dense 40 → 3 with bias.
         */
        private void logitsForward(int rows) {
            float[] logitsDenseProduct = shared[1];
            float[] logitsDense = shared[1];
            float[] blurredOutput = shared[0];
            MatrixMultiply.multiply(
                    blurredOutput, /* aOffset= */ 0, /* aStride= */ 48, rows, /* depth= */ 40,
                    values, LOGITS_DENSE_WEIGHT, /* columns= */ 3,
                    logitsDenseProduct, /* cOffset= */ 0, /* cStride= */ 16);
            Loops.biased(
                    /* from= */ 0, rows, /* width= */ 16, logitsDenseProduct, values, LOGITS_DENSE_BIAS,
                    logitsDense);
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

            private final int weightsAt;

            private final int undecayedAt;

            private final int stream;

            private final float[] output;

            private final Strength onlyGaussianDropoutDrawsDeviation;

            private final float[] onlyGaussianDropoutDraws;

            BlurredSampling(PredictionBuilder pass, float[] input, int weightsAt, int undecayedAt,
                    int stream, float[] output) {
                this.input = input;
                this.weightsAt = weightsAt;
                this.undecayedAt = undecayedAt;
                this.stream = stream;
                this.output = output;
                onlyGaussianDropoutDrawsDeviation = pass.strength(0.5);
                onlyGaussianDropoutDraws = pass.draws(64);
            }

            /**
             * {@code demo.Blurred.only}. Forward: dense 40 → 40 with bias, ReLU, Gaussian dropout (p = 0.2).
             */
            private void onlyForward(int rows) {
                MatrixMultiply.multiply(
                        input, /* aOffset= */ 0, /* aStride= */ 48, rows, /* depth= */ 40,
                        values, weightsAt + BLURRED_ONLY_DENSE_WEIGHT, /* columns= */ 40,
                        output, /* cOffset= */ 0, /* cStride= */ 48);
                NormalDraws.fill(onlyGaussianDropoutDraws, /* stride= */ 64, /* mean= */ 1.0f, (float) onlyGaussianDropoutDrawsDeviation.value(),
                        state.seed(), stream, state.drawStep(), state.firstRow(), /* from= */ 0, rows);
                Loops.scaled(
                        /* from= */ 0, rows, /* width= */ 48, output, values,
                        undecayedAt + BLURRED_ONLY_DENSE_BIAS, onlyGaussianDropoutDraws, /* drawsStride= */ 64,
                        output);
            }

            private void forward(int rows) {
                onlyForward(rows);
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
         * Called by {@code Training.firstForward}, {@code Sampling.firstForward}.
         */
        static void noisy(int from, int to, int width, float[] xRows, float[] drawsArray,
                int drawsStride, float[] noisyRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                int fromDraws = row * drawsStride;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector draws = FloatVector.fromArray(FLOATS, drawsArray, fromDraws + i);
                    FloatVector noisy = x.add(draws);
                    noisy.intoArray(noisyRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.firstDenseForward}, {@code Sampling.firstDenseForward}.
         */
        static void dropped(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float scale, float shift, float low, long[] maskWords, int wordsPerExample,
                float[] droppedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                int words = row * wordsPerExample;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
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
                    // Java shifts by the lowest six bits of i: by its place in the word.
                    VectorMask<Float> kept = VectorMask.fromLong(FLOATS, maskWords[words + (i >>> 6)] >>> i);
                    FloatVector dropped = FloatVector.broadcast(FLOATS, low).blend(activated.fma(scale, shift), kept);
                    dropped.intoArray(droppedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Training.logitsForward}, {@code Prediction.logitsForward}, {@code Sampling.logitsForward}.
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
         * Called by {@code Training.firstDenseBackward}.
         */
        static void productGradient(int from, int to, int width, float[] incomingRows, int taskFrom,
                float scale, long[] maskWords, int wordsPerExample, float[] xRows, float[] values,
                int biasAt, float[] productGradientRows) {
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
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code BlurredTraining.onlyForward}, {@code BlurredSampling.onlyForward}.
         */
        static void scaled(int from, int to, int width, float[] xRows, float[] values, int biasAt,
                float[] drawsArray, int drawsStride, float[] scaledRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                int fromDraws = row * drawsStride;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                    FloatVector draws = FloatVector.fromArray(FLOATS, drawsArray, fromDraws + i);
                    FloatVector scaled = activated.mul(draws);
                    scaled.intoArray(scaledRows, at + i);
                }
            }
        }

        /**
         * Called by {@code BlurredTraining.onlyBackward}.
         */
        static void productGradient2(int from, int to, int width, float[] incomingRows,
                int taskFrom, float[] drawsArray, int drawsStride, float[] xRows, float[] values,
                int biasAt, float[] productGradientRows) {
            for (int row = from; row < to; row++) {
                int atTile = (row - taskFrom) * width;
                int fromDraws = row * drawsStride;
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector incoming = FloatVector.fromArray(FLOATS, incomingRows, atTile + i);
                    FloatVector draws = FloatVector.fromArray(FLOATS, drawsArray, fromDraws + i);
                    FloatVector activatedGradient = incoming.mul(draws);
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector biasedGradient = FloatVector.zero(FLOATS).blend(activatedGradient, biased.compare(VectorOperators.GT, 0.0f));
                    biasedGradient.intoArray(productGradientRows, at + i);
                }
            }
        }

        /**
         * Called by {@code Prediction.firstForward}.
         */
        static void activated(int from, int to, int width, float[] xRows, float[] values,
                int biasAt, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
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
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }

        /**
         * Called by {@code BlurredPrediction.onlyForward}.
         */
        static void activated2(int from, int to, int width, float[] xRows, float[] values,
                int biasAt, float[] activatedRows) {
            for (int row = from; row < to; row++) {
                int at = row * width;
                for (int i = 0; i < width; i += LANES) {
                    FloatVector x = FloatVector.fromArray(FLOATS, xRows, at + i);
                    FloatVector biased = x.add(FloatVector.fromArray(FLOATS, values, biasAt + i));
                    FloatVector activated = biased.blend(0.0f, biased.compare(VectorOperators.LT, 0.0f));
                    activated.intoArray(activatedRows, at + i);
                }
            }
        }
    }
}
