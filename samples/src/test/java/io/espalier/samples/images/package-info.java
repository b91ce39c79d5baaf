/** Made-up sets of images. */
@NullMarked
package io.espalier.samples.images;

import org.jspecify.annotations.NullMarked;
