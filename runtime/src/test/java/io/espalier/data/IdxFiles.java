package io.espalier.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** The bytes of IDX and gzip files, written apart from the readers that they test. */
final class IdxFiles {
    private IdxFiles() {}

    static byte[] idx(int type, int[] shape, byte... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
        bytes.putShort((short) 0).put((byte) type).put((byte) shape.length);
        for (int dimension : shape) {
            bytes.putInt(dimension);
        }
        return bytes.put(values).array();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
