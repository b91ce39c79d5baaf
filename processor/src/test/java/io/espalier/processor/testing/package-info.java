/**
 * Compiles small sources with javac and with Eclipse's compiler, with processors running, tells what came of it, and compares texts with
 * files.
 */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.testing;
