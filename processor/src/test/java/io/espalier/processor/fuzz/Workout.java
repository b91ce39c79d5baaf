package io.espalier.processor.fuzz;

import io.espalier.CompiledNetwork;
import io.espalier.MonteCarlo;
import io.espalier.data.Batch;
import io.espalier.model.NetworkDescription;
import io.espalier.train.TrainingStep;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** Loads an emitted class and does with it what a user does: it trains a step, predicts, and samples where it can. */
final class Workout {
    private static final int ROWS = 5;

    private final Path classes;
    private final long seed;

    Workout(Path classes, long seed) {
        this.classes = classes;
        this.seed = seed;
    }

    /**
     * Runs a network.
     *
     * @param name qualified name of the emitted class
     * @param moderate whether its values are such that everything must stay finite
     * @return what went wrong, if anything did
     */
    Optional<String> run(String name, boolean moderate) {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, Workout.class.getClassLoader())) {
            Class<?> type = Class.forName(name, true, loader);
            Method create = type.getMethod("create", long.class);
            create.setAccessible(true);
            return run((CompiledNetwork) create.invoke(null, seed), moderate);
        } catch (InvocationTargetException e) {
            return Optional.of(name + ": " + trace(e.getCause()));
        } catch (ReflectiveOperationException | IOException | RuntimeException | Error e) {
            return Optional.of(name + ": " + trace(e));
        }
    }

    private Optional<String> run(CompiledNetwork network, boolean moderate) throws ReflectiveOperationException {
        NetworkDescription description = network.description();
        int width = product(description.input());
        int outputs = product(description.output());
        Random random = new Random(seed);
        float[] inputs = new float[ROWS * width];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        float loss;
        try (TrainingStep step = network.trainingStep(ROWS, 1 + random.nextInt(2), seed)) {
            loss = step.forwardBackward(batch(description.loss(), inputs, outputs, random));
            step.update(network.learningRate());
        }
        float[] logits = new float[ROWS * outputs];
        network.predictionPass(ROWS).logits(inputs, ROWS, logits);
        for (Method method : network.getClass().getDeclaredMethods()) {
            if (method.getName().equals("monteCarlo")) {
                method.setAccessible(true);
                ((MonteCarlo) method.invoke(network, 2, seed)).estimates(inputs, ROWS);
            }
        }
        boolean finite = Float.isFinite(loss);
        for (float logit : logits) {
            finite &= Float.isFinite(logit);
        }
        return finite || !moderate
                ? Optional.empty()
                : Optional.of("loss " + loss + ", outputs " + Arrays.toString(logits));
    }

    private static Batch batch(String loss, float[] inputs, int outputs, Random random) {
        float[] targets = new float[ROWS * outputs];
        int[] labels = new int[ROWS];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = random.nextFloat();
        }
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(outputs);
        }
        return switch (loss) {
            case "CROSS_ENTROPY" -> Batch.of(inputs, labels, ROWS);
            case "BINARY_CROSS_ENTROPY" -> Batch.ofLabels(inputs, targets, outputs, ROWS);
            default -> Batch.ofValues(inputs, targets, outputs, ROWS);
        };
    }

    private static int product(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static String trace(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        Arrays.stream(thrown.getStackTrace()).limit(12).forEach(frame -> text.append("\n    at ")
                .append(frame));
        return text.toString();
    }
}
