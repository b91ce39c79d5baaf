package io.espalier.kernel;

/**
 * The fixed binary tree of sums over leaves, taken as the leaves come in: a stack of partial sums on which two sums of the
 * same number of leaves are merged at once, like the carries of a binary counter. The result is that of the recursion
 * whose left branch holds the largest power of two below the number of leaves.
 */
final class FixedTree {

    private FixedTree() {}

    /**
     * The largest height that the stack reaches, the leaf being pushed included.
     *
     * @param leaves number of leaves, at least 1
     */
    static int height(int leaves) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(leaves);
    }

    /**
     * Merges the leaf that was just pushed as far as it goes.
     *
     * @param stack holds sums of {@code width} floats, the oldest first
     * @param offset where the oldest starts
     * @param width floats of one sum
     * @param height sums on the stack, the new leaf included
     * @param leaf index of the new leaf, from 0
     * @return the height afterwards
     */
    static int merge(float[] stack, int offset, int width, int height, int leaf) {
        int top = height;
        for (int carries = leaf; (carries & 1) != 0; carries >>= 1) {
            fold(stack, offset, width, top--);
        }
        return top;
    }

    /** Merges all that is left, the newest first, so that the sum stands at {@code offset}. */
    static void finish(float[] stack, int offset, int width, int height) {
        for (int top = height; top > 1; top--) {
            fold(stack, offset, width, top);
        }
    }

    private static void fold(float[] stack, int offset, int width, int height) {
        int older = offset + (height - 2) * width;
        ColumnSums.accumulate(stack, older + width, width, stack, older);
    }
}
