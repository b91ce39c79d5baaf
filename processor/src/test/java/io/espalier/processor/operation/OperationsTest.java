package io.espalier.processor.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.graph.Node;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What definitions say of annotations and operations, against the annotations and the operations themselves. */
class OperationsTest {
    private static final String ALL = Operations.ofLanguage().definitions().stream()
            .map(definition ->
                    "@" + definition.annotation() + (definition.has(Definition.Trait.LINEAR) ? "(value = 3) " : " "))
            .collect(Collectors.joining());

    static Stream<Map.Entry<String, List<Attribute>>> annotations() {
        Stream<Map.Entry<String, List<Attribute>>> operations = Operations.ofLanguage().definitions().stream()
                .map(definition -> Map.entry(definition.annotation(), definition.attributes()));
        return Stream.concat(operations, Settings.ATTRIBUTES.entrySet().stream());
    }

    @ParameterizedTest
    @MethodSource("annotations")
    void attributesAreElementsWithTheirDefaultsAndConstants(Map.Entry<String, List<Attribute>> annotation)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName("io.espalier.annotation." + annotation.getKey());
        for (Attribute attribute : annotation.getValue()) {
            Method element = type.getMethod(attribute.element());
            assertThat(Operations.ofLanguage().attributes(annotation.getKey())).contains(attribute);
            attribute.choices().stream()
                    .filter(choice -> choice.purpose().startsWith("the default"))
                    .forEach(choice -> assertThat(Double.parseDouble(choice.text()))
                            .as("%s of %s", attribute.element(), type)
                            .isEqualTo(element.getDefaultValue()));
            if (element.getReturnType().isEnum()) {
                assertThat(attribute.choices().stream().map(Choice::text))
                        .containsExactlyElementsOf(
                                Arrays.stream(element.getReturnType().getEnumConstants())
                                        .map(String::valueOf)
                                        .toList());
            }
        }
    }

    /** Of a number that is no attribute, findings and editors would say nothing. */
    @ParameterizedTest
    @MethodSource("annotations")
    void numbersWithAPointAreAttributes(Map.Entry<String, List<Attribute>> annotation) throws ClassNotFoundException {
        List<String> known =
                annotation.getValue().stream().map(Attribute::element).toList();
        assertThat(Arrays.stream(Class.forName("io.espalier.annotation." + annotation.getKey())
                                .getDeclaredMethods())
                        .filter(element -> element.getReturnType() == double.class)
                        .map(Method::getName))
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @EnumSource
    void definitionsHaveTheTraitsOfTheirOperations(CompilerKind compiler) {
        NetworkGraph graph = Graphs.build(compiler, "@Network(input = 4) final class Every { " + ALL + " Layer all; }");

        assertThat(graph.defects()).isEmpty();
        assertThat(graph.root().nodes().stream()
                        .map(node -> ((Node.Apply) node).annotation().name()))
                .containsExactlyInAnyOrderElementsOf(Operations.ofLanguage().definitions().stream()
                        .map(Definition::annotation)
                        .toList());
        for (Node node : graph.root().nodes()) {
            Node.Apply apply = (Node.Apply) node;
            Operation operation = apply.operation();
            Definition definition =
                    Operations.ofLanguage().find(apply.annotation().name()).orElseThrow();
            assertThat(operation.getClass().getSimpleName()).isEqualTo(definition.annotation());
            assertThat(definition.has(Definition.Trait.LINEAR)).isEqualTo(operation.isLinear());
            assertThat(definition.has(Definition.Trait.NORMALIZES_BATCH)).isEqualTo(operation.normalizesBatch());
            assertThat(definition.has(Definition.Trait.MASKS_WEIGHTS)).isEqualTo(operation.masksWeights());
            assertThat(operation.isNoise()).isEqualTo(operation instanceof NoiseOperation);
            assertThat(operation.gain().isPresent()).isEqualTo(operation instanceof ActivationFunction);
            if (operation instanceof NoiseOperation noise) {
                assertThat(noise.acts()).isTrue();
                assertThat(noise.strengthAt(noise.noiseRate()))
                        .isEqualTo(apply.annotation().doubleValue(noise.strengthElement()));
            }
        }
    }

    @Test
    void noTwoOperationsHaveOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operations.ofLanguage().with(List.of(Elu.DEFINITION)))
                .withMessageContaining("@Elu");
    }

    @Test
    void findingsNeedAUsualValueToPropose() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attribute("limit", Range.ABOVE_ZERO, "the limit"))
                .withMessageContaining("limit");
    }
}
