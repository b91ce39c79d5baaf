package io.espalier.processor.emit;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import io.espalier.processor.plan.Item;
import io.espalier.processor.plan.PlannedParameter;
import io.espalier.processor.plan.Product;
import io.espalier.processor.plan.Step;
import io.espalier.processor.plan.Value;
import io.espalier.processor.plan.Widths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The buffers that a segment keeps from the forward to the backward pass, and the gradients that it registers. */
final class SegmentBuffers {
    private static final TypeName FLOATS = ArrayTypeName.of(float.class);

    private final Scope scope;
    private final List<FieldSpec> fields = new ArrayList<>();
    private final CodeBlock.Builder code = CodeBlock.builder();
    private final Set<Value> allocated = Collections.newSetFromMap(new IdentityHashMap<>());

    private SegmentBuffers(Scope scope) {
        this.scope = scope;
    }

    /** Fields and the method that allocates them. */
    record Emitted(List<FieldSpec> fields, List<MethodSpec> methods) {}

    static Emitted of(Scope scope, Item.Segment segment) {
        SegmentBuffers buffers = new SegmentBuffers(scope);
        segment.product().ifPresent(product -> buffers.product(product, product.inputGradient()));
        segment.projections().forEach(product -> buffers.product(product, product.inputGradient()));
        int stride = Widths.stride(segment.start().width());
        for (Step step : segment.steps()) {
            buffers.step(step, stride);
        }
        CodeBlock body = buffers.code.build();
        if (body.isEmpty()) {
            return new Emitted(List.of(), List.of());
        }
        MethodSpec method = MethodSpec.methodBuilder(SegmentNames.buffers(segment))
                .addModifiers(Modifier.PRIVATE)
                .addCode(body)
                .build();
        return new Emitted(List.copyOf(buffers.fields), List.of(method));
    }

    private void product(Product product, boolean inputGradient) {
        value(product.result(), "The product of " + product.name() + "; backward, its gradient.");
        Value source = product.source();
        boolean masked = product.dropConnect().isPresent();
        product.dropConnect().ifPresent(drop -> maskedWeight(product, drop, inputGradient));
        code.addStatement(
                "$L(\n$L, $L, $L,\n$L, $L, $L,\n$L, $L$L)",
                masked ? "maskedGradient" : "weightGradient",
                source.name(),
                source.stride(),
                product.in(),
                product.result().name(),
                product.result().stride(),
                product.out(),
                scope.place(product.weight()),
                product.bias().map(scope::place).orElse("-1"),
                masked ? ", " + ProductEmitter.maskedName(product) : "");
        if (inputGradient) {
            field(FLOATS, product.name() + "Transposed", "");
        }
        if (inputGradient && masked) {
            code.addStatement("$LTransposed = $L.transposed()", product.name(), ProductEmitter.maskedName(product));
        } else if (inputGradient) {
            code.addStatement(
                    "$LTransposed = transposedWeight($L, $L, $L)",
                    product.name(),
                    scope.place(product.weight()),
                    product.in(),
                    product.out());
        }
    }

    private void maskedWeight(Product product, Product.DropConnect drop, boolean withTranspose) {
        field(
                Types.MASKED_WEIGHT,
                ProductEmitter.maskedName(product),
                "The part of the weight that drop connect takes in this step.");
        code.addStatement(
                "$L = maskedWeight($L, $L, $L, $L, $L, $L)",
                ProductEmitter.maskedName(product),
                scope.place(product.weight()),
                product.in(),
                product.out(),
                drop.threshold(),
                scope.stream(drop.stream()),
                withTranspose);
    }

    private void value(Value value, String comment) {
        if (allocated.add(value)) {
            field(FLOATS, value.name(), comment);
            code.addStatement("$L = rowBuffer($L)", value.name(), value.stride());
        }
    }

    private void field(TypeName type, String name, String comment) {
        FieldSpec.Builder field = FieldSpec.builder(type, name, Modifier.PRIVATE);
        if (!comment.isEmpty()) {
            field.addJavadoc("$L\n", comment);
        }
        fields.add(field.build());
    }

    private void floats(String name, Object size) {
        field(FLOATS, name, "");
        code.addStatement("$L = new float[$L]", name, size);
    }

    private void step(Step step, int stride) {
        switch (step) {
            case Step.Keep keep -> value(keep.value(), "");
            case Step.Softmax softmax -> value(softmax.result(), "");
            case Step.LayerNorm norm -> {
                floats(norm.name() + "Mean", "capacity");
                floats(norm.name() + "InverseDeviation", "capacity");
                sums(norm.name(), 2 * stride);
                columnGradient(norm.name(), 0, 2 * stride, norm.scale());
                columnGradient(norm.name(), stride, 2 * stride, norm.shift());
            }
            case Step.RmsNorm norm -> {
                floats(norm.name() + "InverseRms", "capacity");
                sums(norm.name(), stride);
                columnGradient(norm.name(), 0, stride, norm.scale());
            }
            case Step.BatchNorm norm -> {
                for (String column :
                        new String[] {"Mean", "InverseDeviation", "MeanGradient", "MeanProduct", "GradientScale"}) {
                    floats(norm.name() + column, stride);
                }
                field(FLOATS, norm.name() + "Partials", "Mean and sum of squares of each slice, column by column.");
                code.addStatement(
                        "$LPartials = sliceBuffer($L)",
                        norm.name(),
                        2 * norm.source().width());
                sums(norm.name(), 2 * stride);
                summedGradient(norm.name(), 0, norm.scale());
                summedGradient(norm.name(), stride, norm.shift());
            }
            case Step.Noise noise -> noise(noise);
            case Step.AddBias ignored -> {}
            case Step.Activate ignored -> {}
            case Step.Join ignored -> {}
            case Step.Fork ignored -> {}
        }
    }

    private void noise(Step.Noise step) {
        fields.addAll(NoiseBuffers.fields(step));
        code.add(NoiseBuffers.allocation(step, "capacity"));
    }

    private void columnGradient(String name, int column, int columns, PlannedParameter parameter) {
        code.addStatement(
                "columnGradient($LSums, $L, $L, $L, $L)",
                name,
                column,
                columns,
                parameter.length(),
                scope.place(parameter));
    }

    /** Batch norm's backward pass has to sum over the batch anyway. */
    private void summedGradient(String name, int column, PlannedParameter parameter) {
        code.addStatement(
                "summedGradient($LSums, $L, $L, $L)", name, column, parameter.length(), scope.place(parameter));
    }

    private void sums(String name, int columns) {
        field(FLOATS, name + "Sums", "The sums of each slice that the gradients of the norm's parameters are made of.");
        code.addStatement("$LSums = sliceBuffer($L)", name, columns);
    }
}
