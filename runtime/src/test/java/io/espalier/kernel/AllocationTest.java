package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled kernels allocate nothing: a vector that escapes its method would show here. */
class AllocationTest {

    @ParameterizedTest
    @ValueSource(ints = {64, 32, 16})
    void compiledKernelsAllocateNothing(int vectorBytes) throws Exception {
        allocateNothing("-XX:MaxVectorSize=" + vectorBytes);
    }

    /** As when callers are compiled before what they call, which else is not inlined for the size that it has come to. */
    @Test
    void kernelsThatAreInlinedAsAWholeAllocateNothing() throws Exception {
        allocateNothing("-XX:InlineSmallCode=20000");
    }

    private static void allocateNothing(String option) throws Exception {
        // A virtual machine of its own, where no other test has shaped the compiler's profiles. Compilation in the
        // foreground: when a method has run often enough, it is compiled.
        List<String> options = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector", "-Xbatch"));
        options.add("-XX:CompileThresholdScaling=0.05");
        options.add(option);
        ChildProcess.Result result = ChildProcess.run(options, KernelAllocations.class);
        assertThat(result.status()).as(result.output()).isZero();
        Map<String, Long> bytes = result.output()
                .lines()
                .filter(line -> line.matches("[a-zA-Z ]+=[0-9]+"))
                .map(line -> line.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
        assertThat(bytes).hasSizeGreaterThan(15);
        assertThat(bytes)
                .allSatisfy((kernel, count) -> assertThat(count).as(kernel).isZero());
    }
}
