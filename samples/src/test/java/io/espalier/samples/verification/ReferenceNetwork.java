package io.espalier.samples.verification;

import io.espalier.model.NetworkDescription;
import io.espalier.model.Operation;
import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A network as its description tells it, interpreted in double precision: one operation after the other, no buffer shared,
 * nothing fused. The random factors come from {@link Masks}, streams numbered in the order of the operations that draw, be it at a rate of 0.
 */
final class ReferenceNetwork {
    private enum Pass {
        TRAINING,
        PREDICTION,
        SAMPLING
    }

    private static final Set<String> ELEMENTWISE = Set.of(
            "Dropout",
            "AlphaDropout",
            "GaussianDropout",
            "GaussianNoise",
            "Relu",
            "LeakyRelu",
            "Elu",
            "Selu",
            "Silu",
            "Gelu",
            "Tanh",
            "Sigmoid");

    private final List<Operation> operations;
    private final Map<String, double[]> parameters;

    /** For a residual join the operation at which its branch starts. */
    private final Map<Integer, Integer> branchStarts = new HashMap<>();

    /** For each operation that draws: a factor for each element, or one for each row. */
    private final Map<Integer, double[][]> factors = new HashMap<>();

    /** For each operation that adds noise: what is added to each element. */
    private final Map<Integer, double[][]> offsets = new HashMap<>();

    /** What a training pass moves the running statistics to. */
    private final Map<String, double[]> running = new TreeMap<>();

    /** What entered each operation in the last whole pass, and the result. */
    private double[][][] trace = {};

    private double nearestKink = Double.POSITIVE_INFINITY;

    ReferenceNetwork(NetworkDescription description, Map<String, double[]> parameters) {
        this.operations = description.operations();
        this.parameters = parameters;
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i).kind().equals("Residual")) {
                branchStarts.put(i, branchStart(i));
            }
        }
    }

    /** The values of a network's parameters by name, running statistics included. */
    static Map<String, double[]> values(Parameters parameters) {
        Map<String, double[]> values = new HashMap<>();
        for (Parameter parameter : parameters) {
            values.put(parameter.name(), widened(parameter.values()));
        }
        return values;
    }

    static double[] widened(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i];
        }
        return y;
    }

    private int branchStart(int join) {
        String path = operations.get(join).path();
        int start = join;
        while (start > 0 && (operations.get(start - 1).path() + ".").startsWith(path + ".")) {
            start--;
        }
        return start;
    }

    /** Draws the factors of a step for a number of rows. */
    void draw(Masks masks, int rows) {
        factors.clear();
        offsets.clear();
        Map<String, Integer> branches = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.attributes().containsKey("dropPath")) {
                branches.merge(rule(operation), 1, Integer::sum);
            }
        }
        Map<String, Integer> reached = new HashMap<>();
        AtomicInteger stream = new AtomicInteger();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            if (operation.kind().equals("Dropout")) {
                double p = number(operation, "p");
                factors.put(i, elements(i, width -> masks.elements(stream.getAndIncrement(), rows, width, p)));
            } else if (operation.kind().equals("AlphaDropout")) {
                double p = number(operation, "p");
                alphaDropout(i, elements(i, width -> masks.elements(stream.getAndIncrement(), rows, width, p)), p);
            } else if (operation.kind().equals("GaussianDropout")) {
                double p = number(operation, "p");
                double[][] normals = elements(i, width -> masks.normals(stream.getAndIncrement(), rows, width));
                factors.put(i, ReferenceMath.linear(normals, Math.sqrt(p / (1 - p)), 1));
            } else if (operation.kind().equals("GaussianNoise")) {
                double deviation = number(operation, "deviation");
                double[][] normals = elements(i, width -> masks.normals(stream.getAndIncrement(), rows, width));
                offsets.put(i, ReferenceMath.linear(normals, deviation, 0));
            } else if (operation.kind().equals("DropConnect")) {
                double p = number(operation, "p");
                int out = channels(operations.get(i + 1).outputShape());
                factors.put(i, masks.weights(stream.getAndIncrement(), channels(operation.outputShape()), out, p));
            } else if (operation.attributes().containsKey("dropPath")) {
                String rule = rule(operation);
                int branch = reached.merge(rule, 1, Integer::sum) - 1;
                double rate = rate(operation, branch, branches.getOrDefault(rule, 0));
                factors.put(i, new double[][] {masks.rows(stream.getAndIncrement(), rows, rate)});
            }
        }
    }

    /** What is drawn for the elements of an example, of which each position's are padded to multiples of 16. */
    private double[][] elements(int at, IntFunction<double[][]> draw) {
        int[] shape = operations.get(at).outputShape();
        int size = size(shape);
        int channels = channels(shape);
        int positions = size / channels;
        if (positions == 1 || isUnpadded(at)) {
            return draw.apply(size);
        }
        int stride = (channels + 15) / 16 * 16;
        double[][] drawn = draw.apply(positions * stride);
        double[][] elements = new double[drawn.length][size];
        for (int row = 0; row < drawn.length; row++) {
            for (int i = 0; i < size; i++) {
                elements[row][i] = drawn[row][i / channels * stride + i % channels];
            }
        }
        return elements;
    }

    /** Whether nothing but elementwise operations lies between the network's input and a reader that needs no padding. */
    private boolean isUnpadded(int at) {
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            boolean wide = operation.kind().equals("Flatten")
                    || operation.kind().equals("Dense") && size(operation.inputShape()) % 16 == 0;
            if (wide || !ELEMENTWISE.contains(operation.kind())) {
                return wide && at < i;
            }
        }
        return false;
    }

    /** Rows of positions, each of which an operation takes by itself. */
    private static double[][] split(double[][] x, int channels) {
        int positions = x[0].length / channels;
        double[][] rows = new double[x.length * positions][];
        for (int row = 0; row < rows.length; row++) {
            int at = row % positions * channels;
            rows[row] = Arrays.copyOfRange(x[row / positions], at, at + channels);
        }
        return rows;
    }

    private static double[][] join(double[][] rows, int examples) {
        int positions = rows.length / examples;
        int channels = rows[0].length;
        double[][] x = new double[examples][positions * channels];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, x[row / positions], row % positions * channels, channels);
        }
        return x;
    }

    /** Annotations are told apart by what they say: models of these tests never say the same twice. */
    private static String rule(Operation operation) {
        return number(operation, "dropPath") + text(operation, "schedule");
    }

    private static double rate(Operation operation, int branch, int branches) {
        double p = number(operation, "dropPath");
        return !text(operation, "schedule").equals("linear") ? p : branches == 1 ? 0 : p * branch / (branches - 1);
    }

    /** The logits of training: random factors applied, batch norm on the batch's own statistics. */
    double[][] train(double[][] inputs) {
        running.clear();
        nearestKink = Double.POSITIVE_INFINITY;
        trace = new double[operations.size() + 1][][];
        trace[0] = inputs;
        return run(0, trace, Pass.TRAINING);
    }

    /** As {@link #train} on the same inputs, after a change of parameters that concerns no operation before one. */
    double[][] trainAgain(int from) {
        return run(from, trace.clone(), Pass.TRAINING);
    }

    /** The operation that a parameter belongs to. */
    int user(String parameter) {
        for (int i = 0; i < operations.size(); i++) {
            if (parameter.startsWith(prefix(operations.get(i)))) {
                return i;
            }
        }
        throw new IllegalArgumentException("No operation has a parameter " + parameter);
    }

    /** The logits of prediction: no random factors, batch norm on its running statistics. */
    double[][] predict(double[][] inputs) {
        return run(inputs, Pass.PREDICTION);
    }

    /** The logits of a Monte-Carlo sample: random factors applied, batch norm on its running statistics. */
    double[][] sample(double[][] inputs) {
        return run(inputs, Pass.SAMPLING);
    }

    /** Running statistics after the last {@link #train}. */
    Map<String, double[]> running() {
        return running;
    }

    /** How near the input of a function with a kink came to 0 in the last {@link #train}. */
    double nearestKink() {
        return nearestKink;
    }

    private double[][] run(double[][] inputs, Pass pass) {
        double[][][] values = new double[operations.size() + 1][][];
        values[0] = inputs;
        return run(0, values, pass);
    }

    private double[][] run(int from, double[][][] values, Pass pass) {
        boolean random = pass != Pass.PREDICTION;
        for (int i = from; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            values[i + 1] = switch (operation.kind()) {
                case "Residual" -> join(i, values[branchStarts.getOrDefault(i, i)], values[i], random);
                case "BatchNorm" ->
                    join(
                            batchNorm(
                                    operation,
                                    split(values[i], channels(operation.inputShape())),
                                    pass == Pass.TRAINING),
                            values[i].length);
                case "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise" ->
                    random ? noise(i, values[i]) : values[i];
                case "Dense" ->
                    join(
                            dense(
                                    operation,
                                    random ? weightFactors(i) : null,
                                    split(values[i], channels(operation.inputShape()))),
                            values[i].length);
                default ->
                    join(rowwise(operation, split(values[i], channels(operation.inputShape()))), values[i].length);
            };
        }
        return values[operations.size()];
    }

    private double[][] join(int at, double[][] skip, double[][] branch, boolean random) {
        Operation operation = operations.get(at);
        boolean projected = text(operation, "shortcut").equals("projection");
        double[][] factor = factors.get(at);
        double[][] sum = new double[branch.length][];
        for (int row = 0; row < sum.length; row++) {
            double scale = random && factor != null ? factor[0][row] : 1;
            sum[row] = projected ? projected(operation, skip[row]) : skip[row].clone();
            for (int i = 0; i < sum[row].length; i++) {
                sum[row][i] += scale * branch[row][i];
            }
        }
        return sum;
    }

    private double[] projected(Operation join, double[] skip) {
        double[][] rows = split(new double[][] {skip}, channels(join.inputShape()));
        for (int row = 0; row < rows.length; row++) {
            rows[row] = ReferenceMath.dense(
                    rows[row], parameter(prefix(join) + "weight"), new double[channels(join.outputShape())]);
        }
        return join(rows, 1)[0];
    }

    /** Kept values are scaled and shifted, dropped ones are −λα first: Klambauer et al. (2017). */
    private void alphaDropout(int at, double[][] kept, double p) {
        double limit = -1.0507009873554805 * 1.6732632423543772;
        double dropped = Masks.realized(p);
        double a = 1 / Math.sqrt((1 - dropped) * (1 + dropped * limit * limit));
        double b = -a * limit * dropped;
        double[][] offset = new double[kept.length][kept[0].length];
        double[][] factor = new double[kept.length][kept[0].length];
        for (int row = 0; row < kept.length; row++) {
            for (int i = 0; i < kept[row].length; i++) {
                factor[row][i] = kept[row][i] != 0 ? a : 0;
                offset[row][i] = kept[row][i] != 0 ? b : a * limit + b;
            }
        }
        factors.put(at, factor);
        offsets.put(at, offset);
    }

    private double[][] noise(int at, double[][] x) {
        double[][] factor = factors.get(at);
        double[][] offset = offsets.get(at);
        double[][] y = new double[x.length][x[0].length];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < y[row].length; i++) {
                y[row][i] = x[row][i] * (factor == null ? 1 : factor[row][i]) + (offset == null ? 0 : offset[row][i]);
            }
        }
        return y;
    }

    private double @Nullable [][] weightFactors(int dense) {
        boolean dropped = dense > 0 && operations.get(dense - 1).kind().equals("DropConnect");
        return dropped ? factors.get(dense - 1) : null;
    }

    /** With the factors of the drop connect in front of it, if there is one. */
    private double[][] dense(Operation operation, double @Nullable [][] factor, double[][] x) {
        boolean biased = Boolean.parseBoolean(text(operation, "bias"));
        int out = channels(operation.outputShape());
        double[] bias = biased ? parameter(prefix(operation) + "bias") : new double[out];
        double[] weight = parameter(prefix(operation) + "weight").clone();
        if (factor != null) {
            int in = weight.length / out;
            for (int i = 0; i < weight.length; i++) {
                weight[i] *= factor[i % in][i / in];
            }
        }
        return Arrays.stream(x)
                .map(row -> ReferenceMath.dense(row, weight, bias))
                .toArray(double[][]::new);
    }

    private double[][] batchNorm(Operation operation, double[][] x, boolean training) {
        String prefix = prefix(operation);
        double[] mean = parameter(prefix + "runningMean");
        double[] variance = parameter(prefix + "runningVariance");
        if (training) {
            double[] ofBatch = ReferenceMath.columnMeans(x);
            double[] spread = ReferenceMath.columnVariances(x, ofBatch);
            double unbiased = x.length / (x.length - 1.0);
            running.put(prefix + "runningMean", moved(mean, ofBatch, 1, number(operation, "momentum")));
            running.put(prefix + "runningVariance", moved(variance, spread, unbiased, number(operation, "momentum")));
            mean = ofBatch;
            variance = spread;
        }
        double[] scale = parameter(prefix + "scale");
        double[] shift = parameter(prefix + "shift");
        return ReferenceMath.normalize(x, mean, variance, scale, shift, number(operation, "epsilon"));
    }

    private static double[] moved(double[] old, double[] seen, double factor, double momentum) {
        double[] moved = new double[old.length];
        for (int i = 0; i < old.length; i++) {
            moved[i] = (1 - momentum) * old[i] + momentum * factor * seen[i];
        }
        return moved;
    }

    private double[][] rowwise(Operation operation, double[][] x) {
        return Arrays.stream(x).map(row -> rowwise(operation, row)).toArray(double[][]::new);
    }

    private double[] rowwise(Operation operation, double[] x) {
        String prefix = prefix(operation);
        return switch (operation.kind()) {
            case "LayerNorm" ->
                ReferenceMath.layerNorm(
                        x, parameter(prefix + "scale"), parameter(prefix + "shift"), number(operation, "epsilon"));
            case "RmsNorm" -> ReferenceMath.rmsNorm(x, parameter(prefix + "scale"), number(operation, "epsilon"));
            case "Relu" -> kinked(x, v -> Math.max(v, 0));
            case "LeakyRelu" -> {
                double slope = number(operation, "slope");
                yield kinked(x, v -> v > 0 ? v : slope * v);
            }
            case "Elu" -> {
                double alpha = number(operation, "alpha");
                yield kinked(x, v -> v > 0 ? v : alpha * Math.expm1(v));
            }
            case "Selu" -> kinked(x, ReferenceMath::selu);
            case "Silu" -> map(x, v -> v * ReferenceMath.sigmoid(v));
            case "Gelu" -> map(x, ReferenceMath::gelu);
            case "Tanh" -> map(x, Math::tanh);
            case "Sigmoid" -> map(x, ReferenceMath::sigmoid);
            case "Softmax" -> ReferenceMath.softmax(x);
            case "Flatten", "DropConnect" -> x;
            default -> throw new IllegalArgumentException("The reference does not know " + operation);
        };
    }

    /** A function with a kink at 0. */
    private double[] kinked(double[] x, DoubleUnaryOperator function) {
        for (double v : x) {
            if (v != 0) {
                nearestKink = Math.min(nearestKink, Math.abs(v));
            }
        }
        return map(x, function);
    }

    private static double[] map(double[] x, DoubleUnaryOperator function) {
        return Arrays.stream(x).map(function).toArray();
    }

    private double[] parameter(String name) {
        double[] values = parameters.get(name);
        if (values == null) {
            throw new IllegalArgumentException("The network has no parameter " + name + ", but " + parameters.keySet());
        }
        return values;
    }

    /** How the names of an operation's parameters start: the stage's path, then what they belong to. */
    private static String prefix(Operation operation) {
        String part = operation.kind().equals("Residual") ? "Shortcut" : operation.kind();
        return operation.path() + "." + part.substring(0, 1).toLowerCase(Locale.ROOT) + part.substring(1) + ".";
    }

    private static double number(Operation operation, String attribute) {
        return Double.parseDouble(text(operation, attribute));
    }

    private static String text(Operation operation, String attribute) {
        String value = operation.attributes().get(attribute);
        if (value == null) {
            throw new IllegalArgumentException(operation + " has no " + attribute);
        }
        return value;
    }

    private static int channels(int[] shape) {
        return shape[shape.length - 1];
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
