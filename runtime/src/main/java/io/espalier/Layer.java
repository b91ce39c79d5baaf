package io.espalier;

/**
 * The type of a stage's field in a model. It is never instantiated: the annotations on the field are the stage.
 *
 * @see io.espalier.annotation.Network
 */
public final class Layer {
    private Layer() {}
}
