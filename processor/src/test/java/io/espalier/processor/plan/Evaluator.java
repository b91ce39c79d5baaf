package io.espalier.processor.plan;

import io.espalier.kernel.Slices;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.Role;
import io.espalier.processor.ir.Scalar;
import io.espalier.processor.ir.Value;
import io.espalier.processor.ir.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Computes programs in double precision, kernel by kernel, on a few rows: what a pass makes of a program must compute what the
 * program did before. Masks and normal numbers are functions of the stream alone.
 */
class Evaluator {
    final Mode mode;
    final int rows;

    /** Rows of an example, and elements of a row, that the loop at hand goes over. */
    private int positions = 1;

    private int stride;
    private final String path;
    private final Map<String, double[]> parameters;
    private final Map<String, double[]> gradients;
    private final Map<Value, double[][]> arrays = new HashMap<>();
    private final Map<String, List<Evaluator>> runs = new HashMap<>();
    private final Map<String, double[]> droppedWeights = new HashMap<>();

    /** Which value an array belongs to: itself, unless values share arrays. */
    private UnaryOperator<Value> places = Timeline::base;

    Evaluator(Mode mode, int rows, String path, Map<String, double[]> parameters, Map<String, double[]> gradients) {
        this.mode = mode;
        this.rows = rows;
        this.path = path;
        this.parameters = parameters;
        this.gradients = gradients;
    }

    /** Lets values of one place share an array. */
    void places(UnaryOperator<Value> ofValues) {
        places = ofValues;
    }

    void set(Value value, double[][] array) {
        arrays.put(places.apply(value), array);
    }

    double[][] get(Value value) {
        double[][] array = arrays.get(places.apply(value));
        if (array == null) {
            throw new AssertionError(value + " was not computed");
        }
        return array;
    }

    boolean has(Value value) {
        return arrays.containsKey(places.apply(value));
    }

    /** The array that a kernel writes to, made if there is none: a row for each example, which holds all its positions. */
    private double[][] array(Value value) {
        Layout layout = value.layout();
        int count =
                switch (layout.per()) {
                    case EXAMPLE -> rows;
                    case SLICE -> Slices.count(rows, layout.positions());
                    case BATCH -> 1;
                };
        int size = layout.element() == Layout.Element.BIT ? layout.width() : layout.exampleStride();
        double[][] known = arrays.get(places.apply(value));
        if (known == null || known.length < count || known[0].length < size) {
            known = new double[count][size];
            arrays.put(places.apply(value), known);
        }
        return known;
    }

    void run(List<? extends Kernel> kernels) {
        kernels.forEach(this::run);
    }

    /** A loop, in which values are variables; those that are stored go to memory. */
    void loop(List<Kernel> kernels, Set<Value> stored) {
        Map<Value, double[][]> variables = new HashMap<>();
        for (Kernel kernel : kernels) {
            switch (kernel) {
                case Kernel.Pointwise pointwise -> {
                    double[][] result =
                            new double[rows][pointwise.result().layout().exampleStride()];
                    pointwise(pointwise, variables, result);
                    variables.put(pointwise.result(), result);
                }
                case Kernel.Accumulate accumulate -> accumulate(accumulate, variables);
                default -> throw new AssertionError(kernel);
            }
        }
        // Each element is read before anything is stored in its array.
        for (Kernel kernel : kernels) {
            if (kernel instanceof Kernel.Pointwise pointwise && stored.contains(pointwise.result())) {
                double[][] result = variables.get(pointwise.result());
                double[][] array = array(pointwise.result());
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(result[row], 0, array[row], 0, result[row].length);
                }
            }
        }
    }

    private void run(Kernel kernel) {
        switch (kernel) {
            case Kernel.Pointwise pointwise -> pointwise(pointwise, Map.of(), array(pointwise.result()));
            case Kernel.Accumulate accumulate -> accumulate(accumulate, Map.of());
            case Kernel.Contraction product -> contraction(product);
            case Kernel.LibraryCall call -> library(call);
            case Kernel.DrawMask draw -> mask(draw);
            case Kernel.DrawNormal draw -> normal(draw);
            case Kernel.DrawWeight draw -> weightMask(draw.weight());
            case Kernel.Call call -> call(call);
            case Kernel.WeightGradient gradient -> weightGradient(gradient);
            case Kernel.ColumnGradient gradient -> columnGradient(gradient);
        }
    }

    // Formulas.

    private void loopOver(Layout layout) {
        positions = layout.loopPositions();
        stride = layout.loopStride();
    }

    private static int width(Layout layout) {
        return layout.isPacked() ? layout.exampleStride() : layout.width();
    }

    private void pointwise(Kernel.Pointwise kernel, Map<Value, double[][]> variables, double[][] result) {
        Layout layout = kernel.result().layout();
        loopOver(layout);
        int width = width(layout);
        for (int row = 0; row < rows * positions; row++) {
            double[] computed = new double[width];
            for (int i = 0; i < width; i++) {
                computed[i] = evaluate(kernel.formula(), variables, row, i, 0);
            }
            System.arraycopy(computed, 0, result[row / positions], row % positions * stride, width);
        }
    }

    private void accumulate(Kernel.Accumulate kernel, Map<Value, double[][]> variables) {
        Layout layout = kernel.formula().values().stream()
                .filter(Value::isRows)
                .findFirst()
                .orElseThrow()
                .layout();
        loopOver(layout);
        int width = width(layout);
        double[][] sums = array(kernel.sums());
        for (double[] slice : sums) {
            Arrays.fill(slice, kernel.column(), kernel.column() + width, 0);
        }
        for (int row = 0; row < rows * positions; row++) {
            double[] slice = sums[row / Slices.rows(positions)];
            for (int i = 0; i < width; i++) {
                slice[kernel.column() + i] = evaluate(kernel.formula(), variables, row, i, slice[kernel.column() + i]);
            }
        }
    }

    private double evaluate(Expression formula, Map<Value, double[][]> variables, int row, int i, double sum) {
        return switch (formula) {
            case Expression.Of of -> element(of.value(), variables, row, i);
            case Expression.Column column -> parameter(column.parameter())[i];
            case Expression.Sum ignored -> sum;
            case Expression.Constant constant -> constant.value();
            case Expression.StepNumber number -> scalar(number.formula());
            case Expression.Either either ->
                element(
                        variables.containsKey(either.kept()) || has(either.kept()) ? either.kept() : either.other(),
                        variables,
                        row,
                        i);
            case Expression.Plus plus ->
                evaluate(plus.left(), variables, row, i, sum) + evaluate(plus.right(), variables, row, i, sum);
            case Expression.Minus minus ->
                evaluate(minus.left(), variables, row, i, sum) - evaluate(minus.right(), variables, row, i, sum);
            case Expression.Times times ->
                evaluate(times.left(), variables, row, i, sum) * evaluate(times.right(), variables, row, i, sum);
            case Expression.Over over ->
                evaluate(over.left(), variables, row, i, sum) / evaluate(over.right(), variables, row, i, sum);
            case Expression.FusedMultiplyAdd fma ->
                evaluate(fma.left(), variables, row, i, sum) * evaluate(fma.right(), variables, row, i, sum)
                        + evaluate(fma.addend(), variables, row, i, sum);
            case Expression.Apply apply ->
                FunctionReference.of(apply.function(), evaluate(apply.of(), variables, row, i, sum));
            case Expression.Select select ->
                holds(select.condition(), variables, row, i, sum)
                        ? evaluate(select.yes(), variables, row, i, sum)
                        : evaluate(select.no(), variables, row, i, sum);
        };
    }

    private boolean holds(
            Expression.Condition condition, Map<Value, double[][]> variables, int row, int i, double sum) {
        return switch (condition) {
            case Expression.Condition.Less less ->
                evaluate(less.left(), variables, row, i, sum) < evaluate(less.right(), variables, row, i, sum);
            case Expression.Condition.Greater greater ->
                evaluate(greater.left(), variables, row, i, sum) > evaluate(greater.right(), variables, row, i, sum);
            case Expression.Condition.Kept kept -> element(kept.mask(), variables, row, i) != 0;
        };
    }

    private double element(Value value, Map<Value, double[][]> variables, int row, int i) {
        double[][] array = variables.containsKey(value) ? variables.get(value) : get(value);
        Layout layout = value.layout();
        if (layout.per() == Layout.Per.BATCH) {
            return array[0][i];
        }
        int position = row % positions;
        return layout.isScalar()
                ? array[row / positions][layout.positions() == positions ? position : 0]
                : array[row / positions][position * stride + i];
    }

    static double scalar(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Literal literal -> literal.value();
            case Scalar.Realized realized -> probability(realized.rate());
            case Scalar.KeptScale kept -> 1 / (1 - probability(kept.rate()));
            case Scalar.Plus plus -> scalar(plus.left()) + scalar(plus.right());
            case Scalar.Minus minus -> scalar(minus.left()) - scalar(minus.right());
            case Scalar.Times times -> scalar(times.left()) * scalar(times.right());
            case Scalar.Over over -> scalar(over.left()) / scalar(over.right());
            case Scalar.Root root -> Math.sqrt(scalar(root.of()));
        };
    }

    private static double probability(Rate rate) {
        return switch (rate.definition()) {
            case Rate.Definition.Constant constant -> constant.p();
            case Rate.Definition.Branch branch -> 0.25 + 0.5 / (2 + branch.branch());
        };
    }

    // Parameters.

    double[] parameter(Parameter parameter) {
        return parameters.computeIfAbsent(path + parameter.name(), name -> drawn(parameter, name));
    }

    private static double[] drawn(Parameter parameter, String name) {
        Random random = new Random(name.hashCode());
        return random.doubles(parameter.count(), -0.7, 0.7)
                .map(value -> parameter.role() == Role.NORM_SCALE || parameter.role() == Role.RUNNING_VARIANCE
                        ? 1 + value / 2
                        : value)
                .toArray();
    }

    private double weight(Weight weight, int out, int in) {
        double value = parameter(weight.parameter())[(weight.matrix() * weight.out() + out) * weight.in() + in];
        return mode.isRandom() && weight.mask().isPresent()
                ? value * droppedWeights.get(weight.mask().get().name())[out * weight.in() + in]
                : value;
    }

    private void weightMask(Weight weight) {
        weight.mask()
                .ifPresent(mask -> droppedWeights.put(
                        mask.name(), scales(mask.stream(), probability(mask.rate()), weight.out() * weight.in())));
    }

    private static double[] scales(int stream, double p, int count) {
        return new Random(stream * 31L + 7)
                .doubles(count)
                .map(drawn -> drawn < p ? 0 : 1 / (1 - p))
                .toArray();
    }

    private void contraction(Kernel.Contraction product) {
        Weight weight = product.weight();
        double[][] source = get(product.source());
        double[][] result = array(product.result());
        int ofExample = product.source().layout().positions();
        int sourceStride = product.source().layout().stride();
        int resultStride = product.result().layout().stride();
        for (int row = 0; row < rows * ofExample; row++) {
            double[] x = source[row / ofExample];
            int at = row % ofExample * sourceStride;
            double[] sums = new double[product.backward() ? weight.in() : weight.out()];
            for (int out = 0; out < weight.out(); out++) {
                for (int in = 0; in < weight.in(); in++) {
                    if (product.backward()) {
                        sums[in] += x[at + out] * weight(weight, out, in);
                    } else {
                        sums[out] += x[at + in] * weight(weight, out, in);
                    }
                }
            }
            System.arraycopy(sums, 0, result[row / ofExample], row % ofExample * resultStride, sums.length);
        }
    }

    private double[] gradient(Parameter parameter) {
        return gradients.computeIfAbsent(path + parameter.name(), name -> new double[(int) parameter.count()]);
    }

    private void weightGradient(Kernel.WeightGradient kernel) {
        Weight weight = kernel.weight();
        double[] sums = gradient(weight.parameter());
        double[][] source = get(kernel.source());
        double[][] incoming = get(kernel.gradient());
        int ofExample = kernel.source().layout().positions();
        int sourceStride = kernel.source().layout().stride();
        int gradientStride = kernel.gradient().layout().stride();
        for (int row = 0; row < rows * ofExample; row++) {
            int at = row % ofExample * sourceStride;
            for (int out = 0; out < weight.out(); out++) {
                double g = incoming[row / ofExample][row % ofExample * gradientStride + out];
                for (int in = 0; in < weight.in(); in++) {
                    double scale = weight.mask().isPresent()
                            ? droppedWeights.get(weight.mask().get().name())[out * weight.in() + in]
                            : 1;
                    sums[(weight.matrix() * weight.out() + out) * weight.in() + in] +=
                            g * source[row / ofExample][at + in] * scale;
                }
                if (kernel.bias().isPresent()) {
                    gradient(kernel.bias().get())[out] += g;
                }
            }
        }
    }

    private void columnGradient(Kernel.ColumnGradient kernel) {
        double[] sums = gradient(kernel.parameter());
        double[][] partials = get(kernel.sums());
        for (int slice = 0; slice < (kernel.total() ? 1 : partials.length); slice++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += partials[slice][kernel.column() + i];
            }
        }
    }

    // What is random.

    private void mask(Kernel.DrawMask draw) {
        double[][] mask = array(draw.mask());
        int width = mask[0].length;
        double p = probability(draw.rate());
        double[] scales = scales(draw.stream() + path.hashCode(), p, rows * width);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(scales, row * width, mask[row], 0, width);
        }
    }

    private void normal(Kernel.DrawNormal draw) {
        Random random = new Random(draw.stream() + path.hashCode());
        for (double[] row : array(draw.draws())) {
            for (int i = 0; i < row.length; i++) {
                row[i] = draw.mean() + draw.deviation() * random.nextGaussian();
            }
        }
    }

    // Regions.

    private void call(Kernel.Call call) {
        List<Evaluator> iterations = runs.computeIfAbsent(call.run().name(), name -> {
            List<Evaluator> all = new ArrayList<>();
            for (int i = 0; i < call.run().times(); i++) {
                all.add(new Evaluator(mode, rows, path + name + i + ".", parameters, gradients));
            }
            return all;
        });
        var code = call.run().callee().code(mode);
        double[][] value = get(call.source());
        List<Evaluator> order = call.backward() ? iterations.reversed() : iterations;
        for (Evaluator iteration : order) {
            if (call.backward()) {
                iteration.set(code.outputGradient().orElseThrow(), value);
                code.backward().forEach(phase -> iteration.run(phase.kernels()));
                iteration.run(code.reductions());
                value = code.inputGradient().map(iteration::get).orElse(value);
            } else {
                iteration.set(code.input(), value);
                iteration.run(code.preparation());
                code.forward().forEach(phase -> iteration.run(phase.kernels()));
                value = iteration.get(code.output());
            }
        }
        double[][] result = array(call.result());
        for (int row = 0; row < rows; row++) {
            System.arraycopy(
                    value[row], 0, result[row], 0, call.result().layout().exampleStride());
        }
    }

    /** A kernel of the runtime sees rows: where an example has several, copies, of which those that it writes go back. */
    private void library(Kernel.LibraryCall call) {
        Map<Value, double[][]> copies = new HashMap<>();
        List<Object> operands = call.operands().stream()
                .map(operand -> operand(operand, copies))
                .toList();
        LibraryReference.call(call, operands);
        copies.forEach((value, copy) -> {
            if (call.writes().contains(value)) {
                double[][] array = array(value);
                Layout layout = value.layout();
                for (int row = 0; row < copy.length; row++) {
                    System.arraycopy(
                            copy[row],
                            0,
                            array[row / layout.positions()],
                            row % layout.positions() * layout.stride(),
                            layout.stride());
                }
            }
        });
    }

    private double[][] rows(Value value, Map<Value, double[][]> copies) {
        double[][] array = array(value);
        Layout layout = value.layout();
        if (layout.per() != Layout.Per.EXAMPLE || layout.positions() == 1) {
            return array;
        }
        return copies.computeIfAbsent(value, key -> {
            double[][] copy = new double[rows * layout.positions()][layout.stride()];
            for (int row = 0; row < copy.length; row++) {
                System.arraycopy(
                        array[row / layout.positions()],
                        row % layout.positions() * layout.stride(),
                        copy[row],
                        0,
                        layout.stride());
            }
            return copy;
        });
    }

    /** What an operand stands for. */
    private Object operand(Operand operand, Map<Value, double[][]> copies) {
        return switch (operand) {
            case Operand.Rows of -> rows(of.value(), copies);
            case Operand.Array of -> rows(of.value(), copies);
            case Operand.Slice of -> array(of.value());
            case Operand.Offset of -> parameter(of.parameter());
            case Operand.Count count -> count.value();
            case Operand.Constant constant -> constant.value();
            case Operand.Scalars of -> rows(of.value(), copies);
            case Operand.RowCount of -> rows * of.value().layout().positions();
            case Operand.SliceCount of -> Slices.count(rows, of.sums().layout().positions());
            case Operand.SliceRows of -> Slices.rows(of.sums().layout().positions());
            case Operand.Given given -> given == Operand.Given.EXAMPLES ? rows : given;
        };
    }
}
