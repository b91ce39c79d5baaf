/**
 * Examples on their way into a network: a {@link io.espalier.data.Dataset} fills a {@link io.espalier.data.Batch} on
 * demand, and a {@link io.espalier.data.BatchSequence} says which examples each batch of an epoch holds. They come from
 * arrays, from IDX files ({@link io.espalier.data.IdxDataset}) or from CSV files ({@link io.espalier.data.CsvTable} and
 * {@link io.espalier.data.TabularEncoding}).
 */
@NullMarked
package io.espalier.data;

import org.jspecify.annotations.NullMarked;
