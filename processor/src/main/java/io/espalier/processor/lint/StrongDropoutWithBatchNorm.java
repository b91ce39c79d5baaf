package io.espalier.processor.lint;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Strong noise somewhere behind a batch norm. Batch norm regularizes by itself, through the noise of its batch statistics,
 * so that networks which have it want little dropout. Where the noise reaches a further batch norm, there is one cause for
 * two findings, and {@link DropoutBeforeBatchNorm}, the graver one, speaks alone.
 */
final class StrongDropoutWithBatchNorm implements Rule {
    private static final double STRONG = 0.3;

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "StrongDropoutWithBatchNorm",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.WARNING,
                "noise at p > 0.3 somewhere behind a batch norm of the same network",
                "Ioffe and Szegedy, 2015");
    }

    @Override
    public void check(Subject subject, Report report) {
        Set<Object> reported = Collections.newSetFromMap(new IdentityHashMap<>());
        subject.noise().intoBatchNorms().values().forEach(noises -> noises.keySet()
                .forEach(noise -> reported.add(noise.annotation())));
        for (Noise noise : subject.noise().noises()) {
            if (noise.rate() > STRONG && !reported.contains(noise.annotation())) {
                subject.nearestBatchNorm()
                        .before(noise.node())
                        .ifPresent(batchNorm -> report.add(
                                Grade.WARNING,
                                noise.annotation(),
                                Words.noise(noise.node()) + " stands behind batch normalization "
                                        + Words.stage(
                                                batchNorm.stage(),
                                                noise.node().stage().point().element())
                                        + ", which regularizes by itself: with both, networks tend to underfit. Lower "
                                        + noise.limit(STRONG) + " or less, or remove @"
                                        + noise.annotation().name() + "."));
            }
        }
    }
}
