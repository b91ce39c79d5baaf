package io.espalier.processor.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelReaderTest {
    private static NetworkDeclaration read(CompilerKind compiler, String classes) {
        Map<String, NetworkDeclaration> read = Graphs.readAll(compiler, classes);
        assertThat(read).hasSize(1);
        return read.values().iterator().next();
    }

    private static List<String> faults(CompilerKind compiler, String classes) {
        return read(compiler, classes).faults().stream()
                .map(fault -> fault.point().element().getSimpleName() + ": " + fault.text())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryKindOfValueAndItsDefault(CompilerKind compiler) {
        NetworkDeclaration declaration = read(compiler, """
                @Network(input = {28, 'a', 1}) @AdamW(learningRate = 1)
                public final class Models {
                    static final int WIDTH = 3 * 4;
                    @Dense(WIDTH) Layer a;
                    @Relu @Dense(value = SAME, bias = Bias.OFF) @Dropout Layer b;
                }
                """);
        ModelDeclaration network = declaration.network();

        assertThat(declaration.complete()).isTrue();
        assertThat(declaration.faults()).isEmpty();
        assertThat(network.packageName()).isEqualTo("demo");
        assertThat(network.qualifiedNetworkClassName()).isEqualTo("demo.ModelsNetwork");
        assertThat(network.isPublic()).isTrue();
        assertThat(network.annotations())
                .extracting(AnnotationDeclaration::name)
                .containsExactly("Network", "AdamW");
        assertThat(network.annotations().get(0).intValues("input")).containsExactly(28, 97, 1);
        assertThat(network.annotations().get(0).enumValue("loss")).isEqualTo("CROSS_ENTROPY");
        AnnotationDeclaration adamW = network.annotations().get(1);
        assertThat(adamW.doubleValue("learningRate")).isEqualTo(1);
        assertThat(adamW.value("learningRate").explicit()).isTrue();
        assertThat(adamW.pointOf("learningRate").value()).isNotNull();
        assertThat(adamW.doubleValue("beta1")).isEqualTo(0.9);
        assertThat(adamW.value("beta1").explicit()).isFalse();
        assertThat(adamW.pointOf("beta1")).isEqualTo(adamW.point());
        assertThat(network.stages()).extracting(StageDeclaration::name).containsExactly("a", "b");
        assertThat(network.stages().get(0).annotations().get(0).intValue("value"))
                .isEqualTo(12);
        assertThat(network.stages().get(1).annotations())
                .extracting(AnnotationDeclaration::name)
                .containsExactly("Relu", "Dense", "Dropout");
        AnnotationDeclaration dense =
                network.stages().get(1).annotation("Dense").orElseThrow();
        assertThat(dense.intValue("value")).isEqualTo(-1);
        assertThat(dense.enumValue("bias")).isEqualTo("OFF");
    }

    @ParameterizedTest
    @EnumSource
    void readsBlocksOnceInTheOrderInWhichTheyAreReached(CompilerKind compiler) {
        NetworkDeclaration declaration = read(compiler, """
                final class Outer {
                    @Network(input = 8)
                    public static final class Small { C c; A a; C again; }
                    @Block record C(A a, B b, @Relu Layer x) {}
                }
                @Block final class A { Outer.C back; @Relu Layer z; @Relu Layer y; }
                @Block final class B { @Relu Layer only; }
                """);

        assertThat(declaration.blocks()).containsOnlyKeys("demo.Outer.C", "demo.A", "demo.B");
        assertThat(declaration.blocks().keySet()).containsExactly("demo.Outer.C", "demo.A", "demo.B");
        assertThat(declaration.network().networkClassName()).isEqualTo("Outer_SmallNetwork");
        assertThat(declaration.network().isPublic()).isFalse();
        assertThat(declaration.blocks().get("demo.A").stages())
                .extracting(StageDeclaration::name)
                .containsExactly("back", "z", "y");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoModel(CompilerKind compiler) {
        assertThat(faults(compiler, "@Network(input = 8) enum Small { ONE }"))
                .singleElement()
                .asString()
                .startsWith("Small: Small is no class");
        assertThat(faults(compiler, "@Network(input = 8) interface Small {}"))
                .singleElement()
                .asString()
                .startsWith("Small: Small is no class");
        assertThat(faults(compiler, "@Network(input = 8) final class Small { static Layer none; }"))
                .singleElement()
                .asString()
                .startsWith("Small: Small has no stages");
        assertThat(faults(compiler, "@Network(input = 8) final class Small<T> { @Relu Layer a; }"))
                .singleElement()
                .asString()
                .startsWith("Small: Small has type parameters");
        assertThat(
                        faults(
                                compiler,
                                "class Base { @Relu Layer a; } @Network(input = 8) final class Small extends Base { @Relu Layer b; }"))
                .singleElement()
                .asString()
                .startsWith("Small: Small extends demo.Base, whose fields would be no stages");
        assertThat(faults(
                        compiler, "class Outer { @Network(input = 8) private static class Small { @Relu Layer a; } }"))
                .singleElement()
                .asString()
                .startsWith("Small: the class Outer_SmallNetwork that is made for Outer.Small could not see it, "
                        + "because Small is private");
        assertThat(
                        faults(
                                compiler,
                                "class Outer { private static class Mid { @Network(input = 8) static class Small { @Relu Layer a; } } }"))
                .singleElement()
                .asString()
                .contains("because Mid is private");
    }

    @ParameterizedTest
    @EnumSource
    void refusesFieldsThatAreNoStages(CompilerKind compiler) {
        NetworkDeclaration declaration = read(compiler, """
                @Network(input = 8)
                final class Small {
                    int count;
                    Layer[] layers;
                    String text;
                    Other other;
                    @Relu Layer fine;
                }
                @Block @DropPath class Other { @Relu Layer a; }
                """);

        assertThat(declaration.faults())
                .extracting(fault -> fault.point().element().getSimpleName().toString())
                .containsExactly("count", "layers", "text", "Other");
        assertThat(declaration.complete()).isTrue();
        assertThat(declaration.network().stages())
                .extracting(StageDeclaration::known)
                .containsExactly(false, false, false, true, true);
    }

    @ParameterizedTest
    @EnumSource
    void keepsNetworksOutOfNetworks(CompilerKind compiler) {
        Map<String, NetworkDeclaration> read = Graphs.readAll(compiler, """
                @Network(input = 8) final class Small { Part part; Both both; }
                @Network(input = 8) final class Part { @Relu Layer a; }
                @Network(input = 8) @Block final class Both { @Relu Layer a; }
                """);

        assertThat(read.get("Small").faults())
                .extracting(Fault::text)
                .satisfiesExactly(
                        part -> assertThat(part).contains("its type demo.Part is a network"),
                        both -> assertThat(both).startsWith("Both is both a network and a block"));
        assertThat(read.get("Part").faults()).isEmpty();
        assertThat(read.get("Both").faults()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void seesWhenTwoNetworksWouldGiveTheSameClass(CompilerKind compiler) {
        Map<String, NetworkDeclaration> read = Graphs.readAll(compiler, """
                @Network(input = 8) final class Small { @Relu Layer a; }
                final class SmallNetwork {}
                @Network(input = 8) final class Plain { @Relu Layer a; }
                """);

        assertThat(read.get("Small").faults())
                .extracting(Fault::text)
                .containsExactly("the class demo.SmallNetwork that is made for demo.Small exists already. "
                        + "Rename one of the two");
        assertThat(read.get("Plain").nameClash()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void leavesWhatDoesNotResolveToTheCompiler(CompilerKind compiler) {
        for (String stage : List.of(
                "Missing missing;",
                "@Missing Layer missing;",
                "@Dense(MISSING) Layer missing;",
                "@Dropout(p = Missing.P) Layer missing;",
                "@Missing.Inner @Relu Layer missing;",
                "Incomplete incomplete;",
                "Deep deep;",
                "Maybe maybe;")) {
            NetworkDeclaration declaration = read(
                    compiler,
                    "@Network(input = 8) final class Small { " + stage + " @Relu Layer out; }"
                            + "@Block final class Deep { Incomplete deeper; }"
                            + "@Block final class Incomplete { Missing missing; }"
                            + "@Missing final class Maybe { @Relu Layer a; }");
            assertThat(declaration.complete()).as(stage).isFalse();
            assertThat(declaration.faults()).as(stage).isEmpty();
        }
        assertThat(read(compiler, "@Network(input = 8) final class Small extends Missing { @Relu Layer out; }")
                        .complete())
                .isFalse();
        assertThat(read(compiler, "@Network(input = MISSING) final class Small { @Relu Layer out; }")
                        .complete())
                .isFalse();
        if (compiler == CompilerKind.ECJ) {
            // javac does not come to processing.
            assertThat(read(compiler, "@Network final class Small { @Repeat @Relu Layer out; }")
                            .complete())
                    .isFalse();
        }
    }
}
