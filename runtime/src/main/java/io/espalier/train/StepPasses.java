package io.espalier.train;

import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.PhaseEntry;
import io.espalier.emitted.StepBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The passes of a training step: lists of phases, made once. Neighbouring phases over examples are parts of one phase, whoever
 * emitted them, and so are what the runtime does for each row: copying the inputs, the loss, taking a given gradient.
 */
final class StepPasses {
    private final Workers workers;
    private final int slice;
    private final int mostSlices;
    private final Phase[] forward;
    private final Phase[] backward;
    private final Phase[] forwardLossBackward;

    /**
     * Makes the lists.
     *
     * @param built the emitted code, all of its phases registered
     * @param input reads the batch
     * @param loss puts the gradient of the outputs where the backward pass starts
     * @param given as the loss, but it takes what was worked out elsewhere
     */
    StepPasses(Workers workers, StepBuilder built, PhaseCode input, PhaseCode loss, PhaseCode given) {
        this.workers = workers;
        slice = built.slice();
        mostSlices = ExamplesPhase.mostSlices(built.bytesPerExample(), slice);
        int slicesOfShare = Math.ceilDiv(Math.ceilDiv(built.capacity(), slice), built.workers());
        built.makeTiles(Math.min(mostSlices, slicesOfShare) * slice);
        List<PhaseEntry> in = new ArrayList<>();
        in.add(new PhaseEntry.OverExamples(input, 0));
        in.addAll(built.forwardPhases());
        forward = phases(in);
        List<PhaseEntry> out = new ArrayList<>();
        out.add(new PhaseEntry.OverExamples(given, 0));
        out.addAll(built.backwardPhases());
        backward = phases(out);
        // Rows that are in the cache go on to the loss and back.
        out.set(0, new PhaseEntry.OverExamples(loss, 0));
        in.addAll(out);
        forwardLossBackward = phases(in);
    }

    private Phase[] phases(List<PhaseEntry> entries) {
        List<Phase> phases = new ArrayList<>();
        List<PhaseEntry.OverExamples> neighbours = new ArrayList<>();
        for (PhaseEntry entry : entries) {
            switch (entry) {
                case PhaseEntry.OverExamples examples -> neighbours.add(examples);
                case PhaseEntry.OverBatch(PhaseCode code, int number) -> {
                    merge(neighbours, phases);
                    phases.add(new BatchPhase(code, number));
                }
                case PhaseEntry.Wide wide -> {
                    merge(neighbours, phases);
                    phases.add(new WideProduct(workers, wide));
                }
            }
        }
        merge(neighbours, phases);
        return phases.toArray(Phase[]::new);
    }

    private void merge(List<PhaseEntry.OverExamples> neighbours, List<Phase> phases) {
        if (!neighbours.isEmpty()) {
            phases.add(new ExamplesPhase(workers, neighbours, slice, mostSlices));
            neighbours.clear();
        }
    }

    /** From the inputs to the outputs. */
    void forward(int rows) {
        run(forward, rows);
    }

    /** From a given gradient of the outputs. */
    void backward(int rows) {
        run(backward, rows);
    }

    /** From the inputs to the loss and back. */
    void forwardLossBackward(int rows) {
        run(forwardLossBackward, rows);
    }

    /**
     * Between two phases nothing of the batch is under way on any thread, and all that the next phase reads of other rows is
     * sums of the batch: what is to happen there belongs here, or into the list.
     */
    private static void run(Phase[] phases, int rows) {
        for (Phase phase : phases) {
            phase.run(rows);
        }
    }
}
