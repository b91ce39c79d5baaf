package io.espalier.processor.emit;

import static io.espalier.processor.emit.MarkedText.FLOAT_VECTOR;
import static io.espalier.processor.emit.MarkedText.INDENT;
import static io.espalier.processor.emit.MarkedText.UNINDENT;
import static io.espalier.processor.emit.MarkedText.VECTOR_MASK;
import static io.espalier.processor.emit.MarkedText.block;
import static io.espalier.processor.emit.MarkedText.statement;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes one loop over rows and, in each, over vectors. What holds for a whole row is declared in front of the inner loop,
 * once. Formulas are written as they stand.
 */
final class LoopWriter {
    /** Variables of a row's offsets, whose names are kept for them. */
    private static final List<String> OFFSETS = List.of("at", "atTile", "sums");

    private final RoutineContext context;
    private final Piece.Loop loop;
    private final Names names;
    private final Map<String, String> rowLines = new LinkedHashMap<>();
    private final Map<String, String> rowVariables = new HashMap<>();
    private final Map<Value, String> variables = new HashMap<>();

    /** Copies that are where they belong already, and what they are copies of. */
    private final Map<Value, Value> inPlace = new HashMap<>();

    /** What the loop itself computes. */
    private final Set<Value> results = new HashSet<>();

    private final StringBuilder body = new StringBuilder();

    private LoopWriter(RoutineContext context, Piece.Loop loop) {
        this.context = context;
        this.loop = loop;
        this.names = new Names(context.fields());
        OFFSETS.forEach(names::unique);
        RoutineContext.OF_LOOPS.forEach(names::unique);
        RoutineContext.GIVEN.forEach(names::unique);
        context.takenNames().forEach(names::unique);
    }

    /**
     * The code of a loop.
     *
     * @param from the first row
     * @param to the row after the last
     */
    static CodeBlock write(RoutineContext context, Piece.Loop loop, String from, String to) {
        return new LoopWriter(context, loop).write(from, to);
    }

    private CodeBlock write(String from, String to) {
        loop.kernels().forEach(kernel -> results.addAll(kernel.writes()));
        for (Kernel kernel : loop.kernels()) {
            switch (kernel) {
                case Kernel.Pointwise pointwise -> pointwise(pointwise);
                case Kernel.Accumulate accumulate -> accumulate(accumulate);
                default -> throw new IllegalStateException(kernel + " in a loop");
            }
        }
        if (body.isEmpty()) {
            return CodeBlock.of("");
        }
        String columns = block("for (int i = 0; i < " + loop.stride() + "; i += LANES)", body.toString());
        return MarkedText.code(block(
                "for (int row = " + RoutineContext.rows(from, loop.positions()) + "; row < "
                        + RoutineContext.rows(to, loop.positions()) + "; row++)",
                String.join("", rowLines.values()) + columns));
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
            body.append(
                    statement(vector(result) + ".intoArray(" + context.array(result) + ", " + base(result) + " + i)"));
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
        String start = References.plus(sumsBase(sums.layout().width()), accumulate.column());
        String before = load(context.array(sums), start + " + i");
        Chain value = chain(
                accumulate.formula(),
                sums.name(),
                leaf -> leaf instanceof Expression.Sum ? Chain.vector(before) : null);
        body.append(statement(value.code() + "\n" + INDENT + INDENT + ".intoArray(" + context.array(sums) + ", " + start
                + " + i)" + UNINDENT + UNINDENT));
    }

    /** Where the partial sums of the row's slice start, of which each slice has so many. */
    private String sumsBase(int columns) {
        return rowVariable(
                "sums." + columns, "sums", name -> "int " + name + " = row / " + sliceRows() + " * " + columns + ";\n");
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
                    ? rowVariable(
                            "tile",
                            "atTile",
                            name -> "int " + name + " = (" + ofTask() + ") * " + loop.stride() + ";\n")
                    : rowVariable("base", "at", name -> "int " + name + " = row * " + loop.stride() + ";\n");
        }
        // A row of what belongs to the example as a whole.
        int stride = layout.stride();
        String key = "example." + stride;
        if (loop.positions() == 1) {
            return rowVariable(key, "from" + stride, name -> "int " + name + " = row * " + stride + ";\n");
        }
        return rowVariable(
                key, "from" + stride, name -> "int " + name + " = " + ofExample(stride) + " + " + inExample() + ";\n");
    }

    /** The number of the row among those of the task. */
    private String ofTask() {
        return "row - " + RoutineContext.rows("from", loop.positions());
    }

    /** The offset of the row's example. */
    private String ofExample(int stride) {
        return "row / " + loop.positions() + " * " + stride;
    }

    /** The offset of the row's first element from the example's. */
    private String inExample() {
        return "row % " + loop.positions() + " * " + loop.stride();
    }

    private String rowVariable(String key, String wanted, UnaryOperator<String> line) {
        String known = rowVariables.get(key);
        if (known == null) {
            boolean kept = OFFSETS.contains(wanted) && !rowLines.containsKey(wanted);
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
            known = names.unique(value.name());
            declare(known, load(context.array(value), base(value) + " + i"));
            variables.put(value, known);
        }
        return known;
    }

    private Chain leaf(Value value) {
        Layout layout = value.layout();
        if (layout.per() == Layout.Per.BATCH) {
            return Chain.vector(load(context.array(value), "i"));
        }
        if (layout.isScalar()) {
            String array = context.array(value);
            // One of the example's is the same for all its rows.
            boolean ofRow = layout.positions() == loop.positions();
            String index = ofRow
                    ? (context.isInTile(value) ? ofTask() : "row")
                    : "row / " + loop.positions() + (context.isInTile(value) ? " - from" : "");
            return Chain.scalar(rowVariable(
                    "scalar." + array, value.name(), name -> "float " + name + " = " + array + "[" + index + "];\n"));
        }
        return Chain.vector(vector(value));
    }

    /** Which lanes a mask keeps. */
    private String kept(Value mask) {
        String known = variables.get(mask);
        if (known == null) {
            known = names.unique("kept");
            body.append(statement(VECTOR_MASK + "<" + MarkedText.FLOAT + "> " + known + " = " + VECTOR_MASK
                    + ".fromLong(FLOATS, " + context.array(mask) + bits(mask.layout()) + ")"));
            variables.put(mask, known);
        }
        return known;
    }

    /** The word of a mask in which the bits of the vector's lanes stand, shifted to the first of them. */
    private String bits(Layout layout) {
        int stride = layout.stride();
        String words = stride == 1 && loop.positions() == 1
                ? "row"
                : rowVariable(
                        "words." + stride,
                        "words",
                        name -> "int " + name + " = " + (loop.positions() == 1 ? "row * " + stride : ofExample(stride))
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
            case Expression.Column column ->
                Chain.vector(load("values", context.references().offset(column.parameter()) + " + i"));
            case Expression.Constant constant -> Chain.scalar(Polynomials.literal(constant.value()));
            case Expression.StepNumber number -> Chain.scalar(context.number(number));
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
