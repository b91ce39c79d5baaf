/** From declarations to the typed graph: shapes, parameters with their roles, residual branches. Total: what is wrong becomes data. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.graph;
