package io.espalier.train;

import java.util.List;

/**
 * What came of a training. Immutable.
 *
 * @param epochs all epochs that were trained, in order, at least one
 * @param bestEpoch the number of the best one, from 1: by what early stopping watched, or else by validation loss, or else
 *     by training loss; of equals the first
 * @param stoppedEarly whether early stopping ended the training before its last epoch
 * @param bestRestored whether the network has the weights of the best epoch because early stopping gave them back, and not
 *     because that was the last; without early stopping it always has those of the last
 */
public record History(List<Epoch> epochs, int bestEpoch, boolean stoppedEarly, boolean bestRestored) {

    /** Copies the list and checks that the best epoch is in it. */
    public History {
        epochs = List.copyOf(epochs);
        if (bestEpoch < 1 || bestEpoch > epochs.size()) {
            throw new IllegalArgumentException(
                    "The best epoch is " + bestEpoch + ", but there are " + epochs.size() + " epochs");
        }
    }

    /**
     * The best epoch.
     *
     * @return that of number {@link #bestEpoch()}
     */
    public Epoch best() {
        return epochs.get(bestEpoch - 1);
    }

    /**
     * The epoch that was trained last.
     *
     * @return the last of {@link #epochs()}
     */
    public Epoch last() {
        return epochs.getLast();
    }

    /**
     * The epoch whose weights the network was left with.
     *
     * @return the best if its weights were restored, else the last
     */
    public Epoch kept() {
        return bestRestored ? best() : last();
    }

    /**
     * What all training steps took, without the evaluations.
     *
     * @return seconds
     */
    public double seconds() {
        return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }
}
