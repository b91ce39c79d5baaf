/** How good a network's answers are: accuracy and scores per class, gathered example by example. */
@NullMarked
package io.espalier.metric;

import org.jspecify.annotations.NullMarked;
