package io.espalier.processor.graph;

import io.espalier.processor.ir.ParameterSpec;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Counts over whole networks, repeats and reuse multiplied; where a count would leave a {@code long}, it stays at the largest. */
final class Counts {
    private final Map<Region, Map<DropPathRule, Long>> branches = new IdentityHashMap<>();
    private final Map<Region, Long> parameters = new IdentityHashMap<>();
    private final Map<Region, Long> values = new IdentityHashMap<>();
    private final Map<Region, Long> runs = new IdentityHashMap<>();

    /** How many residual branches each drop path rule governs in one run of a region. */
    Map<DropPathRule, Long> branches(Region region) {
        Map<DropPathRule, Long> known = branches.get(region);
        if (known != null) {
            return known;
        }
        Map<DropPathRule, Long> counts = new LinkedHashMap<>();
        for (Node node : region.nodes()) {
            if (node instanceof Node.Join join) {
                join.dropPath().ifPresent(rule -> counts.merge(rule, 1L, Counts::plus));
            } else if (node instanceof Node.Run run) {
                branches(run.body())
                        .forEach((rule, count) -> counts.merge(rule, times(count, run.times()), Counts::plus));
            }
        }
        branches.put(region, counts);
        return counts;
    }

    /** How many values one run of a region has in memory, padding included. */
    long values(Region region) {
        return sum(region, values, ParameterSpec::paddedSize);
    }

    /** How many regions one run of a region runs in turn. */
    long runs(Region region) {
        Long known = runs.get(region);
        if (known != null) {
            return known;
        }
        long sum = 0;
        for (Node node : region.nodes()) {
            if (node instanceof Node.Run run) {
                sum = plus(sum, times(plus(1, runs(run.body())), run.times()));
            }
        }
        runs.put(region, sum);
        return sum;
    }

    /** How many parameter values one run of a region has. */
    long parameters(Region region) {
        return sum(region, parameters, ParameterSpec::size);
    }

    private static long sum(Region region, Map<Region, Long> parameters, ToLongFunction<ParameterSpec> size) {
        Long known = parameters.get(region);
        if (known != null) {
            return known;
        }
        long sum = 0;
        for (Node node : region.nodes()) {
            sum = plus(
                    sum,
                    switch (node) {
                        case Node.Input input -> 0;
                        case Node.Apply apply ->
                            apply.parameters().stream().mapToLong(size).sum();
                        case Node.Join join ->
                            join.projection().map(size::applyAsLong).orElse(0L);
                        case Node.Run run -> times(sum(run.body(), parameters, size), run.times());
                    });
        }
        parameters.put(region, sum);
        return sum;
    }

    private static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private static long times(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }
}
