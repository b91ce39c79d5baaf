package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * A copy of a packed dense weight ({@link WeightPanels}) in which each element is 0 or scaled, as drop connect needs it: Wan et
 * al., "Regularization of neural networks using DropConnect" (2013).
 *
 * <p>The mask is that of {@link DropoutMask} with a row for each input and an element for each output, so that sixteen outputs of
 * a panel stand side by side. Different threads may draw different inputs, and then transpose different panels.
 */
public final class MaskedWeight {
    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final int PANEL = WeightPanels.PANEL;
    private static final int PANELS_PER_WORD = Long.SIZE / PANEL;

    private final int in;
    private final int out;
    private final int words;
    private final long[] bits;
    private final float[] weights;
    private final float[] transposed;
    private int threshold;
    private float scale = 1f;

    /**
     * A copy that is not drawn yet, and of which nothing is dropped until {@link #rate} says otherwise.
     *
     * @param in inputs
     * @param out outputs
     * @param withTranspose whether its transpose is needed too
     */
    public MaskedWeight(int in, int out, boolean withTranspose) {
        this.in = in;
        this.out = out;
        this.words = DropoutMask.wordsPerRow(out);
        this.bits = new long[Math.multiplyExact(in, words)];
        this.weights = new float[WeightPanels.size(in, out)];
        this.transposed = new float[withTranspose ? WeightPanels.size(out, in) : 0];
    }

    /**
     * Says how much is dropped from the next draw on.
     *
     * @param ofThreshold as of {@link DropoutMask#threshold}
     */
    public void rate(int ofThreshold) {
        threshold = ofThreshold;
        scale = DropoutMask.scale(ofThreshold);
    }

    /**
     * The masked weight.
     *
     * @return the live array, packed, from 0
     */
    public float[] weights() {
        return weights;
    }

    /**
     * The masked weight's transpose.
     *
     * @return the live array, packed, from 0; empty if it was not asked for
     */
    public float[] transposed() {
        return transposed;
    }

    /**
     * Draws the masks of some inputs and applies them to a weight.
     *
     * @param values holds the packed weight
     * @param offset where it starts
     * @param seed seed of the training
     * @param stream number of the stage (and repeat)
     * @param step training step, or sample
     * @param fromInput first input
     * @param toInput the input after the last one
     */
    public void draw(float[] values, int offset, long seed, int stream, int step, int fromInput, int toInput) {
        DropoutMask.fill(bits, out, threshold, seed, stream, step, 0, fromInput, toInput);
        for (int panel = 0; panel < WeightPanels.count(out); panel++) {
            mask(values, offset, weights, 0, panel, fromInput, toInput);
        }
    }

    /**
     * Transposes some panels of the masked weight.
     *
     * @param fromPanel first panel
     * @param toPanel the panel after the last one
     */
    public void transpose(int fromPanel, int toPanel) {
        WeightPanels.transpose(weights, 0, in, out, transposed, 0, fromPanel, toPanel);
    }

    /**
     * The weight's gradient from that of the masked weight: 0 for what is dropped, scaled for what is kept.
     *
     * @param sums the gradient of the masked weight, packed, from 0
     * @param gradient receives that of the weight
     * @param offset where it starts there
     * @param fromPanel first panel
     * @param toPanel the panel after the last one
     */
    public void gradient(float[] sums, float[] gradient, int offset, int fromPanel, int toPanel) {
        for (int panel = fromPanel; panel < toPanel; panel++) {
            mask(sums, 0, gradient, offset, panel, 0, in);
        }
    }

    private void mask(float[] from, int fromPlace, float[] to, int toPlace, int panel, int fromInput, int toInput) {
        int width = WeightPanels.width(panel, out);
        int start = panel * PANEL * in;
        int shift = panel % PANELS_PER_WORD * PANEL;
        for (int input = fromInput; input < toInput; input++) {
            long word = bits[input * words + panel / PANELS_PER_WORD] >>> shift;
            int at = start + input * width;
            for (int i = 0; i < width; i += LANES) {
                VectorMask<Float> kept = VectorMask.fromLong(FLOATS, word >>> i);
                FloatVector scaled =
                        FloatVector.fromArray(FLOATS, from, fromPlace + at + i).mul(scale);
                FloatVector.zero(FLOATS).blend(scaled, kept).intoArray(to, toPlace + at + i);
            }
        }
    }
}
