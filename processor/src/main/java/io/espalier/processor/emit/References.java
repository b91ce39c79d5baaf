package io.espalier.processor.emit;

import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Section;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Weight;
import java.util.Locale;

/**
 * How emitted code of a region names what lies elsewhere.
 *
 * @param network the whole
 * @param region the region
 * @param loops the loops of all regions
 * @param uses what the code of all regions uses
 */
record References(NetworkProgram network, RegionProgram region, Loops loops, CodeUse uses) {
    /** Those of the network itself. */
    static References of(NetworkProgram network) {
        return new References(network, network.root(), new Loops(), new CodeUse(network));
    }

    /** The same of a region of the network. */
    References of(RegionProgram other) {
        return new References(network, other, loops, uses);
    }

    /** The offset of a parameter among the network's: the network's own are constants, a region's lie after its start. */
    String offset(Parameter parameter) {
        return region.isRoot() ? parameter.constant() : section(parameter.section()) + " + " + parameter.constant();
    }

    /** The offset of a weight, which may be a later matrix of its parameter. */
    String offset(Weight weight) {
        return plus(offset(weight.parameter()), weight.offset());
    }

    /** The offset of something in a section, given that in the region's share. */
    String offset(Section section, int offset) {
        return region.isRoot() ? String.valueOf(sectionStart(section) + offset) : plus(section(section), offset);
    }

    /** The value of a parameter's constant. */
    int constantValue(Parameter parameter) {
        return parameter.offset() + (region.isRoot() ? sectionStart(parameter.section()) : 0);
    }

    /** A random stream of the region's. */
    String stream(int number) {
        return region.isRoot() ? String.valueOf(number) : plus("stream", number);
    }

    /** A residual branch that a drop path rule governs. */
    String branch(int rule, int number) {
        return region.isRoot() ? String.valueOf(number) : plus(branches(rule), number);
    }

    /** The parameter of a region's constructor with the first of the branches that a drop path rule governs. */
    static String branches(int rule) {
        return rule == 0 ? "branch" : "branch" + (rule + 1);
    }

    /** The parameter of a region's constructor with the start of a section. */
    static String section(Section section) {
        return section.name().toLowerCase(Locale.ROOT) + "At";
    }

    /** What names of variables of a parameter begin with: {@code expandDenseWeight}. */
    static String name(Weight weight) {
        StringBuilder name = new StringBuilder();
        for (String part : weight.parameter().name().split("\\.", -1)) {
            name.append(name.isEmpty() ? part : Names.upperFirst(part));
        }
        return weight.matrix() == 0
                ? name.toString()
                : name.append(weight.matrix() + 1).toString();
    }

    /** An array by what holds it. */
    String array(Memory memory, Storage storage) {
        return switch (storage.kind()) {
            case INPUT, RUN, OWN -> storage.field();
            case OUTPUT -> "output";
            case SHARED -> shared(storage.number());
            case TILE -> "tiles[" + numbered("firstTile", storage.number()) + "][worker]";
            case GRADIENT, INPUT_GRADIENT -> {
                String number = given(memory, storage.kind());
                yield memory.gradient() == Storage.Kind.TILE
                        ? "tiles[" + number + "][worker]"
                        : "shared[" + number + "]";
            }
        };
    }

    /** The parameter of a region's constructor with the number of the array that a gradient comes in or goes out in. */
    static String given(Memory memory, Storage.Kind kind) {
        return (kind == Storage.Kind.GRADIENT ? "gradient" : "inputGradient")
                + (memory.gradient() == Storage.Kind.TILE ? "Tile" : "Shared");
    }

    /** A shared array, by its number among those that the region takes. */
    String shared(int number) {
        return "shared[" + numbered("firstShared", number) + "]";
    }

    /** A number that is counted from the region's first. */
    String numbered(String first, int number) {
        return region.isRoot() ? String.valueOf(number) : plus(first, number);
    }

    private int sectionStart(Section section) {
        int start = 0;
        for (Section before : Section.values()) {
            if (before == section) {
                break;
            }
            start += network.root().size(before);
        }
        return start;
    }

    static String plus(String base, int offset) {
        return offset == 0 ? base : base + " + " + offset;
    }

    /** What an iteration's share adds to that of the first one. */
    static String times(String iteration, int size) {
        return iteration.isEmpty() || size == 0 ? "" : size == 1 ? iteration : iteration + " * " + size;
    }

    static String sum(String first, String second) {
        return second.isEmpty() ? first : first.equals("0") ? second : first + " + " + second;
    }
}
