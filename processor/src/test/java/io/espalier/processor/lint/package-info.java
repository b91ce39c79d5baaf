/** Each rule at its exact place under both compilers, silenced and re-graded, and the rules' pages as the tests they hold. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.lint;
