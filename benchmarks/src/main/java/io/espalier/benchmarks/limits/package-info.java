/** What this machine can do at most, measured from Java. */
@NullMarked
package io.espalier.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
