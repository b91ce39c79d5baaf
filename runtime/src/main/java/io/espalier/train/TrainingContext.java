package io.espalier.train;

import io.espalier.emitted.Sections;
import io.espalier.emitted.TrainingRule;
import io.espalier.model.NetworkDescription;
import io.espalier.model.Parameters;

/**
 * What a network hands to the training step that is made over it.
 *
 * @param description what the network consists of
 * @param values all values of the network; the step changes them
 * @param parameters the network's view of these values
 * @param sections where the sections of these values end
 * @param rule the update, and all that changes losses and gradients
 * @param maxBatch the most examples a batch will hold, at least 1
 * @param threads how many threads share the work, at least 1
 * @param seed fixes every random draw
 * @param onClose runs once when the step is closed
 */
public record TrainingContext(
        NetworkDescription description,
        float[] values,
        Parameters parameters,
        Sections sections,
        TrainingRule rule,
        int maxBatch,
        int threads,
        long seed,
        Runnable onClose) {
    /** Checks the numbers. */
    public TrainingContext {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch must be at least 1, not " + maxBatch);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
    }
}
