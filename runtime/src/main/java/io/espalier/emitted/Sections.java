package io.espalier.emitted;

/**
 * Where the sections of a network's values end; each begins where the one before ends. After the last one come running
 * statistics.
 *
 * @param weights values that penalties and the limit of units' norms reach; they come first, and decay
 * @param decayed where the values end that decay besides weights
 * @param trained where the values end that an optimizer moves
 */
public record Sections(int weights, int decayed, int trained) {
    /** Checks their order. */
    public Sections {
        if (!(0 <= weights && weights <= decayed && decayed <= trained)) {
            throw new IllegalArgumentException(
                    "Sections must follow each other, but they end at " + weights + ", " + decayed + " and " + trained);
        }
    }
}
