package io.espalier.samples.cli;

import io.espalier.data.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a data set.
 *
 * @param training to train on
 * @param validation to choose the best epoch by
 * @param test only to report on, or null if the validation set is all that is held out
 */
public record Parts(
        Dataset training, Dataset validation, @Nullable Dataset test) {

    /** The parts that there are, by their names. */
    Map<String, Dataset> byName() {
        Map<String, Dataset> parts = new LinkedHashMap<>();
        parts.put("training", training);
        parts.put("validation", validation);
        if (test != null) {
            parts.put("test", test);
        }
        return parts;
    }
}
