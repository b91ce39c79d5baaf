/** The command line of the benchmarks. */
@NullMarked
package io.espalier.benchmarks;

import org.jspecify.annotations.NullMarked;
