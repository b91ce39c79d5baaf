package io.espalier.benchmarks.limits;

/**
 * What this machine can do at most, for results to stand beside.
 *
 * @param threads threads that did it together
 * @param multiplyAdds floating-point operations per second of fused multiply-adds in registers, two each
 * @param memoryCopy bytes per second copied from memory to memory, each counted once
 * @param cacheCopy bytes per second copied within the second-level cache, each counted once
 */
public record Limits(int threads, double multiplyAdds, double memoryCopy, double cacheCopy) {}
