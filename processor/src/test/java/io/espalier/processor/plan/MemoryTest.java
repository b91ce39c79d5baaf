package io.espalier.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.emitted.GradientSum;
import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseEntry;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.StepBuilder;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.Slices;
import io.espalier.kernel.WeightPanels;
import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.emit.Emitted;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.train.TrainingStep;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the plan says of memory against what emitted code does with it: it takes as many bytes as the plan says, and reads
 * nothing that the plan holds for dead.
 */
class MemoryTest {
    private static final int ROWS = 75;

    private static final String BLOCKS = """
            @Block final class Mixer {
                @LayerNorm @Dense(times = 2) @Gelu @Dropout(p = 0.2) Layer expand;
                @Dense(BRANCH) Layer project;
            }
            @Block final class Plain { @Dense(SAME) Layer only; }
            @Block final class Normed { @BatchNorm @Relu @Dense(SAME) Layer one; @BatchNorm @Tanh Layer two; }
            @Block final class Inner { @Repeat(2) @Residual Mixer two; @Residual Mixer one; }
            @Block final class Outer { @Residual Inner inner; Plain plain; @DropPath(p = 0.3) @Residual Inner again; }
            @Block final class Narrow { @Dense(24) @BatchNorm Layer n; }
            @Block final class Wide { @Dense(40) @BatchNorm Layer n; }
            @Block final class Widen { @Dense(40) @Relu Layer w; }
            @Block final class Flat { @Flatten Layer f; }
            @Block final class View { @Flatten Layer f; }
            @Block final class Head { Flat flat; }
            @Block final class Widening {
                @Residual @Dense(40) @Relu Layer wide;
                @Residual @Dense(9) @Sigmoid Layer narrow;
                @Dense(24) Layer back;
            }
            """;

    private record Built(NetworkProgram program, CompiledNetwork network) {
        StepBuilder step(int workers) {
            StepBuilder step = new StepBuilder(network.snapshot(), ROWS, workers, 5);
            call("buildStep", StepBuilder.class, step);
            return step;
        }

        PredictionBuilder prediction() {
            PredictionBuilder pass = new PredictionBuilder(network.snapshot(), ROWS, 5);
            call("buildPrediction", PredictionBuilder.class, pass);
            return pass;
        }

        private <B extends PassBuilder> void call(String method, Class<B> type, B builder) {
            try {
                Method build = network.getClass().getDeclaredMethod(method, type);
                build.setAccessible(true);
                build.invoke(network, builder);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        Memory memory(Mode mode) {
            return program.memory(program.root().code(mode));
        }

        long bytes(Mode mode) {
            return memory(mode).bytesPerExample(program.root().code(mode));
        }
    }

    private static Built build(String model, Path directory) {
        String source = model + BLOCKS;
        Emitted.requireClean(Compilations.with(CompilerKind.JAVAC)
                .processor(new EspalierProcessor())
                .source("demo/Models.java", Graphs.source(source))
                .options("-Aespalier.lint=all:off")
                .classOutput(directory)
                .compile());
        return new Built(
                Planner.plan(Graphs.build(CompilerKind.JAVAC, source)),
                Emitted.create(Emitted.load(directory, "demo.TriedNetwork")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "24|@Dense(16) @Gelu Layer a; @Dense(16) @LayerNorm @Tanh @Dropout(p = 0.3) Layer b; @Dense(4) Layer c;",
                "24|@Dense(16) @BatchNorm @Relu Layer a; @Residual @Dense(33) @Sigmoid @RmsNorm Layer b; @Dense(4) Layer c;",
                "24|@Repeat(3) @Residual Mixer mixers; @Repeat(2) Plain plain; @Dense(4) Layer c;",
                "24|@Dense(24) Layer a; @Repeat(3) Outer outer; @Dense(4) Layer c;",
                "24|@Repeat(3) @Residual Normed normed; Normed last; @Dense(4) Layer c;",
                "24|@Repeat(2) @Residual Widening widening; Widening last; @Dense(4) Layer c;",
                "24|@Softmax Layer a; @GaussianNoise @Selu @AlphaDropout(p = 0.1) Layer b; @Dense(4) Layer c;",
                "{5, 7}|@Dense(9) @LayerNorm @Gelu Layer a; @Residual Mixer b; @Flatten @Dropout(p = 0.2) Layer c; @Dense(4) Layer d;",
                "{3, 4, 6}|@Dense(16) @BatchNorm @Relu Layer a; @Flatten @Dense(4) Layer b;",
                "24|@Dense(4) Layer only;",
                "24|@Dense(40) Layer a; Narrow narrow; @Dense(4) Layer out;",
                "24|@Dense(24) Layer a; Wide wide; @Dense(4) Layer out;",
                "24|@Dense(24) Layer a; Widen widen; Narrow narrow; @Repeat(2) @Residual Normed normed; @Dense(4) Layer out;",
                "{5, 7}|@Dense(9) Layer a; Flat flat; @Dense(4) Layer out;",
                "{4, 5}|@Dense(16) Layer a; Head head; @Dense(3) Layer out;",
                "{4, 5}|@Dense(16) Layer a; View view; @Dense(3) Layer out;",
            })
    void isWhatThePlanSays(String model, @TempDir Path directory) {
        Built built = build(network(model), directory);

        assertThat(built.step(2).bytesPerExample()).as("training").isEqualTo(built.bytes(Mode.TRAINING));
        assertThat(built.prediction().bytesPerExample()).as("prediction").isEqualTo(built.bytes(Mode.PREDICTION));
        poison(built);
        predictsWhatIsTrained(built);
    }

    /** Without noise, predictions are the outputs of a training step, if neither overwrites what it needs. */
    private static void predictsWhatIsTrained(Built built) {
        if (built.network().description().operations().stream()
                .anyMatch(operation -> operation.kind().matches("BatchNorm|.*Noise|.*Dropout|DropConnect")
                        || String.join(" ", operation.attributes().keySet()).contains("dropPath"))) {
            return;
        }
        int size = Arrays.stream(built.network().description().input()).reduce(1, Math::multiplyExact);
        float[] inputs = new float[ROWS * size];
        Random random = new Random(3);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextFloat(-1, 1);
        }
        int classes = built.network().description().output()[0];
        float[] trained = new float[ROWS * classes];
        try (TrainingStep training = built.network().trainingStep(ROWS, 2, 1)) {
            training.forward(Batch.of(inputs, new int[ROWS], ROWS));
            training.outputs(trained);
        }
        float[] predicted = new float[ROWS * classes];
        built.network().predictionPass(ROWS).logits(inputs, ROWS, predicted);
        assertThat(predicted).containsExactly(trained);
    }

    private static String network(String model) {
        String[] parts = model.split("\\|", 2);
        return "@Network(input = " + parts[0] + ") final class Tried {\n" + parts[1] + "\n}\n";
    }

    /** What a block keeps for its way back, and no more: gradients, and what is used up in a pass, are the same for all. */
    @Test
    void growsWithWhatIsKept() {
        long[] bytes = IntStream.of(4, 16, 64)
                .mapToLong(times -> {
                    NetworkProgram program = Planner.plan(Graphs.build(
                            CompilerKind.JAVAC,
                            network("24|@Repeat(" + times + ") @Residual Mixer mixers; @LayerNorm @Dense(4) Layer c;")
                                    + BLOCKS));
                    Code code = program.root().code(Mode.TRAINING);
                    return program.memory(code).bytesPerExample(code);
                })
                .toArray();
        // The norm's mean and deviation, what it gives, the product and later its gradient, what is dropped and its
        // bits, the
        // sum and later the second product's gradient.
        long ofBlock = 4 * (1 + 1 + 32 + 48 + 48 + 32) + 8;
        assertThat(bytes[1] - bytes[0]).isEqualTo(12 * ofBlock);
        assertThat(bytes[2] - bytes[1]).isEqualTo(48 * ofBlock);
    }

    // Poison.

    /** A step whose dead arrays, padding and tiles hold no numbers between any two phases gives the bits of one with zeros. */
    private static void poison(Built built) {
        double[] expected = new Step(built, 0f, 2 * ROWS).run();
        assertThat(expected).doesNotContain(Double.NaN);
        for (int examplesOfTask : new int[] {2 * ROWS, 32, 16}) {
            assertThat(new Step(built, Float.NaN, examplesOfTask).run())
                    .as("tasks of " + examplesOfTask)
                    .containsExactly(expected);
        }
    }

    /** A step on one thread, phase by phase. */
    private static final class Step {
        private final Built built;
        private final float poison;
        private final int examplesOfTask;
        private final StepBuilder step;
        private final Code code;
        private final Memory memory;
        private final Timeline timeline;
        private final LiveRanges live;
        private final Object training;
        private final List<Object> regions = new ArrayList<>();

        Step(Built built, float poison, int examplesOfTask) {
            this.built = built;
            this.poison = poison;
            this.examplesOfTask = examplesOfTask;
            this.step = built.step(1);
            this.code = built.program().root().code(Mode.TRAINING);
            this.memory = built.memory(Mode.TRAINING);
            this.live = live(built.program().root());
            this.timeline = live.timeline();
            PhaseEntry.OverExamples first = (PhaseEntry.OverExamples) step.forwardPhases().stream()
                    .filter(PhaseEntry.OverExamples.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            Object owner = first.code();
            // Phases of a region that is run are its own, and it is within the network's.
            this.training = owner.getClass().getSimpleName().equals("Training") ? owner : field(owner, "this$0");
            collect(training);
        }

        private LiveRanges live(RegionProgram region) {
            List<RegionProgram> all = new ArrayList<>(built.program().regions());
            all.add(built.program().root());
            Demands demands = Demands.of(all);
            return LiveRanges.of(region.code(Mode.TRAINING), region.isRoot(), demands, demands.output(region));
        }

        private void collect(Object owner) {
            regions.add(owner);
            for (Field field : owner.getClass().getDeclaredFields()) {
                Object value = field(owner, field.getName());
                if (value instanceof Object[] runs && field.getName().endsWith("Runs")) {
                    Arrays.stream(runs).forEach(this::collect);
                } else if (field.getName().endsWith("Run")) {
                    collect(value);
                }
            }
        }

        private static Object field(Object owner, String name) {
            try {
                Field field = owner.getClass().getDeclaredField(name);
                field.setAccessible(true);
                return field.get(owner);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        private static boolean has(Object owner, String name) {
            return Arrays.stream(owner.getClass().getDeclaredFields())
                    .anyMatch(field -> field.getName().equals(name));
        }

        private RegionProgram region(Object owner) {
            String name = owner.getClass().getSimpleName();
            String regionName = name.substring(0, name.length() - "Training".length());
            return built.program().all().stream()
                    .filter(region -> region.name().equals(regionName))
                    .findFirst()
                    .orElseThrow();
        }

        double[] run() {
            step.makeTiles(Math.min(examplesOfTask, Math.ceilDiv(ROWS, step.slice()) * step.slice()));
            step.state().begin(0, 0, ROWS, 1);
            for (StepBuilder.TransposedWeight weight : step.transposedWeights()) {
                WeightPanels.transpose(
                        step.values(),
                        weight.weight(),
                        weight.in(),
                        weight.out(),
                        weight.transposed(),
                        0,
                        0,
                        WeightPanels.count(weight.in()));
            }
            regions.forEach(owner -> dead(owner, -1));
            Random random = new Random(9);
            int stride = step.inputStride();
            int width = code.input().layout().width();
            for (int row = 0; row < ROWS * step.inputPositions(); row++) {
                for (int i = 0; i < stride; i++) {
                    step.inputs()[row * stride + i] = i < width ? random.nextFloat(-1, 1) : poison;
                }
            }
            pass(step.forwardPhases(), code.forward(), 0);
            List<Double> results = new ArrayList<>();
            add(results, step.outputs(), code.output().layout());
            tiles();
            regions.forEach(owner -> dead(owner, live(region(owner)).timeline().betweenPasses()));
            float[] gradient = step.outputGradient().array(0);
            int outputStride = PassBuilder.stride(code.output().layout().width());
            for (int i = 0; i < ROWS * outputStride; i++) {
                gradient[i] = i % outputStride < code.output().layout().width() ? random.nextFloat(-1, 1) : poison;
            }
            pass(step.backwardPhases(), code.backward(), timeline.betweenPasses() + 1);
            tiles();
            shared();
            regions.forEach(owner -> dead(owner, live(region(owner)).timeline().end()));
            step.gradientSums().forEach(sum -> add(results, sum));
            add(results, step.outputs(), code.output().layout());
            return results.stream().mapToDouble(Double::doubleValue).toArray();
        }

        /** Neighbouring phases over examples are one, as in a real step: a task goes through all of them before the next does. */
        private void pass(List<PhaseEntry> entries, List<Phase> phases, int start) {
            boolean nested = phases.stream().anyMatch(Phase.Nested.class::isInstance);
            int time = start;
            for (int i = 0; i < entries.size(); ) {
                if (i > 0) {
                    tiles();
                    if (!nested && entries.size() == phases.size()) {
                        dead(training, time);
                    }
                }
                int end = i + 1;
                if (entries.get(i) instanceof PhaseEntry.OverExamples) {
                    while (end < entries.size() && entries.get(end) instanceof PhaseEntry.OverExamples) {
                        end++;
                    }
                    for (int from = 0; from < ROWS; from += examplesOfTask) {
                        for (PhaseEntry entry : entries.subList(i, end)) {
                            tiles();
                            PhaseEntry.OverExamples part = (PhaseEntry.OverExamples) entry;
                            part.code().phase(part.number(), from, Math.min(from + examplesOfTask, ROWS), 0);
                        }
                    }
                } else {
                    run(entries.get(i));
                }
                for (int k = i; k < end && entries.size() == phases.size(); k++) {
                    time += instants(phases.get(k));
                }
                i = end;
            }
        }

        private int instants(Phase phase) {
            if (!(phase instanceof Phase.Examples examples)) {
                return phase.kernels().size();
            }
            int count = 0;
            for (var part : examples.parts()) {
                count += switch (part) {
                    case io.espalier.processor.ir.Part.Inline ignored -> 1;
                    case io.espalier.processor.ir.Part.Routine routine ->
                        routine.draws().size()
                                + routine.products().size()
                                + routine.pieces().size()
                                + routine.lastProducts().size();
                };
            }
            return count;
        }

        private static void run(PhaseEntry entry) {
            switch (entry) {
                case PhaseEntry.OverExamples examples -> throw new AssertionError(examples);
                case PhaseEntry.OverBatch batch -> batch.code().phase(batch.number(), 0, ROWS, 0);
                case PhaseEntry.Wide wide ->
                    MatrixMultiply.multiply(
                            wide.a(),
                            0,
                            wide.aStride(),
                            ROWS * wide.positions(),
                            wide.depth(),
                            wide.panels(),
                            wide.panelsOffset(),
                            wide.columns(),
                            wide.c(),
                            0,
                            wide.cStride());
            }
        }

        /** Nothing in a tile outlives a phase. */
        private void tiles() {
            if (has(training, "tiles")) {
                for (float[][] ofWorkers : (float[][][]) field(training, "tiles")) {
                    Arrays.fill(ofWorkers[0], poison);
                }
            }
        }

        /** Nothing that stages share outlives a pass. */
        private void shared() {
            if (has(training, "shared")) {
                for (float[] array : (float[][]) field(training, "shared")) {
                    Arrays.fill(array, poison);
                }
            }
        }

        /** Poisons the arrays that a region has for itself where nothing lies in them that is needed from an instant on. */
        private void dead(Object owner, int time) {
            RegionProgram region = region(owner);
            Memory ofRegion = built.program().memory(region.code(Mode.TRAINING));
            LiveRanges ranges = live(region);
            Map<Integer, Storage> arrays = new HashMap<>();
            Map<Integer, Value> alive = new HashMap<>();
            ofRegion.storage().forEach((value, storage) -> {
                if (storage.kind() != Storage.Kind.OWN
                        || value.viewOf().isPresent()
                        || value.layout().per() != Layout.Per.EXAMPLE
                        || value.layout().element() == Layout.Element.BIT) {
                    return;
                }
                arrays.putIfAbsent(storage.number(), storage);
                LiveRanges.Range range = ranges.of(value);
                if (range.first() < time && range.last() >= time) {
                    alive.put(storage.number(), value);
                }
            });
            arrays.forEach((number, storage) -> {
                float[] array = (float[]) field(owner, storage.name());
                Value value = alive.get(number);
                if (value == null) {
                    Arrays.fill(array, poison);
                    return;
                }
                Layout layout = value.layout();
                if (value.kind() == Value.Kind.DRAWS || layout.isPacked()) {
                    return;
                }
                for (int i = 0; i < ROWS * layout.exampleStride(); i++) {
                    if (i % layout.stride() >= layout.width()) {
                        array[i] = poison;
                    }
                }
            });
        }

        private static void add(List<Double> results, float[] rows, Layout layout) {
            for (int i = 0; i < ROWS * layout.exampleStride(); i++) {
                if (i % layout.stride() < layout.width()) {
                    results.add((double) rows[i]);
                }
            }
        }

        /** What would become the gradient of a parameter. */
        private static void add(List<Double> results, GradientSum sum) {
            switch (sum) {
                case GradientSum.OfWeight of -> {
                    for (int o = 0; o < of.out(); o++) {
                        for (int i = 0; i < of.in(); i++) {
                            double total = 0;
                            for (int row = 0; row < ROWS * of.positions(); row++) {
                                total += (double) of.g()[row * of.gStride() + o] * of.x()[row * of.xStride() + i];
                            }
                            results.add(total);
                        }
                    }
                }
                case GradientSum.OfSlices of -> {
                    for (int i = 0; i < of.width(); i++) {
                        double total = 0;
                        for (int slice = 0; slice < Slices.count(ROWS, of.positions()); slice++) {
                            total += of.partials()[slice * of.stride() + of.offset() + i];
                        }
                        results.add(total);
                    }
                }
                case GradientSum.OfBatch of -> {
                    for (int i = 0; i < of.width(); i++) {
                        results.add((double) of.sums()[of.offset() + i]);
                    }
                }
            }
        }
    }
}
