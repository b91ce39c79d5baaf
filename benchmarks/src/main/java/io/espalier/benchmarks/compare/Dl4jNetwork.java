package io.espalier.benchmarks.compare;

import io.espalier.CompiledNetwork;
import io.espalier.benchmarks.workload.Recipe;
import io.espalier.model.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * A network of Deeplearning4j as near to an Espalier network as its layers go. They differ in these things,
 * so that losses come near each other and are not the same: a dense layer with layer norm has its bias after the norm alone, GELU is
 * the layer's default one, gradients are clipped by layer and not all together, and dropout belongs to the layer that follows.
 */
final class Dl4jNetwork {
    private final CompiledNetwork original;
    private final List<Operation> operations;
    private final List<Layer> layers = new ArrayList<>();

    /** Values by the name that Deeplearning4j gives to the parameter. */
    private final Map<String, INDArray> values = new LinkedHashMap<>();

    private double retained = 1;

    private Dl4jNetwork(CompiledNetwork original) {
        this.original = original;
        this.operations = original.description().operations();
    }

    /**
     * Copies a network.
     *
     * @param original gives operations and values
     * @param recipe how it is trained
     * @return the copy
     */
    static MultiLayerNetwork of(CompiledNetwork original, Recipe recipe) {
        Dl4jNetwork copy = new Dl4jNetwork(original);
        copy.translate();
        NeuralNetConfiguration.Builder settings = new NeuralNetConfiguration.Builder()
                .updater(new Adam(original.learningRate(), Recipe.BETA_1, Recipe.BETA_2, Recipe.EPSILON))
                .weightDecay(Recipe.WEIGHT_DECAY);
        if (Double.isFinite(recipe.clipNorm())) {
            settings.gradientNormalization(GradientNormalization.ClipL2PerLayer)
                    .gradientNormalizationThreshold(recipe.clipNorm());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(
                settings.list(copy.layers.toArray(new Layer[0])).build());
        network.init();
        copy.values.forEach((name, value) -> network.getParam(name).assign(value));
        return network;
    }

    private void translate() {
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            switch (operation.kind()) {
                case "Dense" -> i += dense(operation, i);
                case "BatchNorm" ->
                    add(new BatchNormalization.Builder()
                            .nIn(operation.inputShape()[0])
                            .nOut(operation.inputShape()[0])
                            .decay(1 - number(operation, "momentum"))
                            .eps(number(operation, "epsilon"))
                            .build());
                case "Relu" -> add(new ActivationLayer(Activation.RELU));
                case "Dropout" -> retained = 1 - number(operation, "p");
                default ->
                    throw new UnsupportedOperationException("no counterpart of " + operation.kind() + " is written");
            }
        }
    }

    /** Adds a dense layer with the norm and the activation that belong to it; returns how many operations those are. */
    private int dense(Operation operation, int at) {
        int in = operation.inputShape()[0];
        int out = operation.outputShape()[0];
        String path = operation.path();
        String layer = layers.size() + "_";
        float[] weight = original.parameters().get(path + ".dense.weight").values();
        values.put(layer + "W", Nd4j.create(weight, new int[] {out, in}).transpose());
        if (at == operations.size() - 1) {
            add(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .nIn(in)
                    .nOut(out)
                    .dropOut(takeRetained())
                    .build());
            return 0;
        }
        boolean layerNorm = operations.get(at + 1).kind().equals("LayerNorm");
        boolean gelu = layerNorm && operations.get(at + 2).kind().equals("Gelu");
        add(new DenseLayer.Builder()
                .nIn(in)
                .nOut(out)
                .hasBias(
                        layerNorm || Boolean.parseBoolean(operation.attributes().get("bias")))
                .hasLayerNorm(layerNorm)
                .activation(gelu ? Activation.GELU : Activation.IDENTITY)
                .dropOut(takeRetained())
                .build());
        return (layerNorm ? 1 : 0) + (gelu ? 1 : 0);
    }

    private void add(Layer layer) {
        layers.add(layer);
    }

    /** What a dropout before this layer retains; Deeplearning4j takes 0 for no dropout. */
    private double takeRetained() {
        double taken = retained == 1 ? 0 : retained;
        retained = 1;
        return taken;
    }

    private static double number(Operation operation, String attribute) {
        return Double.parseDouble(String.valueOf(operation.attributes().get(attribute)));
    }
}
