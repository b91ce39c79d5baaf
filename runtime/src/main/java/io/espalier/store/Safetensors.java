package io.espalier.store;

import io.espalier.model.Parameters;
import io.espalier.store.Header.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The safetensors format, written as float32: eight bytes with the length of a JSON header, the header, and the values, all
 * little-endian. See <a href="https://huggingface.co/docs/safetensors">its documentation</a>.
 */
public final class Safetensors {
    private static final int CHUNK = 1 << 14;

    private Safetensors() {}

    /**
     * Writes all parameters in their order, weights as {@code [out, in]}. The file is written beside its place, forced
     * to the disk and then renamed over it, so that at every moment {@code path} is either as it was or complete; a
     * symbolic link there is replaced. Takes little memory besides the parameters themselves.
     *
     * @param path the file to write or replace, in an existing directory
     * @param parameters what to write; no other thread may train them meanwhile
     * @param metadata free texts by name
     * @throws IOException if the file cannot be written; what was at {@code path} is then untouched
     * @throws IllegalArgumentException if a value is not finite, which no reader of weights would accept, or if the
     *     texts and names are above 100,000,000 bytes, or if a parameter has a name that the format reserves; likewise
     */
    public static void write(Path path, Parameters parameters, Map<String, String> metadata) throws IOException {
        List<TensorSource> tensors = new ArrayList<>();
        parameters.forEach(parameter -> tensors.add(TensorSource.of(parameter)));
        Path beside = directory(path).resolve("." + path.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            writeThrough(beside, tensors, metadata);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (Throwable failure) {
            discard(beside, failure);
            throw failure;
        }
    }

    /** The existing directory in which a file is to be written. */
    static Path directory(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(path.toString(), null, "there is no directory " + directory);
        }
        return directory;
    }

    /** Deletes what was written of a file that is not to be. */
    static void discard(Path unfinished, Throwable failure) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException undeletable) {
            failure.addSuppressed(undeletable);
        }
    }

    /** Writes a file in its place and forces it to the disk; replaces what is there. */
    static void writeThrough(Path path, List<TensorSource> tensors, Map<String, String> metadata) throws IOException {
        byte[] header = Header.bytes(tensors, metadata);
        if (header.length > Header.MAX_BYTES) {
            throw new IllegalArgumentException("the header of " + path + " would have " + header.length
                    + " bytes, the format allows " + Header.MAX_BYTES + "; give it less metadata");
        }
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, prefix.putLong(header.length).flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (TensorSource tensor : tensors) {
                writeValues(channel, tensor);
            }
            channel.force(true);
        }
    }

    /**
     * Reads a whole file. Nothing in it is trusted: no more memory is allocated than the file has bytes, and a file that
     * breaks the format anywhere is refused.
     *
     * @param path the file
     * @return its tensors, rounded to float32 where they are F64, and its metadata
     * @throws WeightFormatException if it is malformed, or holds a tensor of another type than F32, F64, F16 and BF16
     * @throws IOException if it cannot be read
     */
    public static TensorFile read(Path path) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(path)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Entry entry : reader.header().entries()) {
                tensors.put(entry.name(), new Tensor(entry.name(), entry.shape(), reader.values(entry)));
            }
            return new TensorFile(tensors, reader.header().metadata());
        }
    }

    private static void writeValues(FileChannel channel, TensorSource tensor) throws IOException {
        int size = tensor.elements();
        float[] chunk = new float[Math.min(CHUNK, size)];
        ByteBuffer bytes = ByteBuffer.allocate(chunk.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < size; from += chunk.length) {
            int count = Math.min(chunk.length, size - from);
            tensor.values().copyTo(from, chunk, 0, count);
            for (int i = 0; i < count; i++) {
                if (!Float.isFinite(chunk[i])) {
                    throw new IllegalArgumentException("parameter '" + tensor.name() + "' is " + chunk[i]
                            + " at its value " + (from + i) + " of " + size
                            + ": the training diverged, and nothing was written");
                }
            }
            bytes.clear().asFloatBuffer().put(chunk, 0, count);
            writeFully(channel, bytes.limit(count * Float.BYTES));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
