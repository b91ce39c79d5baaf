/** A sample: a residual network on few and uneven examples, and how sure it is of its answers. */
@NullMarked
package io.espalier.samples.xray;

import org.jspecify.annotations.NullMarked;
