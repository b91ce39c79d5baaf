package io.espalier.processor.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A part of the program that reads some values and writes others. */
public sealed interface Kernel {
    /** The values that it reads, parameters aside. */
    List<Value> reads();

    /** The values that it writes. */
    List<Value> writes();

    /** What it runs over. */
    Space space();

    /**
     * A formula over the features of each example.
     *
     * @param result what it gives
     * @param formula element by element
     */
    record Pointwise(Value result, Expression formula) implements Kernel {
        @Override
        public List<Value> reads() {
            return formula.values();
        }

        @Override
        public List<Value> writes() {
            return List.of(result);
        }

        @Override
        public Space space() {
            return Space.ELEMENTS;
        }

        @Override
        public String toString() {
            return result + " = " + ProgramText.of(formula);
        }
    }

    /**
     * Sums a formula over the examples of each slice, one after the other.
     *
     * @param sums receives a sum for each feature
     * @param column where the first of them lies
     * @param formula the new sum, in which {@link Expression.Sum} is the one before
     */
    record Accumulate(Value sums, int column, Expression formula) implements Kernel {
        @Override
        public List<Value> reads() {
            return formula.values();
        }

        @Override
        public List<Value> writes() {
            return List.of(sums);
        }

        @Override
        public Space space() {
            return Space.ELEMENTS;
        }

        @Override
        public String toString() {
            return sums + "[" + column + "] = " + ProgramText.of(formula);
        }
    }

    /**
     * A product of each example's features with a weight.
     *
     * @param weight the weight
     * @param backward whether it is the adjoint: {@code source · weight}, the gradient of what was multiplied, from the incoming
     *     gradient; else {@code source · weightᵀ}
     * @param source what is multiplied
     * @param result the product
     */
    record Contraction(Weight weight, boolean backward, Value source, Value result) implements Kernel {
        @Override
        public List<Value> reads() {
            return List.of(source);
        }

        @Override
        public List<Value> writes() {
            return List.of(result);
        }

        @Override
        public Space space() {
            return Space.EXAMPLES;
        }

        @Override
        public String toString() {
            return result + " = " + source + (backward ? " · " : " · transposed ") + weight;
        }
    }

    /**
     * A kernel of the runtime.
     *
     * @param type simple name of its class
     * @param method its name
     * @param space what it runs over: some examples of a slice, the batch, or the parameters
     * @param operands its arguments
     * @param reads the values among them that it reads
     * @param writes the values among them that it writes
     */
    record LibraryCall(
            String type, String method, Space space, List<Operand> operands, List<Value> reads, List<Value> writes)
            implements Kernel {
        /** Copies the lists. */
        public LibraryCall {
            operands = List.copyOf(operands);
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
        }

        @Override
        public String toString() {
            return writes + " = " + type + "." + method + reads;
        }
    }

    /**
     * Draws a mask: a bit for each feature, or a scale for each example.
     *
     * @param mask receives it
     * @param rate the probability of dropping
     * @param stream the random stream
     */
    record DrawMask(Value mask, Rate rate, int stream) implements Kernel {
        @Override
        public List<Value> reads() {
            return List.of();
        }

        @Override
        public List<Value> writes() {
            return List.of(mask);
        }

        @Override
        public Space space() {
            return Space.EXAMPLES;
        }

        @Override
        public String toString() {
            return mask + " = mask of " + rate + ", stream " + stream;
        }
    }

    /**
     * Draws normal numbers, one for each feature.
     *
     * @param draws receives them
     * @param mean their mean
     * @param deviation their standard deviation
     * @param stream the random stream
     */
    record DrawNormal(Value draws, float mean, double deviation, int stream) implements Kernel {
        @Override
        public List<Value> reads() {
            return List.of();
        }

        @Override
        public List<Value> writes() {
            return List.of(draws);
        }

        @Override
        public Space space() {
            return Space.EXAMPLES;
        }

        @Override
        public String toString() {
            return draws + " = normal numbers of mean " + mean + " and deviation " + deviation + ", stream " + stream;
        }
    }

    /** Draws which elements of a weight are dropped. */
    record DrawWeight(Weight weight) implements Kernel {
        @Override
        public List<Value> reads() {
            return List.of();
        }

        @Override
        public List<Value> writes() {
            return List.of();
        }

        @Override
        public Space space() {
            return Space.PARAMETERS;
        }

        @Override
        public String toString() {
            return "mask of " + weight;
        }
    }

    /**
     * Runs a region, once or several times.
     *
     * @param run which
     * @param backward whether it runs backward, from the last to the first
     * @param source what enters the region first; backward, the gradient of what leaves it last
     * @param result what leaves it last; backward, the gradient of what enters it first
     */
    record Call(Run run, boolean backward, Value source, Value result) implements Kernel {
        @Override
        public List<Value> reads() {
            return List.of(source);
        }

        @Override
        public List<Value> writes() {
            return List.of(result);
        }

        @Override
        public Space space() {
            return Space.EXAMPLES;
        }

        @Override
        public String toString() {
            return result + " = " + run.callee().name() + " " + run.times() + "×" + (backward ? " backward" : "")
                    + " of " + source;
        }
    }

    /** The gradient of parameters: a sum over all examples of the batch, after the backward pass. */
    sealed interface BatchReduction extends Kernel {
        @Override
        default List<Value> writes() {
            return List.of();
        }

        @Override
        default Space space() {
            return Space.BATCH;
        }

        /** The parameters whose gradients are summed. */
        List<Parameter> parameters();
    }

    /**
     * The gradient of a weight and of the bias that is added to its product.
     *
     * @param weight the weight, which no other product takes
     * @param bias the bias, if one is added
     * @param source what was multiplied
     * @param gradient the incoming gradient of the product
     */
    record WeightGradient(Weight weight, Optional<Parameter> bias, Value source, Value gradient)
            implements BatchReduction {
        @Override
        public List<Value> reads() {
            return List.of(source, gradient);
        }

        @Override
        public List<Parameter> parameters() {
            return Stream.concat(Stream.of(weight.parameter()), bias.stream()).toList();
        }

        @Override
        public String toString() {
            List<String> names = new ArrayList<>(List.of(weight.toString()));
            bias.ifPresent(parameter -> names.add(parameter.name()));
            return "gradient of " + String.join(", ", names) + " = sum of transposed " + gradient + " · " + source;
        }
    }

    /**
     * The gradient of a parameter with an element for each feature.
     *
     * @param sums sums for each feature
     * @param column where they start
     * @param total whether these are sums of the whole batch already, in the first row, rather than of slices
     */
    record ColumnGradient(Parameter parameter, Value sums, int column, boolean total) implements BatchReduction {
        @Override
        public List<Value> reads() {
            return List.of(sums);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(parameter);
        }

        @Override
        public String toString() {
            return "gradient of " + parameter + " = sum of " + sums + "[" + column + "]" + (total ? ", summed" : "");
        }
    }
}
