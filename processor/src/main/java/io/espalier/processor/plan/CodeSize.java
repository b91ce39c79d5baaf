package io.espalier.processor.plan;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Value;
import java.util.List;

/**
 * Estimates the bytecode that kernels become. HotSpot never compiles a method above 8,000 bytes, and slowly one that is near;
 * the numbers are those of emitted methods, rounded up.
 */
final class CodeSize {
    /** What the loops of a routine may come to in either direction: what is around them takes some hundred bytes more. */
    static final int MOST = 2_400;

    private static final int LOAD = 16;
    private static final int STORE = 14;
    private static final int ARITHMETIC = 9;
    private static final int BROADCAST = 9;

    private CodeSize() {}

    static int of(List<Kernel> kernels) {
        return kernels.stream().mapToInt(CodeSize::of).sum();
    }

    private static int of(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Pointwise pointwise -> of(pointwise.formula()) + STORE;
            case Kernel.Accumulate accumulate -> of(accumulate.formula()) + LOAD + 2 * STORE;
            case Kernel.Contraction ignored -> 60;
            case Kernel.LibraryCall call -> 20 + 8 * call.operands().size();
            case Kernel.DrawMask ignored -> 60;
            case Kernel.DrawNormal ignored -> 60;
            case Kernel.DrawWeight ignored -> 0;
            case Kernel.Call ignored -> 30;
            case Kernel.BatchReduction ignored -> 0;
        };
    }

    private static int of(Expression expression) {
        int operands = expression.operands().stream().mapToInt(CodeSize::of).sum();
        return operands
                + switch (expression) {
                    case Expression.Of of -> load(of.value());
                    case Expression.Either either -> load(either.kept());
                    case Expression.Column ignored -> LOAD;
                    case Expression.Sum ignored -> LOAD;
                    case Expression.Constant ignored -> 3;
                    case Expression.StepNumber ignored -> 2;
                    case Expression.Select ignored -> 2 * ARITHMETIC;
                    case Expression.Apply apply -> of(apply);
                    default -> ARITHMETIC;
                };
    }

    /** What another kernel of the loop has computed is a variable; what is loaded is so once. */
    private static int load(Value value) {
        return switch (value.kind()) {
            case STATISTIC, DRAWS -> LOAD;
            default -> 4;
        };
    }

    private static int of(Expression.Apply apply) {
        int term = ARITHMETIC + BROADCAST;
        return switch (apply.function()) {
            case ABS -> ARITHMETIC;
            case EXP, EXP_NEGATED -> 10 * term + 40;
            case EXP_MINUS_ONE -> 8 * term + 60;
            case NORMAL_HALF -> 12 * term + 30;
            case NORMAL_SLOPE -> 14 * term + 20;
        };
    }
}
