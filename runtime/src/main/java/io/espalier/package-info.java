/** The face of the library: compiled networks and their predictors. */
@org.jspecify.annotations.NullMarked
package io.espalier;
