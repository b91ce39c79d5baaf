package io.espalier.train;

import io.espalier.data.Dataset;
import io.espalier.model.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What decides a training's bits besides the network and the data themselves; a resumed training must agree in it. */
final class TrainingIdentity {
    private static final String FROZEN = "frozen parameters";
    private static final String NONE = "none";

    /** How many learning rates are looked at: enough for any schedule that someone writes, few enough to cost nothing. */
    private static final int RATES = 4096;

    private TrainingIdentity() {}

    /** By name, so that a refusal can say what differs. Threads are not in it: no bit depends on them. */
    static Map<String, String> of(
            Trainable network,
            Trainer.Settings settings,
            List<String> frozen,
            Dataset train,
            @Nullable Dataset validation) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("seed", String.valueOf(settings.seed()));
        all.put("batch size", String.valueOf(settings.batchSize()));
        all.put("accumulated batches", String.valueOf(settings.accumulate()));
        all.put("training examples", String.valueOf(train.size()));
        all.put("validation examples", validation == null ? NONE : String.valueOf(validation.size()));
        all.put("training set evaluated", String.valueOf(settings.evaluateTraining()));
        all.put("update", network.updateRule());
        // What decays is a matter of roles; their number alone would be the same for biases and for shifts.
        all.put(
                "decayed",
                StreamSupport.stream(network.parameters().spliterator(), false)
                        .filter(Parameter::decayed)
                        .map(parameter -> parameter.role().name())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")));
        all.put("learning rate", String.valueOf(settings.learningRate()));
        all.put(
                "early stopping",
                settings.earlyStopping() == null
                        ? NONE
                        : settings.earlyStopping().toString());
        all.put("class weights", settings.classWeights() == null ? NONE : Arrays.toString(settings.classWeights()));
        all.put(FROZEN, frozen.isEmpty() ? NONE : String.join(", ", frozen));
        return all;
    }

    /** The frozen parameters that a checkpoint's settings name. */
    static Set<String> frozen(Map<String, String> settings) {
        return new HashSet<>(List.of(settings.getOrDefault(FROZEN, NONE).split(", ")));
    }

    /** All in which two trainings differ. */
    static List<String> differences(Map<String, String> there, Map<String, String> here) {
        List<String> differences = new ArrayList<>();
        here.forEach((name, value) -> {
            String other = there.getOrDefault(name, "not told");
            if (!other.equals(value)) {
                differences.add(name + ": " + StateTexts.shown(other) + " in the checkpoint, " + value + " now");
            }
        });
        return differences;
    }

    /** Tells apart the learning rates of a training's first steps, evenly spread where there are many. */
    static long rates(Trainer.Settings settings, int stepsPerEpoch, long steps) {
        long digest = 0;
        long looks = Math.min(steps, RATES);
        for (long look = 0; look < looks; look++) {
            // From the first to the very last.
            long step = looks == 1 ? 0 : look * (steps - 1) / (looks - 1);
            digest = digest * 31 + Float.floatToIntBits(settings.rate(step, stepsPerEpoch));
        }
        return digest;
    }
}
