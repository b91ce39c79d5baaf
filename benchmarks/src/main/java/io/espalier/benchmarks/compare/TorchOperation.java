package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.workload.Recipe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's operations by themselves. */
final class TorchOperation {
    private TorchOperation() {}

    /** Gets an operation ready. */
    static Engine.Work of(Workload.Raw raw) {
        int size = raw.size();
        return switch (raw.operation()) {
            case MATMUL -> new Product(size);
            case DROPOUT -> new Dropout(size);
            case DROPOUT_BOTH -> new DropoutBoth(size);
            case ADAMW -> new Adam(size);
            case CROSS_ENTROPY -> new Loss(size);
        };
    }

    private static Tensor values(int operand, long... shape) {
        long count = 1;
        for (long length : shape) {
            count *= length;
        }
        return torch.tensor(Operation.values(operand, Math.toIntExact(count))).reshape(shape);
    }

    private static final class Product implements Engine.Work {
        private final Tensor left;
        private final Tensor right;
        private final Tensor product;

        Product(int size) {
            left = values(0, size, size);
            right = values(1, size, size);
            product = torch.zeros_like(left);
        }

        @Override
        public void run() {
            try (PointerScope _ = new PointerScope();
                    InferenceMode _ = new InferenceMode()) {
                torch.mm_out(product, left, right);
            }
        }

        @Override
        public float result() {
            return (float) TorchResult.checksum(product);
        }
    }

    private static final class Dropout implements Engine.Work {
        private final Tensor x;
        private final TorchResult result = new TorchResult();

        Dropout(int size) {
            x = values(0, size / Operation.DROPOUT_WIDTH, Operation.DROPOUT_WIDTH);
        }

        @Override
        public void run() {
            result.release();
            try (PointerScope _ = new PointerScope();
                    InferenceMode _ = new InferenceMode()) {
                result.keep(torch.dropout(x, Operation.PROBABILITY, true));
            }
        }

        @Override
        public float result() {
            return (float) result.checksum();
        }
    }

    private static final class DropoutBoth implements Engine.Work {
        private final TensorVector x;
        private final TensorVector gradient;
        private final TorchResult result = new TorchResult();

        DropoutBoth(int size) {
            int rows = size / Operation.DROPOUT_WIDTH;
            Tensor input = values(0, rows, Operation.DROPOUT_WIDTH);
            input.set_requires_grad(true);
            x = new TensorVector(input);
            gradient = new TensorVector(values(1, rows, Operation.DROPOUT_WIDTH));
        }

        @Override
        public void run() {
            result.release();
            try (PointerScope _ = new PointerScope()) {
                Tensor y = torch.dropout(x.get(0), Operation.PROBABILITY, true);
                TensorVector gradients = TorchEngine.gradients(y, x, gradient);
                result.keep(new Tensor(gradients.get(0)));
            }
        }

        @Override
        public float result() {
            return (float) result.checksum();
        }
    }

    private static final class Adam implements Engine.Work {
        private final TensorVector weights;
        private final TensorVector steps = new TensorVector(torch.zeros());
        private final Scalar one = new Scalar(1.0);
        private final MemorySegment[] lists;
        private final MemorySegment nothing;

        /** Held so that the lists stay valid. */
        private final TensorVector[] others;

        Adam(int size) {
            weights = new TensorVector(values(0, size));
            others = new TensorVector[] {
                new TensorVector(values(1, size)),
                new TensorVector(torch.zeros(size)),
                new TensorVector(torch.zeros(size)),
                steps
            };
            lists = new MemorySegment[1 + others.length];
            lists[0] = TorchOperators.list(weights, 0, 1, Arena.global());
            for (int i = 0; i < others.length; i++) {
                lists[i + 1] = TorchOperators.list(others[i], 0, 1, Arena.global());
            }
            nothing = TorchOperators.list(weights, 0, 0, Arena.global());
        }

        @Override
        public void run() {
            try (PointerScope _ = new PointerScope()) {
                steps.get(0).add_(one);
                TorchOperators.fusedAdamW(
                        lists[0],
                        lists[1],
                        lists[2],
                        lists[3],
                        nothing,
                        lists[4],
                        Operation.LEARNING_RATE,
                        Recipe.BETA_1,
                        Recipe.BETA_2,
                        Recipe.WEIGHT_DECAY,
                        Recipe.EPSILON);
            }
        }

        @Override
        public float result() {
            return (float) TorchResult.checksum(weights.get(0));
        }
    }

    private static final class Loss implements Engine.Work {
        private final TensorVector logits;
        private final Tensor labels;
        private final TensorOptional unweighted = new TensorOptional();
        private final TensorVector nothing = new TensorVector();
        private final TorchResult gradient = new TorchResult();
        private float loss;

        Loss(int classes) {
            Tensor input = values(0, Operation.LOSS_ROWS, classes);
            input.set_requires_grad(true);
            logits = new TensorVector(input);
            labels = TorchEngine.labels(Operation.labels(Operation.LOSS_ROWS, classes));
        }

        @Override
        public void run() {
            gradient.release();
            try (PointerScope _ = new PointerScope()) {
                Tensor mean = torch.cross_entropy_loss(
                        logits.get(0), labels, unweighted, TorchEngine.MEAN, TorchEngine.IGNORED, Operation.SMOOTHING);
                TensorVector gradients = TorchEngine.gradients(mean, logits, nothing);
                gradient.keep(new Tensor(gradients.get(0)));
                loss = mean.item_float();
            }
        }

        @Override
        public float result() {
            return (float) (loss + gradient.checksum());
        }
    }
}
