package io.espalier.benchmarks.curve;

/**
 * What a point cost.
 *
 * @param parameters trained values, without padding
 * @param operations floating-point operations of a step's products
 * @param nanos the shortest time of a step
 * @param median the median time of a step
 * @param heap bytes of the heap that network, step and batch hold
 */
record Measurement(long parameters, double operations, long nanos, long median, long heap) {
    private static final String MARK = "measured ";

    /** As a line for another process. */
    String line() {
        return MARK + parameters + " " + operations + " " + nanos + " " + median + " " + heap;
    }

    static boolean isLine(String line) {
        return line.startsWith(MARK);
    }

    static Measurement ofLine(String line) {
        String[] parts = line.substring(MARK.length()).split(" ", -1);
        return new Measurement(
                Long.parseLong(parts[0]),
                Double.parseDouble(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }
}
