package io.espalier.processor.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which buffer of a prediction holds which value of a region: values that are not needed at the same time share one. Time
 * runs in pairs: a loop reads and writes at its even instant, element by element, so that what it reads last and what it
 * writes first may be one; a product and a region still read at the odd instant, after they began to write.
 */
public final class PredictionSlots {
    /** Where the output lies of a region that is run: in a buffer that comes from outside. */
    public static final int OUTPUT = -1;

    private static final int END = Integer.MAX_VALUE;

    private record Span(int from, int to) {}

    private final RegionPlan region;
    private final Map<RegionPlan, PredictionSlots> callees;
    private final Map<Value, Integer> slots = new IdentityHashMap<>();
    private final Map<Item.Call, Integer> bases = new IdentityHashMap<>();
    private final Map<Item.Call, Integer> alternates = new IdentityHashMap<>();
    private final Map<Value, Integer> lastUses = new IdentityHashMap<>();
    private final List<List<Span>> busy = new ArrayList<>();
    private int time;

    private PredictionSlots(RegionPlan region, Map<RegionPlan, PredictionSlots> callees) {
        this.region = region;
        this.callees = callees;
    }

    /** The buffers of every region of a network. */
    public static Map<RegionPlan, PredictionSlots> of(NetworkPlan network) {
        List<RegionPlan> regions = new ArrayList<>(network.regions());
        regions.add(network.root());
        Map<RegionPlan, PredictionSlots> all = new IdentityHashMap<>();
        for (RegionPlan plan : regions) {
            PredictionSlots slots = new PredictionSlots(plan, all);
            slots.lastUses();
            slots.assign();
            all.put(plan, slots);
        }
        return all;
    }

    /** How many buffers the region needs besides those that hold its input and, where it is run, its output. */
    public int count() {
        return busy.size();
    }

    /** The buffer of a value, counted from the region's first, or {@link #OUTPUT}; the input has none. */
    public int slot(Value value) {
        Integer slot = slots.get(value);
        if (slot == null) {
            throw new IllegalStateException(value + " of " + region.name() + " has no buffer");
        }
        return slot;
    }

    /** The buffer that a repeated region writes to when it reads the one of its output: every other run. */
    public int alternate(Item.Call call) {
        Integer alternate = alternates.get(call);
        if (alternate == null) {
            throw new IllegalStateException(call.name() + " is not repeated in " + region.name());
        }
        return alternate;
    }

    /** The first buffer of a region that is run. */
    public int base(Item.Call call) {
        Integer base = bases.get(call);
        if (base == null) {
            throw new IllegalStateException(call.name() + " is no run of " + region.name());
        }
        return base;
    }

    private void lastUses() {
        for (Item item : region.items()) {
            switch (item) {
                case Item.Segment segment -> {
                    segment.product().ifPresent(this::useOfProduct);
                    segment.projections().forEach(this::useOfProduct);
                    use(segment.start(), time);
                    for (Step step : segment.steps()) {
                        time += 2;
                        switch (step) {
                            case Step.LayerNorm norm -> use(norm.source(), time);
                            case Step.RmsNorm norm -> use(norm.source(), time);
                            case Step.Join join -> use(join.skip(), time);
                            case Step.Keep keep -> use(keep.value(), time);
                            case Step.Fork fork -> use(fork.value(), time);
                            case Step.Softmax softmax -> use(softmax.result(), time);
                            default -> use(segment.start(), time);
                        }
                    }
                    time += 2;
                }
                case Item.Call call -> {
                    use(call.source(), time + 1);
                    use(call.output(), time + 1);
                    time += 2;
                }
            }
        }
        lastUses.put(region.output(), END);
        time = 0;
    }

    private void useOfProduct(Product product) {
        use(product.source(), time + 1);
        use(product.result(), time + 1);
        time += 2;
    }

    private void use(Value value, int at) {
        lastUses.merge(value, at, Math::max);
    }

    private void assign() {
        if (!region.isRoot()) {
            slots.put(region.output(), OUTPUT);
        }
        for (Item item : region.items()) {
            switch (item) {
                case Item.Segment segment -> {
                    segment.product().ifPresent(this::assignProduct);
                    segment.projections().forEach(this::assignProduct);
                    for (Step step : segment.steps()) {
                        time += 2;
                        if (step instanceof Step.Keep keep) {
                            place(keep.value());
                        } else if (step instanceof Step.Softmax softmax) {
                            place(softmax.result());
                        }
                    }
                    time += 2;
                }
                case Item.Call call -> {
                    assignCall(call);
                    time += 2;
                }
            }
        }
    }

    private void assignProduct(Product product) {
        place(product.result());
        time += 2;
    }

    private void place(Value value) {
        if (!slots.containsKey(value)) {
            int slot = free(1);
            slots.put(value, slot);
            take(slot, lastUse(value));
        }
    }

    /** All runs use the same buffers in turn; only what a run gives lies apart, because the next one reads it. */
    private void assignCall(Item.Call call) {
        int count = callee(call).count();
        int base = free(count);
        bases.put(call, base);
        for (int i = 0; i < count; i++) {
            take(base + i, time + 1);
        }
        place(call.output());
        if (call.times() > 1) {
            int alternate = free(1);
            alternates.put(call, alternate);
            take(alternate, time + 1);
        }
    }

    private PredictionSlots callee(Item.Call call) {
        PredictionSlots callee = callees.get(call.callee());
        if (callee == null) {
            throw new IllegalStateException(call.callee().name() + " is planned after " + region.name());
        }
        return callee;
    }

    private int lastUse(Value value) {
        return lastUses.getOrDefault(value, time);
    }

    private int free(int count) {
        int start = 0;
        for (int slot = 0; slot < start + count; slot++) {
            if (slot < busy.size() && busy.get(slot).stream().anyMatch(span -> span.to() > time)) {
                start = slot + 1;
            }
        }
        while (busy.size() < start + count) {
            busy.add(new ArrayList<>());
        }
        return start;
    }

    private void take(int slot, int until) {
        busy.get(slot).add(new Span(time, until));
    }
}
