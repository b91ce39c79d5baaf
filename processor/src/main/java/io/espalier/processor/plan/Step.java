package io.espalier.processor.plan;

import java.util.Optional;

/** What a fused loop does to a value, one step after another. */
public sealed interface Step {
    /** What the step is called in comments. */
    String title();

    /** Adds a bias. */
    record AddBias(PlannedParameter bias) implements Step {
        @Override
        public String title() {
            return "bias";
        }
    }

    /** Normalizes each row; what comes in lies in {@code source}. */
    record LayerNorm(String name, PlannedParameter scale, PlannedParameter shift, float epsilon, Value source)
            implements Step {
        @Override
        public String title() {
            return "layer norm";
        }
    }

    /** Divides each row by its root mean square; what comes in lies in {@code source}. */
    record RmsNorm(String name, PlannedParameter scale, float epsilon, Value source) implements Step {
        @Override
        public String title() {
            return "RMS norm";
        }
    }

    /** Normalizes each column over the batch; what comes in lies in {@code source}. */
    record BatchNorm(
            String name,
            PlannedParameter scale,
            PlannedParameter shift,
            PlannedParameter runningMean,
            PlannedParameter runningVariance,
            float epsilon,
            float momentum,
            Value source)
            implements Step {
        @Override
        public String title() {
            return "batch norm";
        }
    }

    /** An activation function, with the slope of leaky ReLU or the alpha of ELU; 0 for the others. */
    record Activate(Activation function, double constant) implements Step {
        /** How much the variance of the weights in front of it is raised. */
        double gain() {
            return function.gain(constant);
        }

        @Override
        public String title() {
            return function.title();
        }
    }

    /** Softmax of each row, which then lies in {@code result}. */
    record Softmax(Value result) implements Step {
        @Override
        public String title() {
            return "softmax";
        }
    }

    /** Dropout: training only. */
    record Dropout(String name, double p, int threshold, int stream, int width) implements Step {
        /** Words of the mask in a row, a bit for each value. */
        public int words() {
            return (width + Long.SIZE - 1) / Long.SIZE;
        }

        /** What kept values are multiplied with: by the probability that the threshold realizes, so that the mean stays. */
        public float scale() {
            return 65_536f / (65_536 - threshold);
        }

        @Override
        public String title() {
            return "dropout (p = " + p + ")";
        }
    }

    /** Drop path of a residual branch: training only. */
    record DropPath(String name, int rule, int stream) implements Step {
        @Override
        public String title() {
            return "drop path";
        }
    }

    /** Adds the shortcut, which is what lies in {@code skip}, or the product of the projection. */
    record Join(Value skip, Optional<Product> projection) implements Step {
        @Override
        public String title() {
            return projection.isPresent() ? "projected shortcut" : "shortcut";
        }
    }

    /** Keeps what the steps before it gave. */
    record Keep(Value value) implements Step {
        @Override
        public String title() {
            return "";
        }
    }

    /** A residual branch starts here: backward, the shortcut's gradient is added. */
    record Fork(Value value, Optional<Product> projection) implements Step {
        @Override
        public String title() {
            return "";
        }
    }
}
