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
 * <p>An exception in one of them would end the process; arguments are therefore fixed when a network is prepared.
 */
@SuppressWarnings("restricted") // symbols of a native library
final class TorchOperators {
    private static final StructLayout ARRAY_REF = MemoryLayout.structLayout(ADDRESS, JAVA_LONG);

    /** The size of an {@code at::Tensor}: a pointer to its implementation. */
    private static final long TENSOR = ADDRESS.byteSize();

    private final MethodHandle fusedAdamW;
    private final MethodHandle norms;
    private final MethodHandle multiply;
    private final MemorySegment none;

    TorchOperators() {
        Path binding = Path.of(Loader.load(torch.class));
        SymbolLookup library = SymbolLookup.libraryLookup(binding.resolveSibling("libtorch_cpu.so"), Arena.global());
        // at::_ops::_fused_adamw_::call(self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1,
        // beta2,
        // weight_decay, eps, amsgrad, maximize, grad_scale, found_inf)
        fusedAdamW = handle(
                library,
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
        // at::_ops::_foreach_norm_Scalar::call(self, ord, dtype): the vector that it returns is written to the first
        // address,
        // the optional type has two bytes.
        norms = handle(
                library,
                "_ZN2at4_ops20_foreach_norm_Scalar4callEN3c108ArrayRefINS_6TensorEEERKNS2_6ScalarESt8optionalINS2_10ScalarTypeEE",
                FunctionDescriptor.ofVoid(ADDRESS, ARRAY_REF, ADDRESS, JAVA_SHORT));
        // at::_ops::_foreach_mul__Tensor::call(self, other)
        multiply = handle(
                library,
                "_ZN2at4_ops20_foreach_mul__Tensor4callEN3c108ArrayRefINS_6TensorEEERKS4_",
                FunctionDescriptor.ofVoid(ARRAY_REF, ADDRESS));
        none = Arena.global().allocate(2 * TENSOR, TENSOR);
    }

    private static MethodHandle handle(SymbolLookup library, String symbol, FunctionDescriptor function) {
        MemorySegment address = library.find(symbol)
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
    MemorySegment list(TensorVector tensors, int from, int count, Arena arena) {
        MemorySegment list = arena.allocate(ARRAY_REF);
        point(list, tensors, from, count);
        return list;
    }

    /** As {@link #list}, into a reference that is there. */
    void point(MemorySegment list, TensorVector tensors, int from, int count) {
        long first = count == 0 ? 0 : tensors.get(0).address() + from * TENSOR;
        list.set(ADDRESS, 0, MemorySegment.ofAddress(first));
        list.set(JAVA_LONG, TENSOR, count);
    }

    /** One step of AdamW over a group of tensors, in place; the counters in {@code steps} must hold the step's number. */
    void fusedAdamW(
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
            fusedAdamW.invokeExact(
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
                    none,
                    none);
        } catch (Throwable e) {
            throw new IllegalStateException("PyTorch's fused AdamW cannot be called", e);
        }
    }

    /** The norm of each tensor; the vector belongs to the caller's pointer scope. */
    TensorVector norms(MemorySegment tensors, Scalar order) {
        TensorVector result = new TensorVector();
        try {
            // The vector is empty and owns nothing: the one that is returned may be put in its place.
            norms.invokeExact(segment(result), tensors, segment(order), (short) 0);
        } catch (Throwable e) {
            throw new IllegalStateException("PyTorch's norms cannot be called", e);
        }
        return result;
    }

    /** Multiplies each tensor with a scalar one, in place. */
    void multiply(MemorySegment tensors, Tensor factor) {
        try {
            multiply.invokeExact(tensors, segment(factor));
        } catch (Throwable e) {
            throw new IllegalStateException("PyTorch's product with a list cannot be called", e);
        }
    }

    private static MemorySegment segment(Pointer pointer) {
        return MemorySegment.ofAddress(pointer.address());
    }
}
