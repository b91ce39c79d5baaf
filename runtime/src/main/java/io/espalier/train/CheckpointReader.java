package io.espalier.train;

import io.espalier.model.Parameter;
import io.espalier.store.LabelNames;
import io.espalier.store.Tensor;
import io.espalier.store.TensorFile;
import io.espalier.store.WeightFile;
import io.espalier.store.WeightFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes sense of a checkpoint's content. Trusts nothing in it, and leaves the network as it is. */
final class CheckpointReader {
    /** More than any optimizer keeps for a value. */
    private static final int MOST_MOMENTS = 8;

    private static final int SHOWN = 20;

    private final Path file;
    private final Trainable network;
    private final StateTexts state;
    private final Map<String, Tensor> tensors;
    private final List<String> problems = new ArrayList<>();

    private CheckpointReader(Path file, TensorFile content, Trainable network) {
        this.file = file;
        this.network = network;
        this.state = new StateTexts(file, content.metadata());
        this.tensors = new LinkedHashMap<>(content.tensors());
    }

    /**
     * Reads all of a checkpoint.
     *
     * @throws WeightFormatException if the file is damaged or no checkpoint
     * @throws IllegalArgumentException if it is of another network
     */
    static Checkpoint read(Path file, TensorFile content, Trainable network) throws WeightFormatException {
        return new CheckpointReader(file, content, network).checkpoint();
    }

    private Checkpoint checkpoint() throws WeightFormatException {
        if (!state.metadata().containsKey(Checkpoint.FORMAT)) {
            throw new WeightFormatException(
                    file,
                    "metadata '" + Checkpoint.FORMAT + "'",
                    "is missing: the file may hold weights, but no training that could be resumed");
        }
        if (!state.text(Checkpoint.FORMAT).equals(Checkpoint.VERSION)) {
            throw new WeightFormatException(
                    file,
                    "metadata '" + Checkpoint.FORMAT + "'",
                    "expected version " + Checkpoint.VERSION + ", found "
                            + StateTexts.shown(state.text(Checkpoint.FORMAT)));
        }
        requireNetwork();
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> carried = new LinkedHashMap<>();
        state.metadata().forEach((key, text) -> {
            if (key.startsWith(Checkpoint.SETTING)) {
                settings.put(key.substring(Checkpoint.SETTING.length()), text);
            } else if (!key.startsWith(Checkpoint.FORMAT)
                    && !key.equals(WeightFile.FINGERPRINT)
                    && !key.equals(WeightFile.NETWORK)) {
                carried.put(key, text);
            }
        });
        if (carried.containsKey(LabelNames.KEY)) {
            state.parsed(LabelNames.KEY, text -> {
                LabelNames.check(carried, network.description());
                return text;
            });
        }
        float[] values = network.snapshot();
        float[][] moments = new float[state.small(Checkpoint.MOMENTS, 0, MOST_MOMENTS)][values.length];
        float[] kept = arrays(values, moments, TrainingIdentity.frozen(settings));
        return new Checkpoint(
                values,
                moments,
                progress(kept),
                state.number(Checkpoint.REFERENCE),
                state.small(Checkpoint.WAITED, 0, Integer.MAX_VALUE),
                state.whole(Checkpoint.STEP, 0, Long.MAX_VALUE),
                state.whole(Checkpoint.RATES, Long.MIN_VALUE, Long.MAX_VALUE),
                settings,
                carried);
    }

    private void requireNetwork() throws WeightFormatException {
        if (!state.text(WeightFile.FINGERPRINT).equals(network.description().fingerprint())) {
            List<String> there = state.text(WeightFile.NETWORK).lines().toList();
            List<String> here = network.description().canonicalText().lines().toList();
            List<String> differences = new ArrayList<>();
            there.stream().filter(line -> !here.contains(line)).forEach(line -> differences.add("only there: " + line));
            here.stream().filter(line -> !there.contains(line)).forEach(line -> differences.add("only here: " + line));
            throw new IllegalArgumentException("The checkpoint " + file + " is of a training of another network than "
                    + network.description().name() + list(differences));
        }
    }

    /** Fills the arrays, and gives the weights that are kept. */
    private float[] arrays(float[] values, float[][] moments, Set<String> frozen) throws WeightFormatException {
        boolean keeps = tensors.keySet().stream().anyMatch(name -> name.startsWith(Checkpoint.KEPT));
        float[] kept = keeps ? values.clone() : values;
        for (Parameter parameter : network.parameters()) {
            take(parameter.name(), parameter, values);
            for (int i = 0; i < moments.length; i++) {
                if (parameter.role().trainable() && !frozen.contains(parameter.name())) {
                    take(Checkpoint.moment(i, parameter), parameter, moments[i]);
                }
            }
            if (keeps) {
                take(Checkpoint.KEPT + parameter.name(), parameter, kept);
            }
        }
        tensors.values().forEach(tensor -> problems.add("superfluous: " + StateTexts.shown(tensor.toString())));
        if (!problems.isEmpty()) {
            throw new WeightFormatException(
                    file, "header", "its tensors are not those of a checkpoint" + list(problems));
        }
        return kept;
    }

    private void take(String name, Parameter parameter, float[] target) {
        Tensor tensor = tensors.remove(name);
        if (tensor == null) {
            problems.add("missing: " + name + " " + Arrays.toString(parameter.shape()));
        } else if (!Arrays.equals(tensor.shape(), parameter.shape())) {
            problems.add("of another shape: " + name + " is " + Arrays.toString(tensor.shape()) + ", expected "
                    + Arrays.toString(parameter.shape()));
        } else {
            try {
                parameter.check(tensor.values());
                parameter.copyInto(tensor.values(), target);
            } catch (IllegalArgumentException e) {
                problems.add("damaged: " + name + ", " + e.getMessage());
            }
        }
    }

    private Progress progress(float[] kept) throws WeightFormatException {
        Progress progress = new Progress(kept);
        int epochs = state.small(Checkpoint.EPOCHS, 0, state.metadata().size());
        for (int number = 1; number <= epochs; number++) {
            int ofNumber = number;
            progress.epochs.add(state.parsed(Checkpoint.EPOCH + number, text -> EpochText.read(ofNumber, text)));
        }
        progress.batches = state.small(Checkpoint.BATCHES, 0, Integer.MAX_VALUE);
        progress.lossSum = state.finite(Checkpoint.LOSS_SUM);
        progress.lossWeight = state.finite(Checkpoint.LOSS_WEIGHT);
        progress.rate = (float) state.finite(Checkpoint.RATE);
        progress.seconds = state.finite(Checkpoint.SECONDS);
        progress.best = state.small(Checkpoint.BEST, epochs == 0 ? 0 : 1, epochs);
        progress.bestCost = state.number(Checkpoint.BEST_COST);
        progress.keptEpoch = state.small(Checkpoint.KEPT_EPOCH, 0, epochs);
        return progress;
    }

    private static String list(List<String> lines) {
        StringBuilder text = new StringBuilder(":");
        lines.stream().limit(SHOWN).forEach(line -> text.append("\n  ").append(StateTexts.shown(line)));
        if (lines.size() > SHOWN) {
            text.append("\n  ").append(lines.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
