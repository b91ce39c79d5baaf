package io.espalier;

import io.espalier.kernel.Softmax;
import io.espalier.model.NetworkDescription;
import io.espalier.train.SamplingPass;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Estimates how sure a network is: it predicts many times with the noise of training on and looks at how far the answers lie
 * apart. That approximates the posterior of a Bayesian network (Gal and Ghahramani, "Dropout as a Bayesian approximation",
 * 2016). Only the noise is random: batch norm stays on its running statistics, which nothing here changes.
 *
 * <p>It has a copy of the weights as they were when it was made. Thread-safe. The same seed and the same example at the same
 * place give the same estimate, however many examples stand beside it.
 */
public final class MonteCarlo {
    /** Examples that go through all samples together: however many there are, memory is that of so many. */
    private static final int CHUNK = 256;

    private final NetworkDescription description;
    private final Uncertainty.Kind kind;
    private final int samples;
    private final IntFunction<SamplingPass> passes;
    private final ConcurrentLinkedQueue<SamplingPass> idle = new ConcurrentLinkedQueue<>();

    MonteCarlo(NetworkDescription description, int samples, IntFunction<SamplingPass> passes) {
        if (samples < 2) {
            throw new IllegalArgumentException("Monte-Carlo sampling needs 2 samples or more, but samples is " + samples
                    + "; 30 to 100 are usual");
        }
        this.description = description;
        this.kind = Uncertainty.Kind.of(description.loss());
        this.samples = samples;
        this.passes = passes;
    }

    /**
     * How many predictions make an estimate.
     *
     * @return at least 2
     */
    public int samples() {
        return samples;
    }

    /**
     * The estimate for one example.
     *
     * @param input the example, row-major, of the network's input size
     * @return what the network predicts, and how sure it is
     * @throws IllegalArgumentException if the length is another
     */
    public Uncertainty estimate(float[] input) {
        return estimates(input, 1).getFirst();
    }

    /**
     * The estimates for some examples. Each is a function of its place: noise differs from row to row.
     *
     * @param inputs {@code [size][inputSize]}, row-major
     * @param size rows, at least 1
     * @return an estimate for each row
     * @throws IllegalArgumentException if the length is another, or there is no row
     */
    public List<Uncertainty> estimates(float[] inputs, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("There must be 1 example or more, but size is " + size);
        }
        SamplingPass pass = pass(Math.min(size, CHUNK));
        int inputSize = pass.inputSize();
        if (inputs.length != (long) size * inputSize) {
            idle.add(pass);
            throw new IllegalArgumentException(description.name() + " takes " + inputSize + " input values an example, "
                    + size + " examples are " + (long) size * inputSize + " values, but " + inputs.length
                    + " were given");
        }
        List<Uncertainty> all = new ArrayList<>();
        for (int first = 0; first < size; first += CHUNK) {
            chunk(pass, inputs, first, Math.min(CHUNK, size - first), all);
        }
        idle.add(pass);
        return all;
    }

    /** A pass with room for so many examples: one that is idle, or a new one. */
    private SamplingPass pass(int rows) {
        SamplingPass pass = idle.poll();
        return pass != null && pass.maxBatch() >= rows ? pass : passes.apply(rows);
    }

    private void chunk(SamplingPass pass, float[] inputs, int first, int rows, List<Uncertainty> into) {
        int outputs = pass.outputSize();
        float[] answers = new float[rows * outputs];
        Uncertainty.Gathering[] gatherings = new Uncertainty.Gathering[rows];
        for (int row = 0; row < rows; row++) {
            gatherings[row] = new Uncertainty.Gathering(kind, outputs);
        }
        for (int sample = 0; sample < samples; sample++) {
            pass.sample(sample, inputs, first, rows, answers);
            if (kind == Uncertainty.Kind.CLASSES) {
                Softmax.rows(answers, 0, outputs, outputs, rows, answers, 0, outputs);
            }
            for (int row = 0; row < rows; row++) {
                gatherings[row].add(answers, row * outputs);
            }
        }
        for (Uncertainty.Gathering gathering : gatherings) {
            into.add(gathering.result());
        }
    }

    /** The network, the number of samples. */
    @Override
    public String toString() {
        return samples + " Monte-Carlo samples of " + description.name();
    }
}
