package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.operation.DropConnect;
import io.espalier.processor.operation.Dropout;
import io.espalier.processor.operation.Operation;
import javax.lang.model.element.Element;

/**
 * Two noises with nothing but changes of shape between them: what the second does, the first could do alone. On the outputs, where
 * no noise has a place, {@link DropoutOnOutput} speaks alone.
 */
final class ConsecutiveDropout implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "ConsecutiveDropout",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.WARNING,
                "two noises with nothing but changes of shape between them",
                "Srivastava et al., 2014");
    }

    @Override
    public void check(Subject subject, Report report) {
        subject.forEachOperation((second, region) -> {
            if (Noise.is(second) && !subject.outputTail().has(second)) {
                subject.noiseSources().of(second.input(), region).stream()
                        .filter(source -> source.operation().filter(Noise::is).isPresent())
                        .findFirst()
                        .ifPresent(source -> report.add(Grade.WARNING, second.annotation(), text(source, second)));
            }
        });
    }

    private static String text(Sources.Source source, Node.Apply second) {
        Node.Apply first = source.operation().orElseThrow();
        Element seenFrom = second.stage().point().element();
        String name = Words.noise(first) + " of " + Words.stage(first.stage(), seenFrom);
        return Words.noise(second) + " follows " + source.seenBy(second, name)
                + " with no operation on the values between them: "
                + together(first, second)
                + (source.isItself(second)
                        ? "Put @" + second.annotation().name() + " on a stage that runs once."
                        : "Keep one of the two, at the strength that is meant.");
    }

    private static String together(Node.Apply first, Node.Apply second) {
        if (!drops(first.operation()) || !drops(second.operation())) {
            return "together they are stronger than each is written to be. ";
        }
        double kept =
                (1 - first.operation().noiseRate()) * (1 - second.operation().noiseRate());
        return "together they drop " + Words.number(Math.round((1 - kept) * 1e4) / 1e4)
                + " of what comes in, a rate that is written nowhere. ";
    }

    /** Whether a noise sets values, or weights and so the products with them, to 0. */
    private static boolean drops(Operation noise) {
        return noise instanceof Dropout || noise instanceof DropConnect;
    }
}
