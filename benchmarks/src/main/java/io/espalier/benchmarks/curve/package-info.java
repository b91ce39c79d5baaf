/** What a training step costs as its work grows. */
@NullMarked
package io.espalier.benchmarks.curve;

import org.jspecify.annotations.NullMarked;
