package io.espalier.samples.verification;

import io.espalier.CompiledNetwork;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Blocks through which examples become longer or shorter, by the reference, with several tasks on several threads: what one
 * thread writes must not lie where another still reads.
 */
class BlockGradientsTest {
    private static void check(String name, LongFunction<CompiledNetwork> create, int rows, double tolerance) {
        long seed = Seeds.draw(name + ", " + rows + " examples");
        new GradientCheck(create.apply(seed), seed)
                .tolerance(tolerance)
                .entries(3)
                .run(rows, 3);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {19, 65, 300})
    void acrossPhases(int rows) {
        check("widths", BlockModels_WidthsNetwork::create, rows, 5e-4);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {19, 65, 300})
    void inTiles(int rows) {
        check("tiled", BlockModels_TiledNetwork::create, rows, 1e-4);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {19, 65})
    void flattened(int rows) {
        check("flattened", BlockModels_FlattenedNetwork::create, rows, 1e-4);
    }

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {19, 65})
    void handedOn(int rows) {
        check("viewed", BlockModels_ViewedNetwork::create, rows, 1e-4);
    }
}
