package io.espalier.processor.emit;

import static io.espalier.processor.emit.Types.FLOAT_VECTOR;
import static io.espalier.processor.emit.Types.VECTOR_OPERATORS;

import com.squareup.javapoet.CodeBlock;

/** The pieces that {@link VectorFunctions} writes its functions from: exponentials, polynomials, ranges. */
final class VectorPieces {
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
    static final float EXP_HIGHEST = 88.72f;

    /** exp(r) on |r| ≤ ln 2/2. */
    private static final float[] EXP = {1.0f, 1.0f, 0.49999994f, 0.16666515f, 0.041668367f, 0.008368668f, 0.0013814539f
    };

    /** (exp(r) - 1 - r)/r² on |r| ≤ ln 2/2. */
    private static final float[] EXP_MINUS_ONE = {0.5f, 0.16666543f, 0.041667003f, 0.008366422f, 0.0013882206f};

    private VectorPieces() {}

    /**
     * Declares {@code Difference} = e^x - 1 = 2^n·(e^r - 1) + (2^n - 1), which loses nothing near zero.
     *
     * <p>The part of ln 2 that the float misses is below the error where n is small; where n is large it is forgiven by
     * tanh, and multiplied away by 2^n where x is below 0.
     */
    static void minusOne(CodeBlock.Builder code, String result, String argument) {
        String rest = result + "Rest";
        String square = result + "Square";
        String fraction = result + "Fraction";
        String scale = result + "Scale";
        String difference = result + "Difference";
        round(code, result, argument, LOG2_E);
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
    }

    /** Declares {@code result} = e^x or e^-x, and {@code Argument}, x within the range that it is clamped to. */
    static void exponential(CodeBlock.Builder code, String result, String x, boolean negated) {
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

    static void clamp(CodeBlock.Builder code, String result, String x, float low, float high) {
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
    static void rational(CodeBlock.Builder code, String result, String x, float[] numerator, float[] denominator) {
        String square = result + "Square";
        code.addStatement("$T $N = $N.mul($N)", FLOAT_VECTOR, square, x, x);
        polynomial(code, result + "Numerator", square, numerator);
        polynomial(code, result + "Denominator", square, denominator);
    }

    /** Horner's rule; the constants are broadcast where they are used, which the JIT hoists out of the loop. */
    static void polynomial(CodeBlock.Builder code, String result, String x, float[] coefficients) {
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

    static void comment(CodeBlock.Builder code, String text) {
        code.add("// $L\n", text);
    }

    static CodeBlock broadcast(float value) {
        return CodeBlock.of("$T.broadcast(FLOATS, $L)", FLOAT_VECTOR, literal(value));
    }

    static String literal(float value) {
        return value + "f";
    }
}
