package io.espalier.benchmarks.curve;

import io.espalier.CompiledNetwork;
import io.espalier.benchmarks.workload.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A network and a size of batch.
 *
 * @param axis what grows from one point to the next
 * @param name what it has grown to
 * @param batch examples of a step
 * @param network makes the network from a seed
 */
record Point(Axis axis, String name, int batch, LongFunction<CompiledNetwork> network) {
    private static final int EXAMPLES = 128;

    /** Examples of a step where the parameters are many: their update is to count. */
    private static final int FEW_EXAMPLES = 32;

    /** All points, axis by axis, each from small to large. */
    static List<Point> all() {
        List<Point> points = new ArrayList<>();
        points.add(new Point(Axis.DEPTH, "4 branches", EXAMPLES, Models_Depth4Network::create));
        points.add(new Point(Axis.DEPTH, "16 branches", EXAMPLES, Models_Depth16Network::create));
        points.add(new Point(Axis.DEPTH, "64 branches", EXAMPLES, Models_Depth64Network::create));
        points.add(new Point(Axis.DEPTH, "256 branches", EXAMPLES, Models_Depth256Network::create));
        points.add(new Point(Axis.WIDTH, "64 wide", EXAMPLES, Models_Width64Network::create));
        points.add(new Point(Axis.WIDTH, "128 wide", EXAMPLES, Models_Width128Network::create));
        points.add(new Point(Axis.WIDTH, "256 wide", EXAMPLES, Models_Width256Network::create));
        points.add(new Point(Axis.WIDTH, "512 wide", EXAMPLES, Models_Width512Network::create));
        points.add(new Point(Axis.WIDTH, "1024 wide", EXAMPLES, Models_Width1024Network::create));
        points.add(new Point(Axis.WIDTH, "2048 wide", EXAMPLES, Models_Width2048Network::create));
        for (int batch = 1; batch <= 4096; batch *= 4) {
            points.add(new Point(Axis.BATCH, "W1", batch, seed -> Recipe.W1.network(true)));
        }
        points.add(new Point(Axis.PARAMETERS, "2 of 2048²", FEW_EXAMPLES, Models_Large2Network::create));
        points.add(new Point(Axis.PARAMETERS, "6 of 2048²", FEW_EXAMPLES, Models_Large6Network::create));
        points.add(new Point(Axis.PARAMETERS, "24 of 2048²", FEW_EXAMPLES, Models_Large24Network::create));
        return points;
    }
}
