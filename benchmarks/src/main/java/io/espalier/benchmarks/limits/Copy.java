package io.espalier.benchmarks.limits;

import java.util.Arrays;

/**
 * Copies one array to another with the runtime's own copy, which no loop of ours outdoes. A byte of the source counts once;
 * twice as many bytes move, as it is read and written.
 */
public final class Copy implements Probe {
    /**
     * Floats in the source of a copy from memory, all threads together: with the target 128 MiB, beyond most last-level
     * caches, and about what an update of ten million parameters works on, so that both lie in the same place elsewhere.
     */
    private static final int MEMORY = 1 << 24;

    /** Floats in the source of a copy within the second-level cache: 128 KiB, beyond the first level with its target. */
    private static final int CACHE = 1 << 15;

    /** Bytes that a pass copies within the cache. */
    static final double CACHE_BYTES = (double) Float.BYTES * CACHE;

    private final float[] source;
    private final float[] target;

    private Copy(int size) {
        source = new float[size];
        target = new float[size];
        Arrays.fill(source, 1f); // memory that was never written has no pages of its own
    }

    /**
     * From memory to memory.
     *
     * @param threads how many threads share the memory
     * @return the probe of one of them
     */
    public static Copy memory(int threads) {
        return new Copy(memoryLength(threads));
    }

    /**
     * Within the second-level cache.
     *
     * @return the probe of one thread
     */
    public static Copy cache() {
        return new Copy(CACHE);
    }

    /** Bytes that a pass of one of so many threads copies from memory. */
    static double memoryBytes(int threads) {
        return (double) Float.BYTES * memoryLength(threads);
    }

    private static int memoryLength(int threads) {
        return MEMORY / threads;
    }

    @Override
    public float pass() {
        System.arraycopy(source, 0, target, 0, source.length);
        return target[0];
    }
}
