package io.espalier.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.annotation.trial.GatedLinearOperation;
import io.espalier.annotation.trial.HardTanhOperation;
import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every pass computes what the one before it did, and adjoints agree with differences: programs are evaluated in double precision
 * after each of them, first with an array for each value, then with the arrays that they share.
 */
class PassesTest {
    private static final int ROWS = 19;
    private static final List<Mode> MODES = List.of(Mode.TRAINING, Mode.PREDICTION, Mode.SAMPLING);
    private static final int WIDTH = 6;

    private static final String BLOCKS = """
            @Block final class Mixer {
                @LayerNorm @Dense(times = 2) @Gelu @Dropout(p = 0.25) Layer expand;
                @Dense(BRANCH) Layer project;
            }
            @Block final class Nested { @Residual Mixer one; @Repeat(2) @Residual Mixer two; @Tanh Layer last; }
            @Block final class Normed { @Dense(SAME) @BatchNorm @Silu Layer only; }
            @Block final class Inner { @LayerNorm @Dense(SAME) @Tanh Layer only; }
            @Block final class Deep { Inner only; }
            @Block final class Noisy { @GaussianNoise Layer only; }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Dense(5) @LayerNorm @Gelu @Dropout(p = 0.3) Layer a;",
                "@Dense(5) @BatchNorm @Relu Layer a; @BatchNorm @Tanh Layer b;",
                "@Dense(5) @RmsNorm @Silu Layer a; @Dense(4) @Elu(alpha = 0.5) @LeakyRelu(slope = 0.2) @Sigmoid Layer b;",
                "@Dense(5) @Selu @AlphaDropout(p = 0.2) Layer a; @GaussianDropout(p = 0.2) @GaussianNoise Layer b;",
                "@Dense(5) @Softmax Layer a; @Residual @Softmax Layer b;",
                "@DropConnect(p = 0.3) @Dense(5) @Tanh Layer a;",
                "@Residual @Dense(9) @Relu Layer wider; @Residual @LayerNorm @Dense(9) @Tanh Layer same;",
                "@Residual(shortcut = Shortcut.PROJECTION) @Tanh Layer a; @Residual @Tanh Layer b; @Residual @Relu Layer c;",
                "@DropPath(p = 0.4, schedule = Schedule.CONSTANT) @Residual @Dense(SAME) Layer a; @Residual @Dense(SAME) Layer b;",
                "@Repeat(3) @Residual Mixer mixers;",
                "Nested nested; @Residual Nested again; @Repeat(2) Nested often;",
                "@Residual Deep deep; @Repeat(2) @Residual Deep often; Deep last;",
                "@Repeat(2) Normed normed; @Residual Normed last;",
                "@Dense(7) Layer a; Noisy noisy; @Residual Noisy again; @Repeat(2) Noisy often;",
                "@Residual Nested a; @Residual @LayerNorm Layer b;",
                "@Dense(value = 5, bias = Bias.OFF) Layer a; @Dense(value = 6, bias = Bias.OFF) Layer b; @Residual Mixer mixer; @Dense(value = 3, bias = Bias.OFF) @Softmax Layer c;",
                "@GatedLinear(value = 5, p = 0.3) @HardTanh(limit = 0.4) Layer a; @Residual @GatedLinear(5) Layer b;",
                "@Gelu Layer a; @Tanh Layer b; @Gelu Layer c; @Silu Layer d; @Gelu Layer e; @Selu Layer f; @Gelu Layer g;",
            })
    void computeTheSame(String stages) {
        compute("" + WIDTH, stages);
    }

    /** What works on rows of features works on each position of a sequence or a picture, and leaves the padding alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{7, 5} | @Dense(6) @LayerNorm @Gelu @Dropout(p = 0.3) Layer a; @Flatten Layer flat;",
                "{3, 4, 6} | @Dense(16) @BatchNorm @Relu Layer a; @Flatten @Dense(4) @Tanh Layer b;",
                "{20, 3} | @Dense(5) @RmsNorm @Silu Layer a; @Residual @Dense(SAME) @BatchNorm Layer b; @Flatten Layer c;",
                "{2, 3, 5} | @GaussianNoise @Dropout(p = 0.2) @Dense(5) @Softmax Layer a; @Flatten Layer b;",
                "{4, 4} | @GaussianDropout(p = 0.2) @Dense(3) Layer a; @AlphaDropout(p = 0.2) @Flatten Layer b;",
                "{4, 4} | @Dropout(p = 0.2) @Tanh @Flatten @Dense(3) Layer a;",
                "{7, 5} | @LayerNorm Layer a; @Repeat(2) @Residual Mixer mixers; @Flatten Layer b;",
                "{7, 5} | @Residual @Dense(9) @Relu Layer wider; @DropPath(p = 0.4, schedule = Schedule.CONSTANT) @Residual @Dense(SAME) Layer same; @Flatten @LayerNorm Layer b;",
                "{3, 5} | @Dense(16) Layer a; @Repeat(2) Normed normed; Nested nested; @Flatten @Relu Layer b;",
                "{5, 4} | @DropConnect(p = 0.3) @Dense(5) @Tanh Layer a; @GatedLinear(value = 6, p = 0.3) Layer b; @Flatten Layer c;",
            })
    void computeTheSameAtEachPosition(String input, String stages) {
        compute(input, stages);
    }

    private static void compute(String input, String stages) {
        NetworkGraph graph = Graphs.buildAll(
                        CompilerKind.JAVAC,
                        Operations.ofLanguage()
                                .with(List.of(HardTanhOperation.DEFINITION, GatedLinearOperation.DEFINITION)),
                        "import io.espalier.annotation.trial.HardTanhOperation.HardTanh;\n"
                                + "import io.espalier.annotation.trial.GatedLinearOperation.GatedLinear;\n"
                                + "@Network(input = " + input + ") @MonteCarlo final class Tried {\n" + stages
                                + "\n@Dense(3) Layer out; }\n" + BLOCKS)
                .get("Tried");
        assertThat(graph.defects()).isEmpty();
        new Passes(graph).check();
    }

    /** Runs the passes of a network's regions one by one, and compares what they compute. */
    private static final class Passes {
        private final NetworkGraph graph;
        private final Names constants = new Names();
        private final Names classNames = new Names();
        private final List<DropPathRule> rules = new ArrayList<>();
        private final Map<Region, RegionProgram> planned = new IdentityHashMap<>();
        private final List<RegionProgram> programs = new ArrayList<>();
        private final List<Consumer<Map<Code, Memory>>> checks = new ArrayList<>();

        Passes(NetworkGraph graph) {
            this.graph = graph;
        }

        private int rule(DropPathRule rule) {
            if (!rules.contains(rule)) {
                rules.add(rule);
            }
            return rules.indexOf(rule);
        }

        private RegionProgram callee(Region region) {
            RegionProgram known = planned.get(region);
            if (known == null) {
                known = region(region, classNames.unique(region.name()));
                planned.put(region, known);
            }
            return known;
        }

        private RegionProgram region(Region region, String name) {
            Placement placement = new Placement(graph.training(), name, constants, this::rule);
            RegionProgram program = new RegionPlanner(region, name, placement, this::callee, MODES).plan();
            programs.add(program);
            checks.add(memories -> {
                Lowerer.Forward forward = lower(region, name, placement, Mode.TRAINING);
                Differentiator.Backward backward = Differentiator.differentiate(placement, forward, name.isEmpty());
                adjointsAgreeWithDifferences(forward, backward);
                laterPassesComputeTheSame(program.code(Mode.TRAINING), memories, forward, backward);
                for (Mode mode : List.of(Mode.PREDICTION, Mode.SAMPLING)) {
                    inferenceComputesTheSame(program.code(mode), memories, lower(region, name, placement, mode));
                }
            });
            return program;
        }

        private Lowerer.Forward lower(Region region, String name, Placement placement, Mode mode) {
            return new Lowerer(region, name.isEmpty(), mode, placement, this::callee).lower();
        }

        /** Plans all regions, assigns their memory, and checks one after the other. */
        void check() {
            region(graph.root(), "");
            Map<Code, Memory> memories = MemoryPlanner.plan(
                    programs.stream()
                            .filter(program -> program.isRoot()
                                    || !program.code(Mode.TRAINING).isEmpty())
                            .toList(),
                    MODES);
            List.copyOf(checks).forEach(check -> check.accept(memories));
        }
    }

    private static double[][] inputs(Value input) {
        Random random = new Random(5);
        double[][] inputs = new double[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            // The padding too: whatever it holds, it reaches no result.
            inputs[row] =
                    random.doubles(input.layout().exampleStride(), -1.5, 1.5).toArray();
        }
        return inputs;
    }

    private static double[][] weights(Value output) {
        Random random = new Random(6);
        double[][] weights = new double[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            weights[row] = new double[output.layout().exampleStride()];
            for (int i = 0; i < weights[row].length; i++) {
                if (i % output.layout().stride() < output.layout().width()) {
                    weights[row][i] = random.nextDouble(-1, 1);
                }
            }
        }
        return weights;
    }

    private static double loss(double[][] output, double[][] weights) {
        double loss = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < weights[row].length; i++) {
                loss += output[row][i] * weights[row][i];
            }
        }
        return loss;
    }

    private static double loss(Lowerer.Forward forward, double[][] inputs, Map<String, double[]> parameters) {
        Evaluator evaluator = new Evaluator(Mode.TRAINING, ROWS, "", parameters, new HashMap<>());
        evaluator.set(forward.input(), inputs);
        evaluator.run(forward.kernels());
        return loss(evaluator.get(forward.output()), weights(forward.output()));
    }

    private static void adjointsAgreeWithDifferences(Lowerer.Forward forward, Differentiator.Backward backward) {
        Map<String, double[]> parameters = new HashMap<>();
        Map<String, double[]> gradients = new HashMap<>();
        Evaluator evaluator = new Evaluator(Mode.TRAINING, ROWS, "", parameters, gradients);
        double[][] inputs = inputs(forward.input());
        evaluator.set(forward.input(), inputs);
        evaluator.run(forward.kernels());
        evaluator.set(backward.outputGradient(), weights(forward.output()));
        evaluator.run(backward.kernels());
        evaluator.run(backward.reductions());
        double step = 1e-6;
        parameters.forEach((name, values) -> {
            double[] gradient = gradients.get(name);
            if (gradient == null) {
                return;
            }
            for (int i = 0; i < values.length; i += 1 + values.length / 4) {
                double value = values[i];
                values[i] = value + step;
                double above = loss(forward, inputs, parameters);
                values[i] = value - step;
                double below = loss(forward, inputs, parameters);
                values[i] = value;
                assertThat(gradient[i]).as(name + "[" + i + "]").isCloseTo((above - below) / (2 * step), within(2e-5));
            }
        });
        assertThat(gradients.keySet()).allSatisfy(name -> assertThat(parameters).containsKey(name));
        if (backward.inputGradient().isPresent()) {
            double[][] gradient = evaluator.get(backward.inputGradient().get());
            for (int row = 0; row < ROWS; row += 9) {
                double value = inputs[row][1];
                inputs[row][1] = value + step;
                double above = loss(forward, inputs, parameters);
                inputs[row][1] = value - step;
                double below = loss(forward, inputs, parameters);
                inputs[row][1] = value;
                assertThat(gradient[row][1]).as("input").isCloseTo((above - below) / (2 * step), within(2e-5));
            }
        }
    }

    /** Dead kernels, cuts, choices between keeping and computing again, and shared arrays change nothing. */
    private static void laterPassesComputeTheSame(
            Code code, Map<Code, Memory> memories, Lowerer.Forward forward, Differentiator.Backward backward) {
        Map<String, double[]> parameters = new HashMap<>();
        Map<String, double[]> expected = new HashMap<>();
        Evaluator plain = new Evaluator(Mode.TRAINING, ROWS, "", parameters, expected);
        plain.set(forward.input(), inputs(forward.input()));
        plain.run(forward.kernels());
        double[][] output = plain.get(forward.output());
        plain.set(backward.outputGradient(), weights(forward.output()));
        plain.run(backward.kernels());
        plain.run(backward.reductions());

        Map<String, double[]> gradients = new HashMap<>();
        Evaluator inMemory = new Evaluator(Mode.TRAINING, ROWS, "", parameters, gradients);
        if (!memories.containsKey(code)) {
            // What is empty is run by nobody.
            return;
        }
        shareArrays(inMemory, memories.get(code));
        inMemory.set(code.input(), inputs(code.input()));
        inMemory.run(code.preparation());
        code.forward().forEach(phase -> run(inMemory, phase));
        assertSame(inMemory.get(code.output()), output, code.output().layout(), "output");
        Value outputGradient = code.outputGradient().orElseThrow();
        inMemory.set(outputGradient, weights(code.output()));
        code.backward().forEach(phase -> run(inMemory, phase));
        inMemory.run(code.reductions());
        assertThat(gradients.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, gradient) -> assertThat(gradients.get(name)).as(name).containsExactly(gradient, within(1e-12)));
        Optional<Value> inputGradient = backward.inputGradient();
        if (inputGradient.isPresent()) {
            assertSame(
                    inMemory.get(code.inputGradient().orElseThrow()),
                    plain.get(inputGradient.get()),
                    inputGradient.get().layout(),
                    "input gradient");
        }
    }

    private static void inferenceComputesTheSame(Code code, Map<Code, Memory> memories, Lowerer.Forward forward) {
        Map<String, double[]> parameters = new HashMap<>();
        Evaluator plain = new Evaluator(code.mode(), ROWS, "", parameters, new HashMap<>());
        plain.set(forward.input(), inputs(forward.input()));
        plain.run(forward.kernels());
        Evaluator inMemory = new Evaluator(code.mode(), ROWS, "", parameters, new HashMap<>());
        if (!memories.containsKey(code)) {
            // What is empty is run by nobody.
            return;
        }
        shareArrays(inMemory, memories.get(code));
        inMemory.set(code.input(), inputs(code.input()));
        inMemory.run(code.preparation());
        code.forward().forEach(phase -> run(inMemory, phase));
        assertSame(
                inMemory.get(code.output()),
                plain.get(forward.output()),
                code.output().layout(),
                "output");
    }

    /** Values whose arrays are one by the program's storage are one for the evaluator too. */
    private static void shareArrays(Evaluator evaluator, Memory memory) {
        Map<String, Value> firsts = new HashMap<>();
        evaluator.places(value -> {
            Storage storage = memory.storage().get(value);
            return storage == null
                    ? value
                    : firsts.computeIfAbsent(storage.kind() + " " + storage.number(), key -> value);
        });
    }

    private static void run(Evaluator evaluator, Phase phase) {
        if (!(phase instanceof Phase.Examples examples)) {
            evaluator.run(phase.kernels());
            return;
        }
        for (Part part : examples.parts()) {
            switch (part) {
                case Part.Inline inline -> evaluator.run(inline.kernels());
                case Part.Routine routine -> {
                    evaluator.run(routine.draws());
                    evaluator.run(routine.products());
                    for (Piece piece : routine.pieces()) {
                        switch (piece) {
                            case Piece.RowCall call -> evaluator.run(List.<Kernel>of(call.call()));
                            case Piece.Loop loop -> evaluator.loop(loop.kernels(), loop.stored());
                        }
                    }
                    evaluator.run(routine.lastProducts());
                }
            }
        }
    }

    private static void assertSame(double[][] actual, double[][] expected, Layout layout, String what) {
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < layout.exampleStride(); i++) {
                if (i % layout.stride() >= layout.width()) {
                    continue;
                }
                assertThat(actual[row][i]).as(what + " " + row + ", " + i).isCloseTo(expected[row][i], within(1e-12));
            }
        }
    }
}
