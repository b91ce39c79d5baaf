@org.jspecify.annotations.NullMarked
package io.espalier.processor.plan;
