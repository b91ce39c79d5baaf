package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import io.espalier.processor.plan.Item;
import io.espalier.processor.plan.Product;
import io.espalier.processor.plan.Step;
import io.espalier.processor.plan.Value;
import io.espalier.processor.plan.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the backward pass of a segment: one loop that takes the gradient of its end through all its steps in reverse, cut
 * only where a norm sums over a row (or, batch norm, over the batch), then the gradient of the product's input.
 *
 * <p>What a step needs of the forward pass comes from {@link ForwardValues}. The gradient of a product takes the product's own place, where the
 * sum over the batch finds it.
 */
final class BackwardEmitter {
    private final Scope scope;
    private final Item.Segment segment;
    private final StepEmitter steps;
    private final ForwardValues values;
    private final ProductEmitter products;
    private final GradientBuffers gradients;
    private final int width;
    private final int stride;

    private final List<MethodSpec> methods = new ArrayList<>();

    private SliceBody slices = new SliceBody();
    private @Nullable RowLoop loop;
    private int level;
    private boolean modified;

    private BackwardEmitter(Scope scope, GradientBuffers gradients, Item.Segment segment) {
        this.scope = scope;
        this.gradients = gradients;
        this.segment = segment;
        this.steps = new StepEmitter(scope, Mode.TRAINING);
        this.values = new ForwardValues(segment, steps);
        this.products = new ProductEmitter(scope);
        this.width = segment.start().width();
        this.stride = Widths.stride(width);
        this.level = segment.endLevel();
    }

    /** The methods of the backward pass in the order in which they run; those without parameters are for the whole batch. */
    static List<MethodSpec> methods(Scope scope, GradientBuffers gradients, Item.Segment segment) {
        return new BackwardEmitter(scope, gradients, segment).methods();
    }

    private List<MethodSpec> methods() {
        CodeBlock.Builder code = CodeBlock.builder();
        String title = SegmentNames.rowsTitle(segment);
        String name = SegmentNames.backward(segment);
        projectedShortcuts(code, segment.batchNorm().isPresent());
        List<Step> all = segment.steps();
        for (int i = all.size() - 1; i >= 0; i--) {
            step(all.get(i), i);
            if (all.get(i) instanceof Step.BatchNorm) {
                method(code, name, title + "; down to the sums that batch norm's gradient needs");
                name = SegmentNames.backwardNormalized(segment);
                projectedShortcuts(code, false);
                throughBatchNorm((Step.BatchNorm) all.get(i));
            }
        }
        finish();
        code.add(slices.isEmpty() ? CodeBlock.of("") : slices.build("from", "to"));
        slices = new SliceBody();
        Optional<Product> product = segment.product().filter(Product::inputGradient);
        product.filter(narrow -> !narrow.isWide()).ifPresent(narrow -> inputGradient(code, narrow));
        method(code, name, title);
        product.filter(Product::isWide).ifPresent(wide -> inputGradient(code, wide));
        return methods;
    }

    private void method(CodeBlock.Builder code, String name, String title) {
        if (!slices.isEmpty()) {
            code.add(slices.build("from", "to"));
            slices = new SliceBody();
        }
        CodeBlock body = code.build();
        if (!body.isEmpty()) {
            methods.add(MethodSpec.methodBuilder(name)
                    .addModifiers(Modifier.PRIVATE)
                    .addJavadoc("Backward: $L.\n", title)
                    .addParameter(int.class, "from")
                    .addParameter(int.class, "to")
                    .addCode(body)
                    .build());
        }
        code.clear();
    }

    /** Where a residual branch with a projection starts, the gradient of its shortcut comes through the projection. */
    private void projectedShortcuts(CodeBlock.Builder code, boolean onlyBehindBatchNorm) {
        int depth = segment.endLevel();
        boolean behind = true;
        List<Step> all = segment.steps();
        for (int i = all.size() - 1; i >= 0; i--) {
            switch (all.get(i)) {
                case Step.BatchNorm ignored -> behind = false;
                case Step.Join ignored -> depth++;
                case Step.Fork fork -> {
                    depth--;
                    if (fork.projection().filter(Product::inputGradient).isPresent()
                            && behind
                                    == (onlyBehindBatchNorm
                                            || segment.batchNorm().isEmpty())) {
                        throughWeight(code, fork.projection().get(), depth);
                    }
                }
                default -> {}
            }
        }
    }

    private void inputGradient(CodeBlock.Builder code, Product product) {
        throughWeight(code, product, product.level());
    }

    private void throughWeight(CodeBlock.Builder code, Product product, int toLevel) {
        if (product.isWide()) {
            methods.add(products.wideBackward(product, gradients.use(toLevel)));
        } else {
            code.add(products.backward(product, gradients.use(toLevel)));
        }
    }

    private void step(Step step, int index) {
        switch (step) {
            case Step.AddBias ignored -> {}
            case Step.Keep ignored -> {}
            case Step.Activate activate -> activate(activate, index);
            case Step.Noise noise -> {
                if (NoiseEmitter.scales(noise)) {
                    set(NoiseEmitter.backward(noise, open()));
                }
            }
            case Step.Join join -> join(join);
            case Step.Fork ignored -> {
                RowLoop current = open();
                level--;
                set(CodeBlock.of("gradient.add($L)", current.loadFrom(gradients.use(level), current.flow())));
            }
            case Step.LayerNorm norm -> layerNorm(norm, index);
            case Step.RmsNorm norm -> rmsNorm(norm, index);
            case Step.BatchNorm norm -> batchNorm(norm, index);
            case Step.Softmax softmax -> softmax(softmax);
        }
    }

    private void set(CodeBlock value) {
        open().body().addStatement("gradient = $L", value);
        modified = true;
    }

    private void activate(Step.Activate activate, int index) {
        RowLoop current = open();
        String known =
                switch (ActivationEmitter.needs(activate)) {
                    case INPUT -> values.at(index, current);
                    case OUTPUT -> values.at(keptNext(index) ? index + 2 : index + 1, current);
                    case EITHER -> values.at(values.isKept(index + 1) ? index + 1 : index, current);
                };
        set(ActivationEmitter.backward(activate, known, current));
    }

    /** Whether what a step gives is kept at once: it is loaded then, not computed again. */
    private boolean keptNext(int index) {
        List<Step> all = segment.steps();
        return index + 1 < all.size() && all.get(index + 1) instanceof Step.Keep;
    }

    /** The shortcut takes the gradient as it is; what the branch does to it further on goes to the next buffer. */
    private void join(Step.Join join) {
        RowLoop current = open();
        if (join.projection().isPresent()) {
            current.store("gradient", join.projection().get().result());
        } else if (modified) {
            storeGradient(current);
        }
        level++;
        modified = true;
    }

    private void storeGradient(RowLoop current) {
        current.body().addStatement("gradient.intoArray($L, $L + i)", gradients.use(level), current.flow());
    }

    private void layerNorm(Step.LayerNorm norm, int index) {
        clearSums(norm.name(), 2 * stride);
        RowLoop current = open();
        partialSums(norm.name(), values.standardized(index, norm, current), current);
        set(CodeBlock.of("gradient.mul($L)", RowLoop.loadColumn("values", scope.place(norm.scale()))));
        storeGradient(current);
        close();
        Value source = norm.source();
        slices.call(
                "$T.gradientSums(\n$L, slice * GRADIENT_STRIDE, GRADIENT_STRIDE,\n$L, slice * $L, $L, $L, end - slice,\n"
                        + "$LMean, $LInverseDeviation, rowMeans, rowProducts, slice)",
                Types.ROW_STATISTICS,
                gradients.use(level),
                source.name(),
                source.stride(),
                source.stride(),
                source.width(),
                norm.name(),
                norm.name());
        RowLoop next = open();
        String again = values.standardized(index, norm, next);
        String mean = next.rowVariable(
                "meanGradient", "meanGradient", name -> CodeBlock.of("float $L = rowMeans[row];\n", name));
        String product = next.rowVariable(
                "meanProduct", "meanProduct", name -> CodeBlock.of("float $L = rowProducts[row];\n", name));
        set(CodeBlock.of("gradient.sub($L).sub($L.mul($L)).mul(inverseDeviation)", mean, again, product));
    }

    private void rmsNorm(Step.RmsNorm norm, int index) {
        clearSums(norm.name(), stride);
        RowLoop current = open();
        scaleSums(norm.name(), values.standardized(index, norm, current), current, stride);
        set(CodeBlock.of("gradient.mul($L)", RowLoop.loadColumn("values", scope.place(norm.scale()))));
        storeGradient(current);
        close();
        Value source = norm.source();
        slices.call(
                "$T.gradientProducts(\n$L, slice * GRADIENT_STRIDE, GRADIENT_STRIDE,\n$L, slice * $L, $L, $L, end - slice,\n"
                        + "$LInverseRms, rowProducts, slice)",
                Types.ROW_STATISTICS,
                gradients.use(level),
                source.name(),
                source.stride(),
                source.stride(),
                source.width(),
                norm.name());
        RowLoop next = open();
        String again = values.standardized(index, norm, next);
        String product = next.rowVariable(
                "meanProduct", "meanProduct", name -> CodeBlock.of("float $L = rowProducts[row];\n", name));
        set(CodeBlock.of("gradient.sub($L.mul($L)).mul($L)", again, product, steps.inverseRms(norm, next)));
    }

    private void batchNorm(Step.BatchNorm norm, int index) {
        clearSums(norm.name(), 2 * stride);
        RowLoop current = open();
        partialSums(norm.name(), values.standardized(index, norm, current), current);
        if (modified) {
            storeGradient(current);
        }
        close();
    }

    private void throughBatchNorm(Step.BatchNorm norm) {
        int index = segment.steps().indexOf(norm);
        String standardized = values.standardized(index, norm, open());
        set(CodeBlock.of(
                "gradient.sub($L)\n$>$>.sub($L.mul($L))\n.mul($L)$<$<",
                RowLoop.loadColumn(norm.name() + "MeanGradient"),
                standardized,
                RowLoop.loadColumn(norm.name() + "MeanProduct"),
                RowLoop.loadColumn(norm.name() + "GradientScale")));
    }

    /** The sums over rows that the scale's and the shift's gradients are made of. */
    private void partialSums(String name, String standardized, RowLoop current) {
        scaleSums(name, standardized, current, 2 * stride);
        String sums = current.sums(2 * stride);
        String sumsOfNorm = name + "Sums";
        current.body()
                .addStatement(
                        "gradient.add($L)\n$>$>.intoArray($L, $L + i)$<$<",
                        current.loadFrom(sumsOfNorm, sums + " + " + stride),
                        sumsOfNorm,
                        sums + " + " + stride);
    }

    /** The sum that the scale's gradient is made of; each slice has so many columns of sums. */
    private void scaleSums(String name, String standardized, RowLoop current, int columns) {
        String sums = current.sums(columns);
        String sumsOfNorm = name + "Sums";
        current.body()
                .addStatement(
                        "gradient.fma($L, $L)\n$>$>.intoArray($L, $L + i)$<$<",
                        standardized,
                        current.loadFrom(sumsOfNorm, sums),
                        sumsOfNorm,
                        sums);
    }

    private void clearSums(String name, int columns) {
        slices.call(
                "$T.fill($LSums, slice / $T.ROWS * $L, (slice / $T.ROWS + 1) * $L, 0f)",
                Arrays.class,
                name,
                Types.SLICES,
                columns,
                Types.SLICES,
                columns);
    }

    private void softmax(Step.Softmax softmax) {
        RowLoop current = loop;
        if (current != null) {
            if (modified) {
                storeGradient(current);
            }
            close();
        }
        Value y = softmax.result();
        slices.call(
                "$T.gradient(\n$L, slice * $L, $L, $L, end - slice,\n$L, slice * GRADIENT_STRIDE, GRADIENT_STRIDE)",
                Types.SOFTMAX,
                y.name(),
                y.stride(),
                y.stride(),
                y.width(),
                gradients.use(level));
    }

    /** Brings the gradient of the loop's start to where it is wanted. */
    private void finish() {
        if (segment.product().isPresent()) {
            RowLoop current = open();
            current.store("gradient", segment.start());
        } else if (loop != null && modified) {
            storeGradient(open());
        }
        close();
    }

    private RowLoop open() {
        RowLoop current = loop;
        if (current == null) {
            current = new RowLoop(stride);
            current.variable("gradient");
            loop = current;
            values.forget();
            modified = false;
            StepEmitter.declare(current.body(), "gradient", current.loadFrom(gradients.use(level), current.flow()));
        }
        return current;
    }

    private void close() {
        RowLoop current = loop;
        if (current != null) {
            slices.add(current);
            loop = null;
        }
    }
}
