package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.data.Batch;
import io.espalier.emitted.Blueprint;
import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.StepBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Phases run in their order; neighbours over examples are parts of one phase, whoever they belong to. */
class StepPassesTest {
    private static final int OUT = 3;

    /** Two tasks on one thread: seven slices, and the rest. */
    private static final int ROWS = 200;

    /** Logs what is called, what the first input of the rows is, and whether the loss has left a gradient at them. */
    private static final class Code {
        private final List<String> log = new ArrayList<>();
        private final float[] input;
        private final float[] gradient;
        private final PhaseCode first = (number, from, to, worker) -> log("first", number, from, to, worker);
        private final PhaseCode second = (number, from, to, worker) -> log("second", number, from, to, worker);

        Code(StepBuilder step) {
            input = step.inputs(1, 16);
            gradient = step.rows(16);
            step.outputGradients(gradient);
            step.outputs(step.rows(16));
            step.forwardExamples(first, 0);
            step.forwardExamples(second, 0);
            step.forwardBatch(second, 1);
            step.forwardExamples(first, 2);
            step.backwardExamples(first, 3);
            step.backwardExamples(second, 4);
            step.backwardBatch(first, 5);
            step.backwardBatch(first, 6);
            step.backwardExamples(second, 7);
        }

        private void log(String owner, int number, int from, int to, int worker) {
            assertThat(worker).isZero();
            assertThat(input[from * 16]).isEqualTo(from + 1);
            boolean hasGradient = gradient[from * 16] != 0;
            log.add(owner + " " + number + ": " + from + "-" + to + (hasGradient ? " gradient" : ""));
        }
    }

    private static Batch batch(int rows) {
        float[] inputs = new float[rows];
        for (int row = 0; row < rows; row++) {
            inputs[row] = row + 1;
        }
        return Batch.of(inputs, new int[rows], rows);
    }

    @Test
    void neighboursOverExamplesAreOnePhaseAndTheLossIsAmongThem() {
        List<Code> codes = new ArrayList<>();
        try (TrainingStep step =
                TestStep.of(TestStep.blueprint(1, OUT), ROWS, 1, built -> codes.add(new Code(built)))) {
            List<String> log = codes.getFirst().log;
            step.forwardBackward(batch(ROWS));
            assertThat(log)
                    .containsExactly(
                            "first 0: 0-112",
                            "second 0: 0-112",
                            "first 0: 112-200",
                            "second 0: 112-200",
                            "second 1: 0-200",
                            "first 2: 0-112",
                            "first 3: 0-112 gradient",
                            "second 4: 0-112 gradient",
                            "first 2: 112-200",
                            "first 3: 112-200 gradient",
                            "second 4: 112-200 gradient",
                            "first 5: 0-200 gradient",
                            "first 6: 0-200 gradient",
                            "second 7: 0-112 gradient",
                            "second 7: 112-200 gradient");
        }
    }

    @Test
    void aLossOfOnesOwnStandsBetweenTheSamePhases() {
        List<Code> codes = new ArrayList<>();
        try (TrainingStep step =
                TestStep.of(TestStep.blueprint(1, OUT), ROWS, 1, built -> codes.add(new Code(built)))) {
            List<String> log = codes.getFirst().log;
            step.forward(batch(20));
            assertThat(log).containsExactly("first 0: 0-20", "second 0: 0-20", "second 1: 0-20", "first 2: 0-20");
            log.clear();
            float[] gradient = new float[20 * OUT];
            gradient[0] = 1;
            step.backward(gradient);
            assertThat(log)
                    .containsExactly(
                            "first 3: 0-20 gradient",
                            "second 4: 0-20 gradient",
                            "first 5: 0-20 gradient",
                            "first 6: 0-20 gradient",
                            "second 7: 0-20 gradient");
        }
    }

    /** 32 pictures of a megabyte each: two threads have work, and no task takes more than its share of the cache. */
    @Test
    void tasksFollowTheBytesOfAnExample() {
        ConcurrentLinkedQueue<String> tasks = new ConcurrentLinkedQueue<>();
        try (TrainingStep step = TestStep.of(TestStep.blueprint(784, OUT), 32, 2, built -> {
            built.inputs(784, 16);
            for (int i = 0; i < 20; i++) {
                built.rows(784 * 16);
            }
            built.outputs(built.rows(16));
            built.outputGradients(built.rows(16));
            built.forwardExamples((number, from, to, worker) -> tasks.add(from + "-" + to), 0);
        })) {
            step.forward(Batch.of(new float[32 * 784], new int[32], 32));
        }
        assertThat(tasks).hasSizeGreaterThanOrEqualTo(8).allSatisfy(task -> {
            String[] ends = task.split("-", -1);
            assertThat(Integer.parseInt(ends[1]) - Integer.parseInt(ends[0])).isLessThanOrEqualTo(4);
        });
    }

    /** Prediction takes as many examples at a time as their arrays leave in the cache, 64 at most. */
    @Test
    void chunksOfPredictionFollowTheBytesOfAnExample() {
        for (int perExample : new int[] {16, 784 * 16, 784 * 1024}) {
            List<Integer> chunks = new ArrayList<>();
            Blueprint blueprint = TestStep.blueprint(784, OUT);
            PredictionPass pass = new PredictionPass(blueprint.description(), blueprint.values(), 200, built -> {
                built.inputs(1, 784);
                built.shared(perExample);
                built.outputs(built.rows(16));
                return chunks::add;
            });
            pass.logits(new float[200 * 784], 200, new float[200 * OUT]);
            int expected = Math.clamp((2L << 20) / (4L * (784 + perExample + 16)), 1, 64);
            assertThat(chunks).startsWith(expected);
            assertThat(chunks.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
        }
    }

    @Test
    void workersAreToldApartAndTasksAreWholeSlices() {
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        int[] seen = new int[ROWS];
        try (TrainingStep step = TestStep.of(TestStep.blueprint(1, OUT), ROWS, 3, built -> {
            built.outputs(built.rows(16));
            built.outputGradients(built.rows(16));
            built.forwardExamples(
                    (number, from, to, worker) -> {
                        if (worker < 0 || worker >= built.workers() || from % 16 != 0) {
                            wrong.add(worker + ": " + from + "-" + to);
                        }
                        for (int row = from; row < to; row++) {
                            seen[row]++;
                        }
                    },
                    0);
        })) {
            step.forward(batch(ROWS));
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).containsOnly(1);
    }
}
