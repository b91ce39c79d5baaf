package io.espalier.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a safetensors file holds.
 *
 * @param tensors by name, in the order of their data; unmodifiable
 * @param metadata the file's free texts, in the order of the header; unmodifiable
 */
public record TensorFile(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /** Copies both maps and keeps their order. */
    public TensorFile {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
