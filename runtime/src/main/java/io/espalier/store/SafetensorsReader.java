package io.espalier.store;

import io.espalier.store.Header.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An open safetensors file whose header has been read and checked; the tensors are read one by one. */
final class SafetensorsReader implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final SeekableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Header header;
    private final long dataStart;

    private SafetensorsReader(Path file, SeekableByteChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new WeightFormatException(
                    file, "byte 0", "expected 8 bytes that hold the header's length, the file has " + size);
        }
        ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(prefix, "byte 0");
        long length = prefix.getLong(0);
        // A length with the highest bit set is negative here and refused with the rest.
        if (length < 0 || length > Header.MAX_BYTES || length > size - Long.BYTES) {
            throw new WeightFormatException(
                    file,
                    "byte 0",
                    "expected the header's length, at most " + Math.min(Header.MAX_BYTES, size - Long.BYTES)
                            + " in a file of " + size + " bytes, found " + Long.toUnsignedString(length)
                            + "; the file was cut short or is no safetensors file");
        }
        dataStart = Long.BYTES + length;
        header = new HeaderParser(file, size - dataStart).parse(headerText((int) length));
    }

    static SafetensorsReader open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new WeightFormatException(file, "the path", "expected a file, found a directory or a device");
        }
        SeekableByteChannel channel = Files.newByteChannel(file);
        try {
            return new SafetensorsReader(file, channel);
        } catch (Throwable failure) {
            channel.close();
            throw failure;
        }
    }

    Header header() {
        return header;
    }

    /** Reads one tensor as float32; the header's check has made sure that the file has so many bytes. */
    float[] values(Entry entry) throws IOException {
        String place = "tensor '" + WeightFormatException.shown(entry.name()) + "'";
        TensorType type = entry.type();
        if (!type.isRead()) {
            throw new WeightFormatException(
                    file, "header, " + place + ", dtype", "expected F32, F64, F16 or BF16, found " + type);
        }
        float[] values = new float[entry.elements()];
        channel.position(dataStart + entry.begin());
        for (int i = 0; i < values.length; ) {
            int end = Math.min(values.length, i + BUFFER_BYTES / type.bytes());
            buffer.clear().limit((end - i) * type.bytes());
            readFully(buffer, place);
            buffer.flip();
            while (i < end) {
                values[i++] = type.next(buffer);
            }
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private String headerText(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        readFully(bytes, "header");
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            WeightFormatException malformed = new WeightFormatException(
                    file, "header", "not valid UTF-8; the file was damaged or is no safetensors file");
            malformed.initCause(e);
            throw malformed;
        }
    }

    private void readFully(ByteBuffer target, String place) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new WeightFormatException(
                        file, place, "the file ended " + target.remaining() + " bytes early, while it was being read");
            }
        }
    }
}
