package io.espalier;

import io.espalier.emitted.Blueprint;
import io.espalier.emitted.Packing;
import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.TrainingRule;
import io.espalier.emitted.UpdateRule;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.WeightPanels;
import io.espalier.model.ParameterRole;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Written by hand as if it were emitted: one weight of two matrices, whose products are added up, and a bias of two rows, of which
 * the first is added too.
 */
final class StackedNetwork extends Classifier {
    static final int IN = 20;
    static final int OUT = 40;
    static final int MATRIX = WeightPanels.size(IN, OUT);
    static final int BIAS = 2 * MATRIX;
    static final int VALUES = BIAS + 96;

    private final float[] values;

    private StackedNetwork(Blueprint blueprint) {
        super(blueprint);
        values = blueprint.values();
    }

    static StackedNetwork create(long seed, TrainingRule rule) {
        StackedNetwork network = new StackedNetwork(blueprint(rule));
        network.drawWeights(seed);
        return network;
    }

    static StackedNetwork create(long seed) {
        return create(seed, TrainingRule.of(new UpdateRule.Sgd(0.9, false), 0.1));
    }

    static StackedNetwork load(Path file) throws IOException {
        StackedNetwork network = create(0);
        network.readWeights(file);
        return network;
    }

    float[] memory() {
        return values;
    }

    private static Blueprint blueprint(TrainingRule rule) {
        Blueprint network = new Blueprint("Stacked", VALUES);
        network.ends(new int[] {IN}, new int[] {OUT}, "CROSS_ENTROPY");
        network.sections(BIAS, BIAS, VALUES);
        network.training(rule);
        network.operation("both", "Dense", new int[] {IN}, new int[] {OUT});
        network.parameter("both.dense.weight", 0, Packing.PANELS, ParameterRole.WEIGHT, true, 0.3, 2, OUT, IN);
        network.parameter("both.dense.bias", BIAS, Packing.ROWS, ParameterRole.BIAS, false, 0, 2, OUT);
        return network;
    }

    @Override
    protected void buildStep(StepBuilder step) {
        new Training(step);
    }

    @Override
    protected PredictionCode buildPrediction(PredictionBuilder pass) {
        Products products = new Products(pass);
        return rows -> products.compute(0, rows);
    }

    private static final class Products {
        private final float[] values;
        private final float[] input;
        private final float[] first;
        private final float[] second;
        private final float[] outputs;

        Products(PassBuilder builder) {
            values = builder.values();
            input = builder.inputs(1, 32);
            first = builder.rows(48);
            second = builder.rows(48);
            outputs = builder.rows(48);
            builder.outputs(outputs);
        }

        void compute(int from, int to) {
            MatrixMultiply.multiply(input, from * 32, 32, to - from, IN, values, 0, OUT, first, from * 48, 48);
            MatrixMultiply.multiply(input, from * 32, 32, to - from, IN, values, MATRIX, OUT, second, from * 48, 48);
            for (int row = from; row < to; row++) {
                for (int i = 0; i < OUT; i++) {
                    outputs[row * 48 + i] = first[row * 48 + i] + second[row * 48 + i] + values[BIAS + i];
                }
            }
        }
    }

    private static final class Training implements PhaseCode {
        private static final int FORWARD = 0;
        private static final int BACKWARD = 1;

        private final Products products;
        private final float[] gradient;

        Training(StepBuilder step) {
            products = new Products(step);
            gradient = step.rows(48);
            step.outputGradients(gradient);
            step.weightGradient(1, products.input, 32, IN, products.first, 48, OUT, 0, BIAS);
            step.weightGradient(1, products.input, 32, IN, products.second, 48, OUT, MATRIX, -1);
            step.forwardExamples(this, FORWARD);
            step.backwardExamples(this, BACKWARD);
        }

        @Override
        public void phase(int number, int from, int to, int worker) {
            if (number == FORWARD) {
                products.compute(from, to);
                return;
            }
            for (int row = from; row < to; row++) {
                System.arraycopy(gradient, row * 48, products.first, row * 48, 48);
                System.arraycopy(gradient, row * 48, products.second, row * 48, 48);
            }
        }
    }
}
