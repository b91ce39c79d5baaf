package io.espalier.processor.graph;

import io.espalier.processor.operation.Definition.Trait;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.ModelDeclaration;
import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.read.StageDeclaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be said of stages from their annotations alone, before any shape is known. */
final class Stages {
    /** What speaks of a stage as a whole, wherever among its annotations it stands. */
    private static final Set<String> OF_THE_WHOLE = Set.of("Residual", "Repeat", "DropPath");

    private final NetworkDeclaration network;
    private final Operations operations;

    Stages(NetworkDeclaration network, Operations operations) {
        this.network = network;
        this.operations = operations;
    }

    /**
     * The operations of a stage in the order in which they are applied. What masks weights speaks of the linear operation,
     * wherever it stands; it comes straight before it, and not at all where there is none.
     */
    List<AnnotationDeclaration> operations(StageDeclaration stage) {
        List<AnnotationDeclaration> masks = masks(stage);
        List<AnnotationDeclaration> applied = new ArrayList<>();
        for (AnnotationDeclaration annotation : stage.annotations()) {
            if (has(annotation, Trait.LINEAR)) {
                applied.addAll(masks);
                masks = List.of();
            }
            if (!OF_THE_WHOLE.contains(annotation.name()) && !has(annotation, Trait.MASKS_WEIGHTS)) {
                applied.add(annotation);
            }
        }
        return List.copyOf(applied);
    }

    /** What masks the weights of a stage that has no weight matrix. */
    List<AnnotationDeclaration> strayMasks(StageDeclaration stage) {
        boolean linear = stage.annotations().stream().anyMatch(annotation -> has(annotation, Trait.LINEAR));
        return linear ? List.of() : masks(stage);
    }

    private List<AnnotationDeclaration> masks(StageDeclaration stage) {
        return stage.annotations().stream()
                .filter(annotation -> has(annotation, Trait.MASKS_WEIGHTS))
                .toList();
    }

    private boolean has(AnnotationDeclaration annotation, Trait trait) {
        return operations
                .find(annotation.name())
                .filter(definition -> definition.has(trait))
                .isPresent();
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
        List<AnnotationDeclaration> applied = operations(stage);
        return !applied.isEmpty() && normalizesBatch(applied.getFirst());
    }

    /** Whether an operation is a batch norm. */
    boolean normalizesBatch(AnnotationDeclaration operation) {
        return has(operation, Trait.NORMALIZES_BATCH);
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
                            : operations(stage).stream().anyMatch(this::isBranchWide))) {
                return true;
            }
        }
        return false;
    }

    private boolean isBranchWide(AnnotationDeclaration operation) {
        return operations
                .find(operation.name())
                .filter(definition -> definition.takesBranchWidth(operation))
                .isPresent();
    }
}
