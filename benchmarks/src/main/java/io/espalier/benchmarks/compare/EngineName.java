package io.espalier.benchmarks.compare;

import java.util.List;
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

    /** {@return what the engine's process needs on its virtual machine's command line} */
    List<String> flags() {
        // JavaCPP otherwise reads the size of the process from the system for each native object, to keep within a
        // limit.
        return this == ESPALIER ? List.of() : List.of("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
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
        // threads. Of the settings tried these are the fastest: OpenMP's threads sleep after 1000 turns, OpenBLAS's
        // after
        // 2^16 cycles (W1-512 without dropout 2.8 ms, against 3.2 with OMP_WAIT_POLICY=PASSIVE).
        return Map.of(
                "OMP_NUM_THREADS",
                count,
                "OPENBLAS_NUM_THREADS",
                count,
                "GOMP_SPINCOUNT",
                "1000",
                "OPENBLAS_THREAD_TIMEOUT",
                "16");
    }
}
