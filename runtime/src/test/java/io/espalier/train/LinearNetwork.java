package io.espalier.train;

import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.SgdUpdate;
import io.espalier.kernel.WeightPanels;
import io.espalier.model.NetworkDescription;
import io.espalier.model.ParameterRole;
import io.espalier.model.Parameters;
import java.util.Arrays;
import java.util.Map;

/**
 * Logistic regression, written by hand: the smallest network that the trainer can train. Its one running statistic, if it
 * has one, counts the steps.
 */
final class LinearNetwork implements Trainable {
    static final float LEARNING_RATE = 0.5f;

    private final int in;
    private final int classes;
    private final int bias;
    private final int trained;
    private final int running;
    private final float[] values;
    private final Parameters parameters;
    private final NetworkDescription description;
    private Map<String, String> metadata = Map.of();
    private int open;

    LinearNetwork(int in, int classes, boolean runningStatistic) {
        this.in = in;
        this.classes = classes;
        this.bias = WeightPanels.size(in, classes);
        this.trained = bias + TrainingStep.stride(classes);
        this.running = runningStatistic ? trained : -1;
        this.values = new float[trained + 1];
        Parameters.Builder builder = new Parameters.Builder(values)
                .matrix("logits.dense.weight", 0, classes, in, WeightPanels::position, true)
                .vector("logits.dense.bias", bias, classes, ParameterRole.BIAS, false);
        NetworkDescription.Builder described = NetworkDescription.builder("Linear")
                .input(in)
                .output(classes)
                .loss("CROSS_ENTROPY")
                .parameter("logits.dense.weight", new int[] {classes, in}, ParameterRole.WEIGHT, true)
                .parameter("logits.dense.bias", new int[] {classes}, ParameterRole.BIAS, false);
        if (runningStatistic) {
            builder.vector("inputs.batchNorm.runningMean", running, 1, ParameterRole.RUNNING_MEAN, false);
            described.parameter("inputs.batchNorm.runningMean", new int[] {1}, ParameterRole.RUNNING_MEAN, false);
        }
        this.parameters = builder.build();
        this.description = described.build();
    }

    /** How many training steps have been opened and not closed. */
    int openSteps() {
        return open;
    }

    float countedSteps() {
        return values[running];
    }

    @Override
    public NetworkDescription description() {
        return description;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public TrainingStep trainingStep(int maxBatch, int threads, long seed) {
        open++;
        return new Step(new TrainingContext(description, values, parameters, maxBatch, threads, seed, () -> open--));
    }

    @Override
    public PredictionPass predictionPass(int maxBatch) {
        return new Pass(maxBatch);
    }

    @Override
    public float learningRate() {
        return LEARNING_RATE;
    }

    @Override
    public String updateRule() {
        return "gradient descent";
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void metadata(Map<String, String> texts) {
        metadata = texts;
    }

    @Override
    public float[] snapshot() {
        return values.clone();
    }

    @Override
    public void restore(float[] snapshot) {
        System.arraycopy(snapshot, 0, values, 0, values.length);
        parameters.touch();
    }

    private void logits(float[] inputs, int inputStride, float[] logits, int logitStride, int from, int to) {
        MatrixMultiply.multiply(
                inputs,
                from * inputStride,
                inputStride,
                to - from,
                in,
                values,
                0,
                classes,
                logits,
                from * logitStride,
                logitStride);
        for (int row = from; row < to; row++) {
            for (int c = 0; c < classes; c++) {
                logits[row * logitStride + c] += values[bias + c];
            }
        }
    }

    private final class Step extends TrainingStep implements RowPhase {
        private static final int FORWARD = 0;
        private static final int FORWARD_AND_LOSS = 1;

        private final float[] outputs;

        Step(TrainingContext context) {
            super(
                    context,
                    new StepLayout(
                            in,
                            classes,
                            bias,
                            bias,
                            trained,
                            stride(classes),
                            1,
                            1,
                            Float.POSITIVE_INFINITY,
                            Float.POSITIVE_INFINITY));
            outputs = rowBuffer(stride(classes));
            weightGradient(input, inputStride, in, gradientBuffer(0), stride(classes), classes, 0, bias);
            ready();
        }

        @Override
        public void rows(int phase, int from, int to) {
            readInput(from, to);
            LinearNetwork.this.logits(input, inputStride, outputs, stride(classes), from, to);
            if (phase == FORWARD_AND_LOSS) {
                crossEntropy(0, from, to);
            }
        }

        @Override
        protected void forwardPass() {
            overRows(this, FORWARD);
        }

        @Override
        protected void backwardPass() {}

        @Override
        protected void forwardBackwardPass() {
            overRows(this, FORWARD_AND_LOSS);
            if (running >= 0) {
                values[running]++;
            }
        }

        @Override
        protected float[] logits() {
            return outputs;
        }

        @Override
        protected void updateRange(int from, int to, float gradientScale, float learningRate, long stepNumber) {
            SgdUpdate.apply(values, gradients, moments[0], from, to, gradientScale, learningRate, 0, false, 0, 0, 0);
        }
    }

    private final class Pass extends PredictionPass {
        private float[] biasAtRefresh = new float[0];

        Pass(int maxBatch) {
            super(
                    LinearNetwork.this.values,
                    maxBatch,
                    in,
                    classes,
                    TrainingStep.stride(in),
                    TrainingStep.stride(classes));
        }

        @Override
        protected float[] forward(int rows) {
            if (!Arrays.equals(biasAtRefresh, 0, classes, values, bias, bias + classes)) {
                throw new IllegalStateException("not refreshed");
            }
            LinearNetwork.this.logits(
                    buffers[0], TrainingStep.stride(in), buffers[1], TrainingStep.stride(classes), 0, rows);
            return buffers[1];
        }

        @Override
        public void refresh() {
            biasAtRefresh = Arrays.copyOfRange(values, bias, bias + classes);
        }
    }
}
