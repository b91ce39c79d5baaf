package io.espalier.processor.ir;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the values of a region's program lie.
 *
 * @param storage the array of each value that lies in memory, in the order in which they are written
 * @param shared how many arrays it shares among its values; in training, how many depths of gradients it has
 * @param bases for each run the number of its first shared array
 * @param alternates for each run of several the number of the array that every other one of them writes to
 * @param widest elements of an example of the longest of its values that share arrays, those of runs included
 * @param scratch how many arrays of numbers of rows are used up within routines, those of runs included
 * @param scratchPositions rows of an example that these have numbers for
 * @param names what the arrays are called
 */
public record Memory(
        Map<Value, Storage> storage,
        int shared,
        Map<Run, Integer> bases,
        Map<Run, Integer> alternates,
        int widest,
        int scratch,
        int scratchPositions,
        Set<String> names) {
    /**
     * The memory of a program.
     *
     * @param runs the memories of what it runs
     */
    public static Memory of(
            Map<Value, Storage> storage,
            int shared,
            Map<Run, Integer> bases,
            Map<Run, Integer> alternates,
            Collection<Memory> runs) {
        int widest = Layout.padded(1);
        int scratch = 0;
        int scratchPositions = 1;
        for (Map.Entry<Value, Storage> entry : storage.entrySet()) {
            switch (entry.getValue().kind()) {
                case SCRATCH -> {
                    scratch = Math.max(scratch, entry.getValue().number() + 1);
                    scratchPositions =
                            Math.max(scratchPositions, entry.getKey().layout().positions());
                }
                case GRADIENT, SHARED, RUN, OUTPUT ->
                    widest = Math.max(widest, entry.getKey().layout().exampleStride());
                case INPUT, OWN -> {}
            }
        }
        for (Memory run : runs) {
            widest = Math.max(widest, run.widest());
            scratch = Math.max(scratch, run.scratch());
            scratchPositions = Math.max(scratchPositions, run.scratchPositions());
        }
        return new Memory(
                Collections.unmodifiableMap(new LinkedHashMap<>(storage)),
                shared,
                Collections.unmodifiableMap(bases),
                Collections.unmodifiableMap(alternates),
                widest,
                scratch,
                scratchPositions,
                storage.values().stream().map(Storage::name).collect(Collectors.toUnmodifiableSet()));
    }

    /** The array in which a value lies. */
    public Storage storage(Value value) {
        Storage found = storage.get(value);
        if (found == null) {
            throw new IllegalStateException(value + " lies nowhere");
        }
        return found;
    }
}
