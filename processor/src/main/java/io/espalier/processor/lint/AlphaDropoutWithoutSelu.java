package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.operation.AlphaDropout;
import io.espalier.processor.operation.Dropout;
import io.espalier.processor.operation.Selu;
import java.util.Optional;
import javax.lang.model.element.Element;

/**
 * Alpha dropout of values that do not come from SELU, and plain dropout of values that do (Klambauer et al., 2017). The input of
 * the network is left alone: standardized, it has the mean of 0 and the variance of 1 that alpha dropout keeps. On the outputs,
 * where no dropout has a place, {@link DropoutOnOutput} speaks alone.
 */
final class AlphaDropoutWithoutSelu implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "AlphaDropoutWithoutSelu",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.WARNING,
                "alpha dropout after anything but SELU, and plain dropout after SELU",
                "Klambauer et al., 2017");
    }

    @Override
    public void check(Subject subject, Report report) {
        subject.forEachOperation((noise, region) -> {
            if (Noise.is(noise) && !subject.outputTail().has(noise)) {
                text(noise, region, subject).ifPresent(text -> report.add(Grade.WARNING, noise.annotation(), text));
            }
        });
    }

    private static Optional<String> text(Node.Apply noise, Region region, Subject subject) {
        Element seenFrom = noise.stage().point().element();
        if (noise.operation() instanceof AlphaDropout) {
            return subject.valueSources().of(noise.input(), region).stream()
                    .map(Sources.Source::node)
                    .filter(source -> !(source instanceof Node.Input) && !isSelu(source))
                    .findFirst()
                    .map(source -> Words.noise(noise) + " comes after " + name(source, seenFrom)
                            + ", not after @Selu: it keeps a mean of 0 and a variance of 1 only of values that SELU made, "
                            + "and sets what it drops to -1.758, what SELU tends to far below 0. Use @Selu before it, or @Dropout in its "
                            + "place.");
        }
        if (noise.operation() instanceof Dropout) {
            return subject.valueSources().of(noise.input(), region).stream()
                    .map(Sources.Source::node)
                    .filter(AlphaDropoutWithoutSelu::isSelu)
                    .findFirst()
                    .map(source -> Words.noise(noise) + " comes after " + name(source, seenFrom)
                            + ": the zeros that it sets raise the variance, which SELU keeps at 1 from stage to stage. Use "
                            + "@AlphaDropout.");
        }
        return Optional.empty();
    }

    private static boolean isSelu(Node node) {
        return node instanceof Node.Apply apply && apply.operation() instanceof Selu;
    }

    private static String name(Node source, Element seenFrom) {
        return switch (source) {
            case Node.Apply apply -> Words.operation(apply, seenFrom);
            case Node.Join join -> "the residual join of " + Words.stage(join.stage(), seenFrom);
            case Node.Run run -> Words.stage(run.stage(), seenFrom);
            case Node.Input ignored -> "the input";
        };
    }
}
