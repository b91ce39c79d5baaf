package io.espalier.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Prints how many bytes each kernel allocates a hundred runs, once it is compiled. */
final class KernelAllocations {

    private static final int WARM_RUNS = 1000;
    private static final int RUNS = 100;
    private static final int ROWS = 152;
    private static final int SLICES = Slices.count(ROWS, 1);
    private static final int IN = 70;
    private static final int OUT = 67;
    private static final int STRIDE = 80;

    private final Map<String, Runnable> kernels = new LinkedHashMap<>();

    private KernelAllocations() {
        Random random = new Random(1);
        float[] x = Randomized.values(random, ROWS * IN);
        float[] g = Randomized.values(random, ROWS * STRIDE);
        float[] y = new float[ROWS * STRIDE];
        float[] w = Randomized.panels(random, 0, IN, OUT);
        float[] t = new float[WeightPanels.size(OUT, IN)];
        float[] bias = new float[OUT];
        float[] mean = new float[ROWS];
        float[] inverse = new float[ROWS];
        float[] first = new float[ROWS];
        float[] second = new float[ROWS];
        float[] running = new float[2 * IN];
        double[] losses = new double[ROWS];
        int[] labels = random.ints(ROWS, 0, OUT).toArray();
        products(x, g, y, w, t, bias);
        kernels.put("column sums", () -> ColumnSums.tree(g, 0, STRIDE, ROWS, OUT, bias, 0, true));
        kernels.put("row statistics", () -> RowStatistics.rows(x, 0, IN, IN, ROWS, 1e-5f, mean, 0, inverse, 0));
        kernels.put(
                "row gradient sums",
                () -> RowStatistics.gradientSums(
                        x, 0, IN, x, 0, IN, IN, ROWS, mean, 0, inverse, 0, first, 0, second, 0));
        kernels.put("root mean squares", () -> RowStatistics.inverseRms(x, 0, IN, IN, ROWS, 1e-5f, inverse, 0));
        kernels.put(
                "row gradient products",
                () -> RowStatistics.gradientProducts(x, 0, IN, x, 0, IN, IN, ROWS, inverse, 0, second, 0));
        float[] partials = new float[SLICES * 2 * IN];
        kernels.put("batch slice", () -> {
            for (int slice = 0; slice < SLICES; slice++) {
                int rows = Math.min(Slices.ROWS, ROWS - slice * Slices.ROWS);
                BatchStatistics.slice(x, slice * Slices.ROWS * IN, IN, IN, rows, partials, slice * 2 * IN);
            }
        });
        kernels.put(
                "batch combination",
                () -> BatchStatistics.combine(
                        partials, SLICES, Slices.ROWS, ROWS, IN, 1e-5f, 0.1f, mean, inverse, 0, running, 0, IN));
        kernels.put("softmax", () -> Softmax.rows(g, 0, STRIDE, OUT, ROWS, y, 0, STRIDE));
        kernels.put("softmax gradient", () -> Softmax.gradient(y, 0, STRIDE, OUT, ROWS, y, 0, STRIDE));
        kernels.put(
                "label loss",
                () -> SoftmaxCrossEntropy.rows(g, 0, STRIDE, OUT, ROWS, labels, 0, 0.1f, y, 0, STRIDE, losses, 0));
        kernels.put(
                "target loss",
                () -> SoftmaxCrossEntropy.rows(g, 0, STRIDE, OUT, ROWS, g, 0, 0.1f, y, 0, STRIDE, losses, 0));
        updates(random);
    }

    private void products(float[] x, float[] g, float[] y, float[] w, float[] t, float[] bias) {
        float[] dw = new float[WeightPanels.size(IN, OUT)];
        float[] scratch = new float[WeightGradient.scratchSize(ROWS, 1, IN, WeightPanels.count(OUT))];
        kernels.put("multiply", () -> MatrixMultiply.multiply(x, 0, IN, ROWS, IN, w, 0, OUT, y, 0, STRIDE));
        kernels.put("multiply a row", () -> MatrixMultiply.multiply(x, 0, IN, 1, IN, w, 0, OUT, y, 0, STRIDE));
        kernels.put("multiply narrow", () -> MatrixMultiply.multiply(x, 0, IN, ROWS, IN, w, 0, 10, y, 0, STRIDE));
        kernels.put("transpose", () -> WeightPanels.transpose(w, 0, IN, OUT, t, 0, 0, WeightPanels.count(OUT)));
        kernels.put("weight gradient", () -> {
            for (int panel = 0; panel < WeightPanels.count(OUT); panel++) {
                WeightGradient.panels(
                        x, 0, IN, IN, g, 0, STRIDE, OUT, ROWS, 1, panel, panel + 1, dw, 0, bias, 0, false, scratch);
            }
        });
        kernels.put(
                "weight gradient of several panels",
                () -> WeightGradient.panels(
                        x,
                        0,
                        IN,
                        IN,
                        g,
                        0,
                        STRIDE,
                        OUT,
                        ROWS,
                        1,
                        0,
                        WeightPanels.count(OUT),
                        dw,
                        0,
                        bias,
                        0,
                        true,
                        scratch));
        kernels.put(
                "weight gradient of a leaf",
                () -> WeightGradient.panels(
                        x, 0, IN, IN, g, 0, STRIDE, OUT, 32, 1, 0, 1, dw, 0, bias, 0, true, scratch));
    }

    private void updates(Random random) {
        float[] w = Randomized.values(random, 1000);
        float[] g = Randomized.values(random, 1000);
        float[] m = new float[1000];
        float[] v = new float[1000];
        double[] norm = new double[1];
        long[] bits = new long[20 * DropoutMask.wordsPerRow(200)];
        float[] scales = new float[20];
        kernels.put(
                "adam",
                () -> AdamUpdate.apply(w, g, m, v, 1, 993, 1f, 1e-3f, 0.9f, 0.999f, 1e-8f, 0.01f, 0.1f, 0.1f, 5));
        kernels.put("momentum", () -> SgdUpdate.apply(w, g, m, 1, 993, 1f, 1e-3f, 0.9f, true, 0.01f, 0.1f, 0.1f));
        kernels.put("plain descent", () -> SgdUpdate.withoutMomentum(w, g, 1, 993, 1f, 1e-3f, 0.01f, 0.1f, 0.1f));
        kernels.put(
                "rmsprop",
                () -> RmsPropUpdate.withoutMomentum(w, g, v, 1, 993, 1f, 1e-3f, 0.99f, 1e-8f, 0.01f, 0.1f, 0.1f));
        kernels.put(
                "rmsprop with momentum",
                () -> RmsPropUpdate.apply(w, g, v, m, 1, 993, 1f, 1e-3f, 0.99f, 1e-8f, 0.9f, 0.01f, 0.1f, 0.1f));
        float[] panels = Randomized.panels(random, 0, IN, OUT);
        kernels.put("unit norms", () -> {
            // Out of the limit every time, so that both loops run.
            for (int i = 0; i < panels.length; i++) {
                panels[i] *= 2;
            }
            UnitNorms.limit(panels, 0, IN, OUT, 0, WeightPanels.count(OUT), 1f);
        });
        kernels.put("squared norm", () -> norm[0] = SquaredNorm.block(g, 1, 1000));
        kernels.put("mask", () -> DropoutMask.fill(bits, 200, 19_661, 1, 2, 3, 0, 0, 20));
        float[] draws = new float[20 * NormalDraws.stride(200)];
        kernels.put(
                "normal draws", () -> NormalDraws.fill(draws, NormalDraws.stride(200), 1f, 0.5f, 1, 2, 3, 0, 0, 20));
        kernels.put("row scales", () -> DropoutMask.rowScales(scales, 6554, 1, 2, 3, 0, 0, 20));
    }

    public static void main(String[] arguments) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        new KernelAllocations().kernels.forEach((name, kernel) -> {
            for (int run = 0; run < WARM_RUNS; run++) {
                kernel.run();
            }
            long bytes = 0;
            // The first round also pays for what happens once, such as leaving the loop's first compiled form.
            for (int round = 0; round < 2; round++) {
                long before = threads.getThreadAllocatedBytes(thread);
                for (int run = 0; run < RUNS; run++) {
                    kernel.run();
                }
                bytes = threads.getThreadAllocatedBytes(thread) - before;
            }
            System.out.println(name + "=" + bytes);
        });
    }
}
