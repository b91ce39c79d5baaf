package io.espalier.processor.emit;

import static io.espalier.processor.emit.Types.FLOAT_VECTOR;
import static io.espalier.processor.emit.Types.VECTOR_OPERATORS;
import static io.espalier.processor.emit.VectorPieces.EXP_HIGHEST;
import static io.espalier.processor.emit.VectorPieces.broadcast;
import static io.espalier.processor.emit.VectorPieces.clamp;
import static io.espalier.processor.emit.VectorPieces.comment;
import static io.espalier.processor.emit.VectorPieces.exponential;
import static io.espalier.processor.emit.VectorPieces.literal;
import static io.espalier.processor.emit.VectorPieces.minusOne;
import static io.espalier.processor.emit.VectorPieces.rational;

import com.squareup.javapoet.CodeBlock;

/**
 * Writes the transcendental functions of the activations into emitted loops.
 *
 * <p>Each method appends statements that declare the {@code FloatVector} variable {@code result}, the function of the
 * {@code FloatVector} variable {@code x}. They stand inline in the caller's loop because a helper that returns a vector
 * is boxed wherever the JIT does not inline it. The names of all other variables begin with {@code result}, so that one
 * scope can hold several functions; the emitted class has the species in the constant {@code FLOATS}.
 *
 * <p>The largest errors, measured over every float of the stated range against references in double precision (ulp:
 * unit in the last place of the exact value rounded to a float):
 *
 * <table>
 * <caption>Errors</caption>
 * <tr><th>function</th><th>largest error</th><th>outside</th></tr>
 * <tr><td>exp</td><td>0.93 ulp on [-87.33, 88.72]</td><td>the value at the nearer end</td></tr>
 * <tr><td>sigmoid</td><td>2.5 ulp on [-87.33, infinity)</td><td>goes on to 2.9e-39 at -88.72 and stays there</td></tr>
 * <tr><td>tanh</td><td>2.52 ulp</td><td>-1 and 1 beyond ±9.02</td></tr>
 * <tr><td>elu</td><td>0.95 ulp for alpha 1, below 2.4 ulp for others</td><td>-alpha and x beyond -17.33 and 0</td></tr>
 * <tr><td>selu</td><td>1.93 ulp</td><td>-λα and λx beyond -17.33 and 0</td></tr>
 * <tr><td>silu</td><td>2.4 ulp on [-87.33, infinity)</td><td>goes on to -2.6e-37 at -88.72 and stays there</td></tr>
 * <tr><td>siluDerivative</td><td>2.31e-7</td><td>-2.6e-37 and 1 beyond -88.72 and 87.33</td></tr>
 * <tr><td>gelu</td><td>2.05e-7·|x|</td><td>exactly 0 and x beyond ±5.4</td></tr>
 * <tr><td>geluDerivative</td><td>2.3e-7</td><td>-2e-8 and 1 beyond ±5.9</td></tr>
 * </table>
 *
 * <p>Infinities give what the last column says, save that the GELU of -infinity is NaN, as x·Φ(x) is in floating point.
 * NaN gives NaN, in exp and sigmoid if the low bits of its payload are 0, as they are wherever arithmetic made it.
 *
 * <p>The coefficients are minimax fits (Remez exchange in 40 digits), rounded to floats and then moved in steps of an
 * ulp as long as the largest error of the evaluation in float arithmetic went down. Ranges are clamped by comparing and
 * blending: {@code min} and {@code max} take three times as long on x86, where they need further instructions for NaN
 * and signed zeros.
 */
final class VectorFunctions {
    /** Twice the magnitude from which tanh rounds to 1. */
    private static final float TANH_SATURATION = 18.04f;

    /** From here on Φ is 1 to within 2^-24; here the rational function is 0.5 to the last bit. */
    private static final float GELU_SATURATION = 5.4f;

    /** (Φ(x) - 1/2)/x in x². */
    private static final float[] GELU_NUMERATOR = {
        0.7767537f, 0.06497696f, 0.009055375f, 0.00031994097f, 1.23831915e-5f, 4.5534765e-8f
    };

    private static final float[] GELU_DENOMINATOR = {
        1.9470325f, 0.48737764f, 0.055254333f, 0.0036195063f, 0.00014096603f, 2.368745e-6f
    };

    /** From here on the derivative is 1 to within 7e-8. */
    private static final float DERIVATIVE_SATURATION = 5.9f;

    /** (Φ(x) + x·φ(x) - 1/2)/x in x². */
    private static final float[] DERIVATIVE_NUMERATOR = {
        0.92193764f, -0.045379248f, 0.016571516f, -0.00011980809f, 3.61738e-5f
    };

    private static final float[] DERIVATIVE_DENOMINATOR = {
        1.1554772f,
        0.3282872f,
        0.04353113f,
        0.0035017447f,
        0.000179464f,
        6.562369e-6f,
        4.9534705e-9f,
        -5.368157e-10f,
        4.0710746e-12f
    };

    /** From here on down eˣ − 1 rounds to −1. */
    private static final float EXP_MINUS_ONE_SATURATION = -17.33f;

    /** λ of SELU. */
    static final float SELU_HIGH = 1.0507009873554805f;

    /** λ·α of SELU. */
    static final float SELU_LOW = (float) (1.0507009873554805 * 1.6732632423543772);

    private VectorFunctions() {}

    /** Appends {@code result} = e^x: 2^n·e^r with |r| ≤ ln 2/2, the power of two added to the exponent bits. */
    static void exp(CodeBlock.Builder code, String result, String x) {
        comment(code, "exp(x) = 2^n * exp(r), |r| <= ln(2)/2: within 0.93 ulp, clamped outside [-87.33, 88.72]");
        exponential(code, result, x, false);
    }

    /** Appends {@code result} = 1/(1 + e^-x), which keeps its relative accuracy far below zero. */
    static void sigmoid(CodeBlock.Builder code, String result, String x) {
        String exponential = result + "Exponential";
        comment(code, "sigmoid(x) = 1/(1 + exp(-x)), exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 2.5 ulp");
        exponential(code, exponential, x, true);
        code.addStatement(
                "$1T $2N = $1T.broadcast(FLOATS, 1.0f).div($3N.add(1.0f))", FLOAT_VECTOR, result, exponential);
    }

    /**
     * Appends {@code result} = tanh x = m/(m + 2) with m = e^2x - 1 = 2^n·(e^r - 1) + (2^n - 1), which loses nothing
     * near zero and forgives the errors of m where it is large.
     */
    static void tanh(CodeBlock.Builder code, String result, String x) {
        String doubled = result + "Doubled";
        String argument = result + "Argument";
        String difference = result + "Difference";
        comment(code, "tanh(x) = m/(m + 2), m = exp(2x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 2.52 ulp");
        code.addStatement("$T $N = $N.add($N)", FLOAT_VECTOR, doubled, x, x);
        clamp(code, argument, doubled, -TANH_SATURATION, TANH_SATURATION);
        minusOne(code, result, argument);
        code.addStatement("$T $N = $N.div($N.add(2.0f))", FLOAT_VECTOR, result, difference, difference);
    }

    /** Appends {@code result} = x above 0 and alpha·(e^x - 1) elsewhere. */
    static void elu(CodeBlock.Builder code, String result, String x, float alpha) {
        comment(
                code,
                "elu(x) = x above 0, " + (alpha == 1 ? "" : literal(alpha) + " * (") + "exp(x) - 1"
                        + (alpha == 1 ? "" : ")") + " elsewhere, exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within "
                        + (alpha == 1 ? "0.95" : "2.4") + " ulp");
        String negative = negative(code, result, x);
        code.addStatement(
                "$T $N = $L.blend($N, $N.compare($T.GT, 0.0f))",
                FLOAT_VECTOR,
                result,
                alpha == 1 ? negative : negative + ".mul(" + literal(alpha) + ")",
                x,
                x,
                VECTOR_OPERATORS);
    }

    /** Appends {@code result} = λx above 0 and λα·(e^x - 1) elsewhere. */
    static void selu(CodeBlock.Builder code, String result, String x) {
        comment(
                code,
                "selu(x) = lambda * x above 0, lambda * alpha * (exp(x) - 1) elsewhere, "
                        + "exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 1.93 ulp");
        String negative = negative(code, result, x);
        code.addStatement(
                "$T $N = $N.mul($L).blend($N.mul($L), $N.compare($T.GT, 0.0f))",
                FLOAT_VECTOR,
                result,
                negative,
                literal(SELU_LOW),
                x,
                literal(SELU_HIGH),
                x,
                VECTOR_OPERATORS);
    }

    /** Declares e^x - 1 for x up to 0; of what is above 0 the caller makes no use. */
    private static String negative(CodeBlock.Builder code, String result, String x) {
        String argument = result + "Argument";
        code.addStatement(
                "$1T $2N = $3N.blend($4L, $3N.compare($5T.LT, $4L))",
                FLOAT_VECTOR,
                argument,
                x,
                literal(EXP_MINUS_ONE_SATURATION),
                VECTOR_OPERATORS);
        minusOne(code, result, argument);
        return result + "Difference";
    }

    /** Appends {@code result} = x/(1 + e^-x). */
    static void silu(CodeBlock.Builder code, String result, String x) {
        String exponential = result + "Exponential";
        comment(code, "silu(x) = x/(1 + exp(-x)), exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 2.4 ulp");
        exponential(code, exponential, x, true);
        // Far below 0 the exponential is that of -88.72, by which x itself must not be divided.
        code.addStatement(
                "$1T $2N = $3N.blend($4L, $3N.compare($5T.LT, $4L))\n.div($6N.add(1.0f))",
                FLOAT_VECTOR,
                result,
                x,
                literal(-EXP_HIGHEST),
                VECTOR_OPERATORS,
                exponential);
    }

    /** Appends {@code result} = σ·(1 + x·(1 - σ)) with σ = 1/(1 + e^-x), the derivative of SiLU; 1 - σ = σ·e^-x. */
    static void siluDerivative(CodeBlock.Builder code, String result, String x) {
        String sigmoid = result + "Sigmoid";
        String exponential = result + "Exponential";
        comment(code, "silu'(x) = s * (1 + x * s * exp(-x)), s = 1/(1 + exp(-x)): within 2.31e-7");
        exponential(code, exponential, x, true);
        code.addStatement(
                "$1T $2N = $1T.broadcast(FLOATS, 1.0f).div($3N.add(1.0f))", FLOAT_VECTOR, sigmoid, exponential);
        code.addStatement(
                "$T $N = $N.mul($N)\n.fma($N, $L)\n.mul($N)",
                FLOAT_VECTOR,
                result,
                sigmoid,
                exponential,
                exponential + "Argument",
                broadcast(1.0f),
                sigmoid);
    }

    /** Appends {@code result} = x·Φ(x), the exact GELU, as x/2 + |x|·(Φ(|x|) - 1/2). */
    static void gelu(CodeBlock.Builder code, String result, String x) {
        String magnitude = result + "Magnitude";
        String argument = result + "Argument";
        String half = result + "Half";
        comment(code, "gelu(x) = x/2 + |x| * erf(|x|/sqrt(2))/2, the latter a rational function: within 2.05e-7 * |x|");
        code.addStatement("$T $N = $N.abs()", FLOAT_VECTOR, magnitude, x);
        code.addStatement(
                "$T $N = $N.blend($L, $N.compare($T.GT, $L))",
                FLOAT_VECTOR,
                argument,
                magnitude,
                literal(GELU_SATURATION),
                magnitude,
                VECTOR_OPERATORS,
                literal(GELU_SATURATION));
        rational(code, result, argument, GELU_NUMERATOR, GELU_DENOMINATOR);
        // The quotient of all and not a factor in the sum below: rounded to 0.5 it makes the result 0 far below zero.
        code.addStatement(
                "$T $N = $N.mul($N).div($N)",
                FLOAT_VECTOR,
                half,
                argument,
                result + "Numerator",
                result + "Denominator");
        code.addStatement("$T $N = $N.fma($N, $N.mul(0.5f))", FLOAT_VECTOR, result, magnitude, half, x);
    }

    /** Appends {@code result} = Φ(x) + x·φ(x), the derivative of the exact GELU; less 1/2 it is an odd function. */
    static void geluDerivative(CodeBlock.Builder code, String result, String x) {
        String argument = result + "Argument";
        String quotient = result + "Quotient";
        comment(code, "gelu'(x) = 1/2 + x * P(x^2)/Q(x^2), clamped at 5.9: within 2.3e-7");
        clamp(code, argument, x, -DERIVATIVE_SATURATION, DERIVATIVE_SATURATION);
        rational(code, result, argument, DERIVATIVE_NUMERATOR, DERIVATIVE_DENOMINATOR);
        code.addStatement("$T $N = $N.div($N)", FLOAT_VECTOR, quotient, result + "Numerator", result + "Denominator");
        code.addStatement("$T $N = $N.fma($N, $L)", FLOAT_VECTOR, result, argument, quotient, broadcast(0.5f));
    }
}
