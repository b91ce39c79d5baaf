/**
 * Well-known architectures, which the lint finds nothing in, and the wrong models that systematic changes make of them, in
 * which it finds exactly what it should.
 */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.corpus;
