package io.espalier.samples.verification;

import io.espalier.CompiledNetwork;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models at the edges of the language against the reference. */
class EdgeGradientsTest {
    private static void check(String name, LongFunction<CompiledNetwork> create, int rows, double tolerance) {
        long seed = Seeds.draw(name + ", " + rows + " rows");
        new GradientCheck(create.apply(seed), seed)
                .tolerance(tolerance)
                .entries(5)
                .run(rows, 2);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {2, 19, 33})
    void widthOne(int rows) {
        check("width 1", EdgeModels_WidthOneNetwork::create, rows, 2e-5);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {19, 33})
    void wide(int rows) {
        check("wide", EdgeModels_WideNetwork::create, rows, 2e-5);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 19, 33})
    void branchesWithoutParameters(int rows) {
        check("bare branches", EdgeModels_BareBranchesNetwork::create, rows, 2e-5);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 19, 33})
    void extremeProbabilities(int rows) {
        check("probabilities", EdgeModels_ProbabilitiesNetwork::create, rows, 2e-5);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {19, 33})
    void normsInARow(int rows) {
        check("norms", EdgeModels_NormsNetwork::create, rows, 2e-4);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 19, 33})
    void branchesThatStartAndEndTogether(int rows) {
        check("joints", EdgeModels_JointsNetwork::create, rows, 2e-5);
    }
}
