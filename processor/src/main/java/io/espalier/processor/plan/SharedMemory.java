package io.espalier.processor.plan;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Where values lie in prediction and sampling: those that are not needed at the same time share an array. */
final class SharedMemory {
    private static final int END = Integer.MAX_VALUE;

    private final Mode mode;
    private final Timeline timeline;
    private final boolean root;
    private final Value output;
    private final Value outputView;
    private final Predicate<Value> inMemory;
    private final Names names = new Names();
    private final Map<Value, Storage> storage = new LinkedHashMap<>();
    private final Map<Run, Integer> bases = new LinkedHashMap<>();
    private final Map<Run, Integer> alternates = new LinkedHashMap<>();

    /** For each array the instants until which something lies in it. */
    private final List<Integer> busyUntil = new ArrayList<>();

    private SharedMemory(Mode mode, List<Phase> forward, Predicate<Value> inMemory, Value output, boolean root) {
        this.mode = mode;
        this.timeline = new Timeline(forward);
        this.inMemory = inMemory;
        this.outputView = output;
        this.output = Timeline.base(output);
        this.root = root;
        names.unique("input");
        names.unique("output");
    }

    /**
     * What lies where.
     *
     * @param storage the array of each value that lies in one
     * @param count how many arrays are shared, besides those of what enters and, where the region is run, of what leaves
     * @param bases for each run the number of its first shared array
     * @param alternates for each run of several the number of the array that every other one of them writes to
     */
    record Assigned(Map<Value, Storage> storage, int count, Map<Run, Integer> bases, Map<Run, Integer> alternates) {}

    /**
     * Assigns arrays.
     *
     * @param inMemory which values lie in memory
     * @param input what enters the region
     * @param output what leaves it
     * @param root whether it is the network itself
     */
    static Assigned assign(
            Mode mode, List<Phase> forward, Predicate<Value> inMemory, Value input, Value output, boolean root) {
        SharedMemory memory = new SharedMemory(mode, forward, inMemory, output, root);
        memory.storage.put(input, new Storage("input", input.layout(), Storage.Kind.INPUT, 0));
        memory.assign();
        memory.views();
        return new Assigned(memory.storage, memory.busyUntil.size(), memory.bases, memory.alternates);
    }

    /** Values of other values' arrays lie where these lie. */
    private void views() {
        for (Timeline.Instant instant : timeline.instants()) {
            for (Kernel kernel : instant.kernels()) {
                kernel.reads().forEach(this::view);
            }
        }
        view(outputView);
    }

    private void view(Value value) {
        Storage known = storage.get(Timeline.base(value));
        if (value.viewOf().isPresent() && known != null) {
            storage.putIfAbsent(value, known);
        }
    }

    private void assign() {
        Scratch scratch = new Scratch(timeline);
        List<Timeline.Instant> instants = timeline.instants();
        for (int time = 0; time < instants.size(); time++) {
            Timeline.Instant instant = instants.get(time);
            for (Kernel kernel : instant.kernels()) {
                if (kernel instanceof Kernel.Call call) {
                    run(call, time);
                }
                for (Value value : kernel.writes()) {
                    if (value.isRows()) {
                        if (inMemory.test(value)) {
                            place(value, time, instant.isLoop(), kernel instanceof Kernel.Call);
                        }
                    } else if (!storage.containsKey(value)) {
                        storage.put(
                                value,
                                value.layout().isScalar() && value.kind() == Value.Kind.STATISTIC && !isDrawn(kernel)
                                        ? scratch.take(value, time)
                                        : own(value));
                    }
                }
            }
        }
    }

    private static boolean isDrawn(Kernel kernel) {
        return kernel instanceof Kernel.DrawMask;
    }

    private Storage own(Value value) {
        return new Storage(names.unique(value.path()), value.layout(), Storage.Kind.OWN, 0);
    }

    private void place(Value value, int time, boolean isLoop, boolean isRun) {
        Value base = Timeline.base(value);
        Storage known = storage.get(base);
        if (known == null) {
            String name = names.unique(base.path());
            if (base == output && !root) {
                known = new Storage(name, base.layout(), isRun ? Storage.Kind.RUN : Storage.Kind.OUTPUT, -1);
            } else {
                int number = free(1, time, isLoop);
                busyUntil.set(number, base == output ? END : timeline.lastUse(base));
                known = new Storage(name, base.layout(), isRun ? Storage.Kind.RUN : Storage.Kind.SHARED, number);
            }
            storage.put(base, known);
        }
        storage.put(value, known);
    }

    /** All iterations use the same arrays in turn; only what one gives lies apart, because the next one reads it. */
    private void run(Kernel.Call call, int time) {
        Run run = call.run();
        Code callee = run.callee().code(mode);
        int base = free(callee.memory().shared(), time, false);
        bases.put(run, base);
        for (int i = 0; i < callee.memory().shared(); i++) {
            busyUntil.set(base + i, time);
        }
        place(call.result(), time, false, true);
        if (run.times() > 1) {
            int alternate = free(1, time, false);
            alternates.put(run, alternate);
            busyUntil.set(alternate, time);
        }
    }

    /** The first of some arrays in a row that are free: in a loop also those that it reads for the last time. */
    private int free(int count, int time, boolean isLoop) {
        int start = 0;
        for (int number = 0; number < start + count; number++) {
            if (number < busyUntil.size() && (isLoop ? busyUntil.get(number) > time : busyUntil.get(number) >= time)) {
                start = number + 1;
            }
        }
        while (busyUntil.size() < start + count) {
            busyUntil.add(-1);
        }
        return start;
    }
}
