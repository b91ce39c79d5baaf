package io.espalier.kernel;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * Prints digests of what every kernel computes from fixed inputs: {@code masks=}, {@code products=} and {@code cold=} of the
 * first run, and with the argument {@code warm} also {@code warm=} of the same after many runs. It is started in virtual
 * machines of several vector widths, and with compilation forbidden.
 */
final class KernelDigests {

    private static final int ROWS = 152;
    private static final int IN = 45;
    private static final int OUT = 67;
    private static final int WARM_RUNS = 100;

    private KernelDigests() {}

    public static void main(String[] arguments) {
        System.out.println("lanes=" + Simd.LANES);
        System.out.println("masks=" + digest(KernelDigests::masks));
        System.out.println("products=" + digest(KernelDigests::products));
        System.out.println("cold=" + digest(KernelDigests::all));
        if (arguments.length > 0 && arguments[0].equals("warm")) {
            for (int run = 0; run < WARM_RUNS; run++) {
                all(new Sink());
            }
            System.out.println("warm=" + digest(KernelDigests::all));
        }
    }

    private interface Work {
        void into(Sink sink);
    }

    /** Takes results in, bit by bit. */
    private static final class Sink {
        final MessageDigest digest;

        Sink() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void put(float... values) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
            bytes.asFloatBuffer().put(values);
            digest.update(bytes);
        }

        void put(double... values) {
            ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
            bytes.asDoubleBuffer().put(values);
            digest.update(bytes);
        }

        void put(long... values) {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length);
            bytes.asLongBuffer().put(values);
            digest.update(bytes);
        }
    }

    private static String digest(Work work) {
        Sink sink = new Sink();
        work.into(sink);
        return HexFormat.of().formatHex(sink.digest.digest());
    }

    private static void all(Sink sink) {
        masks(sink);
        products(sink);
        statistics(sink);
        losses(sink);
        updates(sink);
    }

    /** Widths and row counts that fill a machine's vectors and that do not. */
    private static void masks(Sink sink) {
        for (int width : new int[] {1, 63, 64, 200, 256, 321}) {
            long[] bits = new long[11 * DropoutMask.wordsPerRow(width)];
            DropoutMask.fill(bits, width, 19_661, 0x243f6a8885a308d3L, 5, -3, 1000, 0, 11);
            sink.put(bits);
        }
        for (int width : new int[] {1, 32, 33, 64, 100, 321}) {
            int stride = NormalDraws.stride(width);
            float[] draws = new float[11 * stride];
            NormalDraws.fill(draws, stride, 1f, 0.7f, 0x243f6a8885a308d3L, 5, -3, 1000, 0, 11);
            sink.put(draws);
        }
        float[] scales = new float[20];
        DropoutMask.rowScales(scales, 6554, 0x243f6a8885a308d3L, 6, 2, 1000, 0, 20);
        sink.put(scales);
    }

    /** What is chains of fused multiply-adds and trees over rows, element by element: the same at every vector width. */
    private static void products(Sink sink) {
        Random random = new Random(1);
        float[] x = Randomized.values(random, ROWS * IN);
        float[] g = Randomized.values(random, ROWS * OUT);
        float[] w = Randomized.panels(random, 0, IN, OUT);
        float[] y = new float[ROWS * Randomized.roundUp(OUT)];
        MatrixMultiply.multiply(x, 0, IN, ROWS, IN, w, 0, OUT, y, 0, Randomized.roundUp(OUT));
        MatrixMultiply.multiply(x, 0, IN, 1, IN, w, 0, OUT, y, 0, Randomized.roundUp(OUT));
        sink.put(y);
        float[] t = new float[WeightPanels.size(OUT, IN)];
        WeightPanels.transpose(w, 0, IN, OUT, t, 0, 0, WeightPanels.count(OUT));
        sink.put(t);
        float[] dw = new float[WeightPanels.size(IN, OUT)];
        float[] bias = new float[OUT];
        float[] scratch = new float[WeightGradient.scratchSize(ROWS, 1, IN, 2)];
        for (int panel = 0; panel < WeightPanels.count(OUT); panel += 2) {
            WeightGradient.panels(
                    x,
                    0,
                    IN,
                    IN,
                    g,
                    0,
                    OUT,
                    OUT,
                    ROWS,
                    1,
                    panel,
                    Math.min(panel + 2, WeightPanels.count(OUT)),
                    dw,
                    0,
                    bias,
                    0,
                    true,
                    scratch);
        }
        sink.put(dw);
        sink.put(bias);
        ColumnSums.tree(g.clone(), 0, OUT, ROWS, OUT, bias, 0, true);
        sink.put(bias);
        float[] partials = new float[Slices.count(ROWS, 1) * 2 * IN];
        for (int slice = 0; slice < Slices.count(ROWS, 1); slice++) {
            int first = slice * Slices.ROWS;
            int rows = Math.min(Slices.ROWS, ROWS - first);
            BatchStatistics.slice(x, first * IN, IN, IN, rows, partials, slice * 2 * IN);
        }
        float[] mean = new float[IN];
        float[] inverse = new float[IN];
        float[] running = new float[2 * IN];
        int slices = Slices.count(ROWS, 1);
        BatchStatistics.combine(partials, slices, Slices.ROWS, ROWS, IN, 1e-5f, 0.1f, mean, inverse, 0, running, 0, IN);
        sink.put(mean);
        sink.put(inverse);
        sink.put(running);
        UnitNorms.limit(w, 0, IN, OUT, 0, WeightPanels.count(OUT), 6f);
        sink.put(w);
    }

    private static void statistics(Sink sink) {
        Random random = new Random(2);
        float[] x = Randomized.values(random, ROWS * IN);
        float[] h = Randomized.values(random, ROWS * IN);
        float[] mean = new float[ROWS];
        float[] inverse = new float[ROWS];
        float[] first = new float[ROWS];
        float[] second = new float[ROWS];
        RowStatistics.rows(x, 0, IN, IN, ROWS, 1e-5f, mean, 0, inverse, 0);
        RowStatistics.gradientSums(h, 0, IN, x, 0, IN, IN, ROWS, mean, 0, inverse, 0, first, 0, second, 0);
        sink.put(mean);
        sink.put(inverse);
        sink.put(first);
        sink.put(second);
        RowStatistics.inverseRms(x, 0, IN, IN, ROWS, 1e-5f, inverse, 0);
        RowStatistics.gradientProducts(h, 0, IN, x, 0, IN, IN, ROWS, inverse, 0, second, 0);
        sink.put(inverse);
        sink.put(second);
        sink.put(SquaredNorm.block(x, 0, x.length));
    }

    private static void losses(Sink sink) {
        Random random = new Random(3);
        int rows = 20;
        float[] x = Randomized.values(random, rows * OUT);
        float[] y = new float[rows * OUT];
        Softmax.rows(x, 0, OUT, OUT, rows, y, 0, OUT);
        sink.put(y);
        float[] g = Randomized.values(random, rows * OUT);
        Softmax.gradient(y, 0, OUT, OUT, rows, g, 0, OUT);
        sink.put(g);
        int[] labels = random.ints(rows, 0, OUT).toArray();
        double[] losses = new double[rows];
        SoftmaxCrossEntropy.rows(x, 0, OUT, OUT, rows, labels, 0, 0.1f, g, 0, OUT, losses, 0);
        sink.put(g);
        sink.put(losses);
        SoftmaxCrossEntropy.rows(x, 0, OUT, OUT, rows, y, 0, 0.1f, g, 0, OUT, losses, 0);
        sink.put(g);
        sink.put(losses);
    }

    private static void updates(Sink sink) {
        Random random = new Random(4);
        float[] w = Randomized.values(random, 1000);
        float[] g = Randomized.values(random, 1000);
        float[] m = Randomized.values(random, 1000);
        float[] v = new float[1000];
        AdamUpdate.apply(w, g, m, v, 3, 995, 0.1f, 0.01f, 0.9f, 0.999f, 1e-8f, 0.01f, 0.1f, 0.1f, 7);
        SgdUpdate.apply(w, g, m, 3, 995, 0.1f, 0.01f, 0.9f, true, 0.01f, 0.1f, 0.1f);
        SgdUpdate.withoutMomentum(w, g, 3, 995, 0.1f, 0.01f, 0.01f, 0.1f, 0.1f);
        RmsPropUpdate.withoutMomentum(w, g, v, 3, 995, 0.1f, 0.01f, 0.99f, 1e-8f, 0.01f, 0.1f, 0.1f);
        RmsPropUpdate.apply(w, g, v, m, 3, 995, 0.1f, 0.01f, 0.99f, 1e-8f, 0.9f, 0.01f, 0.1f, 0.1f);
        sink.put(w);
        sink.put(m);
        sink.put(v);
    }
}
