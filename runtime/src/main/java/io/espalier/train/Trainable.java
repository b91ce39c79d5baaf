package io.espalier.train;

import io.espalier.model.NetworkDescription;
import io.espalier.model.Parameters;
import java.util.Map;

/** What a compiled network offers to whoever trains it. */
public interface Trainable {
    /**
     * What the network consists of.
     *
     * @return operations and parameters, in order
     */
    NetworkDescription description();

    /**
     * The network's parameters, running statistics included.
     *
     * @return the live parameters
     */
    Parameters parameters();

    /**
     * A training step over this network's weights. A network trains in one step at a time.
     *
     * @param maxBatch the most examples a batch will hold, at least 1
     * @param threads how many threads share the work, the calling one included, at least 1
     * @param seed fixes every random draw of the training
     * @return the step, to be closed
     * @throws IllegalStateException if another step over this network is still open
     * @throws IllegalArgumentException if a number is out of range, or the batch would need arrays beyond Java's limit
     */
    TrainingStep trainingStep(int maxBatch, int threads, long seed);

    /**
     * A forward pass that reads the weights as they are at {@link PredictionPass#refresh()}, for one thread.
     *
     * @param maxBatch the most examples a call will hold, at least 1
     * @return the pass
     */
    PredictionPass predictionPass(int maxBatch);

    /**
     * The learning rate that the model's optimizer annotation names.
     *
     * @return the rate, above 0
     */
    float learningRate();

    /**
     * The optimizer's update and all that changes gradients, with their numbers, the learning rate apart: a training that is
     * resumed must have the same.
     *
     * @return a line of text
     */
    String updateRule();

    /**
     * The texts that travel with the weights, label names among them, in a checkpoint as in a weight file.
     *
     * @return texts by key; unmodifiable
     */
    Map<String, String> metadata();

    /**
     * Replaces the texts that travel with the weights.
     *
     * @param texts what {@link #metadata()} gave
     */
    void metadata(Map<String, String> texts);

    /**
     * A copy of all values, running statistics included, in the network's own order.
     *
     * @return the copy, for {@link #restore}
     */
    float[] snapshot();

    /**
     * Puts the values of a snapshot back.
     *
     * @param values what {@link #snapshot()} gave
     * @throws IllegalArgumentException if the length is another network's
     */
    void restore(float[] values);
}
