package io.espalier.processor.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network and every block that it reaches.
 *
 * @param network the class annotated with {@code @Network}
 * @param blocks the blocks by qualified name, in the order in which they are reached
 * @param nameClash why no class can be emitted under the network's name, if none can
 */
public record NetworkDeclaration(
        ModelDeclaration network, Map<String, ModelDeclaration> blocks, Optional<Fault> nameClash) {
    /** Copies the map. */
    public NetworkDeclaration {
        blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
    }

    /**
     * The network and its blocks.
     *
     * @return the network, then the blocks in the order in which they are reached
     */
    public Stream<ModelDeclaration> models() {
        return Stream.concat(Stream.of(network), blocks.values().stream());
    }

    /**
     * Whether everything in the network and its blocks resolves.
     *
     * @return false if a later round may supply what is missing
     */
    public boolean complete() {
        return models().allMatch(ModelDeclaration::complete);
    }

    /**
     * What is wrong with the classes themselves.
     *
     * @return the name clash, then the network's faults, then those of its blocks
     */
    public List<Fault> faults() {
        return Stream.concat(nameClash.stream(), models().flatMap(model -> model.faults().stream()))
                .toList();
    }
}
