package io.espalier.processor.lint;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.operation.Defect;
import io.espalier.processor.operation.GaussianNoise;
import io.espalier.processor.operation.Operation;
import io.espalier.processor.operation.Rates;

/**
 * Monte-Carlo sampling of a network that has nothing random: all samples would be the same. Noise and drop path that another rule
 * refuses for their strength or their place are meant to be random, and that rule speaks alone.
 */
final class MonteCarloWithoutDropout implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "MonteCarloWithoutDropout",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.ERROR,
                "Monte-Carlo sampling of a network that has nothing random",
                "Gal and Ghahramani, 2016");
    }

    @Override
    public void check(Subject subject, Report report) {
        if (!Regions.isOpaque(subject.root())
                && subject.graph().defects().stream().noneMatch(MonteCarloWithoutDropout::isMisplaced)
                && subject.regions().stream().noneMatch(region -> isRandom(region, subject))) {
            subject.network()
                    .annotation("MonteCarlo")
                    .ifPresent(
                            annotation -> report.add(
                                    Grade.ERROR,
                                    annotation,
                                    "@MonteCarlo on '"
                                            + subject.network().type().getSimpleName()
                                            + "', which has nothing random: all samples would be the same, and every deviation 0. "
                                            + "Put @Dropout on stages before the last linear operation, or remove @MonteCarlo."));
        }
    }

    private static boolean isMisplaced(Defect defect) {
        return defect.kind() == Defect.Kind.DROP_CONNECT || defect.kind() == Defect.Kind.DROP_PATH;
    }

    private static boolean isRandom(Region region, Subject subject) {
        return Regions.isOpaque(region)
                || region.nodes().stream().anyMatch(node -> switch (node) {
                    case Node.Apply apply ->
                        !apply.annotation().usable() || Noise.is(apply) || isRefused(apply.operation());
                    case Node.Join join ->
                        join.dropPath().filter(rule -> drops(rule, subject)).isPresent();
                    case Node.Run ignored -> false;
                    case Node.Input ignored -> false;
                });
    }

    /** Whether noise has a strength that is none. */
    private static boolean isRefused(Operation operation) {
        return operation instanceof GaussianNoise noise
                ? !(noise.deviation() >= 0)
                : operation.isNoise() && !Rates.isRate(operation.noiseRate());
    }

    private static boolean drops(DropPathRule rule, Subject subject) {
        return !rule.annotation().usable() || Rates.drops(subject.highestRate(rule)) || !Rates.isRate(rule.p());
    }
}
