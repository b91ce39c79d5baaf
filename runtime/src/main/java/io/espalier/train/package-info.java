/** Training: the step that the compiler emits code for, and the trainer that runs it over data. */
@org.jspecify.annotations.NullMarked
package io.espalier.train;
