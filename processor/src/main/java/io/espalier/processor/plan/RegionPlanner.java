package io.espalier.processor.plan;

import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Plans one region: runs the passes for each mode that is emitted. */
final class RegionPlanner {
    private final Region region;
    private final String name;
    private final Placement placement;
    private final Function<Region, RegionProgram> regions;
    private final List<Mode> modes;

    /**
     * @param name what emitted classes are called after, empty for the network itself
     * @param regions the plans of regions that this one runs
     * @param modes what is emitted, training first: it gives parameters and streams their offsets
     */
    RegionPlanner(
            Region region,
            String name,
            Placement placement,
            Function<Region, RegionProgram> regions,
            List<Mode> modes) {
        this.region = region;
        this.name = name;
        this.placement = placement;
        this.regions = regions;
        this.modes = modes;
    }

    RegionProgram plan() {
        Map<Mode, Code> codes = new EnumMap<>(Mode.class);
        for (Mode mode : modes) {
            codes.put(mode, mode.isTraining() ? training() : inference(mode));
        }
        return new RegionProgram(
                name,
                region.input().shape(),
                region.output().shape(),
                new Describer(region, name.isEmpty(), placement.parameters(), placement.runs()).describe(),
                placement.parameters(),
                trained(),
                placement.sizes(),
                placement.streams(),
                placement.branches(),
                codes);
    }

    private long trained() {
        long own = placement.parameters().stream()
                .filter(parameter -> parameter.trained())
                .mapToLong(parameter -> parameter.count())
                .sum();
        long ofRuns = placement.runs().values().stream()
                .mapToLong(run -> run.times() * run.callee().trained())
                .sum();
        return own + ofRuns;
    }

    private Code training() {
        Lowerer.Forward lowered = new Lowerer(region, name.isEmpty(), Mode.TRAINING, placement, regions).lower();
        Differentiator.Backward backward =
                DeadKernels.remove(Differentiator.differentiate(placement, lowered, name.isEmpty()));
        Schedule.Cut forwardCut = Schedule.forward(Mode.TRAINING, lowered, adjointSizes(backward));
        Schedule.Cut backwardCut = Schedule.backward(backward, forwardCut);

        List<Kernel> fromMemory = new ArrayList<>(backward.reductions());
        backward.kernels().stream().filter(KeptValues::readsMemory).forEach(fromMemory::add);
        KeptValues kept = new KeptValues(forwardCut.phases(), fromMemory, List.of(lowered.input(), lowered.output()));
        List<Value> ends = new ArrayList<>(List.of(backward.outputGradient()));
        backward.inputGradient().ifPresent(ends::add);
        KeptValues keptGradients = new KeptValues(backwardCut.phases(), backward.reductions(), ends);

        List<Phase> forwardPhases = Assembly.phases(forwardCut, false, kept, kept::isInMemory);
        List<Phase> backwardPhases = Assembly.phases(
                backwardCut,
                true,
                kept,
                value -> value.kind() == Value.Kind.GRADIENT && keptGradients.isInMemory(value));
        TrainingMemory.Assigned memory = TrainingMemory.assign(
                forwardPhases,
                backwardPhases,
                backward.reductions(),
                value -> value.kind() == Value.Kind.GRADIENT ? keptGradients.isInMemory(value) : kept.isInMemory(value),
                lowered.input(),
                lowered.output(),
                backward.outputGradient(),
                backward.inputGradient());
        boolean passes = name.isEmpty() || !backwardPhases.isEmpty();
        return new Code(
                Mode.TRAINING,
                lowered.input(),
                lowered.output(),
                Optional.of(backward.outputGradient()),
                backward.inputGradient(),
                forwardCut.preparation(),
                forwardPhases,
                backwardPhases,
                backward.reductions(),
                Memory.of(
                        memory.storage(), passes ? memory.levels() : 0, Map.of(), Map.of(), memories(callees(lowered))),
                false);
    }

    /** The programs that a program runs. */
    private static List<Code> callees(Lowerer.Forward lowered) {
        List<Code> callees = new ArrayList<>();
        for (Kernel kernel : lowered.kernels()) {
            if (kernel instanceof Kernel.Call call) {
                callees.add(call.run().callee().code(lowered.mode()));
            }
        }
        return callees;
    }

    private static List<Memory> memories(List<Code> callees) {
        return callees.stream().map(Code::memory).toList();
    }

    private static Map<Lowered, Integer> adjointSizes(Differentiator.Backward backward) {
        Map<Lowered, Integer> sizes = new HashMap<>();
        for (Differentiator.Step step : backward.steps()) {
            Lowered node = step.node();
            if (node != null) {
                sizes.merge(node, CodeSize.of(step.kernels()), Integer::sum);
            }
        }
        return sizes;
    }

    private Code inference(Mode mode) {
        Lowerer.Forward lowered = new Lowerer(region, name.isEmpty(), mode, placement, regions).lower();
        Schedule.Cut cut = Schedule.forward(mode, lowered, Map.of());
        KeptValues kept = new KeptValues(cut.phases(), List.of(), List.of(lowered.input(), lowered.output()));
        List<Phase> phases = Assembly.phases(cut, false, kept, kept::isInMemory);
        SharedMemory.Assigned memory =
                SharedMemory.assign(mode, phases, kept::isInMemory, lowered.input(), lowered.output(), name.isEmpty());
        Map<Value, Storage> storage = new LinkedHashMap<>(memory.storage());
        for (Kernel kernel : cut.preparation()) {
            for (Value value : kernel.writes()) {
                storage.putIfAbsent(value, new Storage(value.path(), value.layout(), Storage.Kind.OWN, 0));
            }
        }
        List<Code> callees = callees(lowered);
        return new Code(
                mode,
                lowered.input(),
                lowered.output(),
                Optional.empty(),
                Optional.empty(),
                cut.preparation(),
                phases,
                List.of(),
                List.of(),
                Memory.of(storage, memory.count(), memory.bases(), memory.alternates(), memories(callees)),
                cut.preparation().stream().anyMatch(Kernel.LibraryCall.class::isInstance)
                        || callees.stream().anyMatch(Code::refreshes));
    }
}
