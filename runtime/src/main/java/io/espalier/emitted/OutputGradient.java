package io.espalier.emitted;

/**
 * Where the backward pass takes the gradient of the outputs from: an array with rows for the whole batch, or for each thread
 * one with rows for the examples of its task.
 *
 * @param ofWorkers the array that each thread writes to: the same for all, or its own
 * @param tiled whether rows are counted from the first of the task
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutputGradient(float[][] ofWorkers, boolean tiled) {
    /**
     * The array of a thread.
     *
     * @param worker its number
     * @return the live array
     */
    public float[] array(int worker) {
        return ofWorkers[worker];
    }

    /**
     * The row in that array of the first example of a task.
     *
     * @param from the number of that example in the batch
     * @return the row
     */
    public int firstRow(int from) {
        return tiled ? 0 : from;
    }
}
