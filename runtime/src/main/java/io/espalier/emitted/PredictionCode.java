package io.espalier.emitted;

/** The forward pass of prediction, or of Monte-Carlo sampling, as it is emitted. */
@FunctionalInterface
public interface PredictionCode {
    /**
     * Computes the outputs of some rows: from {@link PassBuilder#inputs} into the buffer that was given to
     * {@link PassBuilder#outputs}.
     *
     * @param rows how many rows there are, 1 to {@link PassBuilder#capacity()}
     */
    void forward(int rows);

    /** Works out again what is derived from the values, after they have changed. Called before the first pass too. */
    default void refresh() {}
}
