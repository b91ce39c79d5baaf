package io.espalier.processor.ir;

import java.util.List;
import java.util.Map;

/**
 * A region as it is emitted: the network itself, or what it runs, of which an object is made for each run.
 *
 * @param name what its emitted classes and constants are called after; empty for the network itself
 * @param source the qualified name of the class whose members its stages are; empty for the body of a repeated stage
 * @param inputShape shape of what enters
 * @param outputShape shape of what leaves
 * @param description what the network's description says of it
 * @param parameters its own parameters, without those of regions it runs
 * @param trained how many elements are trained, regions it runs included, without padding
 * @param sizes elements in each section, regions it runs and padding included, in the order of {@link Section}
 * @param streams random streams, regions it runs included
 * @param branches residual branches that each drop path rule governs, regions it runs included
 * @param codes its program for each mode that is emitted
 */
public record RegionProgram(
        String name,
        String source,
        Shape inputShape,
        Shape outputShape,
        List<Described> description,
        List<Parameter> parameters,
        long trained,
        List<Integer> sizes,
        int streams,
        List<Integer> branches,
        Map<Mode, Code> codes) {
    /** Copies the collections. */
    public RegionProgram {
        description = List.copyOf(description);
        parameters = List.copyOf(parameters);
        sizes = List.copyOf(sizes);
        branches = List.copyOf(branches);
        codes = Map.copyOf(codes);
    }

    /** Whether this is the network itself. */
    public boolean isRoot() {
        return name.isEmpty();
    }

    /** Elements in a section. */
    public int size(Section section) {
        return sizes.get(section.ordinal());
    }

    /** Its program for a mode. */
    public Code code(Mode mode) {
        Code code = codes.get(mode);
        if (code == null) {
            throw new IllegalStateException(name + " has no program for " + mode);
        }
        return code;
    }
}
