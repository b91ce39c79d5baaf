import org.jspecify.annotations.NullMarked;

/** The runtime of Espalier: annotations, SIMD kernels, training, prediction and storage. */
@NullMarked
module io.espalier {
    requires transitive jdk.incubator.vector;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires de.siegmar.fastcsv;

    exports io.espalier;
    exports io.espalier.annotation;
    exports io.espalier.data;
    exports io.espalier.emitted;
    exports io.espalier.kernel;
    exports io.espalier.metric;
    exports io.espalier.model;
    exports io.espalier.random;
    exports io.espalier.store;
    exports io.espalier.train;
}
