package io.espalier.samples.verification;

import io.espalier.CompiledNetwork;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation, and the loss, against the reference. */
class OperationGradientsTest {
    private static Arguments model(String name, LongFunction<CompiledNetwork> create) {
        return Arguments.of(name, create);
    }

    private static Stream<Arguments> rowwise() {
        return Stream.of(
                model("dense", OperationModels_DenseOnlyNetwork::create),
                model("dense without bias", OperationModels_DenseWithoutBiasNetwork::create),
                model("layer norm", OperationModels_LayerNormOnlyNetwork::create),
                model("layer norm of the input", OperationModels_LayerNormOfInputNetwork::create),
                model("rms norm", OperationModels_RmsNormOnlyNetwork::create),
                model("rms norm of the input", OperationModels_RmsNormOfInputNetwork::create),
                model("leaky relu", OperationModels_LeakyReluOnlyNetwork::create),
                model("elu", OperationModels_EluOnlyNetwork::create),
                model("elu of another alpha", OperationModels_EluOfAlphaNetwork::create),
                model("selu", OperationModels_SeluOnlyNetwork::create),
                model("silu", OperationModels_SiluOnlyNetwork::create),
                model("relu", OperationModels_ReluOnlyNetwork::create),
                model("gelu", OperationModels_GeluOnlyNetwork::create),
                model("tanh", OperationModels_TanhOnlyNetwork::create),
                model("sigmoid", OperationModels_SigmoidOnlyNetwork::create),
                model("softmax", OperationModels_SoftmaxOnlyNetwork::create),
                model("flatten", OperationModels_FlattenOnlyNetwork::create),
                model("dropout", OperationModels_DropoutOnlyNetwork::create),
                model("drop connect", OperationModels_DropConnectOnlyNetwork::create),
                model("alpha dropout", OperationModels_AlphaDropoutOnlyNetwork::create),
                model("gaussian dropout", OperationModels_GaussianDropoutOnlyNetwork::create),
                model("gaussian noise", OperationModels_GaussianNoiseOnlyNetwork::create),
                model("noise in repeats", OperationModels_NoiseInRepeatsNetwork::create),
                model("dropout of the input", OperationModels_DropoutOfInputNetwork::create),
                model("residual, identity", OperationModels_ResidualIdentityNetwork::create),
                model("residual of the input", OperationModels_ResidualOfInputNetwork::create),
                model("residual, projection", OperationModels_ResidualProjectionNetwork::create),
                model("drop path, constant", OperationModels_DropPathConstantNetwork::create),
                model("drop path, linear", OperationModels_DropPathLinearNetwork::create),
                model("repeated stage", OperationModels_RepeatedStageNetwork::create),
                model("repeated residual", OperationModels_RepeatedResidualNetwork::create),
                model("a block at several widths", OperationModels_BlockAtWidthsNetwork::create));
    }

    private static Stream<Arguments> batchwise() {
        return Stream.of(
                model("batch norm", OperationModels_BatchNormOnlyNetwork::create),
                model("batch norm after a bias", OperationModels_BatchNormAfterBiasNetwork::create),
                model("batch norm of the input", OperationModels_BatchNormOfInputNetwork::create),
                model("batch norm at the output", OperationModels_BatchNormLastNetwork::create));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"rowwise", "batchwise"})
    void agreesWithTheReference(String name, LongFunction<CompiledNetwork> create) {
        for (int rows : new int[] {17, 130}) {
            long seed = Seeds.draw(name + ", " + rows + " rows");
            new GradientCheck(create.apply(seed), seed)
                    .entries(rows > 100 ? 4 : 16)
                    .run(rows, 2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rowwise")
    void agreesWithTheReferenceOnASingleExample(String name, LongFunction<CompiledNetwork> create) {
        long seed = Seeds.draw(name + ", 1 row");
        new GradientCheck(create.apply(seed), seed).run(1, 1);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 17, 37})
    void lossesAgreeWithTheReference(int rows) {
        long seed = Seeds.draw("losses, " + rows + " rows");
        new GradientCheck(OperationModels_SmoothedNetwork.create(seed), seed)
                .smoothing(0.1)
                .run(rows, 2);
        new GradientCheck(OperationModels_SmoothedNetwork.create(seed), seed)
                .smoothing(0.1)
                .soft()
                .run(rows, 2);
        new GradientCheck(OperationModels_TanhOnlyNetwork.create(seed), seed)
                .soft()
                .run(rows, 2);
        new GradientCheck(OperationModels_TwoClassesNetwork.create(seed), seed).run(rows, 2);
        new GradientCheck(LossModels_LabelsNetwork.create(seed), seed).run(rows, 2);
        new GradientCheck(LossModels_ValuesNetwork.create(seed), seed).run(rows, 2);
    }

    @Test
    void lossesOfASingleOutputAgreeWithTheReference() {
        long seed = Seeds.draw("losses of a single output");
        new GradientCheck(LossModels_OneLabelNetwork.create(seed), seed).run(37, 2);
        new GradientCheck(LossModels_OneValueNetwork.create(seed), seed).run(37, 2);
    }
}
