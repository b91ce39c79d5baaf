package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import io.espalier.processor.plan.Product;
import io.espalier.processor.plan.Value;
import javax.lang.model.element.Modifier;

/**
 * Writes matrix products: a statement among those for some rows or, where the weight is so large that threads share its outputs
 * instead, a method for the whole batch.
 */
final class ProductEmitter {
    private final Scope scope;

    ProductEmitter(Scope scope) {
        this.scope = scope;
    }

    /** The product of rows {@code from} to {@code to}. */
    CodeBlock forward(Product product) {
        Value source = product.source();
        Value result = product.result();
        return CodeBlock.builder()
                .addStatement(
                        "$T.multiply(\n$L, from * $L, $L, to - from, $L,\n$L, $L,\n$L, from * $L, $L)",
                        Types.MATRIX_MULTIPLY,
                        source.name(),
                        source.stride(),
                        source.stride(),
                        product.in(),
                        weight(product, true),
                        product.out(),
                        result.name(),
                        result.stride(),
                        result.stride())
                .build();
    }

    /** The product of the first {@code rows} rows. */
    CodeBlock prediction(Product product, Mode mode) {
        Value source = product.source();
        Value result = product.result();
        return CodeBlock.builder()
                .addStatement(
                        "$T.multiply(\n$L, 0, $L, rows, $L,\n$L, $L,\n$L, 0, $L)",
                        Types.MATRIX_MULTIPLY,
                        source.name(),
                        source.stride(),
                        product.in(),
                        weight(product, mode.isRandom()),
                        product.out(),
                        result.name(),
                        result.stride())
                .build();
    }

    /** Where a product's weight lies: all of it, or the part that drop connect takes. */
    private String weight(Product product, boolean random) {
        return random && product.dropConnect().isPresent()
                ? maskedName(product) + ".weights(), 0"
                : "values, " + scope.place(product.weight());
    }

    /** The field of the part of a product's weight that drop connect takes. */
    static String maskedName(Product product) {
        return product.name() + "Masked";
    }

    /** The gradient of the source, rows {@code from} to {@code to}, into the gradient buffer of that name. */
    CodeBlock backward(Product product, String gradient) {
        return CodeBlock.builder()
                .addStatement(
                        "$T.multiply(\n$L, from * $L, $L, to - from, $L,\n$LTransposed, 0, $L,\n"
                                + "$L, from * GRADIENT_STRIDE, GRADIENT_STRIDE)",
                        Types.MATRIX_MULTIPLY,
                        product.result().name(),
                        product.result().stride(),
                        product.result().stride(),
                        product.out(),
                        product.name(),
                        product.in(),
                        gradient)
                .build();
    }

    /** The product of the whole batch. */
    MethodSpec wideForward(Product product) {
        return method(SegmentNames.multiply(product), "Forward", "outputs", product)
                .addStatement(
                        "wideProduct(\n$L, $L, $L,\n$L, $L,\n$L, $L)",
                        product.source().name(),
                        product.source().stride(),
                        product.in(),
                        weight(product, true),
                        product.out(),
                        product.result().name(),
                        product.result().stride())
                .build();
    }

    /** The gradient of the source over the whole batch, into the gradient buffer of that name. */
    MethodSpec wideBackward(Product product, String gradient) {
        return method(SegmentNames.multiplyTransposed(product), "Backward", "inputs", product)
                .addStatement(
                        "wideProduct(\n$L, $L, $L,\n$LTransposed, 0, $L,\n$L, GRADIENT_STRIDE)",
                        product.result().name(),
                        product.result().stride(),
                        product.out(),
                        product.name(),
                        product.in(),
                        gradient)
                .build();
    }

    private static MethodSpec.Builder method(String name, String direction, String shared, Product product) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc(
                        "$L: dense $L → $L of the whole batch, its $L shared among the threads.\n",
                        direction,
                        product.in(),
                        product.out(),
                        shared);
    }
}
