package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pass that fuses and orders: kernels become loops, loops and the products beside them routines, routines phases, cut where
 * a kernel needs the whole batch or threads share a wide weight's outputs. Loops grow as long as the bytecode of both
 * directions allows.
 */
final class Schedule {
    private final Mode mode;
    private final boolean backward;
    private final Names names = new Names();
    private final List<Draft.Phase> phases = new ArrayList<>();
    private final List<Kernel> preparation = new ArrayList<>();

    /** The forward routine in which a node's loops stand. */
    private final Map<Lowered, Draft.Part.Routine> routines = new IdentityHashMap<>();

    private List<Draft.Part> parts = new ArrayList<>();
    private Draft.Part.@Nullable Routine open;

    private Schedule(Mode mode, boolean backward) {
        this.mode = mode;
        this.backward = backward;
    }

    /**
     * A pass in phases.
     *
     * @param phases the phases
     * @param preparation what does not depend on the batch
     * @param routines the routine in which each node's last loop stands
     */
    record Cut(List<Draft.Phase> phases, List<Kernel> preparation, Map<Lowered, Draft.Part.Routine> routines) {}

    /**
     * Cuts a forward pass.
     *
     * @param adjointSizes the estimated bytecode of each node's adjoint
     */
    static Cut forward(Mode mode, Lowerer.Forward forward, Map<Lowered, Integer> adjointSizes) {
        Schedule schedule = new Schedule(mode, false);
        Draft.Part.Routine sized = null;
        int forwardSize = 0;
        int bothSizes = 0;
        for (Lowered node : forward.nodes()) {
            int own = CodeSize.of(node.kernels);
            int both = own + adjointSizes.getOrDefault(node, 0);
            if (forwardSize + own > CodeSize.MOST || bothSizes + both > CodeSize.MOST) {
                schedule.closeRoutine();
            }
            node.kernels.forEach(kernel -> schedule.place(kernel, node, name(node)));
            boolean same = schedule.open == sized;
            forwardSize = same ? forwardSize + own : own;
            bothSizes = same ? bothSizes + both : both;
            sized = schedule.open;
        }
        return schedule.finish();
    }

    /** Cuts a backward pass: the adjoints of one forward routine go into one, and no other's into the same. */
    static Cut backward(Differentiator.Backward backward, Cut forward) {
        Schedule schedule = new Schedule(Mode.TRAINING, true);
        Draft.Part.Routine current = null;
        String name = "output";
        for (Differentiator.Step step : backward.steps()) {
            Lowered node = step.node();
            if (node != null) {
                Draft.Part.Routine own = forward.routines().get(node);
                if (current != null && current != own) {
                    schedule.closeRoutine();
                }
                current = own;
                name = own == null ? name(node) : own.name;
            }
            for (Kernel kernel : step.kernels()) {
                schedule.place(kernel, node, node == null ? name + "Shortcut" : name);
            }
            if (schedule.open == null) {
                current = null;
            }
        }
        return schedule.finish();
    }

    /** What a routine that begins with a node is called after. */
    private static String name(Lowered node) {
        return node.stage.isEmpty() ? node.path : node.stage;
    }

    private Cut finish() {
        closePhase();
        return new Cut(List.copyOf(phases), List.copyOf(preparation), routines);
    }

    private void place(Kernel kernel, @Nullable Lowered node, String name) {
        switch (kernel) {
            case Kernel.Pointwise pointwise ->
                loops(name, pointwise, node, pointwise.result().layout())
                        .loop(pointwise.result().layout())
                        .kernels
                        .add(pointwise);
            case Kernel.Accumulate accumulate ->
                loops(name, accumulate, node, rows(accumulate))
                        .loop(rows(accumulate))
                        .kernels
                        .add(accumulate);
            case Kernel.DrawMask draw -> loops(name, draw, node, null).draws.add(draw);
            case Kernel.DrawNormal draw -> loops(name, draw, node, null).draws.add(draw);
            case Kernel.DrawWeight draw -> preparation.add(draw);
            case Kernel.Contraction product -> product(product, node, name);
            case Kernel.Call call -> call(call);
            case Kernel.BatchReduction ignored -> throw new IllegalStateException("a reduction among the kernels");
            case Kernel.LibraryCall call -> {
                switch (call.space()) {
                    case EXAMPLES, ELEMENTS ->
                        loops(name, call, node, rows(call)).pieces.add(new Draft.Call(call));
                    case PARAMETERS -> {
                        if (mode.isTraining()) {
                            throw new IllegalStateException(call + ": nothing is prepared for a step but weights");
                        }
                        preparation.add(call);
                    }
                    case BATCH -> alone(call, call.writes().getFirst().path());
                }
            }
        }
    }

    /** The rows that a kernel goes over: of what it reads, since it may give something else. */
    private static Layout rows(Kernel kernel) {
        return kernel.reads().stream()
                .filter(Value::isRows)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(kernel + " reads no features"))
                .layout();
    }

    /** The routine for loops and what belongs to them; not one that has gone on to its last products. */
    private Draft.Part.Routine loops(String name, Kernel kernel, @Nullable Lowered node, @Nullable Layout rows) {
        boolean others = open != null && rows != null && open.positions != 0 && open.positions != rows.loopPositions();
        if (open != null && (!open.lastProducts.isEmpty() || others)) {
            closeRoutine();
        }
        Draft.Part.Routine routine = routine(name, kernel, node);
        if (rows != null) {
            routine.positions = rows.loopPositions();
        }
        return routine;
    }

    private Draft.Part.Routine routine(String name, Kernel kernel, @Nullable Lowered node) {
        Draft.Part.Routine routine = open;
        if (routine == null) {
            // A stage with several routines: the later ones are called after their first operations too.
            routine = new Draft.Part.Routine(
                    names.isTaken(name) && node != null && !backward ? names.unique(node.path) : names.unique(name));
            open = routine;
        }
        for (Value value : kernel.writes()) {
            routine.produced.add(Timeline.base(value));
        }
        routine.addsShortcut |= node == null && kernel instanceof Kernel.Pointwise;
        if (node != null) {
            routine.nodes.add(node);
            routines.put(node, routine);
        }
        return routine;
    }

    private void product(Kernel.Contraction product, @Nullable Lowered node, String name) {
        Draft.Part.Routine routine = open;
        boolean wide = mode.isTraining() && product.weight().isWide();
        boolean has = routine != null && routine.produced.contains(Timeline.base(product.source()));
        // What it takes was ready before the routine, whose loops need not be cut for it.
        boolean before = routine != null && !has && !routine.pieces.isEmpty() && routine.lastProducts.isEmpty();
        if (wide) {
            if (before) {
                open = null;
            }
            alone(product, product.result().path());
            if (before) {
                open = routine;
            }
        } else if (before) {
            routine(name, product, node).products.add(product);
        } else if (has && backward) {
            routine(name, product, node).lastProducts.add(product);
        } else {
            if (routine != null && !(routine.pieces.isEmpty() && routine.lastProducts.isEmpty() && !has)) {
                closeRoutine();
            }
            routine(name, product, node).products.add(product);
        }
    }

    private void call(Kernel.Call call) {
        closeRoutine();
        if (call.run().callee().code(mode).synchronizes()) {
            alone(call, call.run().name());
        } else {
            parts.add(new Draft.Part.Inline(call));
        }
    }

    private void alone(Kernel kernel, String name) {
        if (!mode.isTraining()) {
            throw new IllegalStateException(kernel + " needs the whole batch, which only training has at once");
        }
        closePhase();
        phases.add(new Draft.Phase.Alone(kernel, name));
    }

    private void closeRoutine() {
        Draft.Part.Routine routine = open;
        if (routine != null) {
            parts.add(routine);
            open = null;
        }
    }

    private void closePhase() {
        closeRoutine();
        if (!parts.isEmpty()) {
            phases.add(new Draft.Phase.Examples(parts));
            parts = new ArrayList<>();
        }
    }
}
