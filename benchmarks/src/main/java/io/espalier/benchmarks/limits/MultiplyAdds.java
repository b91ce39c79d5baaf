package io.espalier.benchmarks.limits;

import io.espalier.kernel.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused multiply-adds in registers. Twelve chains hide the latency: processors of today finish a vector after four cycles
 * and start two a cycle, so that eight are needed; twelve and their two operands still fit sixteen registers.
 */
public final class MultiplyAdds implements Probe {
    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int CHAINS = 12;

    /**
     * Lanes that each chain goes through in a pass; not vectors, so that a pass does the same at any width of them. Some ten
     * thousand turns: a longer loop stays in the interpreter for many seconds.
     */
    private static final int LANES = 160_000;

    private static final int LENGTH = LANES / FLOATS.length();

    /** Floating-point operations of a pass. */
    static final double OPERATIONS = 2.0 * CHAINS * LANES;

    private final float[] operands = {0.5f, 1f};

    @Override
    public float pass() {
        return run(operands[0], operands[1]);
    }

    private static float run(float factor, float term) {
        FloatVector x = FloatVector.broadcast(FLOATS, factor);
        FloatVector y = FloatVector.broadcast(FLOATS, term);
        // Each chain starts elsewhere: of equal ones the compiler might keep one.
        FloatVector a = y;
        FloatVector b = a.add(x);
        FloatVector c = b.add(x);
        FloatVector d = c.add(x);
        FloatVector e = d.add(x);
        FloatVector f = e.add(x);
        FloatVector g = f.add(x);
        FloatVector h = g.add(x);
        FloatVector i = h.add(x);
        FloatVector j = i.add(x);
        FloatVector k = j.add(x);
        FloatVector l = k.add(x);
        for (int n = 0; n < LENGTH; n++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        return a.add(b)
                .add(c.add(d))
                .add(e.add(f).add(g.add(h)))
                .add(i.add(j).add(k.add(l)))
                .reduceLanes(VectorOperators.ADD);
    }
}
