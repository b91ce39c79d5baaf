package io.espalier.benchmarks.compare;

import java.util.Map;

/** The engines. */
enum EngineName {
    /** Espalier, the one that the others are compared with. */
    ESPALIER("Espalier"),
    /** PyTorch's C++ engine. */
    PYTORCH("PyTorch"),
    /** Deeplearning4j. */
    DL4J("DL4J");

    private final String title;

    EngineName(String title) {
        this.title = title;
    }

    /** {@return what people call it} */
    String title() {
        return title;
    }

    /** {@return the engine; in a process of its own only} */
    Engine create() {
        return switch (this) {
            case ESPALIER -> new EspalierEngine();
            case PYTORCH -> new TorchEngine();
            case DL4J -> new Dl4jEngine();
        };
    }

    /**
     * What the engine's process needs in its environment.
     *
     * @param threads threads to compute with
     * @return names and values
     */
    Map<String, String> environment(int threads) {
        String count = Integer.toString(threads);
        if (this == ESPALIER) {
            return Map.of();
        }
        // Threads of OpenMP and of OpenBLAS otherwise spin against each other, and a step of 3 ms takes 180 ms on two
        // threads: OpenMP's sleep at once, OpenBLAS's after 2^20 cycles and not after 2^26.
        return Map.of(
                "OMP_NUM_THREADS",
                count,
                "OPENBLAS_NUM_THREADS",
                count,
                "OMP_WAIT_POLICY",
                "PASSIVE",
                "OPENBLAS_THREAD_TIMEOUT",
                "20");
    }
}
