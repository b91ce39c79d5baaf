package io.espalier.processor.plan;

import java.util.List;

/**
 * A network as it is emitted.
 *
 * @param model its names
 * @param training how it is trained
 * @param root the network's own region
 * @param regions the other regions, each before those that run it
 * @param monteCarlo whether Monte-Carlo sampling is emitted
 */
public record NetworkPlan(
        ModelName model, TrainingPlan training, RegionPlan root, List<RegionPlan> regions, boolean monteCarlo) {}
