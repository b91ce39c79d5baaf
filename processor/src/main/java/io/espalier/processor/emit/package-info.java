/** From the program to source: kernels become loops and calls; no operation is known here. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.emit;
