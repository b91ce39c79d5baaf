package io.espalier.samples.cli;

import io.espalier.data.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a data set.
 *
 * @param training to train on; null where nothing is trained and all examples are new
 * @param validation to choose the best epoch by; likewise
 * @param test only to report on, or null if the validation set is all that is held out
 */
public record Parts(
        @Nullable Dataset training,
        @Nullable Dataset validation,
        @Nullable Dataset test) {

    /**
     * Examples that a network is only to be judged on.
     *
     * @param test those
     */
    public static Parts toJudge(Dataset test) {
        return new Parts(null, null, test);
    }

    /** The examples of a data set that has some to train on. */
    public Dataset trained() {
        return Objects.requireNonNull(training, "there are examples to train on");
    }

    /** The parts that there are, by their names. */
    Map<String, Dataset> byName() {
        Map<String, Dataset> parts = new LinkedHashMap<>();
        put(parts, "training", training);
        put(parts, "validation", validation);
        put(parts, "test", test);
        return parts;
    }

    private static void put(Map<String, Dataset> parts, String name, @Nullable Dataset part) {
        if (part != null) {
            parts.put(name, part);
        }
    }
}
