package io.espalier.processor.ir;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hands out names that do not clash within a scope. */
public final class Names {
    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private final Set<String> taken = new HashSet<>();
    private final Set<String> outer;

    /** A scope of its own. */
    public Names() {
        this(Set.of());
    }

    /** A scope within another, whose names it must not hide. */
    public Names(Set<String> outer) {
        this.outer = outer;
    }

    /** The name itself, or with the first number behind it that makes it new. */
    public String unique(String wanted) {
        String name = wanted;
        for (int i = 2; outer.contains(name) || !taken.add(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    /** Whether a name was handed out. */
    public boolean isTaken(String name) {
        return taken.contains(name);
    }

    /** {@code LayerNorm} of {@code layerNorm}. */
    public static String upperFirst(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** {@code layerNorm} of {@code LayerNorm}. */
    public static String lowerFirst(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** {@code EXPAND_LAYER_NORM} of {@code expand.layerNorm}. */
    public static String constant(String name) {
        return HUMP.matcher(name).replaceAll("$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
