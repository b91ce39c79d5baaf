package io.espalier.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.plan.NetworkPlan;
import io.espalier.processor.plan.RegionPlan;
import io.espalier.processor.plan.Section;
import io.espalier.processor.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class that trains the network: the step itself, and within it those of the regions it runs. */
final class NetworkTrainingEmitter {
    static final ClassName NAME = ClassName.get("", Mode.TRAINING.suffix());

    private final NetworkPlan network;
    private final RegionPlan root;
    private final TrainingPlan training;
    private final TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .superclass(Types.TRAINING_STEP)
            .addSuperinterface(Types.ROW_PHASE)
            .addJavadoc("Trains the network.\n");

    private NetworkTrainingEmitter(NetworkPlan network) {
        this.network = network;
        this.root = network.root();
        this.training = network.training();
    }

    static TypeSpec emit(NetworkPlan network) {
        return new NetworkTrainingEmitter(network).emit();
    }

    private TypeSpec emit() {
        Scope scope = new Scope(network, root);
        DropPathFields.add(type, training);
        TrainingEmitter parts = new TrainingEmitter(scope, type);
        parts.forward().rows("readInput(from, to)");
        parts.emitParts();
        type.addMethod(constructor());
        Calls.methods(
                        MethodSpec.methodBuilder("allocate")
                                .addModifiers(Modifier.PRIVATE)
                                .build(),
                        "",
                        parts.construction())
                .forEach(type::addMethod);
        passes(parts.forward().actions(), parts.backward().actions());
        type.addMethod(MethodSpec.methodBuilder("logits")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(float[].class)
                .addStatement("return $L", root.output().name())
                .build());
        type.addMethod(update());
        for (RegionPlan region : network.regions()) {
            type.addType(RegionTrainingEmitter.emit(new Scope(network, region)));
        }
        VectorFields.add(type);
        return type.build();
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(Types.TRAINING_CONTEXT, "context")
                .addStatement(
                        "super(context, new $T($L, $L, WEIGHTS, $L, TRAINED, GRADIENT_STRIDE, $L, $L, $L, $L))",
                        Types.STEP_LAYOUT,
                        root.input().width(),
                        root.output().width(),
                        decayEnd(),
                        root.levels(),
                        training.update().moments(),
                        limit(training.clipNorm()),
                        limit(training.maxNorm()))
                .addStatement("allocate()")
                .addStatement("ready()")
                .build();
    }

    private static CodeBlock limit(float value) {
        return value < Float.POSITIVE_INFINITY
                ? Scope.literal(value)
                : CodeBlock.of("$T.POSITIVE_INFINITY", Float.class);
    }

    /** The loss joins the phases at both of its sides: rows that are in the cache go on to the loss and back. */
    private void passes(List<PhaseList.Action> forward, List<PhaseList.Action> backward) {
        Phases phases = new Phases(type, "");
        phases.pass(override("forwardPass"), forward, "forward");
        phases.pass(override("backwardPass"), backward, "backward");
        List<CodeBlock> around = new ArrayList<>();
        int endOfForward = forward.size();
        if (forward.get(endOfForward - 1).isPhase()) {
            endOfForward--;
            around.addAll(forward.get(endOfForward).rows());
        }
        around.add(loss());
        int startOfBackward = 0;
        if (!backward.isEmpty() && backward.get(0).isPhase()) {
            around.addAll(backward.get(0).rows());
            startOfBackward = 1;
        }
        List<CodeBlock> both = new ArrayList<>();
        both.addAll(phases.statements(forward.subList(0, endOfForward), "forward"));
        both.add(phases.overRows(phases.phase("forwardLossBackward", around)));
        both.addAll(phases.statements(backward.subList(startOfBackward, backward.size()), "backward"));
        Calls.methods(override("forwardBackwardPass"), "", both).forEach(type::addMethod);
        phases.dispatch();
    }

    private CodeBlock loss() {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (training.loss()) {
            case CROSS_ENTROPY -> code.addStatement("crossEntropy($Lf, from, to)", training.labelSmoothing());
            case BINARY_CROSS_ENTROPY -> code.addStatement("binaryCrossEntropy(from, to)");
            case MEAN_SQUARED_ERROR -> code.addStatement("meanSquaredError(from, to)");
        }
        return code.build();
    }

    private static MethodSpec override(String name) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .build();
    }

    private MethodSpec update() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("updateRange")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addParameter(float.class, "gradientScale")
                .addParameter(float.class, "learningRate")
                .addParameter(long.class, "stepNumber");
        String decay = factor(method, "decay", training.weightDecay(), decayEnd());
        String l2 = factor(method, "l2", training.l2(), "WEIGHTS");
        String l1 = factor(method, "l1", training.l1(), "WEIGHTS");
        String common = "from, to, gradientScale, learningRate";
        String penalties = decay + ", " + l2 + ", " + l1;
        switch (training.update()) {
            case TrainingPlan.Update.Adam adam ->
                method.addStatement(
                        "$T.apply(\nvalues, gradients, moments[0], moments[1], $L,\n$L, $L, $Lf, $L, stepNumber)",
                        Types.ADAM_UPDATE,
                        common,
                        adam.beta1(),
                        adam.beta2(),
                        adam.epsilon(),
                        penalties);
            case TrainingPlan.Update.RmsProp rms -> {
                if (rms.momentum() > 0) {
                    method.addStatement(
                            "$T.apply(\nvalues, gradients, moments[0], moments[1], $L,\n$L, $Lf, $Lf, $L)",
                            Types.RMS_PROP_UPDATE,
                            common,
                            rms.alpha(),
                            rms.epsilon(),
                            rms.momentum(),
                            penalties);
                } else {
                    method.addStatement(
                            "$T.withoutMomentum(\nvalues, gradients, moments[0], $L,\n$L, $Lf, $L)",
                            Types.RMS_PROP_UPDATE,
                            common,
                            rms.alpha(),
                            rms.epsilon(),
                            penalties);
                }
            }
            case TrainingPlan.Update.Sgd sgd -> {
                if (sgd.momentum() > 0) {
                    method.addStatement(
                            "$T.apply(\nvalues, gradients, moments[0], $L,\n$Lf, $L, $L)",
                            Types.SGD_UPDATE,
                            common,
                            sgd.momentum(),
                            sgd.nesterov(),
                            penalties);
                } else {
                    method.addStatement(
                            "$T.withoutMomentum(values, gradients, $L, $L)", Types.SGD_UPDATE, common, penalties);
                }
            }
        }
        return method.build();
    }

    /** Where the values that weight decay reaches end: behind the weights, or behind biases and norms that decay too. */
    private String decayEnd() {
        return root.size(Section.DECAYED) > 0 ? "DECAYED" : "WEIGHTS";
    }

    /** How the update names a factor that holds up to some place and is 0 from there on. */
    private static String factor(MethodSpec.Builder method, String name, float value, String end) {
        if (value == 0) {
            return "0f";
        }
        method.addStatement("float $L = from < $L ? $Lf : 0f", name, end, value);
        return name;
    }
}
