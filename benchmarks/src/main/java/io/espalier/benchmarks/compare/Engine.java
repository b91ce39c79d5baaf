package io.espalier.benchmarks.compare;

/** Something that can do a workload. Chosen by name in a worker's process, which has one engine and one workload. */
interface Engine {

    /**
     * Gets ready to do a workload again and again.
     *
     * @param workload what to do
     * @param threads threads to do it with
     * @return the work, to be closed by the caller
     * @throws UnsupportedOperationException if this engine cannot do it, with the reason
     */
    Work prepare(Workload workload, int threads);

    /** A workload that is ready to run, by one thread. */
    interface Work extends AutoCloseable {
        /** Does it once. */
        void run();

        /**
         * What the last run gave.
         *
         * @return the loss of a training step; of other work a {@link Checksum} of the result
         */
        float result();

        @Override
        default void close() {}
    }
}
