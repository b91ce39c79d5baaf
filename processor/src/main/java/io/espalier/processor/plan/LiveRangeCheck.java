package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes over an assignment again, and refuses one in which a value would be written over while it is needed: a mistake here would
 * give wrong numbers, and nothing else.
 */
final class LiveRangeCheck {
    private final LiveRanges live;
    private final Mode mode;
    private final Function<RegionProgram, Memory> callees;

    private LiveRangeCheck(LiveRanges live, Mode mode, Function<RegionProgram, Memory> callees) {
        this.live = live;
        this.mode = mode;
        this.callees = callees;
    }

    private record Array(Storage.Kind kind, int number) {}

    /**
     * Checks an assignment.
     *
     * @param mode in training, threads are at different tasks of a pass
     * @param runs what runs take of the arrays that regions share
     * @param callees the memories of what they run
     */
    static void check(
            LiveRanges live,
            Mode mode,
            Map<Value, ArrayGroup> groups,
            Map<Run, Memory.OfRun> runs,
            Function<RegionProgram, Memory> callees) {
        LiveRangeCheck check = new LiveRangeCheck(live, mode, callees);
        Map<Array, List<Value>> arrays = new LinkedHashMap<>();
        groups.forEach((value, group) -> arrays.computeIfAbsent(
                        new Array(group.kind(), group.number()), key -> new ArrayList<>())
                .add(value));
        arrays.forEach((array, values) -> {
            for (int i = 0; i < values.size(); i++) {
                for (int j = i + 1; j < values.size(); j++) {
                    check.pair(array.kind(), values.get(i), values.get(j));
                }
            }
        });
        check.calls()
                .forEach(call -> check.run(
                        call,
                        Objects.requireNonNull(runs.get(call.run())),
                        callees.apply(call.run().callee()),
                        arrays));
    }

    private List<Kernel.Call> calls() {
        return live.timeline().instants().stream()
                .flatMap(instant -> instant.kernels().stream())
                .filter(Kernel.Call.class::isInstance)
                .map(Kernel.Call.class::cast)
                .toList();
    }

    private void pair(Storage.Kind kind, Value one, Value other) {
        boolean first = live.of(one).first() < live.of(other).first()
                || (live.of(one).first() == live.of(other).first()
                        && live.of(one).last() <= live.of(other).last());
        Value before = first ? one : other;
        Value after = first ? other : one;
        LiveRanges.Range range = live.of(before);
        LiveRanges.Range next = live.of(after);
        boolean sameLength = before.layout().exampleStride() == after.layout().exampleStride();
        if (!sameLength) {
            boolean inTurn = kind == Storage.Kind.TILE || !mode.isTraining();
            if (range.last() >= next.first() || !inTurn || !live.timeline().areInOtherParts(range, next)) {
                throw overwritten(before, after);
            }
        } else if (range.last() == next.first()
                ? !mayFollow(before, after, next.first())
                : range.last() > next.first()) {
            if (!isHandedOn(before, after)) {
                throw overwritten(before, after);
            }
        }
    }

    private static IllegalStateException overwritten(Value before, Value after) {
        return new IllegalStateException(after + " would overwrite " + before);
    }

    /** Whether the one takes the other's array element by element, or a run going back replaces it. */
    private boolean mayFollow(Value before, Value after, int time) {
        Timeline.Instant instant = live.timeline().instants().get(time);
        return instant.isLoop()
                || instant.kernels().stream()
                        .anyMatch(kernel ->
                                kernel instanceof Kernel.Call call && call.backward() && passes(call, before, after));
    }

    /** Whether regions give as it is what they take: then both are one value. */
    private boolean isHandedOn(Value before, Value after) {
        Value value = after;
        for (Kernel.Call call : calls().reversed()) {
            Memory callee = callees.apply(call.run().callee());
            boolean same =
                    callee.storage(call.run().callee().code(mode).output()).kind() == Storage.Kind.INPUT;
            if (!call.backward() && same && Timeline.base(call.result()) == value) {
                value = Timeline.base(call.source());
            }
            if (value == before) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(Kernel.Call call, Value before, Value after) {
        return Timeline.base(call.source()) == before && Timeline.base(call.result()) == after;
    }

    /** While a run is at work, nothing of this region is in the arrays that it takes. */
    private void run(Kernel.Call call, Memory.OfRun taken, Memory callee, Map<Array, List<Value>> arrays) {
        List<Timeline.Instant> instants = live.timeline().instants();
        for (int time = 0; time < instants.size(); time++) {
            if (!instants.get(time).kernels().contains(call)) {
                continue;
            }
            for (int i = 0; i < callee.shared().size(); i++) {
                free(arrays.get(new Array(Storage.Kind.SHARED, taken.shared() + i)), time, call);
            }
            for (int i = 0; i < callee.tiles().size(); i++) {
                free(arrays.get(new Array(Storage.Kind.TILE, taken.tile() + i)), time, call);
            }
            free(arrays.get(new Array(Storage.Kind.SHARED, taken.alternate())), time, call);
        }
    }

    private void free(@Nullable List<Value> values, int time, Kernel.Call call) {
        if (values == null) {
            return;
        }
        for (Value value : values) {
            if (live.of(value).first() <= time && live.of(value).last() >= time) {
                throw new IllegalStateException(call + " would overwrite " + value);
            }
        }
    }
}
