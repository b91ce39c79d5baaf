package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Gives gradients that lie in memory the lowest of the shared arrays that is free: with residual branches within each other, as
 * many as these are deep. A run takes and gives its gradient in one array, and has those above it for itself.
 */
final class GradientLevels {
    private static final int END = Integer.MAX_VALUE;

    private final Timeline timeline;
    private final Predicate<Value> shared;
    private final Optional<Value> inputGradient;
    private final Map<Value, Integer> levels = new LinkedHashMap<>();
    private int count;

    private GradientLevels(Timeline timeline, Predicate<Value> shared, Optional<Value> inputGradient) {
        this.timeline = timeline;
        this.shared = shared;
        this.inputGradient = inputGradient;
    }

    /**
     * The levels.
     *
     * @param levels that of each gradient that has one
     * @param count how many there are, with those of the regions that are run
     */
    record Assigned(Map<Value, Integer> levels, int count) {}

    /**
     * Assigns levels.
     *
     * @param timeline that of the backward pass
     * @param shared which values lie in these arrays
     * @param outputGradient what comes in, at level 0
     * @param inputGradient what goes out at level 0, if something does
     */
    static Assigned assign(
            Timeline timeline, Predicate<Value> shared, Value outputGradient, Optional<Value> inputGradient) {
        GradientLevels assignment = new GradientLevels(timeline, shared, inputGradient);
        assignment.set(outputGradient, 0);
        List<Timeline.Instant> instants = timeline.instants();
        for (int time = 0; time < instants.size(); time++) {
            for (Kernel kernel : instants.get(time).kernels()) {
                if (kernel instanceof Kernel.Call call) {
                    assignment.call(call, time);
                } else {
                    for (Value value : kernel.writes()) {
                        assignment.place(value, time, instants.get(time).isLoop());
                    }
                }
            }
        }
        inputGradient.map(Timeline::base).map(assignment.levels::get).ifPresent(level -> {
            if (level != 0) {
                throw new IllegalStateException(
                        inputGradient.get() + " does not lie where whoever runs the region looks for it");
            }
        });
        return new Assigned(assignment.levels, assignment.count);
    }

    private void set(Value value, int level) {
        levels.put(value, level);
        count = Math.max(count, level + 1);
    }

    private int lastUse(Value value) {
        return inputGradient.filter(last -> Timeline.base(last) == value).isPresent() ? END : timeline.lastUse(value);
    }

    private void place(Value written, int time, boolean isLoop) {
        Value value = Timeline.base(written);
        if (!shared.test(written) || levels.containsKey(value)) {
            return;
        }
        boolean[] busy = new boolean[count + 1];
        int highest = -1;
        for (Map.Entry<Value, Integer> entry : levels.entrySet()) {
            int last = lastUse(entry.getKey());
            // Values of other sizes lie in other arrays, so that what is read last may be of the same level.
            boolean apart = isLoop
                    || entry.getKey().layout().exampleStride() != value.layout().exampleStride();
            if (apart ? last > time : last >= time) {
                busy[entry.getValue()] = true;
                highest = Math.max(highest, entry.getValue());
            }
        }
        int level = 0;
        if (entersRun(value)) {
            level = highest + 1;
        } else {
            while (busy[level]) {
                level++;
            }
        }
        set(value, level);
    }

    /** Whether a run takes it, which needs all arrays above it. */
    private boolean entersRun(Value value) {
        int last = timeline.lastUse(value);
        return last >= 0
                && timeline.instants().get(last).kernels().stream()
                        .anyMatch(kernel ->
                                kernel instanceof Kernel.Call && kernel.reads().contains(value));
    }

    private void call(Kernel.Call call, int time) {
        Integer level = levels.get(Timeline.base(call.source()));
        if (level == null) {
            throw new IllegalStateException(call + " has no gradient to start from");
        }
        for (Map.Entry<Value, Integer> entry : levels.entrySet()) {
            boolean source = entry.getKey() == Timeline.base(call.source());
            if (lastUse(entry.getKey()) > time && (source || entry.getValue() > level)) {
                throw new IllegalStateException(call + " would overwrite " + entry.getKey());
            }
        }
        set(call.result(), level);
        count = Math.max(
                count, level + call.run().callee().code(Mode.TRAINING).memory().shared());
    }
}
