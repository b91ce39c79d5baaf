package io.espalier.processor.ir;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * @param storage where each value lies that lies in memory
 * @param widest elements of the longest row of an array that values of several widths share
 * @param scratch how many arrays of numbers of examples are used up within routines
 * @param shared how many arrays it shares among its values; in training, how many depths of gradients it has
 * @param bases for each run the number of its first shared array
 * @param alternates for each run of several the number of the array that every other one of them writes to
 * @param refreshes whether something of it, or of what it runs, is derived from parameters before a pass
 * @param fields names that emitted fields have, which variables must not hide
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
        Map<Value, Storage> storage,
        int widest,
        int scratch,
        int shared,
        Map<Run, Integer> bases,
        Map<Run, Integer> alternates,
        boolean refreshes,
        Set<String> fields) {
    /** Copies the lists. */
    public Code {
        preparation = List.copyOf(preparation);
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
        reductions = List.copyOf(reductions);
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

    /** Where a value lies. */
    public Storage storage(Value value) {
        Storage found = storage.get(value);
        if (found == null) {
            throw new IllegalStateException(value + " lies nowhere");
        }
        return found;
    }

    /** The arrays, each once, in the order of their first values. */
    public List<Storage> arrays() {
        return storage.values().stream().distinct().toList();
    }
}
