package io.espalier.processor.graph;

import io.espalier.processor.operation.Defect;
import io.espalier.processor.read.NetworkDeclaration;
import java.util.List;
import java.util.Map;

/**
 * The typed graph of a network.
 *
 * @param declaration what it was built from
 * @param root the network's own region
 * @param training optimizer and penalties
 * @param branches how many residual branches each drop path annotation governs, repeats counted
 * @param defects what is wrong, in the order in which it was met
 */
public record NetworkGraph(
        NetworkDeclaration declaration,
        Region root,
        TrainingSettings training,
        Map<DropPathRule, Long> branches,
        List<Defect> defects) {}
