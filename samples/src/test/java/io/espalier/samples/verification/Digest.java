package io.espalier.samples.verification;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Takes results in, bit by bit. */
final class Digest {
    /** Enough of SHA-256 that no two results of a whole run are taken for equal by chance, and short enough to read. */
    private static final int BYTES = 8;

    private final MessageDigest sha;

    Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void put(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        sha.update(bytes);
    }

    void put(double value) {
        sha.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, value));
    }

    /** What was taken in; nothing can be added after it. */
    String hex() {
        return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
    }
}
