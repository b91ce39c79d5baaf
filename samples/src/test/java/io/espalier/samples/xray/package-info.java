/** Tests of the sample on chest X-rays. */
@NullMarked
package io.espalier.samples.xray;

import org.jspecify.annotations.NullMarked;
