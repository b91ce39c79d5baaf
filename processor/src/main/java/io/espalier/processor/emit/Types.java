package io.espalier.processor.emit;

import com.squareup.javapoet.ClassName;

/** The types that emitted code names. */
final class Types {
    static final ClassName FLOAT_VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
    static final ClassName VECTOR_MASK = ClassName.get("jdk.incubator.vector", "VectorMask");
    static final ClassName VECTOR_SPECIES = ClassName.get("jdk.incubator.vector", "VectorSpecies");
    static final ClassName VECTOR_OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");

    static final ClassName CLASSIFIER = ClassName.get("io.espalier", "Classifier");
    static final ClassName LABELER = ClassName.get("io.espalier", "Labeler");
    static final ClassName REGRESSOR = ClassName.get("io.espalier", "Regressor");
    static final ClassName MONTE_CARLO = ClassName.get("io.espalier", "MonteCarlo");
    static final ClassName BLUEPRINT = ClassName.get("io.espalier", "Blueprint");
    static final ClassName PARAMETER_ROLE = ClassName.get("io.espalier.model", "ParameterRole");
    static final ClassName TRAINING_STEP = train("TrainingStep");
    static final ClassName TRAINING_CONTEXT = train("TrainingContext");
    static final ClassName STEP_LAYOUT = train("StepLayout");
    static final ClassName ROW_PHASE = train("RowPhase");
    static final ClassName DROP_PATH_RATES = train("DropPathRates");
    static final ClassName PREDICTION_PASS = train("PredictionPass");
    static final ClassName SAMPLING_PASS = train("SamplingPass");

    static final ClassName VECTOR_MODULE = kernel("VectorModule");
    static final ClassName SIMD = kernel("Simd");
    static final ClassName SLICES = kernel("Slices");
    static final ClassName MATRIX_MULTIPLY = kernel("MatrixMultiply");
    static final ClassName MASKED_WEIGHT = kernel("MaskedWeight");
    static final ClassName DROPOUT_MASK = kernel("DropoutMask");
    static final ClassName NORMAL_DRAWS = kernel("NormalDraws");
    static final ClassName ROW_STATISTICS = kernel("RowStatistics");
    static final ClassName BATCH_STATISTICS = kernel("BatchStatistics");
    static final ClassName BATCH_NORMALIZATION = kernel("BatchNormalization");
    static final ClassName SOFTMAX = kernel("Softmax");
    static final ClassName ADAM_UPDATE = kernel("AdamUpdate");
    static final ClassName RMS_PROP_UPDATE = kernel("RmsPropUpdate");
    static final ClassName SGD_UPDATE = kernel("SgdUpdate");

    private Types() {}

    private static ClassName train(String name) {
        return ClassName.get("io.espalier.train", name);
    }

    private static ClassName kernel(String name) {
        return ClassName.get("io.espalier.kernel", name);
    }
}
