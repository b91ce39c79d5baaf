/** What the samples' command lines have in common: options, errors, training, files, tables and the result line. */
@NullMarked
package io.espalier.samples.cli;

import org.jspecify.annotations.NullMarked;
