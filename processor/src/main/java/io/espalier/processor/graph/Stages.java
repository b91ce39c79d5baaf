package io.espalier.processor.graph;

import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.ModelDeclaration;
import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.read.StageDeclaration;
import io.espalier.processor.read.ValueDeclaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be said of stages from their annotations alone, before any shape is known. */
final class Stages {
    /** What speaks of a stage as a whole, wherever among its annotations it stands. */
    private static final Set<String> OF_THE_WHOLE = Set.of("Residual", "Repeat", "DropPath");

    private static final String DROP_CONNECT = "DropConnect";

    private final NetworkDeclaration network;

    Stages(NetworkDeclaration network) {
        this.network = network;
    }

    /**
     * The operations of a stage in the order in which they are applied. Drop connect speaks of the linear operation, wherever it
     * stands; it comes straight before it, and not at all where there is none.
     */
    static List<AnnotationDeclaration> operations(StageDeclaration stage) {
        List<AnnotationDeclaration> operations = new ArrayList<>();
        for (AnnotationDeclaration annotation : stage.annotations()) {
            if (annotation.name().equals("Dense")) {
                stage.annotation(DROP_CONNECT).ifPresent(operations::add);
            }
            if (!OF_THE_WHOLE.contains(annotation.name()) && !annotation.name().equals(DROP_CONNECT)) {
                operations.add(annotation);
            }
        }
        return List.copyOf(operations);
    }

    /** The drop connect of a stage that has no weight matrix. */
    static Optional<AnnotationDeclaration> strayDropConnect(StageDeclaration stage) {
        return stage.annotation(DROP_CONNECT)
                .filter(annotation -> !operations(stage).contains(annotation));
    }

    static boolean isResidual(StageDeclaration stage) {
        return stage.annotation("Residual").isPresent();
    }

    /**
     * Whether what leaves a stage goes straight, and only, into a batch norm: the first operation of the next stage, or of a
     * block there. A residual stage hands its input to the shortcut too. Behind the end of a region no answer holds for all
     * its uses, so there it is no.
     */
    boolean batchNormFollows(ModelDeclaration model, int stage) {
        return batchNormFirst(model, stage + 1, new HashSet<>());
    }

    private boolean batchNormFirst(ModelDeclaration model, int index, Set<String> entered) {
        if (index >= model.stages().size()) {
            return false;
        }
        StageDeclaration stage = model.stages().get(index);
        if (isResidual(stage)) {
            return false;
        }
        if (stage.block().isPresent()) {
            String name = stage.block().get();
            ModelDeclaration block = network.blocks().get(name);
            return block != null && entered.add(name) && batchNormFirst(block, 0, entered);
        }
        List<AnnotationDeclaration> operations = operations(stage);
        return !operations.isEmpty() && operations.getFirst().name().equals("BatchNorm");
    }

    /** Whether a block takes the width of a residual branch around it: then it differs from branch to branch. */
    boolean takesOuterBranch(ModelDeclaration block) {
        return takesOuterBranch(block, new HashSet<>());
    }

    private boolean takesOuterBranch(ModelDeclaration block, Set<String> entered) {
        if (!entered.add(block.qualifiedName())) {
            return false;
        }
        for (StageDeclaration stage : block.stages()) {
            ModelDeclaration inner = stage.block().map(network.blocks()::get).orElse(null);
            if (!isResidual(stage)
                    && (inner != null
                            ? takesOuterBranch(inner, entered)
                            : operations(stage).stream().anyMatch(Stages::isBranchWide))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBranchWide(AnnotationDeclaration operation) {
        ValueDeclaration value = operation.values().get("value");
        return operation.name().equals("Dense")
                && value != null
                && value.value().equals(Width.BRANCH);
    }
}
