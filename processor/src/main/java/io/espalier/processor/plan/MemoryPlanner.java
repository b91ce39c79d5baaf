package io.espalier.processor.plan;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last pass: assigns memory by live range, in training, prediction and sampling alike. Both passes of a training step are
 * one schedule. Values that are not needed at the same time take one array; an elementwise result takes that of an operand
 * that nobody needs any more.
 */
final class MemoryPlanner {
    private final RegionProgram region;
    private final Code code;
    private final LiveRanges live;
    private final Demands demands;
    private final Function<RegionProgram, Memory> callees;

    /** By the values whose arrays others take, in the order in which they come. */
    private final Map<Value, ArrayGroup> groups = new LinkedHashMap<>();

    private final Slots own;
    private final Slots shared;
    private final Slots tiles;
    private final Map<Run, Memory.OfRun> runs = new HashMap<>();

    private MemoryPlanner(
            RegionProgram region,
            Code code,
            LiveRanges live,
            Demands demands,
            Function<RegionProgram, Memory> callees) {
        this.region = region;
        this.code = code;
        this.live = live;
        this.demands = demands;
        this.callees = callees;
        // Threads are at different stages of a pass; prediction takes all examples from method to method.
        boolean tasks = code.mode().isTraining();
        this.own = new Slots((one, other) -> false);
        this.shared = new Slots((one, other) -> !tasks && live.timeline().areInOtherParts(one, other));
        this.tiles = new Slots(live.timeline()::areInOtherParts);
    }

    /**
     * The memory of each program.
     *
     * @param regions each before those that run it, the network itself last
     */
    static Map<Code, Memory> plan(List<RegionProgram> regions, List<Mode> modes) {
        Demands demands = Demands.of(regions);
        Map<Code, Memory> memories = new IdentityHashMap<>();
        for (Mode mode : modes) {
            for (RegionProgram region : regions) {
                Code code = region.code(mode);
                LiveRanges live = LiveRanges.of(code, region.isRoot(), demands, demands.output(region));
                Function<RegionProgram, Memory> callees =
                        callee -> Objects.requireNonNull(memories.get(callee.code(mode)));
                memories.put(code, new MemoryPlanner(region, code, live, demands, callees).plan());
            }
        }
        return memories;
    }

    private Memory plan() {
        for (Value value : live.values()) {
            groups.put(value, new ArrayGroup(live.of(value), value.layout().exampleStride()));
        }
        group(code.input()).fix(Storage.Kind.INPUT);
        groups.forEach((value, group) -> {
            if (!live.isShareable(value)) {
                group.fix(Storage.Kind.OWN);
            }
        });
        ends();
        calls().forEach(this::passed);
        groups.values().forEach(group -> group.choose(live.kind(group.range())));
        calls().filter(call -> !call.backward())
                .forEach(call -> group(call.source()).notInTile());
        takeDyingArrays();
        number();
        LiveRangeCheck.check(live, code.mode(), groups, runs, callees);
        return memory();
    }

    private ArrayGroup group(Value value) {
        ArrayGroup group = groups.get(Timeline.base(value));
        if (group == null) {
            throw new IllegalStateException(value + " does not lie in memory");
        }
        return group;
    }

    private void merge(Value into, Value other) {
        ArrayGroup kept = group(into);
        ArrayGroup gone = group(other);
        if (kept != gone) {
            kept.add(gone);
            groups.replaceAll((value, group) -> group == gone ? kept : group);
        }
    }

    private Stream<Kernel.Call> calls() {
        return live.timeline().instants().stream()
                .flatMap(instant -> instant.kernels().stream())
                .filter(Kernel.Call.class::isInstance)
                .map(Kernel.Call.class::cast);
    }

    /** What whoever runs the region has given. */
    private void ends() {
        if (region.isRoot()) {
            return;
        }
        Optional<Value> incoming = code.outputGradient();
        if (incoming.isPresent()) {
            group(incoming.get()).fix(Storage.Kind.GRADIENT);
            code.inputGradient().ifPresent(gradient -> {
                if (isAsLong(incoming.get(), gradient)) {
                    merge(incoming.get(), gradient);
                } else {
                    group(gradient).fix(Storage.Kind.INPUT_GRADIENT);
                }
            });
        } else if (Timeline.base(code.output()) != code.input()) {
            group(code.output()).fix(Storage.Kind.OUTPUT);
        }
    }

    /** What passes between this region and one that it runs. */
    private void passed(Kernel.Call call) {
        Code callee = call.run().callee().code(code.mode());
        if (call.backward()) {
            // Threads are at different tasks: an example's rows must lie in one place before and after.
            if (isAsLong(call.source(), call.result())) {
                merge(call.source(), call.result());
            }
            group(call.source()).fix(demands.gradient(call.run().callee()));
            group(call.result()).fix(demands.gradient(call.run().callee()));
        } else if (callees.apply(call.run().callee()).storage(callee.output()).kind() == Storage.Kind.INPUT) {
            merge(call.source(), call.result());
        } else if (code.mode().isTraining()) {
            group(call.result()).fix(Storage.Kind.RUN);
        }
    }

    private static boolean isAsLong(Value value, Value other) {
        return value.layout().exampleStride() == other.layout().exampleStride();
    }

    // Elementwise results in their operands' arrays.

    private void takeDyingArrays() {
        List<Timeline.Instant> instants = live.timeline().instants();
        for (int time = 0; time < instants.size(); time++) {
            Timeline.Instant instant = instants.get(time);
            if (!instant.isLoop()) {
                continue;
            }
            for (Kernel kernel : instant.kernels()) {
                for (Value result : kernel.writes()) {
                    if (instant.stored().contains(result) && result.viewOf().isEmpty() && result.isRows()) {
                        takeDyingArray(result, instant, time);
                    }
                }
            }
        }
    }

    private void takeDyingArray(Value result, Timeline.Instant loop, int time) {
        ArrayGroup taker = group(result);
        if (taker.range().first() != time) {
            return;
        }
        // The dearest array, where there are several: a tile is reused in every task.
        loop.kernels().stream()
                .flatMap(kernel -> kernel.reads().stream())
                .filter(operand -> operand.isRows()
                        && live.isStored(operand)
                        && operand.layout().equals(result.layout())
                        && isDying(group(operand), taker, time))
                .reduce((one, other) -> group(other).scope() > group(one).scope() ? other : one)
                .ifPresent(operand -> merge(result, operand));
    }

    private static boolean isDying(ArrayGroup operand, ArrayGroup taker, int time) {
        return operand != taker
                && operand.stride() == taker.stride()
                && operand.range().last() == time
                && operand.mayPassTo(taker);
    }

    // Numbers.

    private void number() {
        List<ArrayGroup> distinct = groups.values().stream().distinct().toList();
        distinct.stream()
                .filter(group -> !group.isAlone())
                .sorted(Comparator.comparingInt(group -> group.range().first()))
                .forEach(group -> {
                    switch (group.kind()) {
                        case OWN -> group.number(own.take(group.range(), group.stride()));
                        case SHARED -> group.number(shared.take(group.range(), group.stride()));
                        case TILE -> group.number(tiles.take(group.range(), group.stride()));
                        case INPUT, GRADIENT, INPUT_GRADIENT, OUTPUT, RUN -> {}
                    }
                });
        int next = own.strides().size();
        for (ArrayGroup group : distinct) {
            if (group.kind() == Storage.Kind.RUN || (group.kind() == Storage.Kind.OWN && group.isAlone())) {
                group.number(next++);
            }
        }
        Map<Run, List<LiveRanges.Range>> ofRuns = new LinkedHashMap<>();
        Map<Run, Value> results = new HashMap<>();
        List<Timeline.Instant> instants = live.timeline().instants();
        for (int time = 0; time < instants.size(); time++) {
            for (Kernel kernel : instants.get(time).kernels()) {
                if (kernel instanceof Kernel.Call call) {
                    ofRuns.computeIfAbsent(call.run(), key -> new ArrayList<>()).add(new LiveRanges.Range(time, time));
                    if (!call.backward()) {
                        results.put(call.run(), call.result());
                    }
                }
            }
        }
        ofRuns.forEach((run, ranges) -> numberOfRun(run, ranges, Objects.requireNonNull(results.get(run))));
    }

    /** Where a run finds the arrays that regions share: while it is at work, nothing else is in them. */
    private void numberOfRun(Run run, List<LiveRanges.Range> ranges, Value result) {
        Memory callee = callees.apply(run.callee());
        int firstShared = shared.takeInRow(callee.shared(), ranges);
        int firstTile = tiles.takeInRow(callee.tiles(), ranges);
        // All iterations use the same arrays in turn; only what one gives lies apart, because the next one reads it.
        boolean alternates = !code.mode().isTraining() && run.times() > 1;
        int alternate = alternates ? shared.takeInRow(List.of(group(result).stride()), ranges) : -1;
        runs.put(run, new Memory.OfRun(firstShared, firstTile, alternate));
    }

    // What comes of it.

    private record Array(Storage.Kind kind, int number) {}

    private Memory memory() {
        Names names = new Names();
        names.unique("output");
        Map<Value, Storage> storage = new LinkedHashMap<>();
        Map<Array, String> fields = new HashMap<>();
        for (Map.Entry<Value, ArrayGroup> entry : groups.entrySet()) {
            ArrayGroup group = entry.getValue();
            String name = names.unique(name(entry.getKey()));
            Array array = new Array(group.kind(), group.number());
            String field = fields.computeIfAbsent(array, key -> name);
            storage.put(entry.getKey(), new Storage(name, field, group.kind(), group.number(), stride(group)));
        }
        for (Timeline.Instant instant : live.timeline().instants()) {
            for (Kernel kernel : instant.kernels()) {
                kernel.writes().forEach(value -> view(value, storage));
                kernel.reads().forEach(value -> view(value, storage));
            }
        }
        view(code.output(), storage);
        code.inputGradient().ifPresent(value -> view(value, storage));
        for (Kernel kernel : code.preparation()) {
            for (Value value : kernel.writes()) {
                if (!storage.containsKey(value)) {
                    String name = names.unique(name(value));
                    int number = storage.size() + own.strides().size();
                    storage.put(
                            value,
                            new Storage(
                                    name,
                                    name,
                                    Storage.Kind.OWN,
                                    number,
                                    value.layout().stride()));
                }
            }
        }
        return new Memory(storage, demands.gradient(region), shared.strides(), tiles.strides(), runs, bytes());
    }

    private int stride(ArrayGroup group) {
        return group.isAlone()
                ? group.stride()
                : switch (group.kind()) {
                    case OWN -> own.strides().get(group.number());
                    case SHARED -> shared.strides().get(group.number());
                    case TILE -> tiles.strides().get(group.number());
                    case INPUT, GRADIENT, INPUT_GRADIENT, OUTPUT, RUN -> group.stride();
                };
    }

    private void view(Value value, Map<Value, Storage> storage) {
        @Nullable Storage known = storage.get(Timeline.base(value));
        if (value.viewOf().isPresent() && known != null) {
            storage.putIfAbsent(value, known);
        }
    }

    /** What holds a value is called after where the value comes from; several gradients come from one operation. */
    private String name(Value value) {
        if (value == code.input()) {
            return region.isRoot() ? "inputs" : "input";
        }
        if (code.outputGradient().filter(gradient -> gradient == value).isPresent()) {
            return region.isRoot() ? "outputGradients" : "incomingGradients";
        }
        if (value.kind() != Value.Kind.GRADIENT || !value.isRows()) {
            return value.path();
        }
        return (value.path().endsWith("Gradient") ? value.path() : value.path() + Names.upperFirst(value.name())) + "s";
    }

    private long bytes() {
        long bytes = 0;
        for (int stride : own.strides()) {
            bytes += (long) stride * Float.BYTES;
        }
        for (Map.Entry<Value, ArrayGroup> entry : groups.entrySet()) {
            Layout layout = entry.getKey().layout();
            if (entry.getValue().kind() == Storage.Kind.OWN
                    && entry.getValue().isAlone()
                    && layout.per() == Layout.Per.EXAMPLE) {
                bytes += (long) layout.exampleStride()
                        * (layout.element() == Layout.Element.BIT ? Long.BYTES : Float.BYTES);
            }
        }
        for (Run run : runs.keySet()) {
            bytes += run.times() * callees.apply(run.callee()).bytes();
        }
        return bytes;
    }
}
