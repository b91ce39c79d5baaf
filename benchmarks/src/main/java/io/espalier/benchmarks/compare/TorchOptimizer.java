package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.workload.Recipe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Clipping and AdamW as {@code torch.nn.utils.clip_grad_norm_} and {@code torch.optim.AdamW(fused=True)} do them: two groups
 * of parameters, of which the first decays.
 */
final class TorchOptimizer {
    /** What {@code clip_grad_norm_} adds to the norm before it divides by it. */
    private static final Scalar NORM_EPSILON = new Scalar(1e-6);

    private final TensorVector parameters;
    private final TensorVector means;
    private final TensorVector squares;
    private final TensorVector steps;
    private final Tensor step = torch.zeros();
    private final MemorySegment gradients;
    private final MemorySegment nothing;
    private final Group[] groups;
    private final double learningRate;
    private final double clipNorm;
    private final Scalar one = new Scalar(1.0);
    private final Scalar two = new Scalar(2.0);
    private final Scalar most;

    /** Lists of the tensors from {@code first} on; the gradients' list is pointed at each step's. */
    private record Group(
            int first,
            int count,
            double decay,
            MemorySegment parameters,
            MemorySegment gradients,
            MemorySegment means,
            MemorySegment squares,
            MemorySegment steps) {}

    TorchOptimizer(TensorVector parameters, int decayed, double learningRate, double clipNorm) {
        this.parameters = parameters;
        this.learningRate = learningRate;
        this.clipNorm = clipNorm;
        most = new Scalar(clipNorm);
        int count = (int) parameters.size();
        Tensor[] m = new Tensor[count];
        Tensor[] v = new Tensor[count];
        Tensor[] t = new Tensor[count];
        for (int i = 0; i < count; i++) {
            m[i] = torch.zeros_like(parameters.get(i));
            v[i] = torch.zeros_like(parameters.get(i));
            // One counter for all: a step then costs one addition and not one for each tensor.
            t[i] = step;
        }
        means = new TensorVector(m);
        squares = new TensorVector(v);
        steps = new TensorVector(t);
        Arena arena = Arena.global();
        gradients = TorchOperators.list(parameters, 0, count, arena);
        nothing = TorchOperators.list(parameters, 0, 0, arena);
        groups = new Group[] {group(0, decayed, Recipe.WEIGHT_DECAY, arena), group(decayed, count - decayed, 0, arena)};
    }

    private Group group(int first, int count, double decay, Arena arena) {
        return new Group(
                first,
                count,
                decay,
                TorchOperators.list(parameters, first, count, arena),
                TorchOperators.list(parameters, first, count, arena),
                TorchOperators.list(means, first, count, arena),
                TorchOperators.list(squares, first, count, arena),
                TorchOperators.list(steps, first, count, arena));
    }

    /**
     * Clips and updates; to be called without recording of gradients, in a pointer scope.
     *
     * @param ofParameters a gradient for each parameter, scaled in place where it is clipped
     */
    void update(TensorVector ofParameters) {
        if (Double.isFinite(clipNorm)) {
            TorchOperators.point(gradients, ofParameters, 0, (int) ofParameters.size());
            TensorVector norms = TorchOperators.norms(gradients, two);
            Tensor norm = torch.linalg_vector_norm(torch.stack(norms));
            Tensor factor = norm.add(NORM_EPSILON).reciprocal().mul(most);
            TorchOperators.multiply(gradients, factor.clamp_(new ScalarOptional(), new ScalarOptional(one)));
        }
        step.add_(one);
        for (Group group : groups) {
            TorchOperators.point(group.gradients, ofParameters, group.first, group.count);
            TorchOperators.fusedAdamW(
                    group.parameters,
                    group.gradients,
                    group.means,
                    group.squares,
                    nothing,
                    group.steps,
                    learningRate,
                    Recipe.BETA_1,
                    Recipe.BETA_2,
                    group.decay,
                    Recipe.EPSILON);
        }
    }
}
