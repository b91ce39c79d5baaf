package io.espalier.processor.lint;

import io.espalier.processor.graph.TrainingSettings;
import io.espalier.processor.ir.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Weight decay that reaches biases or the scales and shifts of norms that the network really has. What a parameter is
 * follows from its role in the graph, never from its name.
 */
final class WeightDecayOnBiasOrNorm implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "WeightDecayOnBiasOrNorm",
                RuleInfo.Group.TRAINING,
                RuleInfo.Severity.WARNING,
                "weight decay that reaches biases or the scales and shifts of norms",
                "transformers, issue 4360");
    }

    @Override
    public void check(Subject subject, Report report) {
        TrainingSettings training = subject.graph().training();
        if (!(training.weightDecay() > 0)) {
            return;
        }
        subject.onNetwork("WeightDecay", "exclude")
                .filter(annotation -> annotation.value("value").usable())
                .ifPresent(annotation -> {
                    List<String> reached = new ArrayList<>();
                    add(reached, subject, "bias", "biases", Role.BIAS);
                    add(reached, subject, "norm scale", "norm scales", Role.NORM_SCALE);
                    add(reached, subject, "norm shift", "norm shifts", Role.NORM_SHIFT);
                    if (!reached.isEmpty()) {
                        report.add(
                                Grade.WARNING,
                                annotation.pointOf("exclude"),
                                "weight decay (" + Words.number(training.weightDecay()) + ") reaches "
                                        + Words.list(reached)
                                        + ": they are too few to overfit, and pulling them to 0 only keeps the network "
                                        + "from shifting and scaling. Write exclude = Exclude.BIAS_NORM, or leave exclude out.");
                    }
                });
    }

    private static void add(List<String> reached, Subject subject, String one, String several, Role role) {
        if (subject.graph().training().exclude().decays(role)) {
            ParameterCensus census = ParameterCensus.of(subject.root(), role::equals);
            if (census.count() > 0) {
                String more = census.count() > census.first().size() ? ", …" : "";
                reached.add(Words.count(census.count(), one, several) + " ('" + String.join("', '", census.first())
                        + "'" + more + ")");
            }
        }
    }
}
