package io.espalier.processor.graph;

import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.ModelDeclaration;
import io.espalier.processor.read.StageDeclaration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the drop path annotation that governs a residual branch: the stage's own, else the network's. */
final class DropPathRules {
    private final Optional<DropPathRule> ofNetwork;
    private final Map<StageDeclaration, DropPathRule> ofStages = new IdentityHashMap<>();

    DropPathRules(ModelDeclaration network) {
        ofNetwork = network.annotation("DropPath").map(DropPathRules::rule);
    }

    Optional<DropPathRule> ofNetwork() {
        return ofNetwork;
    }

    /** The rule for the branch of a stage; one object for a stage however often its block is used. */
    Optional<DropPathRule> governing(StageDeclaration stage) {
        Optional<AnnotationDeclaration> own = stage.annotation("DropPath");
        return own.isEmpty() ? ofNetwork : Optional.of(ofStages.computeIfAbsent(stage, ignored -> rule(own.get())));
    }

    private static DropPathRule rule(AnnotationDeclaration annotation) {
        return new DropPathRule(
                annotation,
                annotation.doubleValue("p"),
                annotation.enumValue("schedule").equals("LINEAR"));
    }
}
