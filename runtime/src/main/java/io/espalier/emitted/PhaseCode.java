package io.espalier.emitted;

/** The phases of a training step as they are emitted: those of the network itself, or of one run of a region. */
@FunctionalInterface
public interface PhaseCode {
    /**
     * Does a phase for some rows of the batch; called once a task, never once a row. Tasks of a phase over examples run at the
     * same time on several threads; a phase over the batch is called once, with 0 and the batch's rows.
     *
     * @param number which of the implementor's phases
     * @param from the first row, in a phase over examples the first one of a slice
     * @param to the row after the last
     * @param worker index of the thread, from 0 to before {@link StepBuilder#workers()}: whose tiles the phase works in
     */
    void phase(int number, int from, int to, int worker);

    /**
     * What an implementor throws that is asked for a phase that it does not have.
     *
     * @param number which it was asked for
     * @return the exception
     */
    static IllegalStateException noPhase(int number) {
        return new IllegalStateException("There is no phase " + number);
    }
}
