package io.espalier.processor.plan;

import io.espalier.processor.graph.TrainingSettings;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Role;
import java.util.ArrayList;
import java.util.List;

/** Gives the parameters and random streams of one region their places. */
final class Places {
    private final TrainingSettings training;
    private final String constantPrefix;
    private final Names constants;
    private final int[] sizes = new int[Section.values().length];
    private final List<PlannedParameter> parameters = new ArrayList<>();
    private int streams;

    Places(TrainingSettings training, String constantPrefix, Names constants) {
        this.training = training;
        this.constantPrefix = constantPrefix;
        this.constants = constants;
    }

    PlannedParameter place(ParameterSpec node, double limit) {
        Section section = section(node.role());
        int length = node.role() == Role.WEIGHT
                ? Math.multiplyExact(
                        node.shape().get(1), Widths.stride(node.shape().get(0)))
                : Widths.stride(node.shape().get(0));
        PlannedParameter placed = new PlannedParameter(
                node.name(),
                node.role(),
                node.shape(),
                section,
                decays(node.role()),
                take(section, length),
                constants.unique(Names.constant(constantPrefix + node.name())),
                limit);
        parameters.add(placed);
        return placed;
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

    /** Places a region that runs some times: where the first run's parameters start in each section. */
    List<Integer> place(RegionPlan callee, int times) {
        List<Integer> offsets = new ArrayList<>();
        for (Section section : Section.values()) {
            offsets.add(take(section, Math.multiplyExact(callee.size(section), times)));
        }
        return List.copyOf(offsets);
    }

    int takeStreams(int count) {
        int first = streams;
        streams = Math.addExact(streams, count);
        return first;
    }

    private int take(Section section, int length) {
        int offset = sizes[section.ordinal()];
        sizes[section.ordinal()] = Math.addExact(offset, length);
        return offset;
    }

    List<PlannedParameter> parameters() {
        return List.copyOf(parameters);
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
}
