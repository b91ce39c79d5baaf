/** The program as data: shapes and parameters so far. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.ir;
