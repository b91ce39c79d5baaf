package io.espalier.processor.plan;

import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Plans one region: runs the passes for each mode that is emitted. */
final class RegionPlanner {
    /** Fields that classes have besides those of the region's own arrays. */
    private static final Set<String> GIVEN = Set.of(
            "values",
            "state",
            "input",
            "output",
            "shared",
            "weights",
            "decayed",
            "undecayed",
            "statistics",
            "stream",
            "level",
            "branch",
            "firstBuffer",
            "outputBuffer");

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
        Lowerer.Forward lowered = new Lowerer(region, Mode.TRAINING, placement, regions).lower();
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
        return code(
                Mode.TRAINING,
                lowered,
                Optional.of(backward.outputGradient()),
                backward.inputGradient(),
                forwardCut.preparation(),
                forwardPhases,
                backwardPhases,
                backward.reductions(),
                memory.storage(),
                name.isEmpty() || !backwardPhases.isEmpty() ? memory.levels() : 0,
                Map.of(),
                Map.of());
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
        Lowerer.Forward lowered = new Lowerer(region, mode, placement, regions).lower();
        Schedule.Cut cut = Schedule.forward(mode, lowered, Map.of());
        KeptValues kept = new KeptValues(cut.phases(), List.of(), List.of(lowered.input(), lowered.output()));
        List<Phase> phases = Assembly.phases(cut, false, kept, kept::isInMemory);
        SharedMemory.Assigned memory =
                SharedMemory.assign(mode, phases, kept::isInMemory, lowered.input(), lowered.output(), name.isEmpty());
        return code(
                mode,
                lowered,
                Optional.empty(),
                Optional.empty(),
                cut.preparation(),
                phases,
                List.of(),
                List.of(),
                memory.storage(),
                memory.count(),
                memory.bases(),
                memory.alternates());
    }

    private static Code code(
            Mode mode,
            Lowerer.Forward lowered,
            Optional<Value> outputGradient,
            Optional<Value> inputGradient,
            List<Kernel> preparation,
            List<Phase> forward,
            List<Phase> backward,
            List<Kernel.BatchReduction> reductions,
            Map<Value, Storage> storage,
            int shared,
            Map<Run, Integer> bases,
            Map<Run, Integer> alternates) {
        int widest = Layout.padded(1);
        int scratch = 0;
        boolean refreshes = preparation.stream().anyMatch(Kernel.LibraryCall.class::isInstance);
        for (Map.Entry<Value, Storage> entry : storage.entrySet()) {
            switch (entry.getValue().kind()) {
                case SCRATCH -> scratch = Math.max(scratch, entry.getValue().number() + 1);
                case GRADIENT, SHARED, RUN, OUTPUT ->
                    widest = Math.max(widest, entry.getKey().layout().stride());
                case INPUT, OWN -> {}
            }
        }
        Map<Value, Storage> all = new LinkedHashMap<>(storage);
        for (Kernel kernel : preparation) {
            for (Value value : kernel.writes()) {
                all.putIfAbsent(value, new Storage(value.path(), value.layout(), Storage.Kind.OWN, 0));
            }
        }
        for (Kernel kernel : Stream.of(forward, backward)
                .flatMap(List::stream)
                .flatMap(phase -> phase.kernels().stream())
                .toList()) {
            if (kernel instanceof Kernel.Call call) {
                Code callee = call.run().callee().code(mode);
                widest = Math.max(widest, callee.widest());
                scratch = Math.max(scratch, callee.scratch());
                refreshes |= callee.refreshes();
            }
        }
        return new Code(
                mode,
                lowered.input(),
                lowered.output(),
                outputGradient,
                inputGradient,
                preparation,
                forward,
                backward,
                reductions,
                all,
                widest,
                scratch,
                shared,
                bases,
                alternates,
                refreshes,
                fields(all.values()));
    }

    /** What fields of an emitted class and of the one around it are called. */
    private static Set<String> fields(Collection<Storage> arrays) {
        Set<String> names = new HashSet<>(GIVEN);
        arrays.forEach(array -> names.add(array.name()));
        return Collections.unmodifiableSet(names);
    }
}
