package io.espalier.processor.ir;

import java.util.List;
import java.util.stream.Stream;

/**
 * A network as it is emitted.
 *
 * @param model its names
 * @param training how it is trained
 * @param root the network's own region
 * @param regions the other regions, each before those that run it
 * @param monteCarlo whether Monte-Carlo sampling is emitted
 */
public record NetworkProgram(
        ModelName model, TrainingRule training, RegionProgram root, List<RegionProgram> regions, boolean monteCarlo) {
    /** All regions, the network's own first. */
    public List<RegionProgram> all() {
        return Stream.concat(Stream.of(root), regions.stream()).toList();
    }
}
