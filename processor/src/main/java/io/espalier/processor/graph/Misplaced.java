package io.espalier.processor.graph;

import io.espalier.processor.operation.Defects;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.StageDeclaration;
import java.util.List;

/** Says what stands on a stage of a kind that it has no place on. */
final class Misplaced {
    private final Stages stages;
    private final Defects defects;

    Misplaced(Stages stages, Defects defects) {
        this.stages = stages;
        this.defects = defects;
    }

    /** Drop path off residual branches, and what masks weights where there are none. */
    void check(StageDeclaration stage) {
        if (!Stages.isResidual(stage)) {
            stage.annotation("DropPath")
                    .ifPresent(annotation -> defects.dropPath(
                            annotation.point(),
                            "@DropPath on '" + stage.name()
                                    + "', which is no residual branch: without a shortcut beside "
                                    + "it, dropping it would drop the whole signal. Put @Residual on the stage, or leave "
                                    + "@DropPath out"));
        }
        stages.strayMasks(stage)
                .forEach(annotation -> defects.dropConnect(
                        annotation.point(),
                        "@" + annotation.name() + " on '" + stage.name() + "', which "
                                + stage.block()
                                        .map(block -> "runs the block " + block
                                                + ": it drops weights of a stage's own linear operation. Put it on the stage of "
                                                + "the block that has @Dense")
                                        .orElse(
                                                "has no weight matrix whose weights could be dropped. Put it on a stage with "
                                                        + "@Dense, or use @Dropout to drop values")));
    }

    /** Operations of a stage that runs a block; tells whether there are any. */
    boolean checkOperations(StageDeclaration stage, String block) {
        List<AnnotationDeclaration> operations = stages.operations(stage);
        operations.forEach(annotation -> defects.structure(
                annotation.point(),
                "@" + annotation.name() + " stands on '" + stage.name() + "', which runs the block " + block
                        + ": such a stage takes only @Residual, @Repeat and @DropPath. Put the operation on a stage of "
                        + "its own before or after '" + stage.name() + "'"));
        return !operations.isEmpty();
    }
}
