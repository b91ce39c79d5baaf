package io.espalier.processor.emit;

import java.util.SortedSet;
import java.util.TreeSet;

/** The names of a region's gradient buffers, one for each depth of residual branches, and which of them its methods use. */
final class GradientBuffers {
    private final SortedSet<Integer> used = new TreeSet<>();

    /** The field for a depth, which is used from now on. */
    String use(int level) {
        used.add(level);
        return name(level);
    }

    /** The depths whose buffers are used, the outermost first. */
    SortedSet<Integer> used() {
        return used;
    }

    static String name(int level) {
        return level == 0 ? "gradientFlow" : level == 1 ? "branchFlow" : "branchFlow" + level;
    }
}
