package io.espalier.processor.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the values of a region's program lie.
 *
 * @param storage the array of each value that lies in memory, in the order in which they come
 * @param gradient where the gradients that come in and go out lie: in tiles or in shared arrays; only in training
 * @param shared elements of an example in each shared array that the region takes, those of its runs included
 * @param tiles the same of tiles
 * @param runs what the runs take of these
 * @param bytes what an example takes of the arrays that the region has for itself, those of its runs included
 */
public record Memory(
        Map<Value, Storage> storage,
        Storage.Kind gradient,
        List<Integer> shared,
        List<Integer> tiles,
        Map<Run, OfRun> runs,
        long bytes) {
    /**
     * What a run takes of the arrays that regions share.
     *
     * @param shared the number of its first shared array
     * @param tile the number of its first tile
     * @param alternate the number of the array that every other one of several runs writes to, −1 where none does
     */
    public record OfRun(int shared, int tile, int alternate) {}

    /** Copies the collections. */
    public Memory {
        storage = Collections.unmodifiableMap(new LinkedHashMap<>(storage));
        shared = List.copyOf(shared);
        tiles = List.copyOf(tiles);
        runs = Map.copyOf(runs);
    }

    /** Where a value lies. */
    public Storage storage(Value value) {
        Storage found = storage.get(value);
        if (found == null) {
            throw new IllegalStateException(value + " lies nowhere");
        }
        return found;
    }

    /** What the arrays are called. */
    public Set<String> names() {
        return storage.values().stream().map(Storage::name).collect(Collectors.toUnmodifiableSet());
    }

    /** What the program of a whole network takes for an example, whose input and shared arrays are among it. */
    public long bytesPerExample(Code code) {
        long elements = code.input().layout().exampleStride();
        for (int stride : shared) {
            elements += stride;
        }
        for (int stride : tiles) {
            elements += stride;
        }
        return bytes + elements * Float.BYTES;
    }
}
