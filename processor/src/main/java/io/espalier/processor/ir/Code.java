package io.espalier.processor.ir;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program of a region for one mode.
 *
 * @param mode what it is for
 * @param input what enters
 * @param output what leaves
 * @param outputGradient the incoming gradient of the output, in training
 * @param inputGradient the gradient of the input, where it is needed
 * @param preparation what does not depend on the batch: before a step, or a sample
 * @param forward the forward pass
 * @param backward the backward pass, empty but for training
 * @param reductions the gradients of parameters, in the order of their operations
 * @param refreshes whether something of it, or of what it runs, is derived from parameters before a pass
 */
public record Code(
        Mode mode,
        Value input,
        Value output,
        Optional<Value> outputGradient,
        Optional<Value> inputGradient,
        List<Kernel> preparation,
        List<Phase> forward,
        List<Phase> backward,
        List<Kernel.BatchReduction> reductions,
        boolean refreshes) {
    /** Copies the lists. */
    public Code {
        preparation = List.copyOf(preparation);
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
        reductions = List.copyOf(reductions);
    }

    /** All kernels of both passes, in the order in which they run. */
    public List<Kernel> kernels() {
        return Stream.concat(forward.stream(), backward.stream())
                .flatMap(phase -> phase.kernels().stream())
                .toList();
    }

    /** Whether what enters leaves unchanged: then nobody runs it. */
    public boolean isEmpty() {
        return output == input;
    }

    /** Whether a pass has more than one stretch: rows then wait for each other. */
    public boolean synchronizes() {
        return Stream.concat(forward.stream(), backward.stream()).anyMatch(phase -> !(phase instanceof Phase.Examples));
    }

    /** Whether the gradient of the output is that of the input, unchanged. */
    public boolean letsGradientsPass() {
        return outputGradient.isPresent() && outputGradient.equals(inputGradient);
    }
}
