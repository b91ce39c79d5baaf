package io.espalier.processor.lint;

import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.read.SourcePoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The rules, and what they find in a network. */
public final class Lint {
    /** In the order of the index: where regularizers stand, penalties and targets, ordinary mistakes. */
    private static final List<Rule> RULES = List.of(
            new DropoutOnOutput(),
            new DropoutBeforeBatchNorm(),
            new StrongDropoutWithBatchNorm(),
            new DropPathWithoutShortcut(),
            new DropPathRate(),
            new DropConnectOffWeights(),
            new AlphaDropoutWithoutSelu(),
            new ConsecutiveDropout(),
            new MonteCarloWithoutDropout(),
            new WeightDecayOnBiasOrNorm(),
            new L2WithAdaptiveOptimizer(),
            new LabelSmoothingWithoutClasses(),
            new LabelSmoothingRange(),
            new TooManyRegularizers(),
            new ProbabilityRange(),
            new KeepProbability(),
            new SoftmaxBeforeCrossEntropy(),
            new ActivationOnLogits(),
            new MissingNonlinearity(),
            new RedundantBias(),
            new BatchNormTinyBatch(),
            new BatchNormHugeBatch(),
            new ShapeMismatch(),
            new ValueRange(),
            new CrossEntropyOfOneClass(),
            new UnknownStructure(),
            new VectorModuleMissing());

    private Lint() {}

    /** Every rule there is. */
    public static List<RuleInfo> rules() {
        return RULES.stream().map(Rule::info).toList();
    }

    /** The rules' ids, in the same order. */
    public static List<String> ruleIds() {
        return rules().stream().map(RuleInfo::id).toList();
    }

    /**
     * What the rules find in a network, after options and suppressions. A mistake in a block is found once, however often
     * and at however many shapes the block runs. Suppressions come before the options: a rule that is off needs those that
     * it would need if it were on.
     *
     * @param graph the network; what its builder could not make sense of is among the findings
     * @param operations what annotations may stand for
     * @param vectorModuleVisible whether the compiler sees the module {@code jdk.incubator.vector}
     * @param options the user's grades
     */
    public static Verdict check(
            NetworkGraph graph, Operations operations, boolean vectorModuleVisible, LintOptions options) {
        Subject subject = new Subject(graph, operations, vectorModuleVisible);
        SourceOrder order = new SourceOrder(graph.declaration());
        Suppressions suppressions = new Suppressions(graph.declaration());
        Map<SourceOrder.Place, List<Finding>> shown = new TreeMap<>();
        Map<SourceOrder.Place, List<Finding>> silenced = new TreeMap<>();
        Set<SuppressionKey.Id> needed = new LinkedHashSet<>();
        boolean complete = true;
        for (Rule rule : RULES) {
            String id = rule.info().id();
            for (Report.Entry entry : strictestByPlace(rule, subject, order)) {
                Optional<SuppressionKey> key = entry.fixed()
                        ? Optional.empty()
                        : suppressions.silencing(id, entry.point().element());
                key.ifPresent(word -> needed.add(word.id()));
                complete &= !entry.fixed();
                Map<SourceOrder.Place, List<Finding>> findings = key.isPresent() ? silenced : shown;
                finding(id, entry, suppressions, options).ifPresent(finding -> findings.computeIfAbsent(
                                order.of(finding.point()), unused -> new ArrayList<>())
                        .add(finding));
            }
        }
        return new Verdict(inOrder(shown), inOrder(silenced), needed, complete);
    }

    private static List<Finding> inOrder(Map<SourceOrder.Place, List<Finding>> findings) {
        return findings.values().stream().flatMap(List::stream).toList();
    }

    /**
     * One finding for an annotation or value: of those that several shapes or uses of a block give, the gravest, and of
     * these the first. A class or field as a whole can be at fault for several reasons.
     */
    private static Collection<Report.Entry> strictestByPlace(Rule rule, Subject subject, SourceOrder order) {
        Report report = new Report();
        rule.check(subject, report);
        Map<Object, Report.Entry> byPlace = new LinkedHashMap<>();
        for (Report.Entry entry : report.entries()) {
            SourceOrder.Place place = order.of(entry.point());
            boolean whole = entry.point().mirror() == null;
            byPlace.merge(
                    whole ? List.of(place, entry.text()) : place,
                    entry,
                    (known, other) -> rank(other) > rank(known) ? other : known);
        }
        return byPlace.values();
    }

    private static int rank(Report.Entry entry) {
        return entry.fixed() ? 2 : entry.grade() == Grade.ERROR ? 1 : 0;
    }

    private static Optional<Finding> finding(
            String id, Report.Entry entry, Suppressions suppressions, LintOptions options) {
        SourcePoint point = entry.point();
        Optional<SourcePoint> standIn = suppressions.standIn(point.element());
        SourcePoint shownAt = standIn.orElse(point);
        if (entry.fixed()) {
            boolean inVain = suppressions.silencingByName(id, point.element()).isPresent();
            String note = inVain ? " (@SuppressWarnings has no effect on this: no code could be generated.)" : "";
            return Optional.of(new Finding(id, Grade.ERROR, point, entry.text() + note, shownAt));
        }
        // Class files do not keep @SuppressWarnings: what was silenced in the block must not fail an incremental build.
        return options.regrade(id, entry.grade())
                .map(grade -> standIn.isPresent() ? Grade.WARNING : grade)
                .map(grade -> new Finding(id, grade, point, entry.text(), shownAt));
    }
}
