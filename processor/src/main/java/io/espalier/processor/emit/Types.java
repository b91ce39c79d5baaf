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
    static final ClassName BLUEPRINT = emitted("Blueprint");
    static final ClassName PACKING = emitted("Packing");
    static final ClassName TRAINING_RULE = emitted("TrainingRule");
    static final ClassName UPDATE_RULE = emitted("UpdateRule");
    static final ClassName STEP_BUILDER = emitted("StepBuilder");
    static final ClassName STEP_STATE = emitted("StepState");
    static final ClassName WIDE_PHASE = ClassName.get("io.espalier.emitted", "PhaseEntry", "Wide");
    static final ClassName WEIGHT_SUM = ClassName.get("io.espalier.emitted", "GradientSum", "OfWeight");
    static final ClassName PHASE_CODE = emitted("PhaseCode");
    static final ClassName PREDICTION_BUILDER = emitted("PredictionBuilder");
    static final ClassName PREDICTION_CODE = emitted("PredictionCode");
    static final ClassName RAMP = emitted("Ramp");
    static final ClassName RATE = emitted("Rate");
    static final ClassName STRENGTH = emitted("Strength");
    static final ClassName PARAMETER_ROLE = ClassName.get("io.espalier.model", "ParameterRole");

    static final ClassName VECTOR_MODULE = kernel("VectorModule");
    static final ClassName SIMD = kernel("Simd");
    static final ClassName SLICES = kernel("Slices");
    static final ClassName MATRIX_MULTIPLY = kernel("MatrixMultiply");
    static final ClassName MASKED_WEIGHT = kernel("MaskedWeight");
    static final ClassName DROPOUT_MASK = kernel("DropoutMask");
    static final ClassName NORMAL_DRAWS = kernel("NormalDraws");

    private Types() {}

    private static ClassName emitted(String name) {
        return ClassName.get("io.espalier.emitted", name);
    }

    private static ClassName kernel(String name) {
        return ClassName.get("io.espalier.kernel", name);
    }
}
