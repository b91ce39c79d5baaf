package io.espalier.processor.emit;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the code of regions uses, that of regions which they run included. Each is asked once: regions nest. */
final class CodeUse {
    private final NetworkProgram network;
    private final Map<Code, Boolean> forwardTiles = new IdentityHashMap<>();
    private final Map<Code, Boolean> backwardTiles = new IdentityHashMap<>();
    private final Map<Code, Boolean> builders = new IdentityHashMap<>();

    CodeUse(NetworkProgram network) {
        this.network = network;
    }

    private static boolean once(Map<Code, Boolean> known, Code code, BooleanSupplier answer) {
        Boolean before = known.get(code);
        if (before == null) {
            before = answer.getAsBoolean();
            known.put(code, before);
        }
        return before;
    }

    /** Whether a value lies in a tile: its rows are counted from the first of the task, not from that of the batch. */
    static boolean isInTile(Memory memory, Storage storage) {
        return switch (storage.kind()) {
            case TILE -> true;
            case GRADIENT, INPUT_GRADIENT -> memory.gradient() == Storage.Kind.TILE;
            case INPUT, OWN, SHARED, OUTPUT, RUN -> false;
        };
    }

    /** The arguments of a method of a pass over some examples. */
    static String arguments(boolean inTiles) {
        return inTiles ? "from, to, worker" : "from, to";
    }

    /** Whether a pass works in tiles: then it must know whose. */
    boolean tiles(Code code, boolean backward) {
        return backward
                ? once(backwardTiles, code, () -> tiles(code, code.backward()))
                : once(forwardTiles, code, () -> tiles(code, code.forward()));
    }

    /** Whether some phases work in tiles. */
    boolean tiles(Code code, List<Phase> phases) {
        return phases.stream()
                .anyMatch(phase -> phase instanceof Phase.Examples examples
                        && examples.parts().stream().anyMatch(part -> tiles(code, part)));
    }

    /** Whether a part of a phase works in tiles, or what it runs does. */
    boolean tiles(Code code, Part part) {
        return switch (part) {
            case Part.Inline inline -> {
                Kernel.Call call = inline.call();
                yield tiles(call.run().callee().code(code.mode()), call.backward());
            }
            case Part.Routine routine -> {
                Memory memory = network.memory(code);
                yield routine.kernels().stream()
                        .flatMap(kernel -> Stream.concat(kernel.reads().stream(), kernel.writes().stream()))
                        .map((Value value) -> memory.storage().get(value))
                        .filter(Objects::nonNull)
                        .anyMatch(storage -> isInTile(memory, storage));
            }
        };
    }

    /** Whether a region takes something from the builder when it is made. */
    boolean builder(Code code) {
        return once(builders, code, () -> {
            boolean hasArrays = network.memory(code).storage().entrySet().stream()
                    .anyMatch(entry -> entry.getValue().kind() == Storage.Kind.OWN
                            && entry.getKey().layout().per() != Layout.Per.BATCH);
            return hasArrays
                    || !code.reductions().isEmpty()
                    || Stream.concat(code.preparation().stream(), code.kernels().stream())
                            .anyMatch(kernel -> switch (kernel) {
                                case Kernel.DrawMask ignored -> true;
                                case Kernel.DrawNormal ignored -> true;
                                case Kernel.DrawWeight ignored -> true;
                                case Kernel.Contraction product -> product.backward();
                                case Kernel.Call call ->
                                    builder(call.run().callee().code(code.mode()));
                                default -> false;
                            });
        });
    }
}
