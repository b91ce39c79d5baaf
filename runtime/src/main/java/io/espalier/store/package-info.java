/**
 * Weights on disk, in the safetensors format, which Python reads too. A file is written whole or not at all, and
 * checked whole before the first value of it reaches a network.
 */
@NullMarked
package io.espalier.store;

import org.jspecify.annotations.NullMarked;
