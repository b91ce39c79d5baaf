/** From the graph to what is emitted: fused segments, places of parameters and buffers, random streams. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.plan;
