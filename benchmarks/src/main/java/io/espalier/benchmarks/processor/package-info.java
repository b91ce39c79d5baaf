/** What the annotation processor costs a compilation: time, allocation and memory for each model. */
@NullMarked
package io.espalier.benchmarks.processor;

import org.jspecify.annotations.NullMarked;
