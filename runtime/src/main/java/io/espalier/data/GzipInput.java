package io.espalier.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a gzip file (RFC 1952), one or several members. {@link java.util.zip.GZIPInputStream} ignores bytes that follow
 * the last member and does not say where a file is broken; this one refuses the former and knows the latter.
 */
final class GzipInput extends InputStream {
    private static final int MAGIC = 0x1f8b;

    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;

    private final Path file;
    private final InputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[8192];
    /** Next byte in the buffer, one past the last, and where in the file the buffer begins. */
    private int at;

    private int limit;
    private long start;
    private boolean ended;

    /** Takes over a stream that stands at the file's first byte. */
    private GzipInput(Path file, InputStream packed) throws IOException {
        this.file = file;
        this.packed = packed;
        header();
    }

    private void header() throws IOException {
        long place = position();
        if (next() != MAGIC >>> Byte.SIZE || next() != (MAGIC & 0xff) || next() != DEFLATE) {
            throw broken(place, "expected the start of a gzip member (1f 8b 08); bytes follow the packed data");
        }
        int flags = next();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << Byte.SIZE);
        }
        for (int text : new int[] {NAME, COMMENT}) {
            if ((flags & text) != 0) {
                while (next() != 0) {
                    // The end of the text is its 0.
                }
            }
        }
        skip((flags & HEADER_CHECKSUM) != 0 ? 2 : 0);
        inflater.reset();
        checksum.reset();
        inflater.setInput(buffer, at, limit - at);
    }

    private void trailer() throws IOException {
        at = limit - inflater.getRemaining();
        long place = position();
        long expectedChecksum = unsignedInt();
        long expectedLength = unsignedInt();
        if (expectedChecksum != checksum.getValue() || expectedLength != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw broken(place, "the checksum or length does not fit the unpacked data; the file is damaged");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (inflater.finished()) {
                trailer();
                ended = at == limit && !refill();
                if (!ended) {
                    header();
                }
                continue;
            }
            int count = inflate(into, offset, length);
            if (count > 0) {
                checksum.update(into, offset, count);
                return count;
            }
            if (inflater.needsInput()) {
                if (!refill()) {
                    throw cutShort();
                }
                inflater.setInput(buffer, 0, limit);
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        try {
            int count = inflater.inflate(into, offset, length);
            if (inflater.needsDictionary()) {
                throw broken(start, "the packed data needs a dictionary, which gzip does not have");
            }
            return count;
        } catch (DataFormatException e) {
            DataFileException broken =
                    broken(start + limit - inflater.getRemaining(), "the packed data is damaged: " + e.getMessage());
            broken.initCause(e);
            throw broken;
        }
    }

    /** Replaces the buffer, all of which has been used; false at the end of the file. */
    private boolean refill() throws IOException {
        start += limit;
        at = 0;
        limit = Math.max(0, packed.read(buffer));
        return limit > 0;
    }

    private int next() throws IOException {
        if (at == limit && !refill()) {
            throw cutShort();
        }
        return buffer[at++] & 0xff;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private long unsignedInt() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private long position() {
        return start + at;
    }

    private DataFileException cutShort() {
        return broken(start, "the packed data ends before it is whole; the file was cut short");
    }

    private DataFileException broken(long place, String problem) {
        return new DataFileException(file, "byte " + place, problem);
    }

    /** Opens a file, packed or not: its content says which, not its name. */
    static InputStream open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DataFileException(file, "the path", "expected a file, found a directory or a device");
        }
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file));
        try {
            raw.mark(2);
            boolean gzip = (raw.read() << Byte.SIZE | raw.read()) == MAGIC;
            raw.reset();
            return gzip ? new GzipInput(file, raw) : raw;
        } catch (Throwable failure) {
            raw.close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
