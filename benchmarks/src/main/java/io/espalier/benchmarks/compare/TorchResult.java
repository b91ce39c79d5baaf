package io.espalier.benchmarks.compare;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a run gave, kept beyond the run's pointer scope until the next run begins, so that looking at it is no part of what
 * is timed.
 */
final class TorchResult {
    private @Nullable Tensor kept;

    /** Keeps a tensor that is an object of its own, not an element of a vector that is freed. */
    void keep(Tensor tensor) {
        tensor.retainReference();
        kept = tensor;
    }

    /** Frees what is kept, so that the next run may have its memory. */
    void release() {
        if (kept != null) {
            kept.releaseReference();
            kept = null;
        }
    }

    /** {@return the sum of what is kept} */
    double checksum() {
        if (kept == null) {
            throw new IllegalStateException("There was no run yet");
        }
        return checksum(kept);
    }

    /** {@return the sum of a tensor without gaps} */
    static double checksum(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        tensor.data_ptr_float().get(values);
        return Checksum.of(values);
    }
}
