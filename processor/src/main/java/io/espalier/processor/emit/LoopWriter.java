package io.espalier.processor.emit;

import static io.espalier.processor.emit.MarkedText.FLOAT_VECTOR;
import static io.espalier.processor.emit.MarkedText.INDENT;
import static io.espalier.processor.emit.MarkedText.UNINDENT;
import static io.espalier.processor.emit.MarkedText.VECTOR_MASK;
import static io.espalier.processor.emit.MarkedText.block;
import static io.espalier.processor.emit.MarkedText.statement;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * Writes one loop over rows and, in each, over vectors, as a method of the arrays, offsets and widths that it works with, so
 * that stages with the same formulas share it. What holds for a whole row is declared in front of the inner loop, once.
 * Formulas are written as they stand.
 */
final class LoopWriter {
    /** Variables of loops. */
    private static final List<String> RESERVED =
            List.of("from", "to", "taskFrom", "width", "row", "i", "at", "atTile", "sums", "values");

    private final RoutineContext context;
    private final Piece.Loop loop;
    private final Names names = new Names();
    private final Map<String, String> rowLines = new LinkedHashMap<>();
    private final Map<String, String> rowVariables = new HashMap<>();
    private final Map<Value, String> variables = new HashMap<>();

    /** What the method takes: by what it is, its name there, its type, and what is handed over. */
    private final Map<Object, LoopMethod.Parameter> parameters = new LinkedHashMap<>();

    /** Copies that are where they belong already, and what they are copies of. */
    private final Map<Value, Value> inPlace = new HashMap<>();

    /** What the loop itself computes. */
    private final Set<Value> results = new HashSet<>();

    private final StringBuilder body = new StringBuilder();

    private LoopWriter(RoutineContext context, Piece.Loop loop) {
        this.context = context;
        this.loop = loop;
        RESERVED.forEach(names::unique);
    }

    /** The method of a loop, and what it is called with here; nothing where all is where it belongs already. */
    static Optional<LoopMethod> write(RoutineContext context, Piece.Loop loop) {
        return new LoopWriter(context, loop).write();
    }

    private Optional<LoopMethod> write() {
        loop.kernels().forEach(kernel -> results.addAll(kernel.writes()));
        for (Kernel kernel : loop.kernels()) {
            switch (kernel) {
                case Kernel.Pointwise pointwise -> pointwise(pointwise);
                case Kernel.Accumulate accumulate -> accumulate(accumulate);
                default -> throw new IllegalStateException(kernel + " in a loop");
            }
        }
        if (body.isEmpty()) {
            return Optional.empty();
        }
        String columns = block("for (int i = 0; i < width; i += LANES)", body.toString());
        String rows = block("for (int row = from; row < to; row++)", String.join("", rowLines.values()) + columns);
        return Optional.of(new LoopMethod(name(), List.copyOf(parameters.values()), rows));
    }

    /** What the loop stores, in the words of its operations. */
    private String name() {
        StringBuilder name = new StringBuilder();
        for (Kernel kernel : loop.kernels()) {
            for (Value value : kernel.writes()) {
                boolean leaves = kernel instanceof Kernel.Accumulate
                        || (loop.stored().contains(value) && !inPlace.containsKey(value));
                if (leaves && name.indexOf(Names.upperFirst(value.name())) < 0) {
                    name.append(Names.upperFirst(value.name()));
                }
            }
        }
        String lower = Names.lowerFirst(name.toString());
        return SourceVersion.isName(lower) ? lower : lower + "Rows";
    }

    /** The parameter for something, which is given a name when it is used first. */
    private String parameter(Object what, Class<?> type, String wanted, String argument) {
        return parameters
                .computeIfAbsent(what, key -> new LoopMethod.Parameter(type, names.unique(wanted), argument))
                .name();
    }

    /** The parameter for the array that holds a value. */
    private String array(Value value) {
        String array = context.array(value);
        return value.kind() == Value.Kind.MASK && !value.layout().isScalar()
                ? parameter(value, long[].class, value.name() + "Words", array)
                : parameter(value, float[].class, plural(value), array);
    }

    /**
     * What a value is called that the loop finds in memory: whatever it was to the stage that computed it, here it is what
     * comes in, so that stages can share the loop.
     */
    private String loaded(Value value) {
        if (!value.isRows() || results.contains(value)) {
            return value.name();
        }
        return value.kind() == Value.Kind.GRADIENT ? "incoming" : "x";
    }

    /** What an array of a value is called: rows of features, or a number for each row or feature. */
    private String plural(Value value) {
        String name = loaded(value);
        return value.isRows() ? name + "Rows" : name.endsWith("s") ? name + "Array" : name + "s";
    }

    /** The parameter for a number that depends on how wide things are. */
    private String number(String wanted, int value) {
        return parameter(wanted + value, int.class, wanted, String.valueOf(value));
    }

    private void pointwise(Kernel.Pointwise pointwise) {
        Value result = pointwise.result();
        if (context.isInPlace(pointwise, loop)) {
            inPlace.put(result, ((Expression.Of) pointwise.formula()).value());
            return;
        }
        if (pointwise.formula() instanceof Expression.Of(Value copied)) {
            // Another name for the same vector.
            variables.put(result, vector(copied));
        } else if (pointwise.formula() instanceof Expression.Apply(var function, var of)) {
            String name = names.unique(result.name());
            String argument = variable(of, name + "Argument");
            Polynomials.apply(function, body, name, argument);
            variables.put(result, name);
        } else {
            Chain value = broadcast(chain(pointwise.formula(), result.name()));
            String name = names.unique(result.name());
            declare(name, value.lines());
            variables.put(result, name);
        }
        if (loop.stored().contains(result)) {
            loadOverwritten(result);
            body.append(statement(vector(result) + ".intoArray(" + array(result) + ", " + base(result) + " + i)"));
        }
    }

    /** What the loop reads of an array is loaded before a result is stored there. */
    private void loadOverwritten(Value result) {
        for (Kernel kernel : loop.kernels()) {
            for (Value value : kernel.reads()) {
                if (value.isRows() && !results.contains(value) && context.isSameArray(value, result)) {
                    vector(value);
                }
            }
        }
    }

    private void accumulate(Kernel.Accumulate accumulate) {
        Value sums = accumulate.sums();
        String start = sumsBase(sums.layout().width()) + columns(accumulate.column());
        String before = load(array(sums), start + " + i");
        Chain value = chain(
                accumulate.formula(),
                sums.name(),
                leaf -> leaf instanceof Expression.Sum ? Chain.vector(before) : null);
        body.append(statement(value.code() + "\n" + INDENT + INDENT + ".intoArray(" + array(sums) + ", " + start
                + " + i)" + UNINDENT + UNINDENT));
    }

    /** Where the partial sums of the row's slice start, of which each slice has so many. */
    private String sumsBase(int columns) {
        String perSlice = multiple(columns);
        return rowVariable(
                "sums." + columns,
                "sums",
                name -> "int " + name + " = row / " + sliceRows() + " * " + perSlice + ";\n");
    }

    private String columns(int first) {
        return first == 0 ? "" : " + " + multiple(first);
    }

    /** A number of columns in the terms of the loop's width. */
    private String multiple(int columns) {
        if (columns % loop.stride() != 0) {
            throw new IllegalStateException(columns + " sums in a loop over " + loop.stride());
        }
        int times = columns / loop.stride();
        return times == 1 ? "width" : times + " * width";
    }

    // Values.

    /** The rows of a slice. */
    private String sliceRows() {
        return MarkedText.SLICES + (loop.positions() == 1 ? ".ROWS" : ".rows(" + loop.positions() + ")");
    }

    /** The variable of the row's offset. */
    private String base(Value value) {
        Layout layout = value.layout();
        if (layout.loopPositions() == loop.positions() && layout.loopStride() == loop.stride()) {
            return context.isInTile(value)
                    ? rowVariable("tile", "atTile", name -> "int " + name + " = (row - " + task() + ") * width;\n")
                    : rowVariable("base", "at", name -> "int " + name + " = row * width;\n");
        }
        // A row of what belongs to the example as a whole.
        String stride = number(value.name() + "Stride", layout.stride());
        return rowVariable(
                "example." + stride,
                "from" + Names.upperFirst(value.name()),
                name -> "int " + name + " = "
                        + (loop.positions() == 1 ? "row * " + stride : ofExample(stride) + " + " + inExample())
                        + ";\n");
    }

    /** The number of the first row of the task, which tiles hold first. */
    private String task() {
        return reserved("taskFrom", int.class, RoutineContext.rows("from", loop.positions()));
    }

    /** The offset of the row's example. */
    private String ofExample(String stride) {
        return "row / " + loop.positions() + " * " + stride;
    }

    /** The offset of the row's first element from the example's. */
    private String inExample() {
        return "row % " + loop.positions() + " * width";
    }

    private String rowVariable(String key, String wanted, UnaryOperator<String> line) {
        String known = rowVariables.get(key);
        if (known == null) {
            boolean kept = RESERVED.contains(wanted) && !rowLines.containsKey(wanted);
            known = kept ? wanted : names.unique(wanted);
            rowVariables.put(key, known);
            rowLines.put(known, line.apply(known));
        }
        return known;
    }

    /** The variable of a vector: computed in this loop, or loaded. */
    private String vector(Value asked) {
        Value value = inPlace.getOrDefault(asked, asked);
        String known = variables.get(value);
        if (known == null) {
            known = names.unique(loaded(value));
            declare(known, load(array(value), base(value) + " + i"));
            variables.put(value, known);
        }
        return known;
    }

    private Chain leaf(Value value) {
        Layout layout = value.layout();
        if (layout.per() == Layout.Per.BATCH) {
            return Chain.vector(load(array(value), "i"));
        }
        if (layout.isScalar()) {
            // One of the example's is the same for all its rows.
            boolean ofRow = layout.positions() == loop.positions();
            String index = ofRow ? "row" : "row / " + loop.positions();
            String first =
                    !context.isInTile(value) ? "" : ofRow ? " - " + task() : " - " + task() + " / " + loop.positions();
            String array = array(value);
            return Chain.scalar(rowVariable(
                    "scalar." + array,
                    value.name(),
                    name -> "float " + name + " = " + array + "[" + index + first + "];\n"));
        }
        return Chain.vector(vector(value));
    }

    /** Which lanes a mask keeps. */
    private String kept(Value mask) {
        String known = variables.get(mask);
        if (known == null) {
            known = names.unique("kept");
            body.append("// Java shifts by the lowest six bits of i: by its place in the word.\n");
            body.append(statement(VECTOR_MASK + "<" + MarkedText.FLOAT + "> " + known + " = " + VECTOR_MASK
                    + ".fromLong(FLOATS, " + array(mask) + bits(mask.layout()) + ")"));
            variables.put(mask, known);
        }
        return known;
    }

    /** The word of a mask in which the bits of the vector's lanes stand, shifted to the first of them. */
    private String bits(Layout layout) {
        String perExample = number("wordsPerExample", layout.stride());
        String words = rowVariable(
                "words." + perExample,
                "words",
                name -> "int " + name + " = " + (loop.positions() == 1 ? "row * " + perExample : ofExample(perExample))
                        + ";\n");
        if (loop.positions() == 1) {
            return "[" + words + " + (i >>> 6)] >>> i";
        }
        String bit = rowVariable("bit", "bit", name -> "int " + name + " = " + inExample() + ";\n");
        return "[" + words + " + (" + bit + " + i >>> 6)] >>> " + bit + " + i";
    }

    // Formulas.

    private Chain chain(Expression expression, String result) {
        return chain(expression, result, leaf -> null);
    }

    private interface Leaves {
        @Nullable
        Chain of(Expression leaf);
    }

    private Chain chain(Expression expression, String result, Leaves leaves) {
        Chain given = leaves.of(expression);
        if (given != null) {
            return given;
        }
        return switch (expression) {
            case Expression.Of of -> leaf(of.value());
            case Expression.Column column -> Chain.vector(load(values(), offset(column.parameter()) + " + i"));
            case Expression.Constant constant -> Chain.scalar(Polynomials.literal(constant.value()));
            case Expression.StepNumber number ->
                Chain.scalar(parameter(number, float.class, number.name(), context.number(number)));
            case Expression.Plus plus -> binary("add", plus.left(), plus.right(), result, leaves);
            case Expression.Minus minus -> binary("sub", minus.left(), minus.right(), result, leaves);
            case Expression.Times times -> binary("mul", times.left(), times.right(), result, leaves);
            case Expression.Over over -> binary("div", over.left(), over.right(), result, leaves);
            case Expression.FusedMultiplyAdd fma -> fma(fma, result, leaves);
            case Expression.Select select -> select(select, result, leaves);
            case Expression.Apply apply -> {
                String name = names.unique(result + "Of" + Names.upperFirst(functionName(apply)));
                String argument = variable(apply.of(), name + "Argument");
                Polynomials.apply(apply.function(), body, name, argument);
                yield Chain.vector(name);
            }
            case Expression.Sum ignored -> throw new IllegalStateException("a sum outside of sums");
            case Expression.Either ignored -> throw new IllegalStateException("an open choice");
        };
    }

    private String values() {
        return reserved("values", float[].class, "values");
    }

    /** A parameter under a name that is kept for it. */
    private String reserved(String name, Class<?> type, String argument) {
        return parameters
                .computeIfAbsent(name, key -> new LoopMethod.Parameter(type, name, argument))
                .name();
    }

    /** Where a parameter lies among the values. */
    private String offset(Parameter parameter) {
        String name = parameter.name();
        return parameter(
                parameter,
                int.class,
                name.substring(name.lastIndexOf('.') + 1) + "At",
                context.references().offset(parameter));
    }

    private static String functionName(Expression.Apply apply) {
        StringBuilder name = new StringBuilder();
        for (String word : apply.function().name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    private Chain binary(String method, Expression left, Expression right, String result, Leaves leaves) {
        Chain receiver = broadcast(chain(left, result, leaves));
        return receiver.then(method, chain(right, result, leaves).code());
    }

    private Chain fma(Expression.FusedMultiplyAdd fma, String result, Leaves leaves) {
        Chain receiver = broadcast(chain(fma.left(), result, leaves));
        Chain factor = chain(fma.right(), result, leaves);
        Chain addend = chain(fma.addend(), result, leaves);
        if (factor.scalar() != addend.scalar()) {
            factor = broadcast(factor);
            addend = broadcast(addend);
        }
        boolean wide = factor.code().contains("fromArray") && addend.code().contains("fromArray");
        return receiver.then(
                "fma",
                wide
                        ? "\n" + INDENT + INDENT + factor.code() + ",\n" + addend.code() + UNINDENT + UNINDENT
                        : factor.code() + ", " + addend.code());
    }

    private Chain select(Expression.Select select, String result, Leaves leaves) {
        Chain yes = chain(select.yes(), result, leaves);
        Chain no = broadcast(chain(select.no(), result, leaves));
        String condition =
                switch (select.condition()) {
                    case Expression.Condition.Less less -> compare("LT", less.left(), less.right(), result, leaves);
                    case Expression.Condition.Greater greater ->
                        compare("GT", greater.left(), greater.right(), result, leaves);
                    case Expression.Condition.Kept mask -> kept(mask.mask());
                };
        return no.then("blend", yes.code() + ", " + condition);
    }

    private String compare(String operator, Expression left, Expression right, String result, Leaves leaves) {
        String receiver = broadcast(chain(left, result, leaves)).code();
        return receiver + ".compare(" + MarkedText.VECTOR_OPERATORS + "." + operator + ", "
                + chain(right, result, leaves).code() + ")";
    }

    /** The name of a variable that holds an expression. */
    private String variable(Expression expression, String wanted) {
        if (expression instanceof Expression.Of(Value value) && !value.layout().isScalar()) {
            return vector(value);
        }
        Chain chain = broadcast(chain(expression, wanted));
        String name = names.unique(wanted);
        declare(name, chain.lines());
        return name;
    }

    private static Chain broadcast(Chain chain) {
        if (!chain.scalar()) {
            return chain;
        }
        return Chain.vector(FLOAT_VECTOR
                + (chain.code().equals("0.0f") ? ".zero(FLOATS)" : ".broadcast(FLOATS, " + chain.code() + ")"));
    }

    private void declare(String name, String value) {
        body.append(statement(FLOAT_VECTOR + " " + name + " = " + value));
    }

    private static String load(String array, String index) {
        return FLOAT_VECTOR + ".fromArray(FLOATS, " + array + ", " + index + ")";
    }
}
