package io.espalier.processor.plan;

import io.espalier.processor.graph.Node;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of the graph with its kernels of the forward pass. */
final class Lowered {
    final Node node;
    final String stage;

    /** What names of its values begin with: stage and operation. */
    final String path;

    /** What comments say of it; empty where there is nothing to say. */
    final String title;

    /** The same of its way back, where that is something else. */
    String backwardTitle;

    final Value input;

    /** Its parameters by their parts. */
    final Map<String, Parameter> parameters;

    final List<Kernel> kernels = new ArrayList<>();

    /** Its values by the names that it gave them. */
    final Map<String, Value> values = new LinkedHashMap<>();

    private Value output;

    Lowered(Node node, String stage, String path, String title, Value input, Map<String, Parameter> parameters) {
        this.node = node;
        this.stage = stage;
        this.path = path;
        this.title = title;
        this.backwardTitle = title;
        this.input = input;
        this.parameters = parameters;
        this.output = input;
    }

    Value output() {
        return output;
    }

    void output(Value value) {
        output = value;
    }

    Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(path + " has no value " + name);
        }
        return value;
    }

    /** The product of that name. */
    Kernel.Contraction product(String name) {
        Value result = value(name);
        return kernels.stream()
                .filter(kernel -> kernel instanceof Kernel.Contraction product && product.result() == result)
                .map(Kernel.Contraction.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " of " + path + " is no product"));
    }
}
