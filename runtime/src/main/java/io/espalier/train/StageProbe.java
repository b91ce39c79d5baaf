package io.espalier.train;

import io.espalier.emitted.GradientSum;
import io.espalier.emitted.PassBuilder;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.model.NetworkDescription;
import io.espalier.model.Operation;
import io.espalier.model.Parameter;
import io.espalier.model.ParameterRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stage at which numbers stop being finite, from what a step leaves of its dense products: their inputs, and after a
 * backward pass their gradients.
 */
final class StageProbe {
    private static final int ROWS_AT_ONCE = 64;

    /** A stage, and what it does in words. */
    record Place(String stage, String words) {}

    private final NetworkDescription network;
    private final TrainingStep step;
    private final int rows;

    /** The dense products {@code x·wᵀ} in the order of the network's stages, by the names of their weights. */
    private final List<Map.Entry<String, GradientSum.OfWeight>> products = new ArrayList<>();

    StageProbe(Trainable network, TrainingStep step, int rows) {
        this.network = network.description();
        this.step = step;
        this.rows = rows;
        NavigableMap<Integer, Parameter> byOffset = new TreeMap<>();
        network.parameters().forEach(parameter -> byOffset.put(parameter.offset(), parameter));
        Map<Parameter, List<GradientSum.OfWeight>> byParameter = new HashMap<>();
        for (GradientSum sum : step.gradientSums()) {
            // Of a part that drop connect takes, the weight is not what was multiplied.
            if (sum instanceof GradientSum.OfWeight weight && weight.part() == null) {
                Parameter parameter = byOffset.floorEntry(weight.weight()).getValue();
                byParameter.computeIfAbsent(parameter, key -> new ArrayList<>()).add(weight);
            }
        }
        for (Parameter parameter : network.parameters()) {
            byParameter.getOrDefault(parameter, List.of()).stream()
                    .sorted(Comparator.comparingInt(GradientSum.OfWeight::weight))
                    .forEach(product -> products.add(Map.entry(parameter.name(), product)));
        }
    }

    /** Where the trained biases, scales and shifts stand: starts and ends in turn. */
    static int[] vectors(Iterable<Parameter> parameters) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .filter(parameter -> parameter.role().trainable() && parameter.role() != ParameterRole.WEIGHT)
                .sorted(Comparator.comparingInt(Parameter::offset))
                .flatMapToInt(parameter -> IntStream.of(parameter.offset(), parameter.offset() + parameter.size()))
                .toArray();
    }

    /** The first operation whose values are not finite; the last batch is run forward again. */
    Place forward() {
        step.forwardAgain();
        for (int i = 0; i < products.size(); i++) {
            GradientSum.OfWeight product = products.get(i).getValue();
            if (!finite(rows * product.positions(), product.x(), product.xStride(), product.in())) {
                return between(i - 1, i, "gives values that are not finite");
            }
            if (!isProductFinite(product)) {
                return at(i, "gives values that are not finite");
            }
        }
        return between(products.size() - 1, products.size(), "gives values that are not finite, or the loss does");
    }

    /** The first operation, on the way back, whose gradient is not finite; null if none of a product is. */
    @Nullable
    Place backward() {
        for (int i = products.size() - 1; i >= 0; i--) {
            GradientSum.OfWeight product = products.get(i).getValue();
            if (!finite(rows * product.positions(), product.g(), product.gStride(), product.out())) {
                return at(i, "gets a gradient that is not finite");
            }
        }
        return null;
    }

    /** The product is multiplied again: what it was in the pass may be gone, in favour of what was made of it. */
    private boolean isProductFinite(GradientSum.OfWeight product) {
        int stride = PassBuilder.stride(product.out());
        float[] again = new float[ROWS_AT_ONCE * stride];
        int all = rows * product.positions();
        for (int row = 0; row < all; row += ROWS_AT_ONCE) {
            int count = Math.min(ROWS_AT_ONCE, all - row);
            MatrixMultiply.multiply(
                    product.x(),
                    row * product.xStride(),
                    product.xStride(),
                    count,
                    product.in(),
                    step.values(),
                    product.weight(),
                    product.out(),
                    again,
                    0,
                    stride);
            if (!finite(count, again, stride, product.out())) {
                return false;
            }
        }
        return true;
    }

    private static boolean finite(int rows, float[] values, int stride, int width) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                if (!Float.isFinite(values[row * stride + i])) {
                    return false;
                }
            }
        }
        return true;
    }

    private Place at(int product, String what) {
        String weight = products.get(product).getKey();
        int operation = operation(weight);
        if (operation < 0) {
            return new Place(stage(weight), "the product with " + weight + " " + what);
        }
        Operation found = network.operations().get(operation);
        return new Place(found.path(), words(List.of(found)) + " " + what);
    }

    /** One of the operations after a product and before the next; where there are none, the product. */
    private Place between(int product, int next, String what) {
        int from = product < 0 ? 0 : operation(products.get(product).getKey()) + 1;
        int to = next < products.size()
                ? operation(products.get(next).getKey())
                : network.operations().size();
        if (from >= to) {
            if (product < 0) {
                return new Place("", "what comes in " + what);
            }
            return at(product, next < products.size() ? what : "or the loss after it " + what);
        }
        List<Operation> all = network.operations().subList(from, to);
        return new Place(all.getFirst().path(), (all.size() > 1 ? "one of " : "") + words(all) + " " + what);
    }

    private static String words(List<Operation> operations) {
        return operations.stream()
                .map(operation -> "@" + operation.kind() + " of '" + operation.path() + "'")
                .collect(Collectors.joining(", "));
    }

    /** The operation that a parameter belongs to, by its name; -1 if that does not tell. */
    private int operation(String parameter) {
        for (int i = 0; i < network.operations().size(); i++) {
            Operation operation = network.operations().get(i);
            String kind = operation.kind().substring(0, 1).toLowerCase(Locale.ROOT)
                    + operation.kind().substring(1);
            if (parameter.startsWith(operation.path() + "." + kind + ".")) {
                return i;
            }
        }
        return -1;
    }

    /** The stage of a parameter: its name without operation and part. */
    static String stage(String parameter) {
        int part = parameter.lastIndexOf('.');
        int operation = part < 0 ? -1 : parameter.lastIndexOf('.', part - 1);
        return operation < 0 ? parameter : parameter.substring(0, operation);
    }
}
