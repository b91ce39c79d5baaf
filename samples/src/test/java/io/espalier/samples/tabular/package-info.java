/** Tests of the sample on tables. */
@NullMarked
package io.espalier.samples.tabular;

import org.jspecify.annotations.NullMarked;
