package io.espalier.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The text of a UTF-8 file, plain or gzip, without its byte order mark. Where the bytes are no UTF-8 it stops and names the
 * line, which the JDK's reader does not.
 */
final class Utf8Reader extends Reader {
    /** The most that a packed file may unpack to: a gzip file of 1 MB can hold 1 GB of zeros. */
    static final long MAX_UNPACKED = 1L << 30;

    private final Path file;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(8192).limit(0);
    private long unpacked;
    private long line = 1;
    private boolean started;
    private boolean afterReturn;
    private boolean ended;

    private Utf8Reader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    static Utf8Reader open(Path file) throws IOException {
        return new Utf8Reader(file, GzipInput.open(file));
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        CharBuffer chars = CharBuffer.wrap(into, offset, length).slice();
        while (chars.position() == 0 && !ended) {
            CoderResult result = decoder.decode(bytes, chars, false);
            if (result.isError()) {
                throw notUtf8(into, offset, chars.position());
            }
            if (result.isUnderflow() && chars.position() == 0 && !refill()) {
                // A character that the file's end cuts through is left over.
                if (bytes.hasRemaining()) {
                    throw notUtf8(into, offset, 0);
                }
                ended = true;
            }
        }
        int count = chars.position();
        int skipped = 0;
        if (count > 0 && !started) {
            started = true;
            skipped = into[offset] == '\uFEFF' ? 1 : 0;
            System.arraycopy(into, offset + skipped, into, offset, count - skipped);
        }
        countLines(into, offset, count - skipped);
        if (count == 0) {
            return -1;
        }
        return count == skipped ? read(into, offset, length) : count - skipped;
    }

    private boolean refill() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, count)).flip();
        unpacked += Math.max(0, count);
        if (in instanceof GzipInput && unpacked > MAX_UNPACKED) {
            throw new DataFileException(
                    file, "line " + line, "the file unpacks to more than " + MAX_UNPACKED + " bytes; unpack it first");
        }
        return count > 0;
    }

    private void countLines(char[] chars, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (chars[i] == '\r' || (chars[i] == '\n' && !afterReturn)) {
                line++;
            }
            afterReturn = chars[i] == '\r';
        }
    }

    private DataFileException notUtf8(char[] chars, int offset, int count) {
        countLines(chars, offset, count);
        return new DataFileException(
                file, "line " + line, "the text is not UTF-8; save it as UTF-8, or the file is damaged or no text");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
