package io.espalier.processor.plan;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From when until when each value that lies in memory is needed, whoever's kernels need it. */
final class LiveRanges {
    private final Code code;
    private final Timeline timeline;
    private final Map<Value, Range> ranges = new LinkedHashMap<>();
    private final Set<Value> stored = new HashSet<>();
    private final Set<Value> drawn = new HashSet<>();

    /** When each run goes back. */
    private final Map<Run, Integer> backwardCalls = new HashMap<>();

    /**
     * Instants from one to another.
     *
     * @param first when it is written first, or comes in
     * @param last when it is written or read last
     */
    record Range(int first, int last) {
        Range with(int time) {
            return new Range(Math.min(first, time), Math.max(last, time));
        }

        Range and(Range other) {
            return with(other.first).with(other.last);
        }

        boolean overlaps(Range other) {
            return first <= other.last && other.first <= last;
        }
    }

    private LiveRanges(Code code, boolean root) {
        this.code = code;
        this.timeline = Timeline.of(code, root);
    }

    /**
     * The ranges of a program's values.
     *
     * @param root whether it is that of the network itself
     * @param demands how long other regions need what passes between them
     * @param output how long what leaves is needed
     */
    static LiveRanges of(Code code, boolean root, Demands demands, Demands.Until output) {
        LiveRanges live = new LiveRanges(code, root);
        live.findStored();
        live.findUses(demands);
        if (root || output == Demands.Until.END || !code.mode().isTraining()) {
            live.use(code.output(), live.timeline.end());
        } else {
            live.use(code.output(), live.timeline.betweenPasses());
        }
        return live;
    }

    private void findStored() {
        stored.add(code.input());
        code.outputGradient().ifPresent(stored::add);
        List<Timeline.Instant> instants = timeline.instants();
        for (int time = 0; time < instants.size(); time++) {
            instants.get(time).stored().forEach(value -> stored.add(Timeline.base(value)));
            for (Kernel kernel : instants.get(time).kernels()) {
                if (kernel instanceof Kernel.Call call && call.backward()) {
                    backwardCalls.put(call.run(), time);
                }
                if (kernel instanceof Kernel.DrawMask || kernel instanceof Kernel.DrawNormal) {
                    drawn.addAll(kernel.writes());
                }
            }
        }
    }

    private void findUses(Demands demands) {
        code.outputGradient().ifPresent(gradient -> use(gradient, timeline.betweenPasses()));
        List<Timeline.Instant> instants = timeline.instants();
        for (int time = 0; time < instants.size(); time++) {
            int now = time;
            Timeline.Instant instant = instants.get(time);
            for (Kernel kernel : instant.kernels()) {
                kernel.reads().forEach(value -> use(value, now));
                kernel.writes().stream().filter(instant.stored()::contains).forEach(value -> use(value, now));
                if (kernel instanceof Kernel.Call call
                        && !call.backward()
                        && code.mode().isTraining()) {
                    usedByRun(call, demands.input(call.run().callee()));
                }
            }
        }
        // Nobody runs the region backward before all of its output's readers have.
        code.inputGradient().ifPresent(gradient -> use(gradient, timeline.end() - 1));
    }

    private void usedByRun(Kernel.Call call, Demands.Until until) {
        switch (until) {
            case FORWARD -> {}
            case BACKWARD -> use(call.source(), backwardCalls.getOrDefault(call.run(), timeline.end()));
            case END -> use(call.source(), timeline.end());
        }
    }

    private void use(Value value, int time) {
        Value base = Timeline.base(value);
        if (stored.contains(base)) {
            ranges.merge(base, new Range(time, time), Range::and);
        }
    }

    Timeline timeline() {
        return timeline;
    }

    /** The values in memory, those that others take the arrays of: in the order in which they come. */
    Set<Value> values() {
        return ranges.keySet();
    }

    /** Whether a value lies in memory. */
    boolean isStored(Value value) {
        return stored.contains(Timeline.base(value));
    }

    Range of(Value value) {
        Range range = ranges.get(Timeline.base(value));
        if (range == null) {
            throw new IllegalStateException(value + " does not lie in memory");
        }
        return range;
    }

    /** Whether an array may hold it in which other values lie at other times: numbers for each example, none of them drawn. */
    boolean isShareable(Value value) {
        return value.layout().per() == Layout.Per.EXAMPLE
                && value.layout().element() != Layout.Element.BIT
                && !drawn.contains(value);
    }

    /**
     * Where a value lies that is needed so long. Prediction needs no tiles: one thread takes its examples from method to
     * method.
     */
    Storage.Kind kind(Range range) {
        if (!code.mode().isTraining()) {
            return Storage.Kind.SHARED;
        }
        if (timeline.isWithinOnePhase(range.first(), range.last())) {
            return Storage.Kind.TILE;
        }
        boolean crosses = range.first() < timeline.betweenPasses() && range.last() >= timeline.betweenPasses();
        return crosses || range.last() == timeline.end() ? Storage.Kind.OWN : Storage.Kind.SHARED;
    }
}
