/** From findings to a SARIF file, the form in which code-scanning services take them. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.sarif;
