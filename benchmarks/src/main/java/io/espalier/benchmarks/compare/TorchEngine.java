package io.espalier.benchmarks.compare;

import io.espalier.CompiledNetwork;
import io.espalier.benchmarks.workload.Examples;
import io.espalier.benchmarks.workload.Recipe;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's own C++ engine, through its Java binding. */
final class TorchEngine implements Engine {
    /** {@code at::Reduction::Mean}. */
    static final long MEAN = 1;

    /** The label that {@code cross_entropy} leaves out by default. */
    static final long IGNORED = -100;

    @Override
    public Work prepare(Workload workload, int threads) {
        torch.set_num_threads(threads);
        return switch (workload) {
            case Workload.Training training -> new Step(training);
            case Workload.Prediction prediction -> new Call(prediction);
            case Workload.Raw raw -> TorchOperation.of(raw);
        };
    }

    private static Tensor inputs(Examples examples, int batch) {
        return torch.tensor(examples.inputs()[batch]).reshape(examples.batchSize(), examples.inputSize());
    }

    /** Labels as PyTorch wants them: 64-bit. */
    static Tensor labels(int[] labels) {
        long[] wide = new long[labels.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = labels[i];
        }
        return torch.tensor(wide);
    }

    /**
     * The gradients of a result; they belong to the caller's pointer scope.
     *
     * @param result what is differentiated
     * @param by the tensors by which it is
     * @param ofResult the gradient of the result, or nothing where it is a single number
     */
    static TensorVector gradients(Tensor result, TensorVector by, TensorVector ofResult) {
        return torch.grad(new TensorVector(result), by, ofResult, new BoolOptional(false), false, false);
    }

    /**
     * Gradients come from {@code autograd::grad} and die with the step: nothing to zero, and nothing is added to what was
     * zeroed.
     */
    private static final class Step implements Work {
        private final TorchNetwork network;
        private final TorchOptimizer optimizer;
        private final double smoothing;
        private final Tensor[] inputs;
        private final Tensor[] labels;
        private final TensorOptional unweighted = new TensorOptional();
        private final TensorVector nothing = new TensorVector();
        private int next;
        private float last;

        Step(Workload.Training training) {
            Recipe recipe = training.recipe();
            CompiledNetwork original = recipe.network(training.dropout());
            network = new TorchNetwork(original, true);
            optimizer = new TorchOptimizer(
                    network.trained(), network.decayed(), original.learningRate(), recipe.clipNorm());
            smoothing = recipe.smoothing();
            Examples examples = EspalierEngine.examples(original, training.batch());
            inputs = new Tensor[examples.batches()];
            labels = new Tensor[examples.batches()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = inputs(examples, i);
                labels[i] = labels(examples.labels()[i]);
            }
        }

        @Override
        public void run() {
            // Every native object of the step is freed when the scope ends.
            try (PointerScope _ = new PointerScope()) {
                Tensor logits = network.logits(inputs[next]);
                Tensor loss = torch.cross_entropy_loss(logits, labels[next], unweighted, MEAN, IGNORED, smoothing);
                next = (next + 1) % inputs.length;
                TensorVector gradients = gradients(loss, network.trained(), nothing);
                try (NoGradGuard _ = new NoGradGuard()) {
                    optimizer.update(gradients);
                }
                last = loss.item_float();
            }
        }

        @Override
        public float result() {
            return last;
        }
    }

    private static final class Call implements Work {
        private final TorchNetwork network;
        private final Tensor[] inputs;
        private final TorchResult result = new TorchResult();
        private int next;

        Call(Workload.Prediction prediction) {
            CompiledNetwork original = prediction.recipe().network(false);
            network = new TorchNetwork(original, false);
            Examples examples = EspalierEngine.examples(original, prediction.batch());
            inputs = new Tensor[examples.batches()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = inputs(examples, i);
            }
        }

        @Override
        public void run() {
            result.release();
            try (PointerScope _ = new PointerScope();
                    InferenceMode _ = new InferenceMode()) {
                Tensor probabilities = torch.softmax(network.logits(inputs[next]), 1);
                next = (next + 1) % inputs.length;
                result.keep(probabilities);
            }
        }

        @Override
        public float result() {
            return (float) result.checksum();
        }
    }
}
