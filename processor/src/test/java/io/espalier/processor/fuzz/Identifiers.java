package io.espalier.processor.fuzz;

import java.util.HashSet;
import java.util.Set;

/** Names for fields and types: plain ones, and those that emitted code, the runtime or the Java language itself use. */
final class Identifiers {
    private static final String[] PLAIN = {
        "features", "hidden", "entry", "middle", "mixer", "logits", "expand", "project", "head", "body"
    };
    private static final String[] NASTY = {
        "größe",
        "层",
        "$",
        "$$",
        "_x",
        "__",
        "a$b",
        "a_b",
        "weights",
        "values",
        "input",
        "output",
        "gradient",
        "step",
        "rows",
        "row",
        "i",
        "x",
        "at",
        "seed",
        "capacity",
        "level",
        "path",
        "network",
        "context",
        "blueprint",
        "forward",
        "backward",
        "logits",
        "run",
        "create",
        "load",
        "record",
        "var",
        "yield",
        "sealed",
        "permits",
        "when",
        "module",
        "open",
        "with",
        "WEIGHTS",
        "LANES",
        "Training",
        "Object",
        "String",
        "Layer",
        "a",
        "A",
        "aA",
        "a1",
        "a11",
        "in",
        "out",
        "ſ",
        "ß",
        "İ",
        "ı",
        "naïve",
        "名前",
        "𝒳",
        "é",
        "batchNorm",
        "dense",
        "shortcut",
        "fromScale",
        "SAME",
        "java",
        "demo",
        "jdk",
        "slices",
        "phase",
        "state",
        "pass",
        "length",
        "self",
        "That",
        "this_",
        "Σ",
        "ς"
    };
    private static final String[] PLAIN_TYPES = {"Small", "Wide", "Mixer", "Part", "Encoder", "Stack", "Head", "Inner"};
    private static final String[] NASTY_TYPES = {
        "Training",
        "Prediction",
        "Object",
        "String",
        "Math",
        "Float",
        "Integer",
        "System",
        "Override",
        "Layer",
        "Dense",
        "Network",
        "Arrays",
        "FloatVector",
        "VectorOperators",
        "Batch",
        "Path",
        "Generated",
        "Blueprint",
        "Classifier",
        "Regressor",
        "Simd",
        "IllegalStateException",
        "IOException",
        "StackOverflowError",
        "TrainingStep",
        "PredictionPass",
        "StepBuilder",
        "PhaseCode",
        "Rate",
        "Strength",
        "Größe",
        "层",
        "_X",
        "weights",
        "values",
        "Parameters",
        "Residual",
        "Block",
        "X",
        "x",
        "Long",
        "Double",
        "Thread",
        "Iterable",
        "SuppressWarnings",
        "Void",
        "MonteCarlo",
        "Purpose",
        "Slices",
        "Deprecated",
        "UnsupportedOperationException",
        "Boolean",
        "Character",
        "Exception",
        "Throwable",
        "Loss",
        "Bias",
        "Width",
        "MatrixMultiply"
    };

    private final Dice dice;
    private final boolean nasty;
    private final Set<String> types = new HashSet<>();

    /** Names, those of types all different. */
    Identifiers(Dice dice, boolean nasty) {
        this.dice = dice;
        this.nasty = nasty;
    }

    String field(Set<String> taken) {
        return unique(nasty && dice.onceIn(2) ? dice.one(NASTY) : dice.one(PLAIN), taken);
    }

    String type() {
        return unique(nasty && dice.onceIn(2) ? dice.one(NASTY_TYPES) : dice.one(PLAIN_TYPES), types);
    }

    private static String unique(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 1; !taken.add(name); i++) {
            name = wanted + i;
        }
        return name;
    }
}
