package io.espalier.processor.graph;

import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.ShapePath;
import io.espalier.processor.read.ModelDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes of a region while they are laid one after the other. */
final class RegionBuilder {
    private final Node.Input input;
    private final List<Node> nodes = new ArrayList<>();
    private final String path;
    private final Optional<Shape> branch;
    private Node end;
    private Shape shape;
    private ShapePath shapes;

    /**
     * A region without nodes.
     *
     * @param shape what enters
     * @param path names of the stages that lead to the region, each with a dot behind it
     * @param branch what entered the innermost residual branch around the region, if there is one
     * @param shapes the shapes up to here
     */
    RegionBuilder(Shape shape, String path, Optional<Shape> branch, ShapePath shapes) {
        this.input = new Node.Input(shape);
        this.path = path;
        this.branch = branch;
        this.end = input;
        this.shape = shape;
        this.shapes = shapes;
    }

    /**
     * Lays a node at the end.
     *
     * @param node takes the end's value
     * @param stage name of its stage
     * @param next the shape to reckon with from here on: the node's, or unknown after a mistake
     */
    void add(Node node, String stage, Shape next) {
        nodes.add(node);
        end = node;
        if (!next.equals(shape)) {
            shapes = shapes.then(path + stage, next);
        }
        shape = next;
    }

    /** Gives up the shape after a mistake that stands in no node. */
    void lose() {
        shape = Shape.UNKNOWN;
    }

    Region build(String name, Optional<ModelDeclaration> block) {
        return new Region(name, block, input, nodes, end);
    }

    Node end() {
        return end;
    }

    /** The shape at the end, unknown behind a mistake. */
    Shape shape() {
        return shape;
    }

    String path() {
        return path;
    }

    Optional<Shape> branch() {
        return branch;
    }

    ShapePath shapes() {
        return shapes;
    }
}
