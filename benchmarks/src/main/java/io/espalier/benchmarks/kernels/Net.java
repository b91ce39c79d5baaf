package io.espalier.benchmarks.kernels;

import io.espalier.Classifier;
import io.espalier.CompiledNetwork;
import io.espalier.benchmarks.workload.Recipe;
import io.espalier.data.Batch;

/** A network with a number of examples, as {@code W1 @128}. */
record Net(String name, int examples) {
    static Net of(String text) {
        int at = text.indexOf(" @");
        return new Net(text.substring(0, at), Integer.parseInt(text.substring(at + 2)));
    }

    Classifier create() {
        return Recipe.valueOf(name).network(true);
    }

    Batch noise(CompiledNetwork network) {
        return Noise.batch(network.description(), examples, 1);
    }
}
