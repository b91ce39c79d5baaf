package io.espalier.metric;

import java.util.StringTokenizer;

/** Numbers as text and back, to the last bit; every length that is read is one that the text can hold. */
final class NumberText {
    private final StringBuilder written = new StringBuilder();
    private final StringTokenizer words;

    /** For writing. */
    NumberText() {
        this("");
    }

    /** For reading. */
    NumberText(String text) {
        words = new StringTokenizer(text);
    }

    NumberText put(long count) {
        written.append(written.isEmpty() ? "" : " ").append(count);
        return this;
    }

    NumberText put(double number) {
        written.append(written.isEmpty() ? "" : " ").append(number);
        return this;
    }

    NumberText put(long[] counts) {
        put(counts.length);
        for (long count : counts) {
            put(count);
        }
        return this;
    }

    NumberText put(double[] numbers) {
        put(numbers.length);
        for (double number : numbers) {
            put(number);
        }
        return this;
    }

    /** A whole number, 0 or more. */
    long count() {
        String word = word();
        long count = Long.parseLong(word);
        if (count < 0) {
            throw new IllegalArgumentException("a count is " + count);
        }
        return count;
    }

    double number() {
        return Double.parseDouble(word());
    }

    long[] counts() {
        long[] counts = new long[length()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count();
        }
        return counts;
    }

    double[] numbers() {
        double[] numbers = new double[length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number();
        }
        return numbers;
    }

    private int length() {
        long length = count();
        if (length > words.countTokens()) {
            throw new IllegalArgumentException(length + " numbers are announced, and the text ends before");
        }
        return (int) length;
    }

    private String word() {
        if (!words.hasMoreTokens()) {
            throw new IllegalArgumentException("the text ends where another number should stand");
        }
        return words.nextToken();
    }

    void requireEnd() {
        if (words.hasMoreTokens()) {
            throw new IllegalArgumentException("numbers are left over at the end");
        }
    }

    /** What was written. */
    @Override
    public String toString() {
        return written.toString();
    }
}
