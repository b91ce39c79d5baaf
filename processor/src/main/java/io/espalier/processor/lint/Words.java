package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.operation.NoiseOperation;
import io.espalier.processor.read.StageDeclaration;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Element;

/** Names and numbers as messages write them. */
final class Words {
    private static final int NAMED = 2;

    private Words() {}

    /** A number as a developer would write it: {@code 1}, {@code 0.25}, {@code 1e-8}. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        double size = Math.abs(value);
        return size == 0 || (size >= 1e-3 && size < 1e7)
                ? decimal.toPlainString()
                : decimal.toString().toLowerCase(Locale.ROOT).replace("e+", "e");
    }

    /** A number rounded to so many digits behind the point. */
    static String rounded(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** A stage by its field, with its class where that is not the class that a reader is looking at. */
    static String stage(StageDeclaration stage, Element seenFrom) {
        Element owner = stage.point().element().getEnclosingElement();
        if (owner == null || owner.equals(seenFrom.getEnclosingElement())) {
            return "'" + stage.name() + "'";
        }
        return "'" + owner.getSimpleName() + "." + stage.name() + "'";
    }

    /** An operation as it is written, with its stage: {@code @Relu of 'hidden'}. */
    static String operation(Node.Apply operation, Element seenFrom) {
        return "@" + operation.annotation().name() + " of " + stage(operation.stage(), seenFrom);
    }

    /** An operation of noise with its strength, such as {@code dropout (p = 0.5)}. */
    static String noise(Node.Apply noise) {
        String name =
                noise.annotation().name().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        String element = ((NoiseOperation) noise.operation()).strengthElement();
        return name.replace("gaussian", "Gaussian") + " (" + element + " = "
                + number(noise.annotation().doubleValue(element)) + ")";
    }

    /** {@code 1 bias}, {@code 2 biases}. */
    static String count(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(Collection<String> items) {
        List<String> all = List.copyOf(items);
        int last = all.size() - 1;
        return last < 1 ? String.join("", all) : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
    }

    /** {@code a}, {@code a and b}, {@code a, b and 3 more}. */
    static String firstOf(List<String> items) {
        return items.size() <= NAMED + 1
                ? list(items)
                : list(List.of(items.get(0), items.get(1), items.size() - NAMED + " more"));
    }
}
