package io.espalier.train;

import io.espalier.emitted.Blueprint;
import io.espalier.emitted.Packing;
import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.StepState;
import io.espalier.emitted.TrainingRule;
import io.espalier.emitted.UpdateRule;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.WeightPanels;
import io.espalier.model.NetworkDescription;
import io.espalier.model.ParameterRole;
import io.espalier.model.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final int running;
    private final Blueprint blueprint;
    private final float[] values;
    private final Parameters parameters;
    private final NetworkDescription description;
    private final List<Double> progress = new ArrayList<>();
    private Map<String, String> metadata = Map.of();
    private int open;

    LinearNetwork(int in, int classes, boolean runningStatistic) {
        this.in = in;
        this.classes = classes;
        this.bias = WeightPanels.size(in, classes);
        int trained = bias + PassBuilder.stride(classes);
        this.running = runningStatistic ? trained : -1;
        this.blueprint = new Blueprint("Linear", trained + 1);
        blueprint.ends(new int[] {in}, new int[] {classes}, "CROSS_ENTROPY");
        blueprint.sections(bias, bias, trained);
        blueprint.training(TrainingRule.of(new UpdateRule.Sgd(0.5, false), LEARNING_RATE));
        blueprint.parameter("logits.dense.weight", 0, Packing.PANELS, ParameterRole.WEIGHT, true, 0, classes, in);
        blueprint.parameter("logits.dense.bias", bias, Packing.ROWS, ParameterRole.BIAS, false, 0, classes);
        if (runningStatistic) {
            blueprint.parameter(
                    "inputs.batchNorm.runningMean", running, Packing.ROWS, ParameterRole.RUNNING_MEAN, false, 0, 1);
        }
        this.values = blueprint.values();
        this.parameters = blueprint.parameters();
        this.description = blueprint.description();
    }

    /** How many training steps have been opened and not closed. */
    int openSteps() {
        return open;
    }

    float countedSteps() {
        return values[running];
    }

    /** How far training had come in each forward pass. */
    List<Double> progress() {
        return progress;
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
        return new TrainingStep(
                new TrainingContext(
                        description,
                        values,
                        parameters,
                        blueprint.sections(),
                        blueprint.training(),
                        maxBatch,
                        threads,
                        seed,
                        () -> open--),
                Step::new);
    }

    @Override
    public PredictionPass predictionPass(int maxBatch) {
        return new PredictionPass(description, values, maxBatch, Pass::new);
    }

    @Override
    public float learningRate() {
        return LEARNING_RATE;
    }

    @Override
    public String updateRule() {
        return blueprint.training().text();
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

    private final class Step implements PhaseCode {
        private static final int FORWARD = 0;
        private static final int COUNT = 1;

        private final StepState state;
        private final float[] input;
        private final float[] outputs;

        Step(StepBuilder step) {
            state = step.state();
            input = step.inputs(1, PassBuilder.stride(in));
            outputs = step.rows(PassBuilder.stride(classes));
            step.outputs(outputs);
            float[] gradients = step.rows(PassBuilder.stride(classes));
            step.outputGradients(gradients);
            step.weightGradient(
                    1, input, PassBuilder.stride(in), in, gradients, PassBuilder.stride(classes), classes, 0, bias);
            step.forwardBatch(this, COUNT);
            step.forwardExamples(this, FORWARD);
        }

        @Override
        public void phase(int number, int from, int to, int worker) {
            if (number == FORWARD) {
                LinearNetwork.this.logits(
                        input, PassBuilder.stride(in), outputs, PassBuilder.stride(classes), from, to);
            } else {
                progress.add(state.progress());
                if (running >= 0) {
                    values[running]++;
                }
            }
        }
    }

    private final class Pass implements PredictionCode {
        private final float[] input;
        private final float[] outputs;
        private float[] biasAtRefresh = new float[0];

        Pass(PredictionBuilder pass) {
            input = pass.inputs(1, PassBuilder.stride(in));
            outputs = pass.rows(PassBuilder.stride(classes));
            pass.outputs(outputs);
        }

        @Override
        public void forward(int rows) {
            if (!Arrays.equals(biasAtRefresh, 0, classes, values, bias, bias + classes)) {
                throw new IllegalStateException("not refreshed");
            }
            LinearNetwork.this.logits(input, PassBuilder.stride(in), outputs, PassBuilder.stride(classes), 0, rows);
        }

        @Override
        public void refresh() {
            biasAtRefresh = Arrays.copyOfRange(values, bias, bias + classes);
        }
    }
}
