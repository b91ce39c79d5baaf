package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.ir.TrainingRule;

/** Writes what tells the runtime how the network is trained. */
final class TrainingRuleEmitter {
    private TrainingRuleEmitter() {}

    static CodeBlock statement(TrainingRule training) {
        CodeBlock.Builder code = CodeBlock.builder();
        code.add(
                "network.training($T.of($L, $L)",
                Types.TRAINING_RULE,
                update(training.update()),
                Arguments.named("learningRate", training.learningRate()));
        with(code, "WeightDecay", training.weightDecay(), 0);
        with(code, "L1", training.l1(), 0);
        with(code, "L2", training.l2(), 0);
        with(code, "LabelSmoothing", training.labelSmoothing(), 0);
        with(code, "ClipNorm", training.clipNorm(), Double.POSITIVE_INFINITY);
        with(code, "MaxNorm", training.maxNorm(), Double.POSITIVE_INFINITY);
        return CodeBlock.builder().addStatement("$L", code.add(")").build()).build();
    }

    private static CodeBlock update(TrainingRule.Update update) {
        return switch (update) {
            case TrainingRule.Update.Adam adam ->
                CodeBlock.of(
                        "new $T.Adam($L, $L, $L)",
                        Types.UPDATE_RULE,
                        Arguments.named("beta1", adam.beta1()),
                        Arguments.named("beta2", adam.beta2()),
                        Arguments.named("epsilon", adam.epsilon()));
            case TrainingRule.Update.RmsProp rms ->
                CodeBlock.of(
                        "new $T.RmsProp($L, $L, $L)",
                        Types.UPDATE_RULE,
                        Arguments.named("alpha", rms.alpha()),
                        Arguments.named("epsilon", rms.epsilon()),
                        Arguments.named("momentum", rms.momentum()));
            case TrainingRule.Update.Sgd sgd ->
                CodeBlock.of(
                        "new $T.Sgd($L, $L)",
                        Types.UPDATE_RULE,
                        Arguments.named("momentum", sgd.momentum()),
                        Arguments.named("nesterov", sgd.nesterov()));
        };
    }

    private static void with(CodeBlock.Builder code, String what, double value, double none) {
        if (value != none) {
            code.add("\n.with$L($L)", what, value);
        }
    }
}
