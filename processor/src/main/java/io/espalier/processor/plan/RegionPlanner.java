package io.espalier.processor.plan;

import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
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
                region.block().map(block -> block.qualifiedName()).orElse(""),
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
                false);
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
                cut.preparation().stream().anyMatch(Kernel.LibraryCall.class::isInstance)
                        || runsWhatRefreshes(lowered));
    }

    private static boolean runsWhatRefreshes(Lowerer.Forward lowered) {
        return lowered.kernels().stream()
                .anyMatch(kernel -> kernel instanceof Kernel.Call call
                        && call.run().callee().code(lowered.mode()).refreshes());
    }
}
