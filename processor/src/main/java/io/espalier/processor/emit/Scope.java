package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.plan.NetworkPlan;
import io.espalier.processor.plan.PlannedParameter;
import io.espalier.processor.plan.RegionPlan;
import io.espalier.processor.plan.Section;
import java.util.Locale;

/**
 * How emitted code of a region names what lies elsewhere.
 *
 * @param network the whole
 * @param region the region
 */
record Scope(NetworkPlan network, RegionPlan region) {
    /** The place of a parameter among the network's values: the network's own are constants, a region's lie behind its start. */
    String place(PlannedParameter parameter) {
        return region.isRoot() ? parameter.constant() : section(parameter.section()) + " + " + parameter.constant();
    }

    /** The place of something in a section, given its offset in the region's share. */
    String place(Section section, int offset) {
        return region.isRoot() ? String.valueOf(sectionStart(section) + offset) : plus(section(section), offset);
    }

    /** The value of a parameter's constant. */
    int constantValue(PlannedParameter parameter) {
        return parameter.offset() + (region.isRoot() ? sectionStart(parameter.section()) : 0);
    }

    /** A random stream of the region's. */
    String stream(int offset) {
        return region.isRoot() ? String.valueOf(offset) : plus("stream", offset);
    }

    static String section(Section section) {
        return section.name().toLowerCase(Locale.ROOT);
    }

    static String dropPath(int rule) {
        return rule == 0 ? "dropPath" : "dropPath" + (rule + 1);
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

    static CodeBlock literal(float value) {
        return CodeBlock.of("$Lf", value);
    }
}
