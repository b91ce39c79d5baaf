package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Region;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Role;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The parameters of some roles that a network really has.
 *
 * @param count how many, repeats counted
 * @param first the names of the first few
 */
record ParameterCensus(long count, List<String> first) {
    private static final int NAMED = 2;
    private static final ParameterCensus NOTHING = new ParameterCensus(0, List.of());

    /** Counts a network's parameters of the roles that a predicate accepts. */
    static ParameterCensus of(Region root, Predicate<Role> roles) {
        Map<Region, ParameterCensus> known = new IdentityHashMap<>();
        ParameterCensus last = NOTHING;
        for (Region region : Regions.innerFirst(root)) {
            last = of(region, roles, known);
            known.put(region, last);
        }
        return last;
    }

    private static ParameterCensus of(Region region, Predicate<Role> roles, Map<Region, ParameterCensus> known) {
        long count = 0;
        List<String> names = new ArrayList<>();
        for (Node node : region.nodes()) {
            for (ParameterSpec parameter : parameters(node)) {
                if (roles.test(parameter.role())) {
                    count++;
                    names.add(parameter.name());
                }
            }
            if (node instanceof Node.Run run) {
                ParameterCensus inside = known.getOrDefault(run.body(), NOTHING);
                count += Regions.repeated(run.times(), inside.count());
                String prefix = run.stage().name() + (run.repeated() ? ".0." : ".");
                inside.first().forEach(name -> names.add(prefix + name));
            }
        }
        return new ParameterCensus(
                count, names.subList(0, Math.min(names.size(), NAMED)).stream().toList());
    }

    private static List<ParameterSpec> parameters(Node node) {
        if (node instanceof Node.Apply apply) {
            return apply.parameters();
        }
        return node instanceof Node.Join join ? join.projection().stream().toList() : List.of();
    }
}
