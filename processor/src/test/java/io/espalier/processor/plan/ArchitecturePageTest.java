package io.espalier.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.graph.GraphText;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.ProgramText;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Golden;
import io.espalier.processor.testing.Graphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about the architecture follows a small model through the passes: what it shows of them is what they print. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", ""))
            .resolve("../docs/architecture.md")
            .normalize();

    private static final Pattern DUMP =
            Pattern.compile("(<!-- dump: (\\w+) -->\\n```\\w+\\n)(.*?)(```\\n)", Pattern.DOTALL);

    private static final Pattern MODEL = Pattern.compile("```java\\n(@Network.*?)```\\n", Pattern.DOTALL);

    @Test
    void showsWhatThePassesPrint() throws IOException {
        String page = Files.readString(PAGE);
        Matcher model = MODEL.matcher(page);
        assertThat(model.find()).as("the page has its model").isTrue();
        Map<String, String> dumps = dumps(model.group(1));
        Matcher dump = DUMP.matcher(page);
        StringBuilder rewritten = new StringBuilder();
        List<String> found = new ArrayList<>();
        while (dump.find()) {
            String name = dump.group(2);
            String text = dumps.get(name);
            assertThat(text).as(name).isNotNull();
            found.add(name);
            dump.appendReplacement(
                    rewritten, Matcher.quoteReplacement(dump.group(1) + text.stripTrailing() + "\n" + dump.group(4)));
        }
        dump.appendTail(rewritten);

        assertThat(found).containsExactlyInAnyOrderElementsOf(dumps.keySet());
        Golden.check(PAGE, rewritten.toString());
    }

    private static Map<String, String> dumps(String model) {
        NetworkGraph graph = Graphs.build(CompilerKind.JAVAC, model);
        Map<String, String> dumps = new LinkedHashMap<>();
        dumps.put("graph", GraphText.of(graph));
        NetworkProgram network = Planner.plan(graph);
        RegionProgram mix = network.regions().getFirst();
        Region region = graph.root().nodes().stream()
                .filter(Node.Run.class::isInstance)
                .map(node -> ((Node.Run) node).body())
                .findFirst()
                .orElseThrow();
        Placement placement = new Placement(graph.training(), "Mix.", new Names(), rule -> 0);
        Lowerer.Forward forward = new Lowerer(region, true, Mode.TRAINING, placement, inner -> {
                    throw new AssertionError("a region in the region");
                })
                .lower();
        dumps.put("lowered", ProgramText.of(forward.kernels()));
        Differentiator.Backward backward = DeadKernels.remove(Differentiator.differentiate(placement, forward, false));
        dumps.put("differentiated", ProgramText.of(backward.kernels()) + ProgramText.of(backward.reductions()));
        Code code = mix.code(Mode.TRAINING);
        dumps.put("scheduled", ProgramText.ofPhases(code.forward()) + ProgramText.ofPhases(code.backward()));
        dumps.put(
                "memory",
                ProgramText.of(code, network.memory(code))
                        + ProgramText.of(mix.code(Mode.PREDICTION), network.memory(mix.code(Mode.PREDICTION))));
        dumps.put("offsets", offsets(mix));
        String source = emitted(model);
        dumps.put("backForward", method(source, "private void backForward(int from"));
        dumps.put("backBackward", method(source, "private void backBackward(int from"));
        dumps.put("loop", method(source, "static void joined(int from"));
        dumps.put(
                "training",
                String.join(
                        "\n\n",
                        method(source, "Training(StepBuilder"),
                        method(source, "private void forward(int from"),
                        method(source, "private void register("),
                        method(source, "public void phase(")));
        return dumps;
    }

    private static String offsets(RegionProgram region) {
        StringBuilder text = new StringBuilder();
        for (Parameter parameter : region.parameters()) {
            text.append("%-10s %5d  %s %s%n"
                    .formatted(
                            parameter.section().name().toLowerCase(Locale.ROOT),
                            parameter.offset(),
                            parameter.name(),
                            parameter.shape()));
        }
        return text.append("in all ")
                .append(region.sizes())
                .append(", ")
                .append(region.streams())
                .append(" streams, ")
                .append(region.branches())
                .append(" branches\n")
                .toString();
    }

    private static String emitted(String model) {
        Compilation compilation = Compilations.with(CompilerKind.JAVAC)
                .processor(new EspalierProcessor())
                .source("demo/Models.java", Graphs.source(model))
                .options("-Aespalier.lint=all:off")
                .compile();
        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        return compilation.generated("demo.IrisNetwork");
    }

    /** The first method of the emitted class that begins so, with its comment if it has one, as far to the left as it goes. */
    private static String method(String source, String beginning) {
        Matcher method = Pattern.compile(
                        "\\n( *)(?:/\\*\\*\\n(?: *\\*[^\\n]*\\n)+\\1)?" + Pattern.quote(beginning) + ".*?\\n\\1\\}\\n",
                        Pattern.DOTALL)
                .matcher(source);
        assertThat(method.find()).as(beginning).isTrue();
        return method.group().substring(1).stripTrailing().stripIndent();
    }
}
