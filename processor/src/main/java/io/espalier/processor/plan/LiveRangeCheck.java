package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sees to it that no value is written over while it is needed: a mistake here would give wrong numbers, and nothing else. */
final class LiveRangeCheck {
    private final LiveRanges live;

    private LiveRangeCheck(LiveRanges live) {
        this.live = live;
    }

    private record Array(Storage.Kind kind, int number) {}

    static void check(LiveRanges live, Map<Value, ArrayGroup> groups) {
        LiveRangeCheck check = new LiveRangeCheck(live);
        Map<Array, List<Value>> arrays = new LinkedHashMap<>();
        groups.forEach((value, group) -> arrays.computeIfAbsent(
                        new Array(group.kind(), group.number()), key -> new ArrayList<>())
                .add(value));
        arrays.values().forEach(check::array);
    }

    private void array(List<Value> values) {
        List<Value> sorted = new ArrayList<>(values);
        sorted.sort(Comparator.comparingInt((Value value) -> live.of(value).first())
                .thenComparingInt(value -> live.of(value).last()));
        for (int i = 1; i < sorted.size(); i++) {
            Value before = sorted.get(i - 1);
            Value after = sorted.get(i);
            int end = live.of(before).last();
            int start = live.of(after).first();
            boolean free = end < start || (end == start && mayFollow(before, after, start));
            if (!free && !isHandedThrough(before, after)) {
                throw new IllegalStateException(after + " would overwrite " + before);
            }
        }
    }

    /** Whether the one takes the other's array element by element. */
    private boolean mayFollow(Value before, Value after, int time) {
        Timeline.Instant instant = live.timeline().instants().get(time);
        return instant.isLoop()
                && before.layout().exampleStride() == after.layout().exampleStride();
    }

    /** Whether a run gives the one for the other. */
    private boolean isHandedThrough(Value before, Value after) {
        return live.timeline().instants().stream()
                .flatMap(instant -> instant.kernels().stream())
                .anyMatch(kernel -> kernel instanceof Kernel.Call call
                        && Timeline.base(call.source()) == before
                        && Timeline.base(call.result()) == after);
    }
}
