package io.espalier.processor.graph;

import io.espalier.processor.read.ModelDeclaration;
import java.util.List;
import java.util.Optional;

/**
 * A part of the network that is emitted once and runs as often as nodes say: the network itself, a block at one shape, or
 * the body of a repeated stage. Where the stage that runs it is a residual branch, the join is the region's last node.
 *
 * @param name the model's or block's name, or the name of the repeated stage
 * @param block the block's declaration, empty for the body of a repeated stage of operations
 * @param input what enters
 * @param nodes the nodes in the order in which they run, without the input
 * @param output the node whose value leaves: the last one, or the input of an empty region
 */
public record Region(String name, Optional<ModelDeclaration> block, Node.Input input, List<Node> nodes, Node output) {
    /** Copies the nodes. */
    public Region {
        nodes = List.copyOf(nodes);
    }
}
