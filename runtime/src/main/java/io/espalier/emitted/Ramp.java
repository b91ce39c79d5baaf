package io.espalier.emitted;

/** How a strength goes along with the training. */
public enum Ramp {
    /** It stays as it is. */
    CONSTANT,
    /** It grows from 0 in proportion to the training's progress. */
    PROGRESS;

    double factor(double progress) {
        return switch (this) {
            case CONSTANT -> 1;
            case PROGRESS -> progress;
        };
    }
}
