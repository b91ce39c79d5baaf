package io.espalier.processor.ir;

import java.util.List;

/** What a network's description says of a part of a region, in source order. */
public sealed interface Described {
    /** The stage that it belongs to. */
    String stage();

    /** Whether the stage's name is part of the path: it is not where the stage is what runs the region. */
    boolean named();

    /** Shape of what goes out. */
    Shape output();

    /**
     * An operation, or the join of a residual branch.
     *
     * @param stage the stage
     * @param named whether the stage's name is part of the path
     * @param kind the annotation's simple name
     * @param input shape of what comes in
     * @param output shape of what goes out
     * @param attributes names and values in turn
     * @param parameters the operation's parameters
     */
    record Operation(
            String stage,
            boolean named,
            String kind,
            Shape input,
            Shape output,
            List<String> attributes,
            List<Parameter> parameters)
            implements Described {
        public Operation {
            attributes = List.copyOf(attributes);
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A region that is run.
     *
     * @param stage the stage
     * @param named whether the stage's name is part of the path
     * @param output shape of what goes out
     * @param run the run
     */
    record Runs(String stage, boolean named, Shape output, Run run) implements Described {}
}
