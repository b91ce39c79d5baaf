package io.espalier.benchmarks.kernels;

import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.WeightGradient;
import io.espalier.kernel.WeightPanels;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The three products of a dense layer, called as a training step of one thread calls them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProductBenchmark {
    @Param({
        "square 256x256 @256",
        "square 512x512 @512",
        "square 1024x1024 @1024",
        "W1 128x256 @32",
        "W1 128x256 @128",
        "W1 128x256 @512",
        "W1 256x256 @32",
        "W1 256x256 @128",
        "W1 256x256 @512",
        "W1 256x128 @32",
        "W1 256x128 @128",
        "W1 256x128 @512",
        "W1 128x10 @32",
        "W1 128x10 @128",
        "W1 128x10 @512",
        "W2 784x1024 @128",
        "W2 1024x1024 @128",
        "W2 1024x10 @128"
    })
    String shape = "";

    private int in;
    private int out;
    private int batch;
    private int inStride;
    private int outStride;
    private int widest;
    private ProductShape sizes = new ProductShape(0, 0, 0, 0);
    private int panelsAtOnce;
    private float[] inputs = {};
    private float[] weights = {};
    private float[] transposed = {};
    private float[] outputs = {};
    private float[] outputGradients = {};
    private float[] inputGradients = {};
    private float[] weightGradients = {};
    private float[] biasGradients = {};
    private float[] scratch = {};

    static Work work(BenchmarkParams params) {
        String shape = params.getParam("shape");
        return Work.products(shape, 1, ProductShape.of(shape).operations());
    }

    /** Fills what is multiplied with values around 0. */
    @Setup
    public void allocate() {
        sizes = ProductShape.of(shape);
        in = sizes.in();
        out = sizes.out();
        batch = sizes.batch();
        widest = sizes.widest();
        inStride = ProductShape.stride(in);
        outStride = ProductShape.stride(out);
        Random random = new Random(1);
        inputs = Noise.inputs(random, batch * inStride);
        weights = Noise.inputs(random, WeightPanels.size(in, out));
        transposed = new float[WeightPanels.size(out, in)];
        WeightPanels.transpose(weights, 0, in, out, transposed, 0, 0, WeightPanels.count(out));
        outputs = new float[batch * outStride];
        outputGradients = Noise.inputs(random, batch * outStride);
        inputGradients = new float[batch * widest];
        weightGradients = new float[weights.length];
        biasGradients = new float[outStride];
        panelsAtOnce = WeightGradient.panelsAtOnce(in, out, 1);
        scratch = new float[WeightGradient.scratchSize(batch, 1, in, panelsAtOnce)];
    }

    /**
     * Y = X·Wᵀ.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] forward() {
        multiply(inputs, inStride, in, weights, out, outputs, outStride);
        return outputs;
    }

    /**
     * dX = dY·W.
     *
     * @return the gradients of the inputs
     */
    @Benchmark
    public float[] inputGradient() {
        multiply(outputGradients, outStride, out, transposed, in, inputGradients, widest);
        return inputGradients;
    }

    /** A group of columns after the other, each over a block of rows after the other: one group, where it is not wide. */
    private void multiply(float[] a, int aStride, int depth, float[] panels, int columns, float[] c, int cStride) {
        int rowsPerCall = sizes.rowsPerCall();
        int columnsPerCall = sizes.columnsPerCall(columns);
        for (int column = 0; column < columns; column += columnsPerCall) {
            for (int row = 0; row < batch; row += rowsPerCall) {
                MatrixMultiply.multiply(
                        a,
                        row * aStride,
                        aStride,
                        Math.min(rowsPerCall, batch - row),
                        depth,
                        panels,
                        column * depth,
                        Math.min(columnsPerCall, columns - column),
                        c,
                        row * cStride + column,
                        cStride);
            }
        }
    }

    /**
     * dW = dYᵀ·X, and the sums of dY for the bias.
     *
     * @return the gradients of the weights
     */
    @Benchmark
    public float[] weightGradient() {
        int panels = WeightPanels.count(out);
        for (int panel = 0; panel < panels; panel += panelsAtOnce) {
            WeightGradient.panels(
                    inputs,
                    0,
                    inStride,
                    in,
                    outputGradients,
                    0,
                    outStride,
                    out,
                    batch,
                    1,
                    panel,
                    Math.min(panel + panelsAtOnce, panels),
                    weightGradients,
                    0,
                    biasGradients,
                    0,
                    false,
                    scratch);
        }
        return weightGradients;
    }
}
