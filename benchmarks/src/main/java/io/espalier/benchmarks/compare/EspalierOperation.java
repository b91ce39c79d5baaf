package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.workload.Recipe;
import io.espalier.kernel.AdamUpdate;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.Simd;
import io.espalier.kernel.SoftmaxCrossEntropy;
import io.espalier.kernel.WeightPanels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Espalier's kernels by themselves, on one thread. */
final class EspalierOperation {
    /** Rows that emitted code takes at a time at most: it draws their masks, then uses them. */
    private static final int ROWS_PER_TASK = 128;

    private EspalierOperation() {}

    /** Gets an operation ready. */
    static Engine.Work of(Workload.Raw raw) {
        int size = raw.size();
        return switch (raw.operation()) {
            case MATMUL -> new Product(size);
            case DROPOUT -> new Dropout(size / Operation.DROPOUT_WIDTH, Operation.DROPOUT_WIDTH, false);
            case DROPOUT_BOTH -> new Dropout(size / Operation.DROPOUT_WIDTH, Operation.DROPOUT_WIDTH, true);
            case ADAMW -> new Adam(size);
            case CROSS_ENTROPY -> new Loss(Operation.LOSS_ROWS, size);
        };
    }

    /** The right side is packed, as weights always are: packing is no part of a step. */
    private static final class Product implements Engine.Work {
        private final int size;
        private final float[] left;
        private final float[] panels;
        private final float[] product;

        Product(int size) {
            this.size = size;
            left = Operation.values(0, size * size);
            float[] right = Operation.values(1, size * size);
            panels = new float[WeightPanels.size(size, size)];
            for (int in = 0; in < size; in++) {
                for (int out = 0; out < size; out++) {
                    panels[WeightPanels.position(out, in, size, size)] = right[in * size + out];
                }
            }
            product = new float[size * size];
        }

        @Override
        public void run() {
            MatrixMultiply.multiply(left, 0, size, size, size, panels, 0, size, product, 0, size);
        }

        @Override
        public float result() {
            return (float) Checksum.of(product);
        }
    }

    private static final class Dropout implements Engine.Work {
        private static final int THRESHOLD = DropoutMask.threshold(Operation.PROBABILITY);
        private static final float SCALE = DropoutMask.scale(THRESHOLD);
        private static final int LANES = Simd.LANES;

        private final int rows;
        private final int width;
        private final boolean backward;
        private final float[] x;
        private final float[] y;
        private final float[] gradient;
        private final float[] inputGradient;
        private final long[] bits;
        private int step;

        Dropout(int rows, int width, boolean backward) {
            this.rows = rows;
            this.width = width;
            this.backward = backward;
            x = Operation.values(0, rows * width);
            y = new float[rows * width];
            gradient = backward ? Operation.values(1, rows * width) : x;
            inputGradient = backward ? new float[rows * width] : y;
            bits = new long[rows * DropoutMask.wordsPerRow(width)];
        }

        @Override
        public void run() {
            step++;
            for (int row = 0; row < rows; row += ROWS_PER_TASK) {
                int to = Math.min(rows, row + ROWS_PER_TASK);
                DropoutMask.fill(bits, width, THRESHOLD, 1, 0, step, 0, row, to);
                apply(x, y, row * width, to * width);
            }
            if (backward) {
                apply(gradient, inputGradient, 0, rows * width);
            }
        }

        /** Rows are whole words, so that bit i of the mask belongs to element i. */
        private void apply(float[] from, float[] into, int first, int end) {
            for (int i = first; i < end; i += LANES) {
                VectorMask<Float> kept = VectorMask.fromLong(Simd.FLOATS, bits[i / Long.SIZE] >>> (i % Long.SIZE));
                FloatVector.zero(Simd.FLOATS)
                        .blend(FloatVector.fromArray(Simd.FLOATS, from, i).mul(SCALE), kept)
                        .intoArray(into, i);
            }
        }

        @Override
        public float result() {
            return (float) Checksum.of(inputGradient);
        }
    }

    private static final class Adam implements Engine.Work {
        private final float[] weights;
        private final float[] gradients;
        private final float[] means;
        private final float[] squares;
        private int step;

        Adam(int size) {
            weights = Operation.values(0, size);
            gradients = Operation.values(1, size);
            means = new float[size];
            squares = new float[size];
        }

        @Override
        public void run() {
            step++;
            AdamUpdate.apply(
                    weights,
                    gradients,
                    means,
                    squares,
                    0,
                    weights.length,
                    1f,
                    Operation.LEARNING_RATE,
                    (float) Recipe.BETA_1,
                    (float) Recipe.BETA_2,
                    (float) Recipe.EPSILON,
                    (float) Recipe.WEIGHT_DECAY,
                    0f,
                    0f,
                    step);
        }

        @Override
        public float result() {
            return (float) Checksum.of(weights);
        }
    }

    private static final class Loss implements Engine.Work {
        private final int rows;
        private final int classes;
        private final float[] logits;
        private final int[] labels;
        private final float[] gradient;
        private final double[] losses;

        Loss(int rows, int classes) {
            this.rows = rows;
            this.classes = classes;
            logits = Operation.values(0, rows * classes);
            labels = Operation.labels(rows, classes);
            gradient = new float[rows * classes];
            losses = new double[rows];
        }

        @Override
        public void run() {
            SoftmaxCrossEntropy.rows(
                    logits, 0, classes, classes, rows, labels, 0, Operation.SMOOTHING, gradient, 0, classes, losses, 0);
        }

        /** The mean loss, and its gradient, which the kernel gives for the sum. */
        @Override
        public float result() {
            double sum = Checksum.of(gradient);
            for (double loss : losses) {
                sum += loss;
            }
            return (float) (sum / rows);
        }
    }
}
