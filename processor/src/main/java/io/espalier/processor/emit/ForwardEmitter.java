package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import io.espalier.processor.plan.Item;
import io.espalier.processor.plan.Product;
import io.espalier.processor.plan.Step;
import io.espalier.processor.plan.Value;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the forward pass of a segment: its products, then one loop over all that is fused behind them, cut only where a row
 * must be summed before it goes on; in training also where batch norm waits for the whole batch.
 */
final class ForwardEmitter {
    private final Scope scope;
    private final Mode mode;
    private final StepEmitter steps;
    private final ProductEmitter products;
    private final String from;
    private final String to;

    private SliceBody slices = new SliceBody();
    private @Nullable RowLoop loop;
    private String x = "";
    private Value stored;

    private ForwardEmitter(Scope scope, Mode mode, Item.Segment segment) {
        this.scope = scope;
        this.mode = mode;
        this.steps = new StepEmitter(scope, mode);
        this.products = new ProductEmitter(scope);
        this.from = mode.isTraining() ? "from" : "0";
        this.to = mode.isTraining() ? "to" : "rows";
        this.stored = segment.start();
    }

    /**
     * The methods of a segment's forward pass, in the order in which they run; in training, those without parameters are for
     * the whole batch. None where nothing is to be done.
     */
    static List<MethodSpec> methods(Scope scope, Mode mode, Item.Segment segment) {
        return new ForwardEmitter(scope, mode, segment).methods(segment);
    }

    private List<MethodSpec> methods(Item.Segment segment) {
        List<MethodSpec> methods = new ArrayList<>();
        CodeBlock.Builder code = CodeBlock.builder();
        segment.product().ifPresent(product -> product(methods, code, product));
        segment.projections().forEach(product -> product(methods, code, product));
        String name = SegmentNames.forward(segment);
        String title = mode.isTraining() ? SegmentNames.rowsTitle(segment) : SegmentNames.title(segment);
        List<Step> all = segment.steps();
        int part = 0;
        for (int i = 0; i < all.size(); i++) {
            Step step = all.get(i);
            if (mode.isTraining() && step instanceof Step.BatchNorm norm) {
                close();
                slices.call(
                        "$T.slice($L, slice * $L, $L, $L, end - slice, $LPartials, slice / $T.ROWS * $L)",
                        Types.BATCH_STATISTICS,
                        norm.source().name(),
                        norm.source().stride(),
                        norm.source().stride(),
                        norm.source().width(),
                        norm.name(),
                        Types.SLICES,
                        2 * norm.source().width());
                code.add(randomness(all.subList(part, i)));
                finish(methods, code, name, title + "; up to the batch's statistics");
                name = SegmentNames.forwardNormalized(segment);
                part = i;
            }
            step(step);
        }
        close();
        code.add(randomness(all.subList(part, all.size())));
        finish(methods, code, name, title);
        return methods;
    }

    private void finish(List<MethodSpec> methods, CodeBlock.Builder code, String name, String title) {
        if (!slices.isEmpty()) {
            code.add(slices.build(from, to));
        }
        CodeBlock body = code.build();
        if (!body.isEmpty()) {
            MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                    .addModifiers(Modifier.PRIVATE)
                    .addJavadoc("Forward: $L.\n", title);
            if (mode.isTraining()) {
                method.addParameter(int.class, "from").addParameter(int.class, "to");
            } else {
                method.addParameter(int.class, "rows");
            }
            methods.add(method.addCode(body).build());
        }
        code.clear();
        slices = new SliceBody();
    }

    private void product(List<MethodSpec> methods, CodeBlock.Builder code, Product product) {
        if (!mode.isTraining()) {
            code.add(products.prediction(product, mode));
        } else if (product.isWide()) {
            methods.add(products.wideForward(product));
        } else {
            code.add(products.forward(product));
        }
    }

    private CodeBlock randomness(List<Step> part) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (mode.isRandom()) {
            part.forEach(step -> code.add(NoiseBuffers.draw(scope, step, from, to)));
        }
        return code.build();
    }

    private void step(Step step) {
        switch (step) {
            case Step.LayerNorm norm -> {
                close();
                slices.call(
                        "$T.rows(\n$L, slice * $L, $L, $L, end - slice, $Lf,\n$L, $L, slice)",
                        Types.ROW_STATISTICS,
                        norm.source().name(),
                        norm.source().stride(),
                        norm.source().stride(),
                        norm.source().width(),
                        norm.epsilon(),
                        mode.isTraining() ? norm.name() + "Mean" : "rowMeans",
                        mode.isTraining() ? norm.name() + "InverseDeviation" : "rowDeviations");
                stored = norm.source();
                loopStep(norm);
            }
            case Step.RmsNorm norm -> {
                close();
                slices.call(
                        "$T.inverseRms(\n$L, slice * $L, $L, $L, end - slice, $Lf,\n$L, slice)",
                        Types.ROW_STATISTICS,
                        norm.source().name(),
                        norm.source().stride(),
                        norm.source().stride(),
                        norm.source().width(),
                        norm.epsilon(),
                        mode.isTraining() ? norm.name() + "InverseRms" : "rowDeviations");
                stored = norm.source();
                loopStep(norm);
            }
            case Step.Softmax softmax -> {
                Value result = softmax.result();
                open().store(x, result);
                close();
                slices.call(
                        "$T.rows(\n$L, slice * $L, $L, $L, end - slice,\n$L, slice * $L, $L)",
                        Types.SOFTMAX,
                        result.name(),
                        result.stride(),
                        result.stride(),
                        result.width(),
                        result.name(),
                        result.stride(),
                        result.stride());
                stored = result;
            }
            case Step.BatchNorm norm -> {
                if (mode.isTraining()) {
                    stored = norm.source();
                }
                loopStep(norm);
            }
            case Step.Keep keep -> {
                if (loop != null || keep.value() != stored) {
                    open().store(x, keep.value());
                }
                stored = keep.value();
            }
            case Step.Fork ignored -> {}
            case Step.Noise noise -> {
                if (mode.isRandom()) {
                    loopStep(noise);
                }
            }
            case Step.AddBias add -> loopStep(add);
            case Step.Activate activate -> loopStep(activate);
            case Step.Join join -> loopStep(join);
        }
    }

    private void loopStep(Step step) {
        RowLoop current = open();
        x = steps.forward(step, x, current);
    }

    private RowLoop open() {
        RowLoop current = loop;
        if (current == null) {
            current = new RowLoop(stored.stride());
            x = current.variable("x");
            StepEmitter.declare(current.body(), x, current.load(stored));
            loop = current;
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
