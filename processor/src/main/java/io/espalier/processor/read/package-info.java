/** From elements to declarations: what the source says, as immutable data that still knows where it stands. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.read;
