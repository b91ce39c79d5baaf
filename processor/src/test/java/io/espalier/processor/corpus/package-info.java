/**
 * Well-known architectures, in which the lint finds nothing, and the wrong models that systematic changes make of them,
 * in which it finds exactly what it should.
 */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.corpus;
