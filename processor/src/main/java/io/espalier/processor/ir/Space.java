package io.espalier.processor.ir;

/** What a kernel runs over, which decides what may share a loop or a phase with it. */
public enum Space {
    /** Some examples at a time, independently of the others: several threads share them. */
    EXAMPLES,
    /** The same, element by element: what fuses into loops. */
    ELEMENTS,
    /** All examples of the batch at once. */
    BATCH,
    /** The parameters, before a step: what does not depend on the batch. */
    PARAMETERS
}
