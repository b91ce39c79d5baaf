package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.read.StageDeclaration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The batch norms that a network has.
 *
 * @param stages the stages that carry one, each once
 * @param overExamplesAlone whether one of them has a single row of an example to go over
 */
record BatchNorms(List<StageDeclaration> stages, boolean overExamplesAlone) {
    /** Finds the batch norms of a network's regions, of which the inner ones come first. */
    static BatchNorms of(List<Region> regions) {
        Set<StageDeclaration> stages = new LinkedHashSet<>();
        boolean alone = false;
        for (Region region : regions.reversed()) {
            for (Node node : region.nodes()) {
                if (node instanceof Node.Apply apply && apply.operation().normalizesBatch()) {
                    stages.add(apply.stage());
                    alone |= !apply.shape().isKnown() || apply.shape().positions() == 1;
                }
            }
        }
        return new BatchNorms(List.copyOf(stages), alone);
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }

    /** Their stages by name, seen from the network's class: {@code batch normalization 'stem' and 'Branch.wide'}. */
    String text(Subject subject) {
        StageDeclaration own = subject.network().stages().getFirst();
        return "batch normalization "
                + Words.firstOf(stages.stream()
                        .map(stage -> Words.stage(stage, own.point().element()))
                        .toList());
    }
}
