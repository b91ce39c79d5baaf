package io.espalier.train;

import java.util.ArrayList;
import java.util.List;

/** How far a training has come: all that a resumed one must know besides the weights and what the optimizer keeps. */
final class Progress {
    /** Those that are complete. */
    final List<Epoch> epochs = new ArrayList<>();

    /** Batches that the epoch now in training has been through. */
    int batches;

    /** The losses of that epoch so far, summed over its examples with their weights. */
    double lossSum;

    /** What the examples of that sum weigh together: their number unless classes have weights. */
    double lossWeight;

    /** The learning rate of the last step. */
    float rate;

    /** What that epoch has taken before the training was resumed. */
    double seconds;

    /** The least cost of an epoch, and which one that was: 0 before there is one. */
    double bestCost = Double.POSITIVE_INFINITY;

    int best;

    /** What the network goes back to when something fails, or when the best epoch was not the last. */
    float[] kept;

    /** The epoch whose weights are kept; 0 for those from before the training. */
    int keptEpoch;

    Progress(float[] kept) {
        this.kept = kept;
    }

    /** The number of the epoch that is trained next, or now. */
    int epoch() {
        return epochs.size() + 1;
    }

    /** The mean loss of that epoch so far; 0 if nothing in it weighs anything. */
    double meanLoss() {
        return lossWeight == 0 ? 0 : lossSum / lossWeight;
    }

    /** Forgets the sums over an epoch that is complete. */
    void startEpoch() {
        batches = 0;
        lossSum = 0;
        lossWeight = 0;
        seconds = 0;
    }
}
