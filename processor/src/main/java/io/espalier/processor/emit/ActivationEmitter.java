package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.plan.Activation;
import io.espalier.processor.plan.Step;

/** Writes activation functions and their derivatives into loops, each formula once. */
final class ActivationEmitter {
    /** What a derivative is worked out from. */
    enum Needs {
        INPUT,
        OUTPUT,
        /** Only the sign counts, which the output has from the input: whichever is at hand. */
        EITHER
    }

    private ActivationEmitter() {}

    /**
     * Writes an activation function.
     *
     * @param x name of the vector that comes in
     * @return name of the vector that goes out
     */
    static String forward(Step.Activate activate, String x, RowLoop loop) {
        CodeBlock.Builder body = loop.body();
        String activated = loop.variable("activated");
        switch (activate.function()) {
            case RELU ->
                // Cheaper than max, which has to order zeros and NaNs.
                StepEmitter.declare(
                        body,
                        activated,
                        CodeBlock.of("$L.blend(0f, $L.compare($T.LT, 0f))", x, x, Types.VECTOR_OPERATORS));
            case LEAKY_RELU ->
                StepEmitter.declare(
                        body,
                        activated,
                        CodeBlock.of("$L.mul($Lf).blend($L, $L)", x, (float) activate.constant(), x, positive(x)));
            case ELU -> VectorFunctions.elu(body, activated, x, (float) activate.constant());
            case SELU -> VectorFunctions.selu(body, activated, x);
            case GELU -> VectorFunctions.gelu(body, activated, x);
            case SILU -> VectorFunctions.silu(body, activated, x);
            case TANH -> VectorFunctions.tanh(body, activated, x);
            case SIGMOID -> VectorFunctions.sigmoid(body, activated, x);
        }
        return activated;
    }

    /** What {@link #backward} takes. */
    static Needs needs(Step.Activate activate) {
        return switch (activate.function()) {
            case RELU, LEAKY_RELU -> Needs.EITHER;
            case ELU, SELU, TANH, SIGMOID -> Needs.OUTPUT;
            case GELU, SILU -> Needs.INPUT;
        };
    }

    /**
     * The gradient of an activation function's input from {@code gradient}, that of its output.
     *
     * @param known name of the vector that {@link #needs} asks for
     */
    static CodeBlock backward(Step.Activate activate, String known, RowLoop loop) {
        float constant = (float) activate.constant();
        return switch (activate.function()) {
            case RELU -> CodeBlock.of("$T.zero(FLOATS).blend(gradient, $L)", Types.FLOAT_VECTOR, positive(known));
            case LEAKY_RELU -> CodeBlock.of("gradient.mul($Lf).blend(gradient, $L)", constant, positive(known));
            // Below 0 the derivative is the output and what it tends to, alpha·eˣ = alpha·(eˣ − 1) + alpha.
            case ELU -> CodeBlock.of("gradient.mul($L.add($Lf).blend(1f, $L))", known, constant, positive(known));
            case SELU ->
                CodeBlock.of(
                        "gradient.mul($L.add($Lf).blend($Lf, $L))",
                        known,
                        VectorFunctions.SELU_LOW,
                        VectorFunctions.SELU_HIGH,
                        positive(known));
            case GELU, SILU -> {
                String slope = loop.variable("slope");
                if (activate.function() == Activation.GELU) {
                    VectorFunctions.geluDerivative(loop.body(), slope, known);
                } else {
                    VectorFunctions.siluDerivative(loop.body(), slope, known);
                }
                yield CodeBlock.of("gradient.mul($L)", slope);
            }
            case TANH -> CodeBlock.of("gradient.sub(gradient.mul($L).mul($L))", known, known);
            case SIGMOID -> CodeBlock.of("gradient.mul($L.sub($L.mul($L)))", known, known, known);
        };
    }

    private static CodeBlock positive(String x) {
        return CodeBlock.of("$L.compare($T.GT, 0f)", x, Types.VECTOR_OPERATORS);
    }
}
