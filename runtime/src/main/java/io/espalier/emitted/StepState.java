package io.espalier.emitted;

import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a step, or of a pass that samples, which emitted code may ask for while it runs: what makes its random draws
 * differ from others', where its rows stand, how far the training has come. The runtime sets them before the passes.
 */
public final class StepState {
    /** Draws are counted by 32 bits, of which a word of a mask takes eight counts. */
    private static final long MOST_WORDS = 1L << 29;

    private final long seed;
    private final List<Rate> rates = new ArrayList<>();
    private final List<Strength> strengths = new ArrayList<>();
    private long wordsPerRow;
    private int drawStep;
    private int firstRow;
    private int batchRows;
    private double progress = Double.NaN;

    /**
     * The numbers before the first step.
     *
     * @param seed fixes every random draw
     */
    public StepState(long seed) {
        this.seed = seed;
    }

    /**
     * For the runtime: starts a step.
     *
     * @param ofDrawStep what makes its draws differ from another step's
     * @param ofFirstRow where the batch's first row stands in the global batch, 0 or more
     * @param rows rows of the batch, at least 1
     * @param ofProgress how far the training has come, 0 to 1
     * @throws IllegalArgumentException if the global batch has more rows than random draws can be told apart; nothing is
     *     changed then
     */
    public void begin(int ofDrawStep, int ofFirstRow, int rows, double ofProgress) {
        long all = (long) ofFirstRow + rows;
        long most = wordsPerRow == 0 ? Integer.MAX_VALUE : Math.min(Integer.MAX_VALUE, MOST_WORDS / wordsPerRow);
        if (all > most) {
            throw new IllegalArgumentException("A batch of " + all + " rows, " + ofFirstRow + " before these " + rows
                    + ", is too large: there are random numbers for " + MOST_WORDS
                    + " words of 64 elements, and a row of"
                    + " this network takes " + wordsPerRow + ", which is enough for " + most + " rows");
        }
        drawStep = ofDrawStep;
        firstRow = ofFirstRow;
        batchRows = rows;
        if (progress != ofProgress) {
            progress = ofProgress;
            for (int i = 0; i < rates.size(); i++) {
                rates.get(i).evaluate(ofProgress);
            }
            for (int i = 0; i < strengths.size(); i++) {
                strengths.get(i).evaluate(ofProgress);
            }
        }
    }

    /** Some draws of a row take as many counts as a mask of so many words. */
    void wordsPerRow(long words) {
        wordsPerRow = Math.max(wordsPerRow, words);
    }

    Rate add(Rate rate) {
        rates.add(rate);
        return rate;
    }

    Strength add(Strength strength) {
        strengths.add(strength);
        return strength;
    }

    /**
     * What fixes every random draw.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * What makes this step's random draws differ from the next one's.
     *
     * @return the updates made so far, or the number of the sample
     */
    public int drawStep() {
        return drawStep;
    }

    /**
     * Where the first row stands in the global batch: not at 0 when gradients are accumulated, nor in the later rows of many
     * that are sampled.
     *
     * @return 0 or more
     */
    public int firstRow() {
        return firstRow;
    }

    /**
     * The rows of the current batch.
     *
     * @return at least 1
     */
    public int batchRows() {
        return batchRows;
    }

    /**
     * How far the training has come.
     *
     * @return from 0, before its first step, to 1; 1 where samples are drawn
     */
    public double progress() {
        return progress;
    }
}
