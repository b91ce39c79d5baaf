/** A sample: what each regularizer of a dense network is for, on pictures of clothes. */
@NullMarked
package io.espalier.samples.fashion;

import org.jspecify.annotations.NullMarked;
