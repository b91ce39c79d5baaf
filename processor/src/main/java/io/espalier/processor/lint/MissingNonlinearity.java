package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import java.util.function.BiPredicate;
import javax.lang.model.element.Element;

/** A linear operation of what another has made, with no non-linearity between the two: together they are one linear operation. */
final class MissingNonlinearity implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "MissingNonlinearity",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.WARNING,
                "a linear operation that follows another with no non-linearity between them",
                "Nikanjam et al., 2021");
    }

    @Override
    public void check(Subject subject, Report report) {
        subject.forEachOperation((second, region) -> {
            if (second.operation().isLinear()) {
                subject.affineSources().of(second.input(), region).stream()
                        .filter(source -> source.operation()
                                .filter(first -> first.operation().isLinear() && !isCode(first, subject))
                                .isPresent())
                        .findFirst()
                        .ifPresent(source -> report.add(Grade.WARNING, second.annotation(), text(source, second)));
            }
        });
    }

    /**
     * Whether an operation makes the code of an autoencoder, or may do so as far as shapes are known. What is narrower than all else
     * in a network that gives back as many values as it takes is meant to be, and is often left linear (Hinton and Salakhutdinov,
     * 2006).
     */
    private static boolean isCode(Node.Apply operation, Subject subject) {
        return !subject.isCrossEntropy()
                && agree(subject.root().input(), subject.root().output(), Long::equals)
                && subject.regions().stream()
                        .flatMap(region -> region.nodes().stream())
                        .filter(node -> node != operation
                                && node instanceof Node.Apply other
                                && other.operation().isLinear())
                        .allMatch(other -> agree(operation, other, (code, width) -> code < width));
    }

    private static boolean agree(Node one, Node other, BiPredicate<Long, Long> sizes) {
        return !one.shape().isKnown()
                || !other.shape().isKnown()
                || sizes.test(one.shape().size(), other.shape().size());
    }

    private static String text(Sources.Source source, Node.Apply second) {
        Node.Apply first = source.operation().orElseThrow();
        Element seenFrom = second.stage().point().element();
        return Words.operation(second, seenFrom) + " follows " + source.seenBy(second, Words.operation(first, seenFrom))
                + " with no non-linearity between them"
                + (second.input() == first ? "" : " (batch norm, noise, changes of shape and linear branches are none)")
                + ": one linear operation can do all that several in a row can. Put an activation such as @Relu between "
                + "them, or "
                + (source.isItself(second) && source.around().isPresent()
                        ? "leave out @Repeat."
                        : "leave one of them out.");
    }
}
