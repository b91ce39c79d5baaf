package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.workload.Recipe;
import java.util.Locale;

/** What is measured, by a name that goes through command lines and tables. */
sealed interface Workload {

    /** {@return the name that {@link #parse} understands} */
    String name();

    /** {@return whether all engines must get the same losses: nothing random is in it} */
    boolean deterministic();

    /** {@return whether it is shared among threads} */
    boolean threaded();

    /**
     * A training step: zero gradients, forward, loss, backward, clip, update.
     *
     * @param recipe network and hyper-parameters
     * @param batch examples of a step
     * @param dropout whether the network has its dropouts
     */
    record Training(Recipe recipe, int batch, boolean dropout) implements Workload {
        @Override
        public String name() {
            return recipe + "-" + batch + (dropout ? "" : NO_DROPOUT);
        }

        @Override
        public boolean deterministic() {
            return !dropout;
        }

        @Override
        public boolean threaded() {
            return true;
        }
    }

    /**
     * The probabilities of a batch.
     *
     * @param recipe the network
     * @param batch examples of a call
     */
    record Prediction(Recipe recipe, int batch) implements Workload {
        @Override
        public String name() {
            return PREDICT + recipe + "-" + batch;
        }

        @Override
        public boolean deterministic() {
            return true;
        }

        /** False: an Espalier session is for one thread, and as many sessions as there are threads share nothing. */
        @Override
        public boolean threaded() {
            return false;
        }
    }

    /**
     * One operation by itself.
     *
     * @param operation which one
     * @param size as the operation defines it
     */
    record Raw(Operation operation, int size) implements Workload {
        @Override
        public String name() {
            return OPERATION + operation.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + size;
        }

        @Override
        public boolean deterministic() {
            return operation != Operation.DROPOUT && operation != Operation.DROPOUT_BOTH;
        }

        /** False: what is called here are kernels, which are shared among threads by a training step only. */
        @Override
        public boolean threaded() {
            return false;
        }
    }

    /** How a name begins that means a single operation. */
    String OPERATION = "op-";

    /** How a name begins that means prediction. */
    String PREDICT = "predict-";

    /** How a name ends that means training without dropout. */
    String NO_DROPOUT = "-plain";

    /**
     * Reads a name.
     *
     * @param name such as {@code W1-32}, {@code W2-128-plain}, {@code predict-W1-1}
     * @return the workload
     * @throws IllegalArgumentException if it is none
     */
    static Workload parse(String name) {
        try {
            if (name.startsWith(PREDICT)) {
                String[] parts = name.substring(PREDICT.length()).split("-", 2);
                return new Prediction(Recipe.valueOf(parts[0].toUpperCase(Locale.ROOT)), positive(parts[1]));
            }
            if (name.startsWith(OPERATION)) {
                int digits = name.lastIndexOf('-') + 1;
                String operation = name.substring(OPERATION.length(), digits - 1);
                return new Raw(
                        Operation.valueOf(operation.toUpperCase(Locale.ROOT).replace('-', '_')),
                        positive(name.substring(digits)));
            }
            boolean dropout = !name.endsWith(NO_DROPOUT);
            String base = dropout ? name : name.substring(0, name.length() - NO_DROPOUT.length());
            String[] parts = base.split("-", 2);
            return new Training(Recipe.valueOf(parts[0].toUpperCase(Locale.ROOT)), positive(parts[1]), dropout);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "There is no workload '" + name
                            + "'; there are W1-<batch>, W2-<batch>, predict-W1-<batch> and op-<operation>-<size>",
                    e);
        }
    }

    private static int positive(String digits) {
        int value = Integer.parseInt(digits);
        if (value < 1) {
            throw new IllegalArgumentException(digits);
        }
        return value;
    }
}
