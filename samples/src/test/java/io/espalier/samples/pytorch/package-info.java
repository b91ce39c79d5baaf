/**
 * Emitted networks against PyTorch: values that {@code src/test/python/expected_values.py} has written to the resources
 * {@code pytorch/*.safetensors}.
 */
package io.espalier.samples.pytorch;
