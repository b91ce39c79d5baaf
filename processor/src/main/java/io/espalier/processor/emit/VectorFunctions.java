package io.espalier.processor.emit;

import static io.espalier.processor.emit.Types.FLOAT_VECTOR;
import static io.espalier.processor.emit.Types.VECTOR_OPERATORS;

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
    /** 1.5·2^23: a float of that size has no bits for a fraction, so adding it leaves the integer in the low bits. */
    private static final float ROUNDER = 12582912.0f;

    /** Mantissa bits of a float, hence the place of its exponent. */
    private static final int EXPONENT_SHIFT = 23;

    private static final float LOG2_E = 1.442695f;

    /** ln 2 is the sum of the two: a float and what it misses. */
    private static final float LN_2 = 0.6931472f;

    private static final float LN_2_REST = -1.9046542e-9f;

    /** Below it, 2^n in exp would leave the normal floats. */
    private static final float EXP_LOWEST = -87.33f;

    /** Above it, exp would overflow. */
    private static final float EXP_HIGHEST = 88.72f;

    /** exp(r) on |r| ≤ ln 2/2. */
    private static final float[] EXP = {1.0f, 1.0f, 0.49999994f, 0.16666515f, 0.041668367f, 0.008368668f, 0.0013814539f
    };

    /** (exp(r) - 1 - r)/r² on |r| ≤ ln 2/2. */
    private static final float[] EXP_MINUS_ONE = {0.5f, 0.16666543f, 0.041667003f, 0.008366422f, 0.0013882206f};

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
        String rest = result + "Rest";
        String square = result + "Square";
        String fraction = result + "Fraction";
        String scale = result + "Scale";
        String difference = result + "Difference";
        comment(code, "tanh(x) = m/(m + 2), m = exp(2x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1): within 2.52 ulp");
        code.addStatement("$T $N = $N.add($N)", FLOAT_VECTOR, doubled, x, x);
        clamp(code, argument, doubled, -TANH_SATURATION, TANH_SATURATION);
        round(code, result, argument, LOG2_E);
        // The part of ln 2 that the float misses is below the error where n is small, and forgiven where n is large.
        code.addStatement("$T $N = $N.fma($L, $N)", FLOAT_VECTOR, rest, result + "Power", broadcast(-LN_2), argument);
        code.addStatement("$T $N = $N.mul($N)", FLOAT_VECTOR, square, rest, rest);
        polynomial(code, fraction, rest, EXP_MINUS_ONE);
        code.addStatement(
                "$T $N = $N.reinterpretAsInts()\n.lanewise($T.LSHL, $L)\n.add($L)\n.reinterpretAsFloats()",
                FLOAT_VECTOR,
                scale,
                result + "Rounded",
                VECTOR_OPERATORS,
                EXPONENT_SHIFT,
                "0x3F800000");
        code.addStatement(
                "$T $N = $N.fma($N, $N)\n.fma($N, $N.sub(1.0f))",
                FLOAT_VECTOR,
                difference,
                fraction,
                square,
                rest,
                scale,
                scale);
        code.addStatement("$T $N = $N.div($N.add(2.0f))", FLOAT_VECTOR, result, difference, difference);
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

    private static void exponential(CodeBlock.Builder code, String result, String x, boolean negated) {
        String argument = result + "Argument";
        String rest = result + "Rest";
        String fraction = result + "Fraction";
        float sign = negated ? -1.0f : 1.0f;
        clamp(code, argument, x, negated ? -EXP_HIGHEST : EXP_LOWEST, negated ? -EXP_LOWEST : EXP_HIGHEST);
        round(code, result, argument, sign * LOG2_E);
        code.addStatement(
                "$T $N =$W$N.fma($L, $N)",
                FLOAT_VECTOR,
                result + "Reduced",
                result + "Power",
                broadcast(-sign * LN_2),
                argument);
        code.addStatement(
                "$T $N =$W$N.fma($L, $N)",
                FLOAT_VECTOR,
                rest,
                result + "Power",
                broadcast(-sign * LN_2_REST),
                result + "Reduced");
        polynomial(code, fraction, rest, negated ? mirrored(EXP) : EXP);
        code.addStatement(
                "$T $N = $N.reinterpretAsInts()\n.add($N.reinterpretAsInts().lanewise($T.LSHL, $L))\n"
                        + ".reinterpretAsFloats()",
                FLOAT_VECTOR,
                result,
                fraction,
                result + "Rounded",
                VECTOR_OPERATORS,
                EXPONENT_SHIFT);
    }

    /** Declares {@code Rounded}, the integer nearest to scale·x in its low bits, and {@code Power}, that integer. */
    private static void round(CodeBlock.Builder code, String result, String x, float scale) {
        code.addStatement(
                "$T $N = $N.fma($L, $L)", FLOAT_VECTOR, result + "Rounded", x, literal(scale), literal(ROUNDER));
        code.addStatement("$T $N = $N.sub($L)", FLOAT_VECTOR, result + "Power", result + "Rounded", literal(ROUNDER));
    }

    private static void clamp(CodeBlock.Builder code, String result, String x, float low, float high) {
        code.addStatement(
                "$1T $2N = $3N.blend($4L, $3N.compare($5T.LT, $4L))\n.blend($6L, $3N.compare($5T.GT, $6L))",
                FLOAT_VECTOR,
                result,
                x,
                literal(low),
                VECTOR_OPERATORS,
                literal(high));
    }

    /** Declares {@code Numerator} and {@code Denominator}, two polynomials in x². */
    private static void rational(
            CodeBlock.Builder code, String result, String x, float[] numerator, float[] denominator) {
        String square = result + "Square";
        code.addStatement("$T $N = $N.mul($N)", FLOAT_VECTOR, square, x, x);
        polynomial(code, result + "Numerator", square, numerator);
        polynomial(code, result + "Denominator", square, denominator);
    }

    /** Horner's rule; the constants are broadcast where they are used, which the JIT hoists out of the loop. */
    private static void polynomial(CodeBlock.Builder code, String result, String x, float[] coefficients) {
        int degree = coefficients.length - 1;
        code.add("$[$T $N = $L", FLOAT_VECTOR, result, broadcast(coefficients[degree]));
        for (int power = degree - 1; power >= 0; power--) {
            code.add("\n.fma($N, $L)", x, broadcast(coefficients[power]));
        }
        code.add(";\n$]");
    }

    /** The coefficients of p(-x). */
    private static float[] mirrored(float[] coefficients) {
        float[] mirrored = coefficients.clone();
        for (int power = 1; power < mirrored.length; power += 2) {
            mirrored[power] = -mirrored[power];
        }
        return mirrored;
    }

    private static void comment(CodeBlock.Builder code, String text) {
        code.add("// $L\n", text);
    }

    private static CodeBlock broadcast(float value) {
        return CodeBlock.of("$T.broadcast(FLOATS, $L)", FLOAT_VECTOR, literal(value));
    }

    private static String literal(float value) {
        return value + "f";
    }
}
