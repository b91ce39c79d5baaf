/** From the graph to the program, in passes; offsets of parameters, random streams and memory. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.plan;
