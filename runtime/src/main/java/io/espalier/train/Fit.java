package io.espalier.train;

import io.espalier.data.Dataset;
import io.espalier.model.NetworkDescription;
import io.espalier.model.ParameterInfo;
import io.espalier.model.ParameterRole;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Whether a data set fits a network. */
final class Fit {
    private Fit() {}

    /**
     * Refuses a data set whose sizes are not the network's.
     *
     * @param what what to call the data set, such as "training set"
     */
    static void check(NetworkDescription network, Dataset dataset, String what) {
        Objects.requireNonNull(dataset, what);
        int inputs = volume(network.input());
        if (dataset.inputSize() != inputs) {
            throw new IllegalArgumentException("The " + what + " has " + dataset.inputSize()
                    + " input values an example, but " + network.name() + " takes " + inputs + ", "
                    + Arrays.toString(network.input()));
        }
        int outputs = volume(network.output());
        LossFunction function = LossFunction.of(network);
        function.require(dataset.newBatch(1).targets(), network.name(), what, Dataset.class);
        if (dataset.outputs() != outputs) {
            throw new IllegalArgumentException("The " + what + " has " + dataset.outputs() + " " + function.targets()
                    + ", but " + network.name()
                    + (function == LossFunction.CROSS_ENTROPY
                            ? " tells " + outputs + " apart"
                            : " answers with " + outputs));
        }
        if (dataset.size() < 1) {
            throw new IllegalArgumentException("The " + what + " has no examples (its size is " + dataset.size() + ")");
        }
    }

    /** The fewest examples that a batch may have: batch normalization has no variance of one. */
    static int smallestBatch(NetworkDescription network, int batchSize, int examples) {
        Optional<ParameterInfo> statistics = network.parameters().stream()
                .filter(parameter -> parameter.role() == ParameterRole.RUNNING_MEAN)
                .findFirst();
        if (statistics.isEmpty()) {
            return 1;
        }
        if (batchSize < 2 || examples < 2) {
            throw new IllegalArgumentException(network.name() + " has batch normalization ("
                    + statistics.get().name() + "), which cannot train on a batch of one example; "
                    + (batchSize < 2 ? "use batchSize(2) or more" : "the training set has only one"));
        }
        return 2;
    }

    static int volume(int[] shape) {
        int volume = 1;
        for (int extent : shape) {
            volume = Math.multiplyExact(volume, extent);
        }
        return volume;
    }
}
