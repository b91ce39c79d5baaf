/** How long a process takes to its first prediction, and how much memory it holds. */
@NullMarked
package io.espalier.benchmarks.start;

import org.jspecify.annotations.NullMarked;
