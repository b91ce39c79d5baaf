package io.espalier.samples.cli;

import io.espalier.CompiledNetwork;
import io.espalier.train.Epoch;
import io.espalier.train.Evaluation;
import io.espalier.train.History;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One of the networks that are compared, with the weights of its best epoch.
 *
 * @param name what the tables call it
 * @param network the network
 * @param measure what is told of an evaluation besides its loss
 * @param evaluations how good it is on each part of the data, by the part's name
 * @param history how it was trained, or null if it was loaded
 */
public record Contender(
        String name,
        CompiledNetwork network,
        Measure measure,
        Map<String, Evaluation> evaluations,
        @Nullable History history) {

    private static final int EVALUATION_BATCH = 1024;

    /** Copies the map, in its order. */
    public Contender {
        evaluations = Collections.unmodifiableMap(new LinkedHashMap<>(evaluations));
    }

    static Contender of(
            String name,
            CompiledNetwork network,
            Measure measure,
            Parts parts,
            int threads,
            @Nullable History history) {
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        parts.byName()
                .forEach((part, dataset) ->
                        evaluations.put(part, Evaluation.of(network, dataset, EVALUATION_BATCH, threads)));
        return new Contender(name, network, measure, evaluations, history);
    }

    /** How good the network is on a part of the data that there is. */
    public Evaluation on(String part) {
        return Objects.requireNonNull(evaluations.get(part), part);
    }

    /** How much larger the loss is on the held-out examples than on those trained on; empty without these. */
    OptionalDouble gap() {
        Evaluation training = evaluations.get("training");
        Evaluation validation = evaluations.get("validation");
        return training == null || validation == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(validation.loss() - training.loss());
    }

    /** The median of the seconds that an epoch's steps took, because in the first one the machine code is still being made. */
    OptionalDouble secondsPerEpoch() {
        if (history == null) {
            return OptionalDouble.empty();
        }
        double[] sorted = history.epochs().stream().mapToDouble(Epoch::seconds).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
    }

    /**
     * Adds the network's figures to the last line, each under its name.
     *
     * @param line what comes before
     */
    public void addTo(ResultLine line) {
        evaluations.forEach((part, evaluation) -> {
            line.add(name + "_" + part + "_loss", evaluation.loss(), 4);
            line.add(name + "_" + part + "_" + measure.name(), measure.value().applyAsDouble(evaluation), 4);
        });
        gap().ifPresent(gap -> line.add(name + "_gap", gap, 4));
        if (history != null) {
            line.add(name + "_best_epoch", history.bestEpoch());
            line.add(name + "_seconds_per_epoch", secondsPerEpoch().orElseThrow(), 3);
        }
    }
}
