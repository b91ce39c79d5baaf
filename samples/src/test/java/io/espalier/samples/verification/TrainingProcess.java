package io.espalier.samples.verification;

import io.espalier.CompiledNetwork;
import io.espalier.train.Checkpoints;
import io.espalier.train.EarlyStopping;
import io.espalier.train.Epoch;
import io.espalier.train.History;
import io.espalier.train.LearningRate;
import io.espalier.train.Trainer;
import io.espalier.train.TrainingListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;

/**
 * A training in a process of its own, which {@link KillTest} kills: it goes on from the checkpoint, if there is one, and at its
 * end writes the weights and the history beside it.
 */
final class TrainingProcess {
    private static final int EPOCHS = 30;
    private static final int STEPS_BETWEEN_CHECKPOINTS = 3;

    /** Slows training down to the speed of a larger network's, so that a kill can strike anywhere in it. */
    private static final long NANOS_BETWEEN_STEPS = 1_000_000;

    private TrainingProcess() {}

    static Path weights(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName() + ".weights");
    }

    static Path history(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName() + ".history");
    }

    /** What the process does, without checkpoints and without a break. */
    static History whole(CompiledNetwork network) {
        return fit(trainer(network));
    }

    private static Trainer trainer(CompiledNetwork network) {
        return network.trainer()
                .epochs(EPOCHS)
                .batchSize(16)
                .seed(11)
                .threads(2)
                .schedule(LearningRate.cosine().warmupEpochs(2))
                .earlyStopping(EarlyStopping.patience(EPOCHS));
    }

    private static History fit(Trainer trainer) {
        return trainer.fit(ResumeTest.dataset(150, 1), ResumeTest.dataset(40, 2));
    }

    /**
     * Trains.
     *
     * @param arguments the kind of network, and the checkpoint's file
     */
    public static void main(String[] arguments) throws IOException {
        ResumeModels.Kind kind = ResumeModels.Kind.valueOf(arguments[0]);
        Path checkpoint = Path.of(arguments[1]);
        CompiledNetwork network = kind.create(3);
        PrintStream out = System.out;
        TrainingListener slow = new TrainingListener() {
            private boolean told;

            @Override
            public void epochFinished(Epoch epoch) {}

            @Override
            public void stepFinished(int epoch, int step, double meanLoss) {
                LockSupport.parkNanos(NANOS_BETWEEN_STEPS);
                if (!told) {
                    told = true;
                    out.println("training, epoch " + epoch + ", step " + step);
                    out.flush();
                }
            }
        };
        History history = fit(trainer(network)
                .listener(slow)
                .checkpoint(Checkpoints.to(checkpoint).everySteps(STEPS_BETWEEN_CHECKPOINTS))
                .resumeIfPresent(checkpoint));
        network.save(weights(checkpoint));
        Path beside = Files.writeString(checkpoint.resolveSibling("history.unfinished"), ResumeTest.text(history));
        Files.move(beside, history(checkpoint), StandardCopyOption.ATOMIC_MOVE);
    }
}
