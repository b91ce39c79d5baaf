package io.espalier.train;

import io.espalier.kernel.WeightPanels;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring panels of a packed weight, whole units therefore, that are updated together.
 *
 * @param weight where the weight starts among the values
 * @param in its inputs
 * @param out its outputs
 * @param first the first of the panels
 * @param end the panel after the last
 */
record Panels(int weight, int in, int out, int first, int end) {
    /** Values that stand together, if more than one panel does: 64 KiB, as in an update's block. */
    private static final int MOST_VALUES = 16_384;

    /** All panels of a weight. */
    static List<Panels> of(int weight, int in, int out) {
        int count = WeightPanels.count(out);
        int atOnce = Math.max(1, MOST_VALUES / (in * WeightPanels.PANEL));
        List<Panels> all = new ArrayList<>();
        for (int first = 0; first < count; first += atOnce) {
            all.add(new Panels(weight, in, out, first, Math.min(first + atOnce, count)));
        }
        return all;
    }

    /** The first of their values. */
    int from() {
        return weight + first * WeightPanels.PANEL * in;
    }

    /** The value after the last. */
    int to() {
        return weight + (end == WeightPanels.count(out) ? WeightPanels.size(in, out) : end * WeightPanels.PANEL * in);
    }
}
