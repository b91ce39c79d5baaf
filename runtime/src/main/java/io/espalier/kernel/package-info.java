/**
 * Hand-written SIMD: matrix products, statistics, masks, losses and optimizer updates over flat {@code float[]}s. It
 * knows arrays, offsets and strides, and no layer.
 *
 * <p>No kernel allocates, none holds state, and all may run on any number of threads as long as their outputs are
 * disjoint. Every result is the same bits whether a method is interpreted or compiled, and sums over examples are taken
 * in an order that depends on the global index of the rows alone.
 */
@NullMarked
package io.espalier.kernel;

import org.jspecify.annotations.NullMarked;
