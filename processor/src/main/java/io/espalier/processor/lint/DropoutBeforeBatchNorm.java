package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.operation.AlphaDropout;
import io.espalier.processor.read.StageDeclaration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;

/**
 * Noise that reaches a batch norm. It raises the variance of what the norm sees in training, and so the running variance
 * that the norm divides by at inference, where there is no noise (Li et al., 2019: "Understanding the disharmony between
 * dropout and batch normalization by variance shift").
 */
final class DropoutBeforeBatchNorm implements Rule {
    /** Above it, noise straight before a batch norm is an error: the variances then differ by a factor of 1.43 and more. */
    private static final double STRONG = 0.3;

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "DropoutBeforeBatchNorm",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.ERROR_OR_WARNING,
                "noise that reaches a batch norm, also through linear operations, blocks, repeats and residual joins",
                "Li et al., 2019");
    }

    @Override
    public void check(Subject subject, Report report) {
        Map<Noise, Arrival> arrivals = new LinkedHashMap<>();
        subject.noise()
                .intoBatchNorms()
                .forEach((batchNorm, noises) -> noises.forEach(
                        (noise, route) -> arrivals.merge(noise, new Arrival(batchNorm, route), Arrival::nearer)));
        arrivals.forEach((noise, arrival) -> {
            boolean grave = arrival.route().isDirect() && noise.rate() > STRONG;
            report.add(grave ? Grade.ERROR : Grade.WARNING, noise.annotation(), text(noise, arrival, subject));
        });
    }

    private record Arrival(Node.Apply batchNorm, Route route) {
        Arrival nearer(Arrival other) {
            return Route.NEAREST.compare(other.route, route) < 0 ? other : this;
        }
    }

    private static String text(Noise noise, Arrival arrival, Subject subject) {
        Element seenFrom = noise.node().stage().point().element();
        return Words.noise(noise.node()) + " feeds batch normalization "
                + Words.stage(arrival.batchNorm().stage(), seenFrom)
                + through(arrival, seenFrom)
                + ": its variance in training is not its variance at inference (Li et al., 2019). "
                + remedy(noise, arrival.batchNorm(), subject);
    }

    /** What masks weights goes with its linear operation: within a stage it cannot change its place. */
    private static String remedy(Noise noise, Node.Apply batchNorm, Subject subject) {
        String annotation = "@" + noise.annotation().name();
        if (noise.node().operation().masksWeights()) {
            return "Put " + annotation + " on a stage behind the last @BatchNorm, or remove it.";
        }
        if (subject.outputTail().has(batchNorm)) {
            return "Remove @BatchNorm, behind which the outputs leave no place for " + annotation + ", or " + annotation
                    + ".";
        }
        if (noise.node().operation() instanceof AlphaDropout) {
            return "Remove @BatchNorm, which networks of @Selu and @AlphaDropout do without, or use @Dropout after it.";
        }
        boolean several = subject.batchNorms().stages().size() > 1
                || subject.nearestBatchNorm().before(noise.node()).isPresent();
        return "Put " + annotation + " after " + (several ? "the last @BatchNorm of the network." : "@BatchNorm.");
    }

    /** The linear operations and joins on the way by name, and the way around a repeat. */
    private static String through(Arrival arrival, Element seenFrom) {
        Set<String> passed = new LinkedHashSet<>();
        String around = "";
        for (Route.Step step : arrival.route().steps()) {
            StageDeclaration stage = step.stage();
            if (step.around()) {
                around = " in the next pass of " + Words.stage(stage, seenFrom);
            } else if (step.node() instanceof Node.Join) {
                passed.add("the residual join of " + Words.stage(stage, seenFrom));
            } else if (step.node() instanceof Node.Apply apply
                    && stage == arrival.batchNorm().stage()
                    && step.linear()) {
                passed.add("its own @" + apply.annotation().name());
            } else if (step.linear() || step.joined()) {
                passed.add(Words.stage(stage, seenFrom));
            }
        }
        return (passed.isEmpty() ? "" : " through " + Words.list(passed)) + around;
    }
}
