package io.espalier.processor.lint;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.operation.Rates;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.StageDeclaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Much regularization of a network that has few examples to learn from: strong noise, or regularizers of many kinds. Batch
 * norm, clipping and the decay that {@code @AdamW} brings are not counted, and neither is what is written without an effect.
 */
final class TooManyRegularizers implements Rule {
    private static final int FEW_EXAMPLES = 1000;
    private static final double STRONG = 0.2;
    private static final int KINDS = 2;

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "TooManyRegularizers",
                RuleInfo.Group.TRAINING,
                RuleInfo.Severity.WARNING,
                "noise above 0.2, or more than two kinds of regularizer, with fewer than 1,000 examples",
                "Srivastava et al., 2014");
    }

    @Override
    public void check(Subject subject, Report report) {
        AnnotationDeclaration network = subject.networkAnnotation();
        int examples = network.intValue("examples");
        if (!network.value("examples").usable() || examples < 1 || examples >= FEW_EXAMPLES) {
            return;
        }
        List<Noise> strong = subject.noise().noises().stream()
                .filter(noise -> noise.rate() > STRONG)
                .sorted(Comparator.comparingDouble(Noise::rate).reversed())
                .toList();
        Set<String> kinds = kinds(subject);
        if (!strong.isEmpty() || kinds.size() > KINDS) {
            report.add(Grade.WARNING, network.pointOf("examples"), text(examples, strong, kinds, subject));
        }
    }

    /** The annotations that regularize, by name, in the order in which they are written. */
    private static Set<String> kinds(Subject subject) {
        Set<AnnotationDeclaration> acting = Collections.newSetFromMap(new IdentityHashMap<>());
        subject.noise().noises().forEach(noise -> acting.add(noise.annotation()));
        for (DropPathRule rule : subject.graph().branches().keySet()) {
            if (Rates.drops(subject.highestRate(rule))) {
                acting.add(rule.annotation());
            }
        }
        Set<String> kinds = new LinkedHashSet<>();
        subject.annotations()
                .filter(annotation -> acting.contains(annotation) || isPenalty(annotation, subject))
                .forEach(annotation -> kinds.add("@" + annotation.name()));
        return kinds;
    }

    private static boolean isPenalty(AnnotationDeclaration annotation, Subject subject) {
        return switch (annotation.name()) {
            case "WeightDecay", "L1", "L2", "MaxNorm" -> annotation.doubleValue("value") > 0;
            case "LabelSmoothing" -> annotation.doubleValue("value") > 0 && subject.isCrossEntropy();
            default -> false;
        };
    }

    private static String text(int examples, List<Noise> strong, Set<String> kinds, Subject subject) {
        List<String> reasons = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        if (!strong.isEmpty()) {
            reasons.add("for " + noises(strong, subject)
                    + " (Srivastava et al., 2014, section 7.4: on a few hundred dropout gains nothing)");
            remedies.add("lower " + limits(strong) + " or less");
        }
        if (kinds.size() > KINDS) {
            reasons.add("for " + kinds.size() + " kinds of regularizer (" + Words.list(kinds)
                    + "), whose strengths cannot be tuned on what can be held out of so few");
            remedies.add("keep one or two kinds");
        }
        String remedy = String.join(", and ", remedies);
        return Words.count(examples, "example is", "examples are") + " too few " + String.join(", and ", reasons) + ". "
                + Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".";
    }

    /** The noises at their stages, the strongest first; one that is used at several shapes counts once. */
    private static String noises(List<Noise> strong, Subject subject) {
        StageDeclaration own = subject.network().stages().getFirst();
        Set<AnnotationDeclaration> named = Collections.newSetFromMap(new IdentityHashMap<>());
        return Words.firstOf(strong.stream()
                .filter(noise -> named.add(noise.annotation()))
                .map(noise -> Words.noise(noise.node()) + " on "
                        + Words.stage(noise.node().stage(), own.point().element()))
                .toList());
    }

    private static String limits(List<Noise> strong) {
        Set<String> limits = new LinkedHashSet<>();
        strong.forEach(noise -> limits.add(noise.limit(STRONG)));
        return Words.list(limits);
    }
}
