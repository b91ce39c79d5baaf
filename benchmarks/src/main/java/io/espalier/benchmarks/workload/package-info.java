/** What is measured: networks, how they are trained, and the examples they are trained on. */
@NullMarked
package io.espalier.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
