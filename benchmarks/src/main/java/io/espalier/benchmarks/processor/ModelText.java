package io.espalier.benchmarks.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sources of models of eight kinds, by turns, with widths, depths and rates drawn from the model's number alone: the same texts in
 * every run. The lint finds nothing in them.
 *
 * @param path the file's path below a source folder
 * @param text what stands in it
 */
record ModelText(String path, String text) {
    private static final String PACKAGE = "models";
    private static final String[] ACTIVATIONS = {"@Relu", "@Gelu", "@Silu", "@LeakyRelu", "@Elu", "@Tanh"};
    private static final String[] NORMS = {"@LayerNorm", "@RmsNorm"};

    /** The first so many models. */
    static List<ModelText> first(int count) {
        return IntStream.range(0, count).mapToObj(ModelText::numbered).toList();
    }

    private static ModelText numbered(int number) {
        String name = "Model" + number;
        // The first draws of neighbouring seeds are alike.
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        String model =
                switch (number % 8) {
                    case 0 -> perceptron(name, random);
                    case 1 -> batchNormalized(name, random);
                    case 2 -> residualStages(name, random);
                    case 3 -> stochasticDepth(name, random);
                    case 4 -> nestedBlocks(name, random);
                    case 5 -> regression(name, random);
                    case 6 -> labels(name, random);
                    default -> selfNormalizing(name, random);
                };
        return new ModelText(
                PACKAGE + "/" + name + ".java",
                "package " + PACKAGE + ";\n\nimport io.espalier.Layer;\nimport io.espalier.annotation.*;\n\n" + model);
    }

    private static String perceptron(String name, Random random) {
        List<String> stages = new ArrayList<>();
        int depth = 2 + random.nextInt(4);
        for (int i = 0; i < depth; i++) {
            String norm = NORMS[random.nextInt(NORMS.length)];
            stages.add((i == 0 ? "@Flatten " : "") + "@Dense(" + width(random) + ") " + norm + " " + activation(random)
                    + " @Dropout(p = 0." + (1 + random.nextInt(3)) + ") Layer hidden" + i);
        }
        stages.add("@Dense(10) Layer logits");
        return network(
                "input = {28, 28}",
                name,
                stages,
                "@AdamW(learningRate = 2e-3)",
                "@WeightDecay(0.1)",
                "@LabelSmoothing",
                "@ClipNorm");
    }

    private static String batchNormalized(String name, Random random) {
        List<String> stages = new ArrayList<>();
        int depth = 2 + random.nextInt(4);
        for (int i = 0; i < depth; i++) {
            stages.add("@Dense(" + width(random) + ") @BatchNorm " + activation(random) + " Layer hidden" + i);
        }
        stages.add("@Dropout(p = 0.2) @Dense(" + (2 + random.nextInt(20)) + ") Layer logits");
        return network("input = " + width(random) + ", batch = 64", name, stages, "@Sgd(nesterov = true)");
    }

    private static String residualStages(String name, Random random) {
        List<String> stages = new ArrayList<>();
        int width = width(random);
        int depth = 2 + random.nextInt(3);
        stages.add("@Dense(" + width + ") " + activation(random) + " Layer stem");
        for (int i = 0; i < depth; i++) {
            stages.add("@Residual @LayerNorm @Dense(" + width + ") " + activation(random) + " Layer branch" + i);
        }
        stages.add("@LayerNorm @Dense(5) Layer logits");
        return network("input = " + width(random), name, stages, "@AdamW", "@DropPath(p = 0.2)", "@MonteCarlo");
    }

    private static String stochasticDepth(String name, Random random) {
        String stages = "{\n    @Dense(" + width(random) + ") @LayerNorm @Gelu Layer stem;\n"
                + "    @Repeat(" + (2 + random.nextInt(12)) + ") @Residual " + name + "Mix mixing;\n"
                + "    @LayerNorm @Dense(10) Layer logits;\n}\n\n";
        return "@Network(input = " + width(random)
                + ")\n@WeightDecay(0.05)\n@DropPath(p = 0.3)\n@LabelSmoothing(0.05)\nclass " + name
                + " " + stages + "@Block\nclass " + name + "Mix {\n"
                + "    @LayerNorm @Dense(times = " + (2 + random.nextInt(3)) + ") " + activation(random)
                + " @Dropout(p = 0.1) Layer expand;\n    @Dense(Width.BRANCH) Layer project;\n}\n";
    }

    private static String nestedBlocks(String name, Random random) {
        return "@Network(input = " + width(random) + ")\n@Adam\n@L1(1e-5)\nclass " + name + " {\n"
                + "    @Dense(" + width(random) + ") @Relu Layer stem;\n"
                + "    " + name + "Outer wide;\n"
                + "    @Dense(" + width(random) + ") @Silu Layer between;\n"
                + "    @Repeat(" + (2 + random.nextInt(3)) + ") " + name + "Outer narrow;\n"
                + "    @RmsNorm @Dense(3) Layer logits;\n}\n\n"
                + "@Block\nclass " + name + "Outer {\n"
                + "    @Residual " + name + "Inner inner;\n"
                + "    @Dense(Width.SAME) @LayerNorm " + activation(random) + " Layer after;\n}\n\n"
                + "@Block\nclass " + name + "Inner {\n"
                + "    @RmsNorm @Dense(times = 2) " + activation(random) + " Layer expand;\n"
                + "    @Dense(Width.BRANCH) @Dropout(p = 0.1) Layer project;\n}\n";
    }

    private static String regression(String name, Random random) {
        List<String> stages = new ArrayList<>();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            stages.add("@Dense(" + width(random) + ") @Tanh Layer hidden" + i);
        }
        stages.add("@Dense(1) Layer price");
        return network(
                "input = 13, loss = Loss.MEAN_SQUARED_ERROR", name, stages, "@Sgd(learningRate = 0.01)", "@L2(1e-4)");
    }

    private static String labels(String name, Random random) {
        List<String> stages = new ArrayList<>();
        int depth = 2 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            stages.add("@DropConnect(p = 0.2) @Dense(" + width(random) + ") @RmsNorm @Silu Layer hidden" + i);
        }
        stages.add("@Dense(" + (4 + random.nextInt(30)) + ") Layer labels");
        return network(
                "input = " + width(random) + ", loss = Loss.BINARY_CROSS_ENTROPY",
                name,
                stages,
                "@RmsProp(momentum = 0.9)",
                "@MaxNorm");
    }

    private static String selfNormalizing(String name, Random random) {
        List<String> stages = new ArrayList<>();
        int depth = 3 + random.nextInt(4);
        stages.add("@GaussianNoise(deviation = 0.05) @Dense(" + width(random) + ") @Selu Layer first");
        for (int i = 0; i < depth; i++) {
            stages.add("@Dense(" + width(random) + ") @Selu @AlphaDropout(p = 0.05) Layer hidden" + i);
        }
        stages.add("@Dense(2) Layer logits");
        return network("input = " + width(random), name, stages, "@Adam", "@WeightDecay(1e-3)", "@MonteCarlo");
    }

    private static String network(String elements, String name, List<String> stages, String... annotations) {
        return "@Network(" + elements + ")\n" + String.join("\n", annotations) + "\nclass " + name + " {\n    "
                + String.join(";\n    ", stages) + ";\n}\n";
    }

    private static String activation(Random random) {
        return ACTIVATIONS[random.nextInt(ACTIVATIONS.length)];
    }

    /** From 16 to 256. */
    private static int width(Random random) {
        return 16 * (1 + random.nextInt(16));
    }
}
