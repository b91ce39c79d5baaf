/** Kernels and whole steps beside the machine's limits. */
@NullMarked
package io.espalier.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
