package io.espalier.benchmarks.processor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sources to compile.
 *
 * @param models how many models
 * @param alone the models' texts by path
 * @param withEmitted the same, and the texts of the classes that the processor emits for them
 */
record Workload(int models, Map<String, String> alone, Map<String, String> withEmitted) {
    /** The first so many models. */
    static Workload of(int models) {
        Map<String, String> alone = new LinkedHashMap<>();
        ModelText.first(models).forEach(model -> alone.put(model.path(), model.text()));
        Map<String, String> withEmitted = new LinkedHashMap<>(alone);
        withEmitted.putAll(Compilation.of(alone, true).written());
        return new Workload(models, alone, withEmitted);
    }

    /** The models, through the processor to classes. */
    Compilation process() {
        return Compilation.of(alone, true);
    }

    /** The models only. */
    Compilation compileAlone() {
        return Compilation.of(alone, false);
    }

    /** The models and what was emitted for them, as if somebody had written that. */
    Compilation compileWithEmitted() {
        return Compilation.of(withEmitted, false);
    }

    /** Lines of emitted code. */
    long emittedLines() {
        return withEmitted.entrySet().stream()
                .filter(source -> !alone.containsKey(source.getKey()))
                .mapToLong(source -> source.getValue().lines().count())
                .sum();
    }
}
