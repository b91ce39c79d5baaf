package io.espalier.data;

import java.util.Objects;

/** What is to be answered for the examples of a data set that is held in memory. */
sealed interface ExampleTargets {

    /** The number of examples. */
    int count();

    /** The classes, labels or values. */
    int outputs();

    /** An empty batch for targets of this kind. */
    Batch newBatch(int capacity, int inputSize);

    /** Puts the targets of some examples into the first rows of a batch. */
    void fill(int[] indices, int from, int count, Batch batch);

    /** A class for each example. */
    @SuppressWarnings("ArrayRecordComponent") // the caller's array, never compared
    record Classes(int[] labels, int outputs) implements ExampleTargets {
        public Classes {
            Objects.requireNonNull(labels, "labels");
            if (outputs < 1) {
                throw new IllegalArgumentException("A data set needs at least one class, but classes is " + outputs);
            }
            requireExamples(labels.length, "label");
            for (int example = 0; example < labels.length; example++) {
                if (labels[example] < 0 || labels[example] >= outputs) {
                    throw new IllegalArgumentException(outOfRange(example, labels[example], outputs));
                }
            }
        }

        static String outOfRange(int example, int label, int classes) {
            return "The label of example " + example + " is " + label + ", but the classes are 0 to " + (classes - 1)
                    + " (" + classes + " classes)";
        }

        @Override
        public int count() {
            return labels.length;
        }

        @Override
        public Batch newBatch(int capacity, int inputSize) {
            return Batch.allocate(capacity, inputSize);
        }

        @Override
        public void fill(int[] indices, int from, int count, Batch batch) {
            int[] into = batch.labels();
            for (int row = 0; row < count; row++) {
                into[row] = labels[indices[from + row]];
            }
        }
    }

    /** Independent labels for each example. */
    record Labels(FloatRows rows) implements ExampleTargets {
        public Labels {
            for (int example = 0; example < rows.count(); example++) {
                for (int output = 0; output < rows.width(); output++) {
                    if (!IndependentLabels.isLabel(rows.get(example, output))) {
                        throw new IllegalArgumentException(outOfRange(example, output, rows.get(example, output)));
                    }
                }
            }
        }

        static String outOfRange(int example, int output, float label) {
            return "Label " + output + " of example " + example + " is " + label + ", but a label is 0 to 1";
        }

        @Override
        public int count() {
            return rows.count();
        }

        @Override
        public int outputs() {
            return rows.width();
        }

        @Override
        public Batch newBatch(int capacity, int inputSize) {
            return Batch.allocateLabels(capacity, inputSize, rows.width());
        }

        @Override
        public void fill(int[] indices, int from, int count, Batch batch) {
            float[] into = batch.independentLabels();
            for (int row = 0; row < count; row++) {
                rows.copy(indices[from + row], into, row * rows.width());
            }
        }
    }

    /** Values for each example. */
    record Values(FloatRows rows) implements ExampleTargets {
        public Values {
            for (int example = 0; example < rows.count(); example++) {
                for (int output = 0; output < rows.width(); output++) {
                    if (!Float.isFinite(rows.get(example, output))) {
                        throw new IllegalArgumentException(notFinite(example, output, rows.get(example, output)));
                    }
                }
            }
        }

        static String notFinite(int example, int output, float value) {
            return "Value " + output + " of example " + example + " is " + value
                    + ", but a network can only learn finite values; leave the example out, or fill the gap";
        }

        @Override
        public int count() {
            return rows.count();
        }

        @Override
        public int outputs() {
            return rows.width();
        }

        @Override
        public Batch newBatch(int capacity, int inputSize) {
            return Batch.allocateValues(capacity, inputSize, rows.width());
        }

        @Override
        public void fill(int[] indices, int from, int count, Batch batch) {
            float[] into = batch.targetValues();
            for (int row = 0; row < count; row++) {
                rows.copy(indices[from + row], into, row * rows.width());
            }
        }
    }

    /** Targets in one array, a row for each example. */
    static FloatRows rows(float[] targets, int outputs, String what) {
        Objects.requireNonNull(targets, what + "s");
        if (outputs < 1) {
            throw new IllegalArgumentException(
                    "A data set needs at least one " + what + " an example, but outputs is " + outputs);
        }
        requireExamples(targets.length, what);
        if (targets.length % outputs != 0) {
            throw new IllegalArgumentException("The " + what + "s are [examples][" + outputs + "], but "
                    + targets.length + " " + what + "s are not a multiple of " + outputs);
        }
        return new FloatRows.Flat(targets, targets.length / outputs, outputs);
    }

    /** Targets in an array for each example. */
    static FloatRows rows(float[][] targets, String what) {
        Objects.requireNonNull(targets, what + "s");
        requireExamples(targets.length, what);
        return FloatRows.separate(targets, what + "s");
    }

    private static void requireExamples(int targets, String what) {
        if (targets == 0) {
            throw new IllegalArgumentException("A data set needs at least one example, but there is no " + what);
        }
    }
}
