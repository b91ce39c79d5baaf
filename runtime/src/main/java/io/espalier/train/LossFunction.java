package io.espalier.train;

import io.espalier.data.ClassIndices;
import io.espalier.data.IndependentLabels;
import io.espalier.data.SoftTargets;
import io.espalier.data.TargetValues;
import io.espalier.data.Targets;
import io.espalier.model.NetworkDescription;

/** The losses, under the names that descriptions hold, and what targets each of them takes. */
enum LossFunction {
    CROSS_ENTROPY("classes", ""),
    BINARY_CROSS_ENTROPY("independent labels", "Labels"),
    MEAN_SQUARED_ERROR("values", "Values");

    private final String targets;
    private final String factory;

    LossFunction(String targets, String factory) {
        this.targets = targets;
        this.factory = factory;
    }

    static LossFunction of(NetworkDescription network) {
        return valueOf(network.loss());
    }

    /** What the targets of this loss are. */
    String targets() {
        return targets;
    }

    /** The loss that takes such targets. */
    private static LossFunction taking(Targets targets) {
        return switch (targets) {
            case ClassIndices indices -> CROSS_ENTROPY;
            case SoftTargets soft -> CROSS_ENTROPY;
            case IndependentLabels labels -> BINARY_CROSS_ENTROPY;
            case TargetValues values -> MEAN_SQUARED_ERROR;
        };
    }

    /**
     * Refuses targets that belong to another loss.
     *
     * @param network the network's name
     * @param owner what has the targets, such as "batch"
     * @param type the class whose factory makes such an owner
     */
    void require(Targets given, String network, String owner, Class<?> type) {
        LossFunction other = taking(given);
        if (other != this) {
            throw new IllegalArgumentException(network + " has the loss " + this + ", which takes " + targets
                    + ", but the targets of the " + owner + " are " + other.targets + ". Make it with "
                    + type.getSimpleName() + ".of" + factory + ", or declare @Network(loss = Loss." + other + ")");
        }
    }
}
