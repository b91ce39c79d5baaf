/** From the plan to source: every operation has its emitter, found by its name. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.emit;
