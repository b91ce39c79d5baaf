package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import io.espalier.processor.operation.Elu;
import io.espalier.processor.operation.Gelu;
import io.espalier.processor.operation.Operation;
import io.espalier.processor.operation.Selu;
import io.espalier.processor.operation.Sigmoid;
import io.espalier.processor.operation.Silu;
import io.espalier.processor.operation.Tanh;
import io.espalier.processor.plan.Planner;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compiles the formulas of activation functions into loops of their own and sweeps floats against references in double precision. */
class ActivationFormulasTest {
    /** Every so many floats are tried for the error: a prime, so that all low bits of the mantissa occur. */
    private static final int FINE = 1009;

    /** The same for what does not hang on single floats. */
    private static final int COARSE = 40009;

    /** The floats of one call, a multiple of every species' lanes. */
    private static final int CALL = 1024;

    private static final float[] ONES = new float[CALL];

    static {
        Arrays.fill(ONES, 1);
    }

    /** A network that formulas without parameters ask nothing of. */
    private static final NetworkProgram PROGRAM = Planner.plan(
            Graphs.build(CompilerKind.JAVAC, "@Network(input = 2) final class Any { @Dense(2) Layer out; }"));

    private static final Map<Function, Method> PREFERRED = new EnumMap<>(Function.class);
    private static final Map<Function, Method> NARROW = new EnumMap<>(Function.class);

    @TempDir
    private static Path classes;

    private static URLClassLoader loader;

    /** A function with its reference and the error that its documentation states. */
    private enum Function {
        EXP(Kind.EXPONENTIAL, new Sigmoid(), Math::exp, -87.33f, 88.72f, 0.93, Unit.ULP),
        SIGMOID(Kind.FUNCTION, new Sigmoid(), x -> 1 / (1 + Math.exp(-x)), -87.33f, Float.MAX_VALUE, 2.5, Unit.ULP),
        TANH(Kind.FUNCTION, new Tanh(), Math::tanh, -Float.MAX_VALUE, Float.MAX_VALUE, 2.52, Unit.ULP),
        ELU(
                Kind.FUNCTION,
                new Elu(1),
                x -> x > 0 ? x : Math.expm1(x),
                -Float.MAX_VALUE,
                Float.MAX_VALUE,
                0.95,
                Unit.ULP),
        ELU_OF_ANOTHER_ALPHA(
                Kind.FUNCTION,
                new Elu(0.3f),
                x -> x > 0 ? x : 0.3f * Math.expm1(x),
                -Float.MAX_VALUE,
                Float.MAX_VALUE,
                2.4,
                Unit.ULP),
        SELU(
                Kind.FUNCTION,
                new Selu(),
                x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
                -Float.MAX_VALUE,
                3.2e38f,
                1.93,
                Unit.ULP),
        SILU(Kind.FUNCTION, new Silu(), x -> x / (1 + Math.exp(-x)), -87.33f, Float.MAX_VALUE, 2.4, Unit.ULP),
        SILU_DERIVATIVE(
                Kind.DERIVATIVE,
                new Silu(),
                ActivationFormulasTest::siluDerivative,
                -Float.MAX_VALUE,
                Float.MAX_VALUE,
                2.31e-7,
                Unit.ONE),
        GELU(
                Kind.FUNCTION,
                new Gelu(),
                x -> x * normalDistribution(x),
                -Float.MAX_VALUE,
                Float.MAX_VALUE,
                2.05e-7,
                Unit.ARGUMENT),
        GELU_DERIVATIVE(
                Kind.DERIVATIVE,
                new Gelu(),
                x -> normalDistribution(x) + x * normalDensity(x),
                -Float.MAX_VALUE,
                Float.MAX_VALUE,
                2.3e-7,
                Unit.ONE);

        private final Kind kind;
        private final Operation operation;
        private final DoubleUnaryOperator reference;
        private final float lowest;
        private final float highest;
        private final double bound;
        private final Unit unit;

        Function(
                Kind kind,
                Operation operation,
                DoubleUnaryOperator reference,
                float lowest,
                float highest,
                double bound,
                Unit unit) {
            this.kind = kind;
            this.operation = operation;
            this.reference = reference;
            this.lowest = lowest;
            this.highest = highest;
            this.bound = bound;
            this.unit = unit;
        }

        double error(float x, float y) {
            double exact = reference.applyAsDouble(x);
            return Math.abs(y - exact) / unit.of(x, exact);
        }
    }

    /** What of an operation is computed. */
    private enum Kind {
        FUNCTION,
        /** With an incoming gradient of 1. */
        DERIVATIVE,
        /** No operation's: the exponential, within its range. */
        EXPONENTIAL
    }

    private enum Unit {
        /** The unit in the last place of the exact value. */
        ULP {
            @Override
            double of(float x, double exact) {
                return Math.ulp((float) exact);
            }
        },
        /** The argument's magnitude. */
        ARGUMENT {
            @Override
            double of(float x, double exact) {
                return Math.max(Math.abs(x), Float.MIN_NORMAL);
            }
        },
        ONE {
            @Override
            double of(float x, double exact) {
                return 1;
            }
        };

        abstract double of(float x, double exact);
    }

    @BeforeAll
    static void compile() throws Exception {
        Compilation compilation = Compilations.with(CompilerKind.JAVAC)
                .options("-Xlint:all")
                .source("emitted/Preferred.java", source("Preferred", "SPECIES_PREFERRED"))
                .source("emitted/Narrow.java", source("Narrow", "SPECIES_128"))
                .classOutput(classes)
                .compile();
        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        assertThat(compilation.warnings())
                .allSatisfy(warning -> assertThat(warning.text()).contains("incubator"));
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        for (Function function : Function.values()) {
            PREFERRED.put(function, method("emitted.Preferred", function));
            NARROW.put(function, method("emitted.Narrow", function));
        }
    }

    @AfterAll
    static void close() throws Exception {
        loader.close();
    }

    @ParameterizedTest
    @EnumSource
    void staysWithinTheStatedErrorOnEveryFloatOfTheSweep(Function function) throws Exception {
        double largest = 0;
        float worst = 0;
        for (float[] xs : sweep(function, FINE)) {
            float[] ys = apply(PREFERRED.get(function), xs);
            for (int i = 0; i < xs.length; i++) {
                double error = function.error(xs[i], ys[i]);
                // Negated, so that NaN counts as an error.
                if (!(error <= largest)) {
                    largest = error;
                    worst = xs[i];
                }
            }
        }
        assertThat(largest).as("largest error, at %s", worst).isLessThanOrEqualTo(function.bound);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameBitsForEverySpecies(Function function) throws Exception {
        for (float[] xs : sweep(function, COARSE)) {
            assertThat(apply(NARROW.get(function), xs)).isEqualTo(apply(PREFERRED.get(function), xs));
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesNotANumberOn(Function function) throws Exception {
        assertThat(at(function, Float.NaN)).isNaN();
        assertThat(at(function, Float.intBitsToFloat(0xFFC00000)))
                .as("with its sign set")
                .isNaN();
    }

    @Test
    void isExactAtBothZeros() throws Exception {
        for (float zero : new float[] {0.0f, -0.0f}) {
            assertThat(at(Function.EXP, zero)).isEqualTo(1);
            assertThat(at(Function.SIGMOID, zero)).isEqualTo(0.5f);
            assertThat(at(Function.TANH, zero)).isZero();
            assertThat(at(Function.ELU, zero)).isZero();
            assertThat(at(Function.SELU, zero)).isZero();
            assertThat(at(Function.SILU, zero)).isZero();
            assertThat(at(Function.SILU_DERIVATIVE, zero)).isEqualTo(0.5f);
            assertThat(at(Function.GELU, zero)).isZero();
            assertThat(at(Function.GELU_DERIVATIVE, zero)).isEqualTo(0.5f);
        }
    }

    @Test
    void staysAtTheLimitsFarOut() throws Exception {
        for (float x : new float[] {100, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertThat(at(Function.EXP, x)).isEqualTo(at(Function.EXP, 88.72f));
            assertThat(at(Function.EXP, -x)).isBetween(0.0f, 1.2e-38f);
            assertThat(at(Function.SIGMOID, x)).isEqualTo(1);
            assertThat(at(Function.SIGMOID, -x)).isBetween(0.0f, 3e-39f);
            assertThat(at(Function.TANH, x)).isEqualTo(1);
            assertThat(at(Function.TANH, -x)).isEqualTo(-1);
            assertThat(at(Function.ELU, x)).isEqualTo(x);
            assertThat(at(Function.ELU, -x)).isEqualTo(-1);
            assertThat(at(Function.SELU, -x)).isEqualTo((float) (-1.0507009873554805 * 1.6732632423543772));
            assertThat(at(Function.SILU, x)).isEqualTo(x);
            assertThat(at(Function.SILU, -x)).isBetween(-3e-37f, 0.0f);
            assertThat(at(Function.SILU_DERIVATIVE, x)).isEqualTo(1);
            assertThat(at(Function.SILU_DERIVATIVE, -x)).isBetween(-3e-37f, 0.0f);
            assertThat(at(Function.GELU, x)).isEqualTo(x);
        }
        assertThat(at(Function.GELU, -100)).isZero();
        assertThat(at(Function.GELU, -Float.MAX_VALUE)).isZero();
        assertThat(at(Function.GELU, Float.NEGATIVE_INFINITY)).isNaN();
        assertThat(at(Function.GELU_DERIVATIVE, Float.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(at(Function.GELU_DERIVATIVE, Float.NEGATIVE_INFINITY)).isEqualTo(at(Function.GELU_DERIVATIVE, -6));
    }

    @Test
    void tanhNeverLeavesItsInterval() throws Exception {
        for (float[] xs : sweep(Function.TANH, COARSE)) {
            for (float y : apply(PREFERRED.get(Function.TANH), xs)) {
                assertThat(Math.abs(y) <= 1).as("|%s| <= 1", y).isTrue();
            }
        }
    }

    private static float at(Function function, float x) throws Exception {
        float[] xs = new float[CALL];
        xs[0] = x;
        return apply(PREFERRED.get(function), xs)[0];
    }

    private static float[] apply(Method method, float[] xs) throws Exception {
        float[] ys = new float[xs.length];
        method.invoke(null, xs, ys, ONES);
        return ys;
    }

    /** Floats of both signs in the function's range, in pieces of a call's length; zeros fill the last. */
    private static List<float[]> sweep(Function function, int step) {
        List<float[]> pieces = new ArrayList<>();
        float[] piece = new float[CALL];
        int filled = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += step) {
            float x = Float.intBitsToFloat((int) bits);
            if (x >= function.lowest && x <= function.highest) {
                piece[filled++] = x;
                if (filled == CALL) {
                    pieces.add(piece);
                    piece = new float[CALL];
                    filled = 0;
                }
            }
        }
        pieces.add(piece);
        return pieces;
    }

    private static Method method(String type, Function function) throws Exception {
        return MethodHandles.lookup()
                .ensureInitialized(loader.loadClass(type))
                .getMethod(function.name(), float[].class, float[].class, float[].class);
    }

    private static String source(String name, String species) {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addField(FieldSpec.builder(
                                ParameterizedTypeName.get(Types.VECTOR_SPECIES, ClassName.get(Float.class)),
                                "FLOATS",
                                Modifier.PRIVATE,
                                Modifier.STATIC,
                                Modifier.FINAL)
                        .initializer("$T.$L", Types.FLOAT_VECTOR, species)
                        .build());
        type.addField(FieldSpec.builder(TypeName.INT, "LANES", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("FLOATS.length()")
                .build());
        for (Function function : Function.values()) {
            LoopMethod loop = loop(function);
            String loopName = "loopOf" + function.name();
            type.addMethod(loop.method(loopName).build());
            type.addMethod(MethodSpec.methodBuilder(function.name())
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .addParameter(float[].class, "xs")
                    .addParameter(float[].class, "ys")
                    .addParameter(float[].class, "ones")
                    .addCode(Arguments.call(CodeBlock.of("$L", loopName), loop.arguments("0", "1", CALL)))
                    .build());
        }
        return JavaFile.builder("emitted", type.build()).build().toString();
    }

    /** The loop over one row that computes a function of {@code xs} into {@code ys}. */
    private static LoopMethod loop(Function function) {
        Layout layout = Layout.rows(1, CALL);
        Value x = new Value("x", "xs", Value.Kind.INPUT, layout);
        Value one = new Value("one", "ones", Value.Kind.GRADIENT, layout);
        Recording recording = new Recording(x);
        Value y =
                switch (function.kind) {
                    case FUNCTION -> function.operation.forward(recording, x);
                    case DERIVATIVE -> {
                        recording.output(function.operation.forward(recording, x));
                        yield function.operation.adjoint(recording, one).orElseThrow();
                    }
                    case EXPONENTIAL -> {
                        Expression of = Expression.of(x);
                        Value argument = recording.pointwise(
                                "argument",
                                of.whereGreater(
                                        88.72f,
                                        Expression.of(88.72f),
                                        of.whereLess(-87.33f, Expression.of(-87.33f), of)));
                        yield recording.pointwise(
                                "y", Expression.of(argument).apply(io.espalier.processor.ir.Function.EXP));
                    }
                };
        Map<Value, Storage> storage = Map.of(
                x, new Storage("xs", "xs", Storage.Kind.INPUT, 0, CALL),
                one, new Storage("ones", "ones", Storage.Kind.OWN, 0, CALL),
                y, new Storage("ys", "ys", Storage.Kind.OWN, 1, CALL));
        Code code = new Code(
                Mode.PREDICTION,
                x,
                y,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
        NetworkProgram network = new NetworkProgram(
                PROGRAM.model(),
                PROGRAM.training(),
                PROGRAM.root(),
                List.of(),
                Map.of(code, new Memory(storage, Storage.Kind.SHARED, List.of(), List.of(), Map.of(), 0)),
                false);
        return LoopWriter.write(
                        new RoutineContext(References.of(network), code),
                        new Piece.Loop(1, CALL, recording.kernels, Set.of(y)))
                .orElseThrow();
    }

    /**
     * Φ(x) = 1/2 + φ(x)·(x + x³/3 + x⁵/(3·5) + …), whose terms all have the sign of x; beyond 9 it is 0 or 1 to the
     * last bit that matters here.
     */
    private static double normalDistribution(double x) {
        if (Math.abs(x) > 9) {
            return x < 0 ? 0 : 1;
        }
        double sum = x;
        double term = x;
        for (int n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
            term *= x * x / n;
            sum += term;
        }
        return 0.5 + normalDensity(x) * sum;
    }

    private static double siluDerivative(double x) {
        double sigmoid = 1 / (1 + Math.exp(-x));
        return sigmoid == 0 ? 0 : sigmoid * (1 + x * (1 - sigmoid));
    }

    private static double normalDensity(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
