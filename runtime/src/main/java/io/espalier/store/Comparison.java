package io.espalier.store;

import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import io.espalier.store.Header.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds a file's header against the network that is to load it, and tells all that differs at once. */
final class Comparison {
    private static final int SHOWN_ITEMS = 20;

    private final Path file;
    private final Header header;
    private final TensorNames names;
    private final Map<Parameter, Entry> entries = new LinkedHashMap<>();

    Comparison(Path file, Header header, TensorNames names) {
        this.file = file;
        this.header = header;
        this.names = names;
    }

    /** Which entry holds which parameter; complete once {@link #check} has found nothing. */
    Map<Parameter, Entry> entries() {
        return entries;
    }

    /**
     * Compares names and shapes, and the fingerprint if there is one on both sides.
     *
     * @param parameters of the network that is to load the file
     * @param fingerprint of that network; null to go by names and shapes alone
     * @param network that network's description, to tell what differs; null if it is not known
     */
    void check(Parameters parameters, @Nullable String fingerprint, @Nullable String network)
            throws WeightFormatException {
        if (fingerprint != null && header.metadata().containsKey(WeightFile.CHECKPOINT)) {
            throw new WeightFormatException(
                    file,
                    "metadata '" + WeightFile.CHECKPOINT + "'",
                    "the file is a checkpoint, from which a trainer's resume(…) goes on; weights alone are what save(…)"
                            + " writes");
        }
        List<String> differences = parameterDifferences(parameters);
        String written = header.metadata().get(WeightFile.FINGERPRINT);
        if (fingerprint != null && written != null && !fingerprint.equals(written)) {
            boolean fits = differences.isEmpty();
            String other = header.metadata().get(WeightFile.NETWORK);
            if (network != null && other != null) {
                addLines(differences, "only in the file's network", other, network);
                addLines(differences, "only in this network", network, other);
            }
            throw new WeightFormatException(
                    file,
                    "metadata '" + WeightFile.FINGERPRINT + "'",
                    "the file was written by another network (" + WeightFormatException.shown(written)
                            + ", this one is " + fingerprint
                            + "), which differs"
                            + (differences.isEmpty()
                                    ? " in its operations, their order or the loss"
                                    : list(differences))
                            + (fits
                                    ? "\nAll names and shapes match: WeightFile.loadByName takes it all the same."
                                    : ""));
        }
        if (!differences.isEmpty()) {
            throw new WeightFormatException(
                    file, "header", "its tensors are not this network's parameters" + list(differences));
        }
    }

    private List<String> parameterDifferences(Parameters parameters) {
        Set<String> known = new HashSet<>(parameters.names());
        Map<String, Entry> byParameter = new LinkedHashMap<>();
        List<String> superfluous = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        for (Entry entry : header.entries()) {
            String name = names.parameter(entry.name(), known).orElse(null);
            if (name != null && !known.contains(name)) {
                superfluous.add(entry.name() + " " + Arrays.toString(entry.shape())
                        + (name.equals(entry.name()) ? "" : ", as " + name));
            } else if (name != null) {
                Entry before = byParameter.putIfAbsent(name, entry);
                if (before != null) {
                    twice.add(name + " by " + before.name() + " and " + entry.name());
                }
            }
        }
        List<String> missing = new ArrayList<>();
        List<String> shapes = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (Parameter parameter : parameters) {
            Entry entry = byParameter.get(parameter.name());
            if (entry == null) {
                missing.add(parameter.name() + " " + Arrays.toString(parameter.shape()));
                continue;
            }
            entries.put(parameter, entry);
            String called = entry.name().equals(parameter.name()) ? "" : " (" + entry.name() + ")";
            if (!Arrays.equals(entry.shape(), parameter.shape())) {
                shapes.add(parameter.name() + called + " is " + Arrays.toString(entry.shape()) + ", expected "
                        + Arrays.toString(parameter.shape()));
            }
            if (!entry.type().isRead()) {
                types.add(parameter.name() + called + " is " + entry.type() + ", expected F32, F64, F16 or BF16");
            }
        }
        List<String> differences = new ArrayList<>();
        add(differences, "missing", missing);
        add(differences, "superfluous", superfluous);
        add(differences, "of another shape", shapes);
        add(differences, "of another type", types);
        add(differences, "given twice", twice);
        add(
                differences,
                "renamed, but not in the file",
                names.unused(header.entries().stream().map(Entry::name).collect(Collectors.toSet())));
        return differences;
    }

    private static void addLines(List<String> differences, String what, String text, String other) {
        // Parameters have been compared above, and better.
        Set<String> others = new HashSet<>(other.lines().toList());
        add(
                differences,
                what,
                text.lines()
                        .filter(line -> !line.startsWith("parameter ") && !others.contains(line))
                        .toList());
    }

    private static void add(List<String> differences, String what, List<String> items) {
        items.stream()
                .limit(SHOWN_ITEMS)
                .forEach(item -> differences.add(what + ": " + WeightFormatException.shown(item)));
        if (items.size() > SHOWN_ITEMS) {
            differences.add(what + ": " + (items.size() - SHOWN_ITEMS) + " more");
        }
    }

    private static String list(List<String> differences) {
        return ":\n  " + String.join("\n  ", differences);
    }
}
