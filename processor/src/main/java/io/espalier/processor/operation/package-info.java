/** The operations of the language, one file each: attributes, shape rule, parameters and traits. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.operation;
