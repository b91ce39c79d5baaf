package io.espalier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkDescriptionTest {
    @Test
    void theCanonicalTextSaysEverythingButDecay() {
        assertThat(fashion().build().canonicalText()).isEqualTo("""
                network "Fashion"
                input [784]
                output [10]
                loss "CROSS_ENTROPY"
                operation "features" "dense" [784] -> [10] "bias"="true" "units"="10"
                parameter "features.dense.weight" [10, 784] WEIGHT
                parameter "features.dense.bias" [10] BIAS
                """);
    }

    @Test
    void theFingerprintIsTheSameForeverAndOnEveryPlatform() {
        assertThat(fashion().build().fingerprint())
                .isEqualTo("17d26ab998101d009b3f20d4449ce9106e869316cd099012bfb3a9c789752e32");
    }

    @Test
    void whatChangesTheNetworkChangesTheFingerprintAndDecayDoesNot() {
        NetworkDescription decayed = minimal("a", 2, "x", "p", true);
        NetworkDescription undecayed = minimal("a", 2, "x", "p", false);
        assertThat(decayed).isNotEqualTo(undecayed);
        assertThat(decayed.fingerprint()).isEqualTo(undecayed.fingerprint());

        Set<String> fingerprints = new HashSet<>();
        List.of(
                        minimal("a", 2, "x", "p", true),
                        minimal("b", 2, "x", "p", true),
                        minimal("a", 3, "x", "p", true),
                        minimal("a", 2, "y", "p", true),
                        minimal("a", 2, "x", "q", true))
                .forEach(description -> fingerprints.add(description.fingerprint()));
        assertThat(fingerprints).hasSize(5);
    }

    @Test
    void quotingKeepsDifferentDescriptionsApart() {
        assertThat(minimal("a", 1, "1\" \"b\"=\"2", "p", true).fingerprint())
                .isNotEqualTo(NetworkDescription.builder("a")
                        .input(1)
                        .operation("s", "k", new int[] {1}, new int[] {1}, "v", "1", "b", "2")
                        .parameter("p", new int[] {1}, ParameterRole.BIAS, true)
                        .build()
                        .fingerprint());
        assertThat(minimal("a", 1, "x\ny", "p", true).canonicalText().lines()).hasSize(6);
    }

    @Test
    void arraysAreCopiedInAndOutAndComparedByContent() {
        int[] shape = {1, 2};
        NetworkDescription description = NetworkDescription.builder("a")
                .input(shape)
                .output(shape)
                .operation("s", "k", shape, shape)
                .parameter("p", shape, ParameterRole.WEIGHT, true)
                .build();
        NetworkDescription same = NetworkDescription.builder("a")
                .input(1, 2)
                .output(1, 2)
                .operation("s", "k", new int[] {1, 2}, new int[] {1, 2})
                .parameter("p", new int[] {1, 2}, ParameterRole.WEIGHT, true)
                .build();
        shape[0] = 9;
        description.input()[0] = 9;
        description.output()[0] = 9;
        description.operations().getFirst().inputShape()[0] = 9;
        description.operations().getFirst().outputShape()[0] = 9;
        description.parameters().getFirst().shape()[0] = 9;
        assertThat(description).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.toString());
    }

    @Test
    void attributesAreSortedAndEachHasOneValue() {
        Operation operation = fashion().build().operations().getFirst();
        assertThat(operation.attributes().keySet()).containsExactly("bias", "units");
        NetworkDescription.Builder builder = NetworkDescription.builder("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.operation("s", "dropout", new int[] {1}, new int[] {1}, "p"))
                .withMessageContaining("operation 'dropout' of 's': attribute 'p' has no value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.operation("s", "dropout", new int[] {1}, new int[] {1}, "p", "1", "p", "1"))
                .withMessageContaining("'p' comes twice");
    }

    private static NetworkDescription.Builder fashion() {
        return NetworkDescription.builder("Fashion")
                .input(784)
                .output(10)
                .loss("CROSS_ENTROPY")
                .operation("features", "dense", new int[] {784}, new int[] {10}, "units", "10", "bias", "true")
                .parameter("features.dense.weight", new int[] {10, 784}, ParameterRole.WEIGHT, true)
                .parameter("features.dense.bias", new int[] {10}, ParameterRole.BIAS, false);
    }

    private static NetworkDescription minimal(String name, int input, String value, String parameter, boolean decayed) {
        return NetworkDescription.builder(name)
                .input(input)
                .operation("s", "k", new int[] {1}, new int[] {1}, "v", value)
                .parameter(parameter, new int[] {1}, ParameterRole.BIAS, decayed)
                .build();
    }
}
