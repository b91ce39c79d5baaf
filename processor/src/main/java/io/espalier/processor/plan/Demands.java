package io.espalier.processor.plan;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What regions must know of each other to assign the memory of a training step: how long they need what passes between them. */
final class Demands {
    /** How long a value is needed. */
    enum Until {
        /** No longer than the forward pass. */
        FORWARD,
        /** Until the region that it enters, or has left, goes back. */
        BACKWARD,
        /** Until gradients are summed over the batch, after both passes. */
        END;

        Until or(Until other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private final Map<RegionProgram, Until> inputs = new IdentityHashMap<>();
    private final Map<RegionProgram, Until> outputs = new IdentityHashMap<>();

    private final Map<Code, Boolean> handingOn = new IdentityHashMap<>();

    /** Regions whose gradients come in and go out in shared arrays, since a phase ends between two of their kernels. */
    private final Set<RegionProgram> sharedGradients = Collections.newSetFromMap(new IdentityHashMap<>());

    private Demands() {}

    /**
     * The demands of a network's regions.
     *
     * @param regions each before those that run it, the network itself last
     */
    static Demands of(List<RegionProgram> regions) {
        Demands demands = new Demands();
        regions.forEach(region -> demands.inputs.put(region, demands.ofInput(region)));
        demands.outputs.put(regions.getLast(), Until.END);
        regions.reversed().forEach(demands::ofOutputs);
        demands.ofGradients(regions);
        return demands;
    }

    /** How long a region needs what enters it. */
    Until input(RegionProgram region) {
        return inputs.getOrDefault(region, Until.FORWARD);
    }

    /** How long others need what leaves it. */
    Until output(RegionProgram region) {
        return outputs.getOrDefault(region, Until.BACKWARD);
    }

    /** Where the gradients lie that come in and go out. */
    Storage.Kind gradient(RegionProgram region) {
        return sharedGradients.contains(region) ? Storage.Kind.SHARED : Storage.Kind.TILE;
    }

    private static Code code(RegionProgram region) {
        return region.code(Mode.TRAINING);
    }

    private static Stream<Kernel.Call> calls(List<Phase> pass) {
        return pass.stream()
                .flatMap(phase -> phase.kernels().stream())
                .filter(Kernel.Call.class::isInstance)
                .map(Kernel.Call.class::cast);
    }

    private Until ofInput(RegionProgram region) {
        Code code = code(region);
        boolean inBackward = handedOn(code, code.input()).stream().anyMatch(value -> code.backward().stream()
                .flatMap(phase -> phase.kernels().stream())
                .anyMatch(kernel -> reads(kernel, value)));
        return byReaders(code, code.input()).or(inBackward ? Until.BACKWARD : Until.FORWARD);
    }

    /** A value, and those that lie in its array because regions hand it on as it is. */
    private List<Value> handedOn(Code code, Value value) {
        List<Value> all = new ArrayList<>(List.of(value));
        calls(code.forward()).forEach(call -> {
            Value base = Timeline.base(call.source());
            boolean ofThese = all.stream().anyMatch(one -> Timeline.base(one) == base);
            if (ofThese && handsOn(code(call.run().callee()))) {
                all.add(call.result());
            }
        });
        return all;
    }

    /** Whether what leaves a region is what enters it. */
    private boolean handsOn(Code code) {
        Boolean known = handingOn.get(code);
        if (known == null) {
            Value output = Timeline.base(code.output());
            known = handedOn(code, code.input()).stream().anyMatch(value -> Timeline.base(value) == output);
            handingOn.put(code, known);
        }
        return known;
    }

    /** How long sums over the batch, and regions that are run, need a value. */
    private Until byReaders(Code code, Value value) {
        Until until = Until.FORWARD;
        for (Value one : handedOn(code, value)) {
            if (code.reductions().stream().anyMatch(sum -> reads(sum, one))) {
                until = Until.END;
            }
            until = calls(code.forward())
                    .filter(call -> reads(call, one))
                    .map(call -> input(call.run().callee()))
                    .reduce(until, Until::or);
        }
        return until;
    }

    private static boolean reads(Kernel kernel, Value value) {
        Value base = Timeline.base(value);
        return kernel.reads().stream().anyMatch(read -> Timeline.base(read) == base);
    }

    private void ofOutputs(RegionProgram region) {
        Code code = code(region);
        calls(code.forward()).forEach(call -> {
            RegionProgram callee = call.run().callee();
            Until until = byReaders(code, call.result());
            if (call.run().times() > 1) {
                until = until.or(input(callee));
            }
            boolean leaves = handedOn(code, call.result()).stream()
                    .anyMatch(value -> Timeline.base(value) == Timeline.base(code.output()));
            if (leaves) {
                until = until.or(output(region));
            }
            outputs.merge(callee, until.or(Until.BACKWARD), Until::or);
        });
    }

    /** A gradient may pass through several regions; where one needs it in a shared array, all have it there. */
    private void ofGradients(List<RegionProgram> regions) {
        Map<RegionProgram, LiveRanges> live = new IdentityHashMap<>();
        for (RegionProgram region : regions) {
            live.put(region, LiveRanges.of(code(region), region.isRoot(), this, output(region)));
            if (code(region).synchronizes()) {
                sharedGradients.add(region);
            }
        }
        int before;
        do {
            before = sharedGradients.size();
            live.forEach(this::ofGradients);
        } while (sharedGradients.size() > before);
    }

    private void ofGradients(RegionProgram region, LiveRanges live) {
        for (List<Kernel.Call> chain : chains(code(region).backward())) {
            LiveRanges.Range range = chain.stream()
                    .map(call -> live.of(call.source()).and(live.of(call.result())))
                    .reduce(LiveRanges.Range::and)
                    .orElseThrow();
            boolean ends = !region.isRoot()
                    && chain.stream().anyMatch(call -> isEnd(region, call.source()) || isEnd(region, call.result()));
            boolean apart = ends ? sharedGradients.contains(region) : live.kind(range) != Storage.Kind.TILE;
            if (apart
                    || chain.stream()
                            .anyMatch(
                                    call -> sharedGradients.contains(call.run().callee()))) {
                chain.forEach(call -> sharedGradients.add(call.run().callee()));
                if (ends) {
                    sharedGradients.add(region);
                }
            }
        }
    }

    /** Runs of which each takes the gradient that the one before gave: it stays in one array. */
    private static List<List<Kernel.Call>> chains(List<Phase> backward) {
        Map<Value, List<Kernel.Call>> byResult = new IdentityHashMap<>();
        List<List<Kernel.Call>> chains = new ArrayList<>();
        calls(backward).forEach(call -> {
            List<Kernel.Call> chain = byResult.remove(Timeline.base(call.source()));
            if (chain == null) {
                chain = new ArrayList<>();
                chains.add(chain);
            }
            chain.add(call);
            byResult.put(Timeline.base(call.result()), chain);
        });
        return chains;
    }

    private static boolean isEnd(RegionProgram region, Value gradient) {
        Value base = Timeline.base(gradient);
        return code(region)
                        .outputGradient()
                        .filter(end -> Timeline.base(end) == base)
                        .isPresent()
                || code(region)
                        .inputGradient()
                        .filter(end -> Timeline.base(end) == base)
                        .isPresent();
    }
}
