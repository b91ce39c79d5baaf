package io.espalier.metric;

/**
 * The answers whose confidence lay in one range.
 *
 * @param from the range's lower end, not in it, save for 0
 * @param to the range's upper end, in it
 * @param count how many answers there were
 * @param confidence the mean confidence of those answers, 0 to 1; 0 if there was none
 * @param accuracy the share of those answers that was right, 0 to 1; 0 if there was none
 */
public record ReliabilityBin(double from, double to, long count, double confidence, double accuracy) {

    /**
     * How far the confidence was off.
     *
     * @return accuracy − confidence: negative where the network was too sure
     */
    public double gap() {
        return accuracy - confidence;
    }
}
