package io.espalier.benchmarks.compare;

import io.espalier.CompiledNetwork;
import io.espalier.model.Operation;
import io.espalier.model.Parameter;
import io.espalier.model.ParameterInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A network of PyTorch with the operations, parameters and values of an Espalier network. Plain tensor operations, which
 * record what the modules of PyTorch would record.
 */
final class TorchNetwork {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<UnaryOperator<Tensor>> operations = new ArrayList<>();
    private final TensorVector trained;
    private final int decayed;

    /**
     * Copies a network.
     *
     * @param network gives operations and values
     * @param training whether it is to be trained: with gradients, dropout and statistics of the batch
     */
    TorchNetwork(CompiledNetwork network, boolean training) {
        List<Tensor> withDecay = new ArrayList<>();
        List<Tensor> withoutDecay = new ArrayList<>();
        for (ParameterInfo info : network.description().parameters()) {
            Parameter parameter = network.parameters().get(info.name());
            long[] shape = new long[info.shape().length];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = info.shape()[i];
            }
            Tensor tensor = torch.tensor(parameter.values()).reshape(shape);
            tensors.put(info.name(), tensor);
            if (info.role().trainable()) {
                tensor.set_requires_grad(training);
                (info.decayed() ? withDecay : withoutDecay).add(tensor);
            }
        }
        decayed = withDecay.size();
        withDecay.addAll(withoutDecay);
        trained = new TensorVector(withDecay.toArray(new Tensor[0]));
        for (Operation operation : network.description().operations()) {
            if (training || !operation.kind().equals("Dropout")) {
                operations.add(operation(operation, training));
            }
        }
    }

    private UnaryOperator<Tensor> operation(Operation operation, boolean training) {
        Map<String, String> attributes = operation.attributes();
        String path = operation.path();
        return switch (operation.kind()) {
            case "Dense" -> {
                Tensor weight = tensor(path + ".dense.weight");
                Tensor given = tensors.get(path + ".dense.bias");
                TensorOptional bias = given == null ? new TensorOptional() : new TensorOptional(given);
                yield x -> torch.linear(x, weight, bias);
            }
            case "LayerNorm" -> {
                TensorOptional scale = new TensorOptional(tensor(path + ".layerNorm.scale"));
                TensorOptional shift = new TensorOptional(tensor(path + ".layerNorm.shift"));
                double epsilon = number(attributes, "epsilon");
                long[] shape = {operation.inputShape()[0]};
                yield x -> torch.layer_norm(x, shape, scale, shift, epsilon, false);
            }
            case "BatchNorm" -> {
                TensorOptional scale = new TensorOptional(tensor(path + ".batchNorm.scale"));
                TensorOptional shift = new TensorOptional(tensor(path + ".batchNorm.shift"));
                TensorOptional mean = new TensorOptional(tensor(path + ".batchNorm.runningMean"));
                TensorOptional variance = new TensorOptional(tensor(path + ".batchNorm.runningVariance"));
                double momentum = number(attributes, "momentum");
                double epsilon = number(attributes, "epsilon");
                yield x -> torch.batch_norm(x, scale, shift, mean, variance, training, momentum, epsilon, false);
            }
            case "Gelu" -> torch::gelu;
            case "Relu" -> torch::relu_;
            case "Dropout" -> {
                double p = number(attributes, "p");
                yield x -> torch.dropout(x, p, true);
            }
            default -> throw new UnsupportedOperationException("no counterpart of " + operation.kind() + " is written");
        };
    }

    private Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter " + name + " among " + tensors.keySet());
        }
        return tensor;
    }

    private static double number(Map<String, String> attributes, String name) {
        String value = attributes.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no attribute " + name + " among " + attributes);
        }
        return Double.parseDouble(value);
    }

    /** The logits of a batch; the result belongs to the caller's pointer scope. */
    Tensor logits(Tensor inputs) {
        Tensor x = inputs;
        for (UnaryOperator<Tensor> operation : operations) {
            x = operation.apply(x);
        }
        return x;
    }

    /** All tensors that are trained, first those that decay. */
    TensorVector trained() {
        return trained;
    }

    /** How many of the tensors that are trained decay. */
    int decayed() {
        return decayed;
    }
}
