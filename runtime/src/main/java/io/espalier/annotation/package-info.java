/** The language: the annotations that models are written in, and their enums. No code. */
@org.jspecify.annotations.NullMarked
package io.espalier.annotation;
