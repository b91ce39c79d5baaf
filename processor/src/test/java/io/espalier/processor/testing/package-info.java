/** Compiles small sources with javac and with Eclipse's compiler, with processors running, and tells what came of it. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.testing;
