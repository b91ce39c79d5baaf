package io.espalier.processor.graph;

import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Operation;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.StageDeclaration;
import java.util.List;
import java.util.Optional;

/** A value of the network: what a node computes from the values of its inputs. Nodes are compared by identity. */
public sealed interface Node {
    /**
     * The nodes whose values this one takes.
     *
     * @return the nodes, none for what enters a region
     */
    List<Node> inputs();

    /**
     * The shape of its own value.
     *
     * @return the shape, {@link Shape#UNKNOWN} after a mistake
     */
    Shape shape();

    /** What enters a region. */
    final class Input implements Node {
        private final Shape shape;

        /**
         * An input.
         *
         * @param shape the shape of what enters
         */
        public Input(Shape shape) {
            this.shape = shape;
        }

        @Override
        public List<Node> inputs() {
            return List.of();
        }

        @Override
        public Shape shape() {
            return shape;
        }
    }

    /** An operation of a stage. */
    final class Apply implements Node {
        private final Node input;
        private final Operation operation;
        private final AnnotationDeclaration annotation;
        private final StageDeclaration stage;
        private final Shape shape;
        private final List<ParameterSpec> parameters;

        /**
         * An operation.
         *
         * @param input whose value it takes
         * @param operation what it computes
         * @param annotation what it is written as
         * @param stage its stage
         * @param shape the shape of what it computes
         * @param parameters its parameters, by roles that differ from one another
         */
        public Apply(
                Node input,
                Operation operation,
                AnnotationDeclaration annotation,
                StageDeclaration stage,
                Shape shape,
                List<ParameterSpec> parameters) {
            this.input = input;
            this.operation = operation;
            this.annotation = annotation;
            this.stage = stage;
            this.shape = shape;
            this.parameters = List.copyOf(parameters);
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        /** {@return whose value it takes} */
        public Node input() {
            return input;
        }

        /** {@return what it computes, with its attributes} */
        public Operation operation() {
            return operation;
        }

        /** {@return what the operation is written as} */
        public AnnotationDeclaration annotation() {
            return annotation;
        }

        /** {@return the stage that carries the annotation} */
        public StageDeclaration stage() {
            return stage;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        /**
         * Its parameters.
         *
         * @return the parameters, none after a mistake
         */
        public List<ParameterSpec> parameters() {
            return parameters;
        }
    }

    /** Where a residual branch joins its shortcut again: {@code shortcut(skip) + dropPath(branch)}. */
    final class Join implements Node {
        private final Node branch;
        private final Node skip;
        private final StageDeclaration stage;
        private final Optional<ParameterSpec> projection;
        private final Optional<DropPathRule> dropPath;
        private final Shape shape;

        /**
         * A join.
         *
         * @param branch the end of the branch
         * @param skip what entered the branch
         * @param stage the stage that carries {@code @Residual}
         * @param projection the weight of the shortcut, empty for the identity
         * @param dropPath the rule that governs the branch
         * @param shape the shape of the sum
         */
        public Join(
                Node branch,
                Node skip,
                StageDeclaration stage,
                Optional<ParameterSpec> projection,
                Optional<DropPathRule> dropPath,
                Shape shape) {
            this.branch = branch;
            this.skip = skip;
            this.stage = stage;
            this.projection = projection;
            this.dropPath = dropPath;
            this.shape = shape;
        }

        @Override
        public List<Node> inputs() {
            return List.of(branch, skip);
        }

        /**
         * The end of the residual branch.
         *
         * @return the branch's last node, or {@link #skip} where the branch is empty
         */
        public Node branch() {
            return branch;
        }

        /**
         * What entered the residual branch.
         *
         * @return the node whose value the shortcut takes
         */
        public Node skip() {
            return skip;
        }

        /**
         * The stage that carries {@code @Residual}; the first of them where several run one region.
         *
         * @return the stage
         */
        public StageDeclaration stage() {
            return stage;
        }

        /**
         * The weight of the projection, where the shortcut is one.
         *
         * @return the weight, empty for the identity
         */
        public Optional<ParameterSpec> projection() {
            return projection;
        }

        /**
         * The drop path that holds for this branch, if one does.
         *
         * @return the rule of the stage, else of the network
         */
        public Optional<DropPathRule> dropPath() {
            return dropPath;
        }

        @Override
        public Shape shape() {
            return shape;
        }
    }

    /** A stage that runs a region: a block, or a repeated stage. */
    final class Run implements Node {
        private final Node input;
        private final Region body;
        private final int times;
        private final boolean repeated;
        private final StageDeclaration stage;

        /**
         * A run.
         *
         * @param input whose value enters the region first
         * @param body the region
         * @param times how many times it runs
         * @param repeated whether the stage carries {@code @Repeat}
         * @param stage the stage
         */
        public Run(Node input, Region body, int times, boolean repeated, StageDeclaration stage) {
            this.input = input;
            this.body = body;
            this.times = times;
            this.repeated = repeated;
            this.stage = stage;
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        /**
         * The only input.
         *
         * @return whose value enters the region first
         */
        public Node input() {
            return input;
        }

        /**
         * What runs.
         *
         * @return the region; one without nodes, of unknown shape, where nothing is known of the stage
         */
        public Region body() {
            return body;
        }

        /**
         * How many times the region runs, one after the other, each with parameters of its own.
         *
         * @return at least 1
         */
        public int times() {
            return times;
        }

        /**
         * Whether the stage carries {@code @Repeat}: parameter names then hold the iteration.
         *
         * @return true for {@code @Repeat(1)} too
         */
        public boolean repeated() {
            return repeated;
        }

        /** {@return the stage that runs the region} */
        public StageDeclaration stage() {
            return stage;
        }

        @Override
        public Shape shape() {
            return body.output().shape();
        }
    }
}
