/**
 * Examples on their way into a network: a {@link io.espalier.data.Dataset} fills a {@link io.espalier.data.Batch} on
 * demand, and a {@link io.espalier.data.BatchSequence} says which examples each batch of an epoch holds.
 */
@NullMarked
package io.espalier.data;

import org.jspecify.annotations.NullMarked;
