package io.espalier.benchmarks.start;

import java.io.IOException;

/** A process that answers at once and tells how much memory it holds: what Java itself takes. */
final class Nothing {
    private Nothing() {}

    /**
     * Prints an answer, then a {@link Memory}.
     *
     * @param args are not looked at
     * @throws IOException if the memory cannot be read
     */
    public static void main(String[] args) throws IOException {
        System.out.println(Start.ANSWER);
        System.out.println(Memory.now().line());
    }
}
