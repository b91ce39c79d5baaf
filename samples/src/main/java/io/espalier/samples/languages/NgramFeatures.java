package io.espalier.samples.languages;

import java.util.Arrays;

/**
 * The features of a name: how often each n-gram of one to three characters occurs in it, counted in a fixed number of
 * buckets (feature hashing; Weinberger et al., 2009), as a vector of length 1.
 *
 * <p>A bit of the hash decides whether an n-gram adds 1 to its bucket or −1, so that what collides cancels out on average.
 * Words are enclosed in spaces, so that beginnings and endings are n-grams of their own.
 */
final class NgramFeatures {
    /** How many values a name's features have. */
    static final int BUCKETS = 1024;

    private static final int LONGEST = 3;
    private static final int NEGATIVE = 1 << 15;

    /** One name's n-grams: buckets of 10 bits, with the sign above them, and what makes the vector's length 1. */
    record Grams(char[] signedBuckets, float scale) {}

    private NgramFeatures() {}

    /**
     * The n-grams of a name, in a form that {@link #write} is quick to turn into features.
     *
     * @param name any string; only its letters and marks count, and without any there is no n-gram
     */
    static Grams of(String name) {
        String words = Text.normalize(name);
        int[] characters =
                words.isEmpty() ? new int[0] : (" " + words + " ").codePoints().toArray();
        char[] grams = new char[LONGEST * characters.length];
        int count = 0;
        for (int length = 1; length <= LONGEST; length++) {
            for (int from = 0; from + length <= characters.length; from++) {
                if (length > 1 || characters[from] != ' ') {
                    int hash = hash(characters, from, from + length);
                    grams[count++] = (char) ((hash & (BUCKETS - 1)) | (hash < 0 ? NEGATIVE : 0));
                }
            }
        }
        char[] signedBuckets = Arrays.copyOf(grams, count);
        float[] counts = new float[BUCKETS];
        add(signedBuckets, 1, counts, 0);
        double squares = 0;
        for (float value : counts) {
            squares += value * value;
        }
        return new Grams(signedBuckets, squares == 0 ? 0 : (float) (1 / Math.sqrt(squares)));
    }

    /**
     * Writes the features of a name.
     *
     * @param grams the name's n-grams
     * @param features receives {@link #BUCKETS} values from {@code offset} on
     * @param offset where to begin
     */
    static void write(Grams grams, float[] features, int offset) {
        Arrays.fill(features, offset, offset + BUCKETS, 0);
        add(grams.signedBuckets(), grams.scale(), features, offset);
    }

    private static void add(char[] signedBuckets, float weight, float[] features, int offset) {
        for (char gram : signedBuckets) {
            features[offset + (gram & (BUCKETS - 1))] += (gram & NEGATIVE) == 0 ? weight : -weight;
        }
    }

    /** FNV-1a over the code points, then MurmurHash3's finalizer, because FNV's low bits alone are uneven. */
    private static int hash(int[] characters, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ characters[i]) * 0x01000193;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }
}
