package io.espalier.processor.emit;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which methods need to know whose tiles they work in.
 *
 * @param network all programs
 */
record TileUse(NetworkProgram network) {
    /** Whether a value lies in a tile: its rows are counted from the first of the task, not from that of the batch. */
    static boolean isInTile(Memory memory, Storage storage) {
        return switch (storage.kind()) {
            case TILE -> true;
            case GRADIENT -> memory.gradient() == Storage.Kind.TILE;
            case INPUT, OWN, SHARED, OUTPUT, RUN -> false;
        };
    }

    /** Whether some phase of a pass works in tiles. */
    boolean of(Code code, List<Phase> pass) {
        return pass.stream()
                .anyMatch(phase -> phase instanceof Phase.Examples examples
                        && examples.parts().stream().anyMatch(part -> of(code, part)));
    }

    /** Whether a part of a phase works in tiles, or what it runs does. */
    boolean of(Code code, Part part) {
        return switch (part) {
            case Part.Inline inline -> {
                Kernel.Call call = inline.call();
                Code callee = call.run().callee().code(code.mode());
                yield of(callee, call.backward() ? callee.backward() : callee.forward());
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

    /** The arguments of a method of a pass over some examples. */
    static String arguments(boolean inTiles) {
        return inTiles ? "from, to, worker" : "from, to";
    }
}
