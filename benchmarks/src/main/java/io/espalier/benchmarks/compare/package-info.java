/** Espalier beside other engines: a process for each, taking turns at the same work. */
@NullMarked
package io.espalier.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
