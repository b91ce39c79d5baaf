package io.espalier.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The types of a safetensors file's numbers. Those with a fraction are read as float32; the others are only gone past. */
enum TensorType {
    F64(Double.BYTES) {
        @Override
        float next(ByteBuffer bytes) {
            return (float) bytes.getDouble();
        }
    },
    F32(Float.BYTES) {
        @Override
        float next(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    F16(Short.BYTES) {
        @Override
        float next(ByteBuffer bytes) {
            return Float.float16ToFloat(bytes.getShort());
        }
    },
    BF16(Short.BYTES) {
        @Override
        float next(ByteBuffer bytes) {
            return Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
        }
    },
    I64(Long.BYTES),
    U64(Long.BYTES),
    I32(Integer.BYTES),
    U32(Integer.BYTES),
    I16(Short.BYTES),
    U16(Short.BYTES),
    I8(Byte.BYTES),
    U8(Byte.BYTES),
    F8_E4M3(Byte.BYTES),
    F8_E5M2(Byte.BYTES),
    BOOL(Byte.BYTES);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    static @Nullable TensorType named(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    int bytes() {
        return bytes;
    }

    /** Whether its numbers are read. */
    boolean isRead() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** The next number, rounded to float32. */
    float next(ByteBuffer from) {
        throw new IllegalStateException(this + " is not read");
    }
}
