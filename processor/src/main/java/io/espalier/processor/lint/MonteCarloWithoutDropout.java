package io.espalier.processor.lint;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;

/** Monte-Carlo sampling of a network that has nothing random: all samples would be the same. */
final class MonteCarloWithoutDropout implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "MonteCarloWithoutDropout",
                RuleInfo.Severity.ERROR,
                "Monte-Carlo sampling of a network that has nothing random");
    }

    @Override
    public void check(Subject subject, Report report) {
        Region root = subject.root();
        if (!Regions.isOpaque(root)
                && Regions.innerFirst(root).stream().noneMatch(region -> isRandom(region, subject))) {
            subject.network()
                    .annotation("MonteCarlo")
                    .ifPresent(
                            annotation -> report.add(
                                    Grade.ERROR,
                                    annotation,
                                    "@MonteCarlo on '" + subject.network().simpleName()
                                            + "', which has nothing random: all samples would be the same, and every deviation 0. "
                                            + "Put @Dropout on stages before the last linear operation, or remove @MonteCarlo."));
        }
    }

    private static boolean isRandom(Region region, Subject subject) {
        return Regions.isOpaque(region)
                || region.nodes().stream().anyMatch(node -> switch (node) {
                    case Node.Apply apply ->
                        Noise.is(apply) || !apply.annotation().usable();
                    case Node.Join join ->
                        join.dropPath().filter(rule -> drops(rule, subject)).isPresent();
                    case Node.Run ignored -> false;
                    case Node.Input ignored -> false;
                });
    }

    /** Whether a rule drops something at its last branch, where its rate is highest. */
    private static boolean drops(DropPathRule rule, Subject subject) {
        long branches = new DropPathBranches(subject.root(), rule).count();
        return !rule.annotation().usable() || rule.rate(branches - 1, branches) > 0;
    }
}
