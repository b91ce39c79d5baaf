package io.espalier.train;

import io.espalier.model.Parameter;
import io.espalier.store.TensorSource;
import io.espalier.store.WeightFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training as a checkpoint holds it, and how it is put into one. All arrays stand under the names of parameters, whatever
 * their packing in memory.
 *
 * @param values the weights, in the network's own order
 * @param moments what the optimizer keeps for each, likewise
 * @param progress how far the training had come
 * @param reference the cost that early stopping asks an epoch to undercut
 * @param waited how many epochs in a row have not
 * @param step the number of updates
 * @param rates tells apart the learning rates of these updates
 * @param settings what the training was told, by name
 * @param carried the texts that travel with the weights
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Checkpoint(
        float[] values,
        float[][] moments,
        Progress progress,
        double reference,
        int waited,
        long step,
        long rates,
        Map<String, String> settings,
        Map<String, String> carried) {
    static final String VERSION = "1";
    static final String KEPT = "kept/";

    // The keys of the metadata.
    static final String FORMAT = WeightFile.CHECKPOINT;
    static final String SETTING = "espalier.training.";
    static final String MOMENTS = FORMAT + ".moments";
    static final String STEP = FORMAT + ".step";
    static final String RATES = FORMAT + ".rates";
    static final String BATCHES = FORMAT + ".batches";
    static final String LOSS_SUM = FORMAT + ".lossSum";
    static final String LOSS_WEIGHT = FORMAT + ".lossWeight";
    static final String RATE = FORMAT + ".rate";
    static final String SECONDS = FORMAT + ".seconds";
    static final String BEST = FORMAT + ".best";
    static final String BEST_COST = FORMAT + ".bestCost";
    static final String KEPT_EPOCH = FORMAT + ".keptEpoch";
    static final String REFERENCE = FORMAT + ".reference";
    static final String WAITED = FORMAT + ".waited";
    static final String EPOCHS = FORMAT + ".epochs";
    static final String EPOCH = FORMAT + ".epoch.";

    /** The name of what the optimizer keeps for a parameter. */
    static String moment(int index, Parameter parameter) {
        return "moments." + index + "/" + parameter.name();
    }

    /** What is to be written of a training's arrays; they are read when the file is written. */
    static List<TensorSource> tensors(Trainable network, TrainingStep step, float[] kept) {
        List<TensorSource> tensors = new ArrayList<>();
        network.parameters().forEach(parameter -> tensors.add(TensorSource.of(parameter)));
        for (int i = 0; i < step.moments().length; i++) {
            for (Parameter parameter : network.parameters()) {
                if (parameter.role().trainable() && !step.frozen().contains(parameter.name())) {
                    tensors.add(TensorSource.of(moment(i, parameter), parameter, step.moments()[i]));
                }
            }
        }
        if (!Arrays.equals(kept, network.snapshot())) {
            for (Parameter parameter : network.parameters()) {
                tensors.add(TensorSource.of(KEPT + parameter.name(), parameter, kept));
            }
        }
        return tensors;
    }

    /** What is to be written of all the rest. */
    static Map<String, String> metadata(
            Trainable network,
            TrainingStep step,
            Progress progress,
            EarlyStopping.@Nullable Watch watch,
            Map<String, String> settings,
            long rates) {
        Map<String, String> texts = new LinkedHashMap<>(network.metadata());
        texts.put(WeightFile.FINGERPRINT, network.description().fingerprint());
        texts.put(WeightFile.NETWORK, network.description().canonicalText());
        settings.forEach((name, value) -> texts.put(SETTING + name, value));
        texts.put(FORMAT, VERSION);
        texts.put(MOMENTS, String.valueOf(step.moments().length));
        texts.put(STEP, String.valueOf(step.step()));
        texts.put(RATES, String.valueOf(rates));
        texts.put(BATCHES, String.valueOf(progress.batches));
        texts.put(LOSS_SUM, String.valueOf(progress.lossSum));
        texts.put(LOSS_WEIGHT, String.valueOf(progress.lossWeight));
        texts.put(RATE, String.valueOf(progress.rate));
        texts.put(SECONDS, String.valueOf(progress.seconds));
        texts.put(BEST, String.valueOf(progress.best));
        texts.put(BEST_COST, String.valueOf(progress.bestCost));
        texts.put(KEPT_EPOCH, String.valueOf(progress.keptEpoch));
        texts.put(REFERENCE, String.valueOf(watch == null ? Double.POSITIVE_INFINITY : watch.reference()));
        texts.put(WAITED, String.valueOf(watch == null ? 0 : watch.waited()));
        texts.put(EPOCHS, String.valueOf(progress.epochs.size()));
        for (Epoch epoch : progress.epochs) {
            texts.put(EPOCH + epoch.number(), EpochText.write(epoch));
        }
        return texts;
    }
}
