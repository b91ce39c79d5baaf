package io.espalier.eclipse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who edits one file after the other in Eclipse, which compiles only what changed and what names it. */
@Tag("long")
class IncrementalBuildTest {
    private static final String NETWORK = "demo/SmallNetwork.java";

    @TempDir
    private static Path directory;

    private static Eclipse eclipse;

    @BeforeAll
    static void start() throws Exception {
        eclipse = new Eclipse(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        eclipse.stop();
    }

    private static String source(String types) {
        return "package demo;\nimport io.espalier.Layer;\nimport io.espalier.annotation.*;\n" + types + "\n";
    }

    private static void savePart(EclipseProject project, String stages) {
        project.save("demo/Part.java", source("@Block final class Part { " + stages + " }"));
    }

    private static void saveNetwork(EclipseProject project, String stages) {
        project.save("demo/Small.java", source("@Network(input = 8) final class Small { " + stages + " }"));
    }

    /** A network, a block in a file of its own whose fields are not in alphabetical order, and what uses the network. */
    private static EclipseProject project(String name) throws Exception {
        EclipseProject project = eclipse.project(name);
        savePart(project, "@Dense(times = 2) @Relu Layer zoom; @Dense(Width.BRANCH) Layer back;");
        saveNetwork(project, "@Residual Part part; @Dense(2) Layer out;");
        project.save("demo/User.java", "package demo; class User { SmallNetwork network = SmallNetwork.create(1); }");
        assertThat(project.buildAll()).isEmpty();
        assertThat(project.generated()).containsOnlyKeys(NETWORK);
        return project;
    }

    /** After a change, the incremental build leaves what a build of everything would. */
    private static void assertAsAfterBuildingAll(EclipseProject project) {
        Map<String, String> generated = project.generated();
        assertThat(project.buildAll()).isEmpty();
        assertThat(generated).isEqualTo(project.generated());
    }

    @Test
    void compilesANetworkAgainstTheClassFileOfItsBlock() throws Exception {
        EclipseProject project = project("network");
        saveNetwork(project, "@Residual Part part; @Dense(3) Layer out;");
        assertThat(project.buildChanged()).isEmpty();
        assertThat(project.generated().get(NETWORK)).contains("\"units\", \"3\"");
        assertAsAfterBuildingAll(project);
    }

    @Test
    void compilesANetworkAgainWhenItsBlockChanges() throws Exception {
        EclipseProject project = project("block");
        savePart(project, "@Dense(times = 4) @Relu Layer zoom; @Tanh Layer act; @Dense(Width.BRANCH) Layer back;");
        assertThat(project.buildChanged()).isEmpty();
        assertThat(project.generated().get(NETWORK)).contains("\"units\", \"32\"", "Tanh");
        assertAsAfterBuildingAll(project);
    }

    @Test
    void showsFindingsWhenTheyAriseAndTakesThemAway() throws Exception {
        EclipseProject project = project("findings");
        for (int round = 0; round < 2; round++) {
            saveNetwork(project, "@Residual Part part;\n@Dense(2)\n@Softmax\nLayer out;");
            assertThat(project.buildChanged()).singleElement().satisfies(problem -> {
                assertThat(problem.text()).startsWith("[SoftmaxBeforeCrossEntropy]");
                assertThat(problem)
                        .extracting(Problem::file, Problem::line, Problem::error)
                        .containsExactly("src/demo/Small.java", 6, true);
            });
            saveNetwork(project, "@Residual Part part; @Dense(2) Layer out;");
            assertThat(project.buildChanged()).isEmpty();
            assertAsAfterBuildingAll(project);

            savePart(project, "@Dense(times = 2) @Relu Layer zoom; @Dense(Width.BRANCH) @Dropout(p = 2) Layer back;");
            assertThat(project.buildChanged()).singleElement().satisfies(problem -> {
                assertThat(problem.text())
                        .startsWith("[ProbabilityRange]")
                        .endsWith("(This stands in demo.Part.back, where the compiler cannot point.)");
                assertThat(problem.file()).isEqualTo("src/demo/Small.java");
            });
            assertThat(project.buildAll())
                    .singleElement()
                    .extracting(Problem::file)
                    .isEqualTo("src/demo/Part.java");
            savePart(project, "@Dense(times = 2) @Relu Layer zoom; @Dense(Width.BRANCH) Layer back;");
            assertThat(project.buildChanged()).isEmpty();
            assertAsAfterBuildingAll(project);
        }
    }

    @Test
    void waitsForABlockThatAnotherProcessorWrites() throws Exception {
        EclipseProject project = eclipse.project("rounds");
        project.save("demo/Seed.java", "package demo; @Deprecated class Seed {}");
        saveNetwork(project, "@Residual SeedBlock block; @Dense(2) Layer out;");
        assertThat(errors(project.buildAll())).isEmpty();
        assertThat(project.generated()).containsOnlyKeys("demo/SeedBlock.java", NETWORK);
        assertThat(project.generated().get(NETWORK)).contains("\"units\", \"16\"");

        saveNetwork(project, "@Residual SeedBlock block; @Dense(3) Layer out;");
        assertThat(errors(project.buildChanged())).isEmpty();
        assertThat(project.generated().get(NETWORK)).contains("\"units\", \"16\"", "\"units\", \"3\"");
    }

    @Test
    void seesANameThatIsTaken() throws Exception {
        EclipseProject project = eclipse.project("taken");
        project.save("demo/SmallNetwork.java", "package demo; class SmallNetwork {}");
        saveNetwork(project, "@Dense(2) Layer out;");
        assertThat(project.buildAll()).anySatisfy(problem -> assertThat(problem.text())
                .startsWith("[UnknownStructure]")
                .contains("exists already"));
    }

    @Test
    void takesRecordsFromLibrariesAndRefusesClasses() throws Exception {
        EclipseProject project = eclipse.project("library", library());
        saveNetwork(project, "@Residual Whole whole; One one; @Dense(2) Layer out;");
        assertThat(project.buildAll()).isEmpty();
        saveNetwork(project, "@Residual Several several; @Dense(2) Layer out;");
        assertThat(project.buildChanged()).singleElement().satisfies(problem -> assertThat(problem.text())
                .startsWith("[UnknownStructure] demo.Several comes from a class file")
                .contains("Make it a record"));
    }

    @Test
    void heedsOptionsAndSuppressions() throws Exception {
        EclipseProject project = project("options");
        String stages = "@Dense(2) @Softmax Layer out;";
        saveNetwork(project, stages);
        assertThat(project.buildAll()).hasSize(1);
        project.processorOption("espalier.lint", "SoftmaxBeforeCrossEntropy:warning");
        assertThat(project.buildAll()).singleElement().matches(problem -> !problem.error());
        saveNetwork(project, "@SuppressWarnings(\"espalier:SoftmaxBeforeCrossEntropy\") " + stages);
        assertThat(project.buildAll()).singleElement().satisfies(problem -> assertThat(problem.text())
                .startsWith("Unsupported @SuppressWarnings(\"espalier:"));
        project.setting("org.eclipse.jdt.core.compiler.problem.unhandledWarningToken", "ignore");
        assertThat(project.buildAll()).isEmpty();
    }

    /** What docs/editors.md warns of: Eclipse asks which classes name the changed one, and whether it changed for them. */
    @Test
    void leavesNetworksAsTheyAreWhereEclipseSeesNoDependence() throws Exception {
        EclipseProject project = project("limits");
        String before = project.generated().get(NETWORK);
        savePart(project, "@Dense(Width.BRANCH) Layer back; @Dense(times = 2) @Relu Layer zoom;");
        assertThat(project.buildChanged()).isEmpty();
        assertThat(project.generated().get(NETWORK)).isEqualTo(before);

        savePart(project, "@Residual Deep deep; @Relu Layer act;");
        project.save(
                "demo/Deep.java", source("@Block final class Deep { @Dense(5) @Relu Layer a; @Dense(8) Layer b; }"));
        assertThat(project.buildChanged()).isEmpty();
        String nested = project.generated().get(NETWORK);
        assertThat(nested).contains("\"units\", \"5\"");
        project.save(
                "demo/Deep.java", source("@Block final class Deep { @Dense(6) @Relu Layer a; @Dense(8) Layer b; }"));
        assertThat(project.buildChanged()).isEmpty();
        assertThat(project.generated().get(NETWORK)).isEqualTo(nested);

        assertThat(project.buildAll()).isEmpty();
        assertThat(project.generated().get(NETWORK)).contains("\"units\", \"6\"");
    }

    private static List<Problem> errors(List<Problem> problems) {
        return problems.stream().filter(Problem::error).toList();
    }

    /** A jar with blocks of all forms. */
    private static Path library() throws IOException {
        Path source = Files.createDirectories(directory.resolve("library")).resolve("Library.java");
        Files.writeString(source, source("""
                        @Block record Whole(@Dense(times = 2) @Relu Layer zoom, @Dense(Width.BRANCH) Layer back) {}
                        @Block class One { @Tanh Layer only; }
                        @Block class Several { @Dense(times = 2) @Relu Layer zoom; @Dense(Width.BRANCH) Layer back; }
                        """));
        Path classes = Files.createDirectories(directory.resolve("library-classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
        assertThat(result).isZero();
        return Jars.write(directory.resolve("library.jar"), Map.of(), Jars.files(classes, ""));
    }
}
