/** A sample: dense networks on whatever stands in a CSV file. */
@NullMarked
package io.espalier.samples.tabular;

import org.jspecify.annotations.NullMarked;
