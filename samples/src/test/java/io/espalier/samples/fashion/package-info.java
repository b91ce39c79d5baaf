/** Tests of the sample on pictures of clothes. */
@NullMarked
package io.espalier.samples.fashion;

import org.jspecify.annotations.NullMarked;
