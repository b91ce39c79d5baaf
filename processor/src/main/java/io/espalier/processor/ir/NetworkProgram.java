package io.espalier.processor.ir;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network as it is emitted.
 *
 * @param model its names
 * @param training how it is trained
 * @param root the network's own region
 * @param regions the other regions, each before those that run it
 * @param memories where the values of each program lie
 * @param monteCarlo whether Monte-Carlo sampling is emitted
 */
public record NetworkProgram(
        ModelName model,
        TrainingRule training,
        RegionProgram root,
        List<RegionProgram> regions,
        Map<Code, Memory> memories,
        boolean monteCarlo) {
    /** Programs are told apart by identity: to compare them would take long, since they hold those that they run. */
    public NetworkProgram {
        regions = List.copyOf(regions);
        Map<Code, Memory> byIdentity = new IdentityHashMap<>(memories);
        memories = Collections.unmodifiableMap(byIdentity);
    }

    /** Where the values of a program lie. */
    public Memory memory(Code code) {
        Memory found = memories.get(code);
        if (found == null) {
            throw new IllegalStateException("a program without memory");
        }
        return found;
    }

    /** All regions, the network's own first. */
    public List<RegionProgram> all() {
        return Stream.concat(Stream.of(root), regions.stream()).toList();
    }
}
