/** How the samples' command lines are tested. */
@NullMarked
package io.espalier.samples.cli;

import org.jspecify.annotations.NullMarked;
