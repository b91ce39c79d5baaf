/** Sets of images in IDX files, for the samples that learn from them. */
@NullMarked
package io.espalier.samples.images;

import org.jspecify.annotations.NullMarked;
