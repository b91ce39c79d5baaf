package io.espalier.samples.pytorch;

import io.espalier.store.Safetensors;
import io.espalier.store.Tensor;
import io.espalier.store.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What PyTorch gives for a group of networks: a file of the script's. */
final class ExpectedValues {
    private final TensorFile file;

    private ExpectedValues(TensorFile file) {
        this.file = file;
    }

    static ExpectedValues of(String group) {
        URL resource = ExpectedValues.class.getResource("/pytorch/" + group + ".safetensors");
        try {
            return new ExpectedValues(Safetensors.read(
                    Path.of(Objects.requireNonNull(resource, group).toURI())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The networks of the file. */
    Set<String> networks() {
        return file.tensors().keySet().stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .collect(Collectors.toSet());
    }

    /** The values of a network. */
    Values network(String name) {
        return new Values(
                parts(file.tensors(), name + "/"),
                Long.parseLong(file.metadata().get("seed")));
    }

    private static Map<String, Tensor> parts(Map<String, Tensor> tensors, String prefix) {
        Map<String, Tensor> parts = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                parts.put(name.substring(prefix.length()), tensor);
            }
        });
        return parts;
    }

    /**
     * The values of one network.
     *
     * @param tensors by name
     * @param seed of the training
     */
    record Values(Map<String, Tensor> tensors, long seed) {
        boolean has(String name) {
            return tensors.containsKey(name);
        }

        Tensor get(String name) {
            return Objects.requireNonNull(tensors.get(name), name);
        }

        /** Those of the parameters, by the parameter's name: {@code initial}, {@code gradient} or {@code final}. */
        Map<String, Tensor> parameters(String kind) {
            return parts(tensors, kind + "/");
        }
    }
}
