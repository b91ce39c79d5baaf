package io.espalier.samples.pytorch;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss, gradients, ten steps and predictions of emitted networks are PyTorch's; see {@link Replay} for how close. */
class PyTorchTest {
    private static final Map<String, LongFunction<CompiledNetwork>> OPERATIONS = Map.ofEntries(
            entry("dense", OperationModels_DenseOnlyNetwork::create),
            entry("denseWithoutBias", OperationModels_DenseWithoutBiasNetwork::create),
            entry("batchNorm", OperationModels_BatchNormOnlyNetwork::create),
            entry("batchNormSettings", OperationModels_BatchNormSettingsNetwork::create),
            entry("layerNorm", OperationModels_LayerNormOnlyNetwork::create),
            entry("layerNormOfInput", OperationModels_LayerNormOfInputNetwork::create),
            entry("relu", OperationModels_ReluOnlyNetwork::create),
            entry("rmsNorm", OperationModels_RmsNormOnlyNetwork::create),
            entry("rmsNormOfInput", OperationModels_RmsNormOfInputNetwork::create),
            entry("leakyRelu", OperationModels_LeakyReluOnlyNetwork::create),
            entry("leakyReluSlope", OperationModels_LeakyReluSlopeNetwork::create),
            entry("elu", OperationModels_EluOnlyNetwork::create),
            entry("eluAlpha", OperationModels_EluAlphaNetwork::create),
            entry("selu", OperationModels_SeluOnlyNetwork::create),
            entry("silu", OperationModels_SiluOnlyNetwork::create),
            entry("gelu", OperationModels_GeluOnlyNetwork::create),
            entry("tanh", OperationModels_TanhOnlyNetwork::create),
            entry("sigmoid", OperationModels_SigmoidOnlyNetwork::create),
            entry("softmax", OperationModels_SoftmaxOnlyNetwork::create),
            entry("flatten", OperationModels_FlattenOnlyNetwork::create),
            entry("residual", OperationModels_ResidualOnlyNetwork::create),
            entry("projection", OperationModels_ProjectionNetwork::create),
            entry("repeat", OperationModels_RepeatedNetwork::create),
            entry("block", OperationModels_BlocksNetwork::create));

    private static final Map<String, LongFunction<CompiledNetwork>> NOISES = Map.ofEntries(
            entry("dropout", NoiseModels_DropoutOnlyNetwork::create),
            entry("dropoutInRepeats", NoiseModels_DropoutInRepeatsNetwork::create),
            entry("dropPathLinear", NoiseModels_DropPathLinearNetwork::create),
            entry("dropPathConstant", NoiseModels_DropPathConstantNetwork::create),
            entry("dropConnect", NoiseModels_DropConnectOnlyNetwork::create),
            entry("alphaDropout", NoiseModels_AlphaDropoutOnlyNetwork::create),
            entry("gaussianDropout", NoiseModels_GaussianDropoutOnlyNetwork::create),
            entry("gaussianNoise", NoiseModels_GaussianNoiseOnlyNetwork::create));

    private static final Map<String, LongFunction<CompiledNetwork>> LOSSES = Map.ofEntries(
            entry("crossEntropy", LossModels_CrossEntropyNetwork::create),
            entry("crossEntropySoft", LossModels_CrossEntropyNetwork::create),
            entry("crossEntropySmoothed", LossModels_SmoothedNetwork::create),
            entry("classWeights", LossModels_CrossEntropyNetwork::create),
            entry("classWeightsSoft", LossModels_CrossEntropyNetwork::create),
            entry("classWeightsSmoothed", LossModels_SmoothedNetwork::create),
            entry("classWeightsSoftSmoothed", LossModels_SmoothedMoreNetwork::create),
            entry("binaryCrossEntropy", LossModels_BinaryCrossEntropyNetwork::create),
            entry("binaryCrossEntropyOfShares", LossModels_BinaryCrossEntropyNetwork::create),
            entry("meanSquaredError", LossModels_MeanSquaredErrorNetwork::create),
            entry("crossEntropySoftSmoothed", LossModels_SmoothedMoreNetwork::create));

    private static final Map<String, LongFunction<CompiledNetwork>> OPTIMIZERS = Map.ofEntries(
            entry("sgd", OptimizerModels_SgdPlainNetwork::create),
            entry("sgdMomentum", OptimizerModels_SgdMomentumNetwork::create),
            entry("sgdNesterov", OptimizerModels_SgdNesterovNetwork::create),
            entry("sgdDecay", OptimizerModels_SgdDecayNetwork::create),
            entry("adamW", OptimizerModels_AdamWDefaultNetwork::create),
            entry("adamWSettings", OptimizerModels_AdamWSettingsNetwork::create),
            entry("adamWDecayOfAll", OptimizerModels_AdamWDecayOfAllNetwork::create),
            entry("adamWDecayButBias", OptimizerModels_AdamWDecayButBiasNetwork::create),
            entry("adamWDecayButNorm", OptimizerModels_AdamWDecayButNormNetwork::create),
            entry("adam", OptimizerModels_AdamDefaultNetwork::create),
            entry("adamDecay", OptimizerModels_AdamDecayNetwork::create),
            entry("adamL2", OptimizerModels_AdamL2Network::create),
            entry("rmsProp", OptimizerModels_RmsPropDefaultNetwork::create),
            entry("rmsPropMomentum", OptimizerModels_RmsPropMomentumNetwork::create),
            entry("rmsPropDecay", OptimizerModels_RmsPropDecayNetwork::create),
            entry("l1", OptimizerModels_L1OnlyNetwork::create),
            entry("l1Adam", OptimizerModels_L1AdamNetwork::create),
            entry("l2", OptimizerModels_L2OnlyNetwork::create),
            entry("maxNorm", OptimizerModels_MaxNormOnlyNetwork::create),
            entry("allPenalties", OptimizerModels_AllPenaltiesNetwork::create),
            entry("clipNorm", OptimizerModels_ClipNormReachedNetwork::create),
            entry("clipNormUnreached", OptimizerModels_ClipNormUnreachedNetwork::create));

    private static final Map<String, LongFunction<CompiledNetwork>> NETWORKS = Map.ofEntries(
            entry("classifier", WholeNetworks_ClassifierNetwork::create),
            entry("regression", WholeNetworks_RegressionNetwork::create),
            entry("residualNet", WholeNetworks_ResidualNetNetwork::create));

    private static Stream<Arguments> operations() {
        return group("operations", OPERATIONS);
    }

    private static Stream<Arguments> noises() {
        return group("noises", NOISES);
    }

    private static Stream<Arguments> losses() {
        return group("losses", LOSSES);
    }

    private static Stream<Arguments> optimizers() {
        return group("optimizers", OPTIMIZERS);
    }

    private static Stream<Arguments> networks() {
        return group("networks", NETWORKS);
    }

    private static Stream<Arguments> group(String name, Map<String, LongFunction<CompiledNetwork>> models) {
        ExpectedValues expected = ExpectedValues.of(name);
        return models.keySet().stream()
                .sorted()
                .map(model -> Arguments.of(model, expected.network(model), models.get(model)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"operations", "noises", "losses", "optimizers"})
    void agrees(String name, ExpectedValues.Values expected, LongFunction<CompiledNetwork> create) {
        new Replay(expected, create.apply(1), Replay.ROUNDING).run(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void wholeNetworksAgree(String name, ExpectedValues.Values expected, LongFunction<CompiledNetwork> create) {
        new Replay(expected, create.apply(1), Replay.ROUNDING_OF_MANY).run(3);
    }

    /** A network that is written and not held against another would prove nothing. */
    @Test
    void everyNetworkOfTheFilesIsTested() {
        assertThat(ExpectedValues.of("operations").networks()).isEqualTo(OPERATIONS.keySet());
        assertThat(ExpectedValues.of("noises").networks()).isEqualTo(NOISES.keySet());
        assertThat(ExpectedValues.of("losses").networks()).isEqualTo(LOSSES.keySet());
        assertThat(ExpectedValues.of("optimizers").networks()).isEqualTo(OPTIMIZERS.keySet());
        assertThat(ExpectedValues.of("networks").networks()).isEqualTo(NETWORKS.keySet());
    }
}
