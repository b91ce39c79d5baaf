/** Feeds the processor random models, well-formed and not, and checks what it promises whatever it is given. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.fuzz;
