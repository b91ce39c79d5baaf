package io.espalier.processor.emit;

import static io.espalier.processor.emit.MarkedText.VECTOR_OPERATORS;
import static io.espalier.processor.emit.MarkedText.WRAP;
import static io.espalier.processor.emit.MarkedText.statement;

import io.espalier.processor.ir.Function;

/**
 * Writes functions that are no arithmetic into emitted loops, as polynomials.
 *
 * <p>They stand inline in the caller's loop because a helper that returns a vector is boxed wherever the JIT does not inline it.
 * The emitted class has the species in the constant {@code FLOATS}.
 *
 * <p>The largest errors, measured over every float of the stated range against references in double precision (ulp: unit in
 * the last place of the exact value rounded to a float):
 *
 * <table>
 * <caption>Errors</caption>
 * <tr><th>function</th><th>largest error</th><th>range</th></tr>
 * <tr><td>exp</td><td>0.93 ulp</td><td>[−87.33, 88.72]</td></tr>
 * <tr><td>exp negated</td><td>0.93 ulp</td><td>[−88.72, 87.33]</td></tr>
 * <tr><td>exp minus one</td><td>0.95 ulp</td><td>[−17.33, 0]; 2.5 ulp of tanh made from it on [−18.04, 18.04]</td></tr>
 * <tr><td>normal half</td><td>2.05e-7 of x/2 + |x|·(Φ(|x|) − 1/2), relative to |x|</td><td>[0, 5.4]</td></tr>
 * <tr><td>normal slope</td><td>2.3e-7 of 1/2 + x·slope</td><td>[−5.9, 5.9]</td></tr>
 * </table>
 *
 * <p>NaN gives NaN, in exp if the low bits of its payload are 0, as they are wherever arithmetic made it.
 *
 * <p>The coefficients are minimax fits (Remez exchange in 40 digits), rounded to floats and then moved in steps of an ulp as
 * long as the largest error of the evaluation in float arithmetic went down.
 */
final class Polynomials {
    /** 1.5·2^23: a float of that size has no bits for a fraction, so adding it leaves the integer in the low bits. */
    private static final float ROUNDER = 12582912.0f;

    /** Mantissa bits of a float, hence the offset of its exponent. */
    private static final int EXPONENT_SHIFT = 23;

    private static final float LOG2_E = 1.442695f;

    /** ln 2 is the sum of the two: a float and what it misses. */
    private static final float LN_2 = 0.6931472f;

    private static final float LN_2_REST = -1.9046542e-9f;

    /** exp(r) on |r| ≤ ln 2/2. */
    private static final float[] EXP = {1.0f, 1.0f, 0.49999994f, 0.16666515f, 0.041668367f, 0.008368668f, 0.0013814539f
    };

    /** (exp(r) - 1 - r)/r² on |r| ≤ ln 2/2. */
    private static final float[] EXP_MINUS_ONE = {0.5f, 0.16666543f, 0.041667003f, 0.008366422f, 0.0013882206f};

    /** (Φ(x) - 1/2)/x in x². */
    private static final float[] NORMAL_NUMERATOR = {
        0.7767537f, 0.06497696f, 0.009055375f, 0.00031994097f, 1.23831915e-5f, 4.5534765e-8f
    };

    private static final float[] NORMAL_DENOMINATOR = {
        1.9470325f, 0.48737764f, 0.055254333f, 0.0036195063f, 0.00014096603f, 2.368745e-6f
    };

    /** (Φ(x) + x·φ(x) - 1/2)/x in x². */
    private static final float[] SLOPE_NUMERATOR = {
        0.92193764f, -0.045379248f, 0.016571516f, -0.00011980809f, 3.61738e-5f
    };

    private static final float[] SLOPE_DENOMINATOR = {
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

    private Polynomials() {}

    /**
     * Appends statements that declare the {@code FloatVector} variable {@code result}, a function of the {@code FloatVector}
     * variable {@code x}. The names of all other variables begin with {@code result}.
     */
    static void apply(Function function, StringBuilder code, String result, String x) {
        switch (function) {
            case ABS -> declare(code, result, x + ".abs()");
            case EXP -> exponential(code, result, x, false);
            case EXP_NEGATED -> exponential(code, result, x, true);
            case EXP_MINUS_ONE -> minusOne(code, result, x);
            case NORMAL_HALF -> {
                comment(code, "Phi(x) - 1/2 as a rational function: |x| times it within 2.05e-7 * |x|");
                rational(code, result, x, NORMAL_NUMERATOR, NORMAL_DENOMINATOR);
                // The quotient of all and not a factor of a sum: then the largest result is 0.5 to the last bit.
                declare(code, result, x + ".mul(" + result + "Numerator).div(" + result + "Denominator)");
            }
            case NORMAL_SLOPE -> {
                comment(code, "(Phi(x) + x * phi(x) - 1/2)/x as a rational function: x times it within 2.3e-7");
                rational(code, result, x, SLOPE_NUMERATOR, SLOPE_DENOMINATOR);
                declare(code, result, result + "Numerator.div(" + result + "Denominator)");
            }
        }
    }

    /**
     * e^x - 1 = 2^n·(e^r - 1) + (2^n - 1), which loses nothing near zero.
     *
     * <p>The part of ln 2 that the float misses is below the error where n is small; where n is large it is forgiven by tanh,
     * and multiplied away by 2^n where x is below 0.
     */
    private static void minusOne(StringBuilder code, String result, String x) {
        comment(code, "exp(x) - 1 = 2^n * (exp(r) - 1) + (2^n - 1), |r| <= ln(2)/2");
        String rest = result + "Rest";
        String square = result + "Square";
        String fraction = result + "Fraction";
        String scale = result + "Scale";
        round(code, result, x, LOG2_E);
        declare(code, rest, result + "Power.fma(" + broadcast(-LN_2) + ", " + x + ")");
        declare(code, square, rest + ".mul(" + rest + ")");
        polynomial(code, fraction, rest, EXP_MINUS_ONE);
        declare(
                code,
                scale,
                result + "Rounded.reinterpretAsInts()\n.lanewise(" + VECTOR_OPERATORS + ".LSHL, " + EXPONENT_SHIFT
                        + ")\n.add(0x3F800000)\n.reinterpretAsFloats()");
        declare(
                code,
                result,
                fraction + ".fma(" + square + ", " + rest + ")\n.fma(" + scale + ", " + scale + ".sub(1.0f))");
    }

    /** e^x or e^-x: 2^n·e^r with |r| ≤ ln 2/2, the power of two added to the exponent bits. */
    private static void exponential(StringBuilder code, String result, String x, boolean negated) {
        comment(
                code,
                negated
                        ? "exp(-x) = 2^n * exp(-r), |r| <= ln(2)/2: within 0.93 ulp"
                        : "exp(x) = 2^n * exp(r), |r| <= ln(2)/2: within 0.93 ulp");
        String rest = result + "Rest";
        String fraction = result + "Fraction";
        float sign = negated ? -1.0f : 1.0f;
        round(code, result, x, sign * LOG2_E);
        wrapped(code, result + "Reduced", result + "Power.fma(" + broadcast(-sign * LN_2) + ", " + x + ")");
        wrapped(code, rest, result + "Power.fma(" + broadcast(-sign * LN_2_REST) + ", " + result + "Reduced)");
        polynomial(code, fraction, rest, negated ? mirrored(EXP) : EXP);
        declare(
                code,
                result,
                fraction + ".reinterpretAsInts()\n.add(" + result + "Rounded.reinterpretAsInts().lanewise("
                        + VECTOR_OPERATORS + ".LSHL, " + EXPONENT_SHIFT + "))\n.reinterpretAsFloats()");
    }

    /** Declares {@code Rounded}, the integer nearest to scale·x in its low bits, and {@code Power}, that integer. */
    private static void round(StringBuilder code, String result, String x, float scale) {
        declare(code, result + "Rounded", x + ".fma(" + literal(scale) + ", " + literal(ROUNDER) + ")");
        declare(code, result + "Power", result + "Rounded.sub(" + literal(ROUNDER) + ")");
    }

    /** Declares {@code Numerator} and {@code Denominator}, two polynomials in x². */
    private static void rational(StringBuilder code, String result, String x, float[] numerator, float[] denominator) {
        String square = result + "Square";
        declare(code, square, x + ".mul(" + x + ")");
        polynomial(code, result + "Numerator", square, numerator);
        polynomial(code, result + "Denominator", square, denominator);
    }

    /** Horner's rule; the constants are broadcast where they are used, which the JIT hoists out of the loop. */
    private static void polynomial(StringBuilder code, String result, String x, float[] coefficients) {
        int degree = coefficients.length - 1;
        StringBuilder terms = new StringBuilder(broadcast(coefficients[degree]));
        for (int power = degree - 1; power >= 0; power--) {
            terms.append("\n.fma(")
                    .append(x)
                    .append(", ")
                    .append(broadcast(coefficients[power]))
                    .append(')');
        }
        declare(code, result, terms.toString());
    }

    /** The coefficients of p(-x). */
    private static float[] mirrored(float[] coefficients) {
        float[] mirrored = coefficients.clone();
        for (int power = 1; power < mirrored.length; power += 2) {
            mirrored[power] = -mirrored[power];
        }
        return mirrored;
    }

    private static void comment(StringBuilder code, String text) {
        code.append("// ").append(text).append('\n');
    }

    private static void declare(StringBuilder code, String name, String value) {
        code.append(statement(MarkedText.FLOAT_VECTOR + " " + name + " = " + value));
    }

    private static void wrapped(StringBuilder code, String name, String value) {
        code.append(statement(MarkedText.FLOAT_VECTOR + " " + name + " =" + WRAP + value));
    }

    private static String broadcast(float value) {
        return MarkedText.FLOAT_VECTOR + ".broadcast(FLOATS, " + literal(value) + ")";
    }

    static String literal(float value) {
        return value + "f";
    }
}
