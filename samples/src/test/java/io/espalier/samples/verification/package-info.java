/** What the emitted code computes, held against a plain double-precision interpreter and against its own promises. */
@org.jspecify.annotations.NullMarked
package io.espalier.samples.verification;
