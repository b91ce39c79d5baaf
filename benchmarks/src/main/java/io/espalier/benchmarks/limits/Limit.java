package io.espalier.benchmarks.limits;

/** What bounds a kernel. */
public enum Limit {
    /** Fused multiply-adds in registers, two floating-point operations each. */
    MULTIPLY_ADDS,
    /** Copies from memory to memory. */
    MEMORY_COPY,
    /** Copies within the second-level cache. */
    CACHE_COPY;

    /**
     * What a thread does to reach it.
     *
     * @param threads how many threads do it at the same time
     * @return the probe of one of them
     */
    public Probe probe(int threads) {
        return switch (this) {
            case MULTIPLY_ADDS -> new MultiplyAdds();
            case MEMORY_COPY -> Copy.memory(threads);
            case CACHE_COPY -> Copy.cache();
        };
    }

    /**
     * How much a pass of a probe does.
     *
     * @param threads how many threads have one
     * @return floating-point operations, or bytes copied, each counted once
     */
    public double amount(int threads) {
        return switch (this) {
            case MULTIPLY_ADDS -> MultiplyAdds.OPERATIONS;
            case MEMORY_COPY -> Copy.memoryBytes(threads);
            case CACHE_COPY -> Copy.CACHE_BYTES;
        };
    }
}
