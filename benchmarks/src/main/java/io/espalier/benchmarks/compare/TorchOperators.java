package io.espalier.benchmarks.compare;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Operators of PyTorch over lists of tensors, which its Java binding leaves out: the fused AdamW, six times as fast as the
 * loop of the C++ optimizer, and the two that clipping a norm takes. They are called by their symbols, in the calling
 * convention of Linux on x86-64: an {@code ArrayRef} goes by value, as the address of the first {@code at::Tensor} and
 * their number.
 *
 * <p>The handles are constants, so that the JIT compiles the calls. Where a symbol is missing, this class cannot be loaded.
 *
 * <p>An exception in one of them would end the process; arguments are therefore fixed when a network is prepared.
 */
@SuppressWarnings("restricted") // symbols of a native library
final class TorchOperators {
    private static final StructLayout ARRAY_REF = MemoryLayout.structLayout(ADDRESS, JAVA_LONG);

    /** The size of an {@code at::Tensor}: a pointer to its implementation. */
    private static final long TENSOR = ADDRESS.byteSize();

    private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup(
            Path.of(Loader.load(torch.class)).resolveSibling("libtorch_cpu.so"), Arena.global());

    /**
     * {@code at::_ops::_fused_adamw_::call(self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2,
     * weight_decay, eps, amsgrad, maximize, grad_scale, found_inf)}.
     */
    private static final MethodHandle FUSED_ADAMW = handle(
            "_ZN2at4_ops13_fused_adamw_4callEN3c108ArrayRefINS_6TensorEEES5_S5_S5_S5_S5_dddddbbRKSt8optionalIS4_ES9_",
            FunctionDescriptor.ofVoid(
                    ARRAY_REF,
                    ARRAY_REF,
                    ARRAY_REF,
                    ARRAY_REF,
                    ARRAY_REF,
                    ARRAY_REF,
                    JAVA_DOUBLE,
                    JAVA_DOUBLE,
                    JAVA_DOUBLE,
                    JAVA_DOUBLE,
                    JAVA_DOUBLE,
                    JAVA_BOOLEAN,
                    JAVA_BOOLEAN,
                    ADDRESS,
                    ADDRESS));

    /**
     * {@code at::_ops::_foreach_norm_Scalar::call(self, ord, dtype)}: the vector that it returns is written to the first
     * address, the optional type has two bytes.
     */
    private static final MethodHandle NORMS = handle(
            "_ZN2at4_ops20_foreach_norm_Scalar4callEN3c108ArrayRefINS_6TensorEEERKNS2_6ScalarESt8optionalINS2_10ScalarTypeEE",
            FunctionDescriptor.ofVoid(ADDRESS, ARRAY_REF, ADDRESS, JAVA_SHORT));

    /** {@code at::_ops::_foreach_mul__Tensor::call(self, other)}. */
    private static final MethodHandle MULTIPLY = handle(
            "_ZN2at4_ops20_foreach_mul__Tensor4callEN3c108ArrayRefINS_6TensorEEERKS4_",
            FunctionDescriptor.ofVoid(ARRAY_REF, ADDRESS));

    /** An optional tensor that is none. */
    private static final MemorySegment NONE = Arena.global().allocate(2 * TENSOR, TENSOR);

    private TorchOperators() {}

    private static MethodHandle handle(String symbol, FunctionDescriptor function) {
        MemorySegment address = LIBRARY.find(symbol)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "this build of PyTorch has no symbol " + symbol + ": another version or platform"));
        return Linker.nativeLinker().downcallHandle(address, function);
    }

    /**
     * An {@code ArrayRef} to some of a vector's tensors, which must outlive it.
     *
     * @param tensors the vector
     * @param from first tensor
     * @param count number of tensors
     * @param arena owns the reference, not the tensors
     * @return the reference, to be passed by value
     */
    static MemorySegment list(TensorVector tensors, int from, int count, Arena arena) {
        MemorySegment list = arena.allocate(ARRAY_REF);
        point(list, tensors, from, count);
        return list;
    }

    /** As {@link #list}, into a reference that is there. */
    static void point(MemorySegment list, TensorVector tensors, int from, int count) {
        long first = count == 0 ? 0 : tensors.get(0).address() + from * TENSOR;
        list.set(ADDRESS, 0, MemorySegment.ofAddress(first));
        list.set(JAVA_LONG, TENSOR, count);
    }

    /** One step of AdamW over a group of tensors, in place; the counters in {@code steps} must hold the step's number. */
    static void fusedAdamW(
            MemorySegment parameters,
            MemorySegment gradients,
            MemorySegment means,
            MemorySegment squares,
            MemorySegment nothing,
            MemorySegment steps,
            double learningRate,
            double beta1,
            double beta2,
            double decay,
            double epsilon) {
        try {
            FUSED_ADAMW.invokeExact(
                    parameters,
                    gradients,
                    means,
                    squares,
                    nothing,
                    steps,
                    learningRate,
                    beta1,
                    beta2,
                    decay,
                    epsilon,
                    false,
                    false,
                    NONE,
                    NONE);
        } catch (Throwable e) {
            throw new IllegalStateException("PyTorch's fused AdamW cannot be called", e);
        }
    }

    /** The norm of each tensor; the vector belongs to the caller's pointer scope. */
    static TensorVector norms(MemorySegment tensors, Scalar order) {
        TensorVector result = new TensorVector();
        try {
            // The vector is empty and owns nothing: the one that is returned may be put in its place.
            NORMS.invokeExact(segment(result), tensors, segment(order), (short) 0);
        } catch (Throwable e) {
            throw new IllegalStateException("PyTorch's norms cannot be called", e);
        }
        return result;
    }

    /** Multiplies each tensor with a scalar one, in place. */
    static void multiply(MemorySegment tensors, Tensor factor) {
        try {
            MULTIPLY.invokeExact(tensors, segment(factor));
        } catch (Throwable e) {
            throw new IllegalStateException("PyTorch's product with a list cannot be called", e);
        }
    }

    private static MemorySegment segment(Pointer pointer) {
        return MemorySegment.ofAddress(pointer.address());
    }
}
