package io.espalier.processor.plan;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.TrainingSettings;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Role;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Gives the parameters, random streams and residual branches of one region their offsets. What was asked for once keeps its
 * offset, so that the programs of all modes agree.
 */
final class Placement {
    private final TrainingSettings training;
    private final String constantPrefix;
    private final Names constants;
    private final ToIntFunction<DropPathRule> ruleNumbers;
    private final int[] sizes = new int[Section.values().length];
    private final List<Integer> branches = new ArrayList<>();
    private final Map<String, Parameter> parameters = new HashMap<>();
    private final List<Parameter> inOrder = new ArrayList<>();
    private final Map<Node, List<Integer>> streamsOf = new IdentityHashMap<>();
    private final Map<Node.Join, Rate.Definition> rates = new IdentityHashMap<>();
    private final Map<Node.Run, Run> runs = new IdentityHashMap<>();
    private final Map<Node, Map<Rate.Definition, String>> rateNames = new IdentityHashMap<>();
    private final Names names = new Names();
    private int streams;

    Placement(
            TrainingSettings training,
            String constantPrefix,
            Names constants,
            ToIntFunction<DropPathRule> ruleNumbers) {
        this.training = training;
        this.constantPrefix = constantPrefix;
        this.constants = constants;
        this.ruleNumbers = ruleNumbers;
    }

    /**
     * A parameter of the region.
     *
     * @param limit how far a weight's initialization reaches
     */
    Parameter parameter(ParameterSpec spec, double limit) {
        Parameter known = parameters.get(spec.name());
        if (known == null) {
            Section section = section(spec.role());
            known = new Parameter(
                    spec.name(),
                    spec.role(),
                    spec.packing(),
                    spec.shape(),
                    section,
                    decays(spec.role()),
                    take(section, Math.toIntExact(spec.paddedSize())),
                    constants.unique(Names.constant(constantPrefix + spec.name())),
                    limit);
            parameters.put(spec.name(), known);
            inOrder.add(known);
        }
        return known;
    }

    private Section section(Role role) {
        if (!role.trainable()) {
            return Section.STATISTICS;
        }
        if (role == Role.WEIGHT) {
            return Section.WEIGHTS;
        }
        return decays(role) ? Section.DECAYED : Section.UNDECAYED;
    }

    private boolean decays(Role role) {
        return training.weightDecay() > 0 && training.exclude().decays(role);
    }

    /** A stream of a node: the same number of a node is always the same stream. */
    int stream(Node node, int number) {
        List<Integer> own = streamsOf.computeIfAbsent(node, key -> new ArrayList<>());
        while (own.size() <= number) {
            own.add(takeStreams(1));
        }
        return own.get(number);
    }

    /** What a rate of a node is called; two nodes may have one path. */
    String rateName(Node node, String path, Rate.Definition rate) {
        return rateNames
                .computeIfAbsent(node, key -> new HashMap<>())
                .computeIfAbsent(rate, key -> names.unique(path + "Rate"));
    }

    /** The drop path rate of a residual branch. */
    Rate.Definition rate(Node.Join join, DropPathRule rule) {
        return rates.computeIfAbsent(
                join, key -> new Rate.Definition.Branch(ruleNumbers.applyAsInt(rule), takeBranches(rule, 1)));
    }

    private int takeBranches(DropPathRule rule, int count) {
        return takeBranches(ruleNumbers.applyAsInt(rule), count);
    }

    private int takeBranches(int rule, int count) {
        while (branches.size() <= rule) {
            branches.add(0);
        }
        int first = branches.get(rule);
        branches.set(rule, Math.addExact(first, count));
        return first;
    }

    /** A run of another region, with the offsets of its first iteration. */
    Run run(Node.Run node, RegionProgram callee, String name) {
        return runs.computeIfAbsent(node, key -> {
            List<Integer> offsets = new ArrayList<>();
            for (Section section : Section.values()) {
                offsets.add(take(section, Math.multiplyExact(callee.size(section), node.times())));
            }
            int stream = takeStreams(Math.multiplyExact(callee.streams(), node.times()));
            List<Integer> first = new ArrayList<>();
            for (int rule = 0; rule < callee.branches().size(); rule++) {
                first.add(
                        takeBranches(rule, Math.multiplyExact(callee.branches().get(rule), node.times())));
            }
            return new Run(name, callee, node.times(), node.repeated(), offsets, stream, first);
        });
    }

    private int takeStreams(int count) {
        int first = streams;
        streams = Math.addExact(streams, count);
        return first;
    }

    private int take(Section section, int length) {
        int offset = sizes[section.ordinal()];
        sizes[section.ordinal()] = Math.addExact(offset, length);
        return offset;
    }

    List<Parameter> parameters() {
        return List.copyOf(inOrder);
    }

    Map<Node.Run, Run> runs() {
        return runs;
    }

    List<Integer> sizes() {
        List<Integer> list = new ArrayList<>();
        for (int size : sizes) {
            list.add(size);
        }
        return List.copyOf(list);
    }

    int streams() {
        return streams;
    }

    List<Integer> branches() {
        return List.copyOf(branches);
    }
}
