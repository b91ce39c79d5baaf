package io.espalier.benchmarks.kernels;

import io.espalier.benchmarks.limits.Limit;
import io.espalier.benchmarks.limits.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a benchmark has to do.
 *
 * @param shape the sizes, to be shown
 * @param threads threads that share it
 * @param operations floating-point operations of its products, 0 where it is not bound by them
 * @param bytes bytes that it has to read and write at least, 0 where it is not bound by them
 * @param values values that it treats, 0 where a time for each says nothing
 * @param limit what bounds it, or null where it is none of those that are measured
 */
record Work(
        String shape,
        int threads,
        double operations,
        double bytes,
        double values,
        @Nullable Limit limit) {
    static Work products(String shape, int threads, double operations) {
        return new Work(shape, threads, operations, 0, 0, Limit.MULTIPLY_ADDS);
    }

    /** A pass over values by one thread, which moves so many bytes for each of them. */
    static Work pass(String shape, double values, double bytesPerValue, @Nullable Limit limit) {
        return new Work(shape, 1, 0, values * bytesPerValue, values, limit);
    }

    /**
     * The part of the limit that a call reaches. A copy reads and writes, and its bytes count once in the limit, so that
     * twice as many may move.
     *
     * @param limits of as many threads
     * @param nanos time of the call
     * @return 1 at the limit, 0 where there is none
     */
    double fraction(Limits limits, double nanos) {
        return switch (limit) {
            case null -> 0;
            case MULTIPLY_ADDS -> operations / nanos * 1e9 / limits.multiplyAdds();
            case MEMORY_COPY -> bytes / nanos * 1e9 / (2 * limits.memoryCopy());
            case CACHE_COPY -> bytes / nanos * 1e9 / (2 * limits.cacheCopy());
        };
    }
}
