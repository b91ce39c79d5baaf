/**
 * The main sample: two networks, one bare and one regularized, learn to tell the language of a name from the locale data
 * that every JDK carries.
 */
@NullMarked
package io.espalier.samples.languages;

import org.jspecify.annotations.NullMarked;
