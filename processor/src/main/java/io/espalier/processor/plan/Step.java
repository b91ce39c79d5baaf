package io.espalier.processor.plan;

import io.espalier.processor.operation.Elu;
import io.espalier.processor.operation.Gelu;
import io.espalier.processor.operation.LeakyRelu;
import io.espalier.processor.operation.Operation;
import io.espalier.processor.operation.Relu;
import io.espalier.processor.operation.Selu;
import io.espalier.processor.operation.Sigmoid;
import io.espalier.processor.operation.Silu;
import io.espalier.processor.operation.Tanh;
import java.util.Optional;

/** What a fused loop does to a value, one step after another. */
public sealed interface Step {
    /** What the step is called in comments. */
    String title();

    /** What is random, in training and in sampling; prediction passes over it. */
    sealed interface Noise extends Step {}

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
        /** The step of an activation function, empty for other operations. */
        static Optional<Activate> of(Operation operation) {
            return switch (operation) {
                case Relu ignored -> Optional.of(new Activate(Activation.RELU, 0));
                case LeakyRelu leaky -> Optional.of(new Activate(Activation.LEAKY_RELU, leaky.slope()));
                case Elu elu -> Optional.of(new Activate(Activation.ELU, elu.alpha()));
                case Selu ignored -> Optional.of(new Activate(Activation.SELU, 0));
                case Gelu ignored -> Optional.of(new Activate(Activation.GELU, 0));
                case Silu ignored -> Optional.of(new Activate(Activation.SILU, 0));
                case Tanh ignored -> Optional.of(new Activate(Activation.TANH, 0));
                case Sigmoid ignored -> Optional.of(new Activate(Activation.SIGMOID, 0));
                default -> Optional.empty();
            };
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

    /** Dropout. */
    record Dropout(String name, double p, int threshold, int stream, int width) implements Noise {
        /** Words of the mask in a row, a bit for each value. */
        public int words() {
            return Widths.words(width);
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

    /** Alpha dropout. Its constants are those of the probability that the threshold realizes. */
    record AlphaDropout(String name, double p, int threshold, int stream, int width) implements Noise {
        /** α′ = −λα, SELU's limit far below 0. */
        private static final double LIMIT = -1.0507009873554805 * 1.6732632423543772;

        /** Words of the mask in a row, a bit for each value. */
        public int words() {
            return Widths.words(width);
        }

        private double realized() {
            return threshold / 65_536.0;
        }

        private double a() {
            double p = realized();
            return 1 / Math.sqrt((1 - p) * (1 + p * LIMIT * LIMIT));
        }

        /** a, what kept values are multiplied with. */
        public float scale() {
            return (float) a();
        }

        /** b = −a·α′·p, which is then added. */
        public float shift() {
            return (float) (-a() * LIMIT * realized());
        }

        /** a·α′ + b, what dropped values become. */
        public float dropped() {
            return (float) (a() * LIMIT * (1 - realized()));
        }

        @Override
        public String title() {
            return "alpha dropout (p = " + p + ")";
        }
    }

    /** Multiplies by normal values of mean 1. */
    record GaussianDropout(String name, double p, int stream, int width) implements Noise {
        /** Standard deviation of the values. */
        public float deviation() {
            return (float) Math.sqrt(p / (1 - p));
        }

        /** Places of a row of them. */
        public int stride() {
            return Widths.draws(width);
        }

        @Override
        public String title() {
            return "Gaussian dropout (p = " + p + ")";
        }
    }

    /** Adds normal values of mean 0. */
    record GaussianNoise(String name, double deviation, int stream, int width) implements Noise {
        /** Places of a row of them. */
        public int stride() {
            return Widths.draws(width);
        }

        @Override
        public String title() {
            return "Gaussian noise (deviation = " + deviation + ")";
        }
    }

    /** Drop path of a residual branch. */
    record DropPath(String name, int rule, int stream) implements Noise {
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
