package io.espalier.processor.graph;

import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Packing;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Role;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Defects;
import io.espalier.processor.operation.ShapePath;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.StageDeclaration;
import java.util.List;
import java.util.Optional;

/** Where residual branches meet their shortcuts: which shapes fit, and what a shortcut must be for them to fit. */
final class Joins {
    private final Defects defects;
    private boolean none = true;

    Joins(Defects defects) {
        this.defects = defects;
    }

    /** Whether no join was laid so far. */
    boolean none() {
        return none;
    }

    /** Whether a residual stage asks for a projection whatever the shapes are. */
    boolean isProjected(StageDeclaration stage) {
        return shortcut(stage).equals("PROJECTION");
    }

    /** Whether a branch can be joined to its shortcut. */
    boolean fit(StageDeclaration stage, Shape skip, Shape branch) {
        return problem(stage, skip, branch).isEmpty();
    }

    /** Says what is wrong with the shapes of a residual stage, if they are known and something is. */
    void check(StageDeclaration stage, Shape skip, Shape branch, ShapePath shapes) {
        problem(stage, skip, branch)
                .ifPresent(text -> defects.shape(residual(stage).point(), text + ". Shapes: " + shapes));
    }

    /** Lays the join behind the branch of a residual stage. */
    void lay(
            RegionBuilder region,
            StageDeclaration stage,
            Node skip,
            Shape in,
            String prefix,
            Optional<DropPathRule> dropPath) {
        none = false;
        Shape branch = region.shape();
        boolean usable = in.isKnown() && branch.isKnown() && residual(stage).usable();
        if (!usable || !fit(stage, in, branch)) {
            Node join = new Node.Join(region.end(), skip, stage, Optional.empty(), dropPath, Shape.UNKNOWN);
            region.add(join, stage.name(), Shape.UNKNOWN);
            return;
        }
        Optional<ParameterSpec> projection = Optional.empty();
        if (isProjected(stage) || !in.equals(branch)) {
            projection = Optional.of(new ParameterSpec(
                    prefix + "shortcut.weight",
                    "shortcut.weight",
                    Role.WEIGHT,
                    Packing.PANELS,
                    List.of(branch.channels(), in.channels())));
        }
        region.add(new Node.Join(region.end(), skip, stage, projection, dropPath, branch), stage.name(), branch);
    }

    private static Optional<String> problem(StageDeclaration stage, Shape skip, Shape branch) {
        if (!skip.isKnown() || !branch.isKnown() || !residual(stage).usable()) {
            return Optional.empty();
        }
        String shortcut = shortcut(stage);
        boolean same = skip.equals(branch);
        String what = "@Residual on '" + stage.name() + "': ";
        String shapes = "what enters the branch is " + skip + " and what leaves it is " + branch;
        if (shortcut.equals("IDENTITY")) {
            return same
                    ? Optional.empty()
                    : Optional.of(
                            what + shapes + ", which an identity shortcut cannot add. End the branch in the shape that "
                                    + "enters it, or leave out shortcut = IDENTITY to let a projection fit them");
        }
        if (same && shortcut.equals("AUTO")) {
            return Optional.empty();
        }
        if (!skip.withChannels(1).equals(branch.withChannels(1))) {
            return Optional.of(
                    what + shapes + ", and a projection keeps the positions: it only brings their channels to "
                            + "another number. Put @Flatten on a stage before this one, or leave the positions as they are");
        }
        long padded = Layout.padded((long) branch.channels()) * skip.channels();
        return padded > Integer.MAX_VALUE
                ? Optional.of(what + "the projection from " + skip + " to " + branch + " has "
                        + (long) skip.channels() * branch.channels() + " weights, " + padded
                        + " with its outputs in whole vectors, at most " + Integer.MAX_VALUE)
                : Optional.empty();
    }

    private static AnnotationDeclaration residual(StageDeclaration stage) {
        return stage.annotation("Residual").orElseThrow();
    }

    private static String shortcut(StageDeclaration stage) {
        return residual(stage).enumValue("shortcut");
    }
}
