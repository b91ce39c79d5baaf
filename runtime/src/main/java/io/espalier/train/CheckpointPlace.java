package io.espalier.train;

import java.nio.file.Path;

/**
 * A checkpoint, and where in the training it was written.
 *
 * @param file the file
 * @param epoch the epoch that was being trained, or had just ended, from 1
 * @param step the step of that epoch after which it was written, from 0
 */
public record CheckpointPlace(Path file, int epoch, int step) {
    /** As a message names it. */
    @Override
    public String toString() {
        return file + ", after step " + step + " of epoch " + epoch;
    }
}
