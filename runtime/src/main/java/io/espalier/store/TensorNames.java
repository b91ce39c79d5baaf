package io.espalier.store;

import io.espalier.model.NamePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which parameter each tensor of a file is that was written elsewhere. Immutable: each method returns another.
 *
 * <pre>{@code
 * TensorNames.asTheyAre()
 *         .rename("fc1", "features.dense")            // fc1.weight is features.dense.weight
 *         .rename("bn1", "features.batchNorm")        // bn1.running_mean is features.batchNorm.runningMean
 *         .ignore("*.num_batches_tracked")
 * }</pre>
 *
 * <p>Where the network has no parameter of the name, PyTorch's words for the parts of a norm are translated: {@code weight}
 * is its {@code scale}, {@code bias} its {@code shift}, {@code running_mean} and {@code running_var} its running statistics.
 */
public final class TensorNames {
    private static final Map<String, String> NORM_PARTS =
            Map.of("weight", "scale", "bias", "shift", "running_mean", "runningMean", "running_var", "runningVariance");

    private final Map<String, String> renamed;
    private final List<String> ignored;

    private TensorNames(Map<String, String> renamed, List<String> ignored) {
        this.renamed = renamed;
        this.ignored = ignored;
    }

    /**
     * Every tensor is the parameter of its name.
     *
     * @return nothing renamed, nothing ignored
     */
    public static TensorNames asTheyAre() {
        return new TensorNames(Map.of(), List.of());
    }

    /**
     * Renames a tensor, or all whose names start with a part of a name and a dot. Of several that fit, the longest counts.
     *
     * @param inFile a tensor's name or how it starts, without the dot: {@code fc1.weight} or {@code fc1}
     * @param inNetwork what stands in its place in the name of the parameter
     * @return the same and this
     */
    public TensorNames rename(String inFile, String inNetwork) {
        Map<String, String> more = new HashMap<>(renamed);
        more.put(inFile, inNetwork);
        return new TensorNames(Map.copyOf(more), ignored);
    }

    /**
     * Takes no notice of tensors that the network has nothing for. They may be of any type.
     *
     * @param pattern names in the file, as {@link NamePattern} reads them
     * @return the same and this
     */
    public TensorNames ignore(String pattern) {
        List<String> more = new ArrayList<>(ignored);
        more.add(pattern);
        return new TensorNames(renamed, List.copyOf(more));
    }

    /** The parameter that a tensor is, whether there is one of that name or not; empty if it is to be ignored. */
    Optional<String> parameter(String tensor, Set<String> parameters) {
        if (ignored.stream().map(NamePattern::new).anyMatch(pattern -> pattern.matches(tensor))) {
            return Optional.empty();
        }
        String start = start(tensor);
        String name = start == null ? tensor : renamed.get(start) + tensor.substring(start.length());
        int dot = name.lastIndexOf('.');
        String part = NORM_PARTS.get(name.substring(dot + 1));
        String translated = part == null ? name : name.substring(0, dot + 1) + part;
        return Optional.of(parameters.contains(translated) && !parameters.contains(name) ? translated : name);
    }

    /** Names that are to be renamed and that no tensor has: mistakes, most likely. */
    List<String> unused(Set<String> tensors) {
        Predicate<String> used =
                start -> tensors.stream().anyMatch(tensor -> tensor.equals(start) || tensor.startsWith(start + "."));
        return renamed.keySet().stream().filter(used.negate()).sorted().toList();
    }

    private @Nullable String start(String tensor) {
        for (int end = tensor.length(); end > 0; end = tensor.lastIndexOf('.', end - 1)) {
            String start = tensor.substring(0, end);
            if (renamed.containsKey(start)) {
                return start;
            }
        }
        return null;
    }
}
