package io.espalier.processor.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shape of one example, channels last.
 *
 * @param extents the extents, each at least 1; none at all where a mistake upstream leaves the shape unknown
 */
public record Shape(List<Integer> extents) {
    /** What follows a mistake: reported where it was made, it is no reason for further findings. */
    public static final Shape UNKNOWN = new Shape(List.of());

    /** Copies the list. */
    public Shape {
        extents = List.copyOf(extents);
    }

    /**
     * The shape of a row of features.
     *
     * @param count how many features
     * @return the shape
     */
    public static Shape features(int count) {
        return new Shape(List.of(count));
    }

    /**
     * Whether no mistake upstream keeps the shape from being known.
     *
     * @return whether there are extents
     */
    public boolean isKnown() {
        return !extents.isEmpty();
    }

    /**
     * Whether an example is a plain row of features.
     *
     * @return whether there is one extent
     */
    public boolean isFeatures() {
        return extents.size() == 1;
    }

    /**
     * The channels of a position: the features of a row.
     *
     * @return the last extent
     */
    public int channels() {
        return extents.getLast();
    }

    /**
     * The positions of an example: 1 for a row of features, time steps, pixels.
     *
     * @return the product of all extents but the last
     */
    public int positions() {
        return Math.toIntExact(size() / channels());
    }

    /**
     * The same positions with other channels.
     *
     * @param count how many channels
     * @return the shape
     */
    public Shape withChannels(int count) {
        List<Integer> all = new ArrayList<>(extents);
        all.set(all.size() - 1, count);
        return new Shape(all);
    }

    /**
     * Number of values in an example.
     *
     * @return the product of the extents, 1 for an unknown shape
     */
    public long size() {
        return extents.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    @Override
    public String toString() {
        return isKnown() ? extents.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}")) : "{?}";
    }
}
