/**
 * Counter-based random numbers: every draw of a network is a function of a seed and a position, never of an order of
 * calls, so that threads, vector widths and batch splits cannot change it.
 */
@NullMarked
package io.espalier.random;

import org.jspecify.annotations.NullMarked;
