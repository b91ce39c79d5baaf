package io.espalier.processor.operation;

import java.util.List;

/** Softmax over the features. */
public record Softmax() implements Operation {
    static final Definition DEFINITION = Definition.of(
            "Softmax",
            (annotation, site, defects) ->
                    Applied.toFeatures(new Softmax(), annotation, site, defects, width -> List.of()));
}
