package io.espalier.train;

import io.espalier.emitted.Blueprint;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.TrainingRule;
import io.espalier.emitted.UpdateRule;
import java.util.Arrays;
import java.util.function.Consumer;

/** Training steps whose emitted code a test writes itself. */
final class TestStep {
    private TestStep() {}

    /** A network without parameters. */
    static Blueprint blueprint(int in, int out) {
        return blueprint(in, out, 0);
    }

    /** The same, over values that are all 1. */
    static Blueprint blueprint(int in, int out, int values) {
        Blueprint blueprint = new Blueprint("Tested", values);
        Arrays.fill(blueprint.values(), 1);
        blueprint.ends(new int[] {in}, new int[] {out}, "CROSS_ENTROPY");
        blueprint.sections(0, 0, values);
        blueprint.training(TrainingRule.of(new UpdateRule.Sgd(0, false), 0.1));
        return blueprint;
    }

    static TrainingStep of(Blueprint blueprint, int maxBatch, int threads, Consumer<StepBuilder> code) {
        TrainingContext context = new TrainingContext(
                blueprint.description(),
                blueprint.values(),
                blueprint.parameters(),
                blueprint.sections(),
                blueprint.training(),
                maxBatch,
                threads,
                7,
                () -> {});
        return new TrainingStep(context, code);
    }
}
