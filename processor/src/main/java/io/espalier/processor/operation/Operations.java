package io.espalier.processor.operation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that a compilation knows, by their annotations. */
public final class Operations {
    private static final Operations LANGUAGE = new Operations(List.of(
            Dense.DEFINITION,
            BatchNorm.DEFINITION,
            LayerNorm.DEFINITION,
            RmsNorm.DEFINITION,
            Relu.DEFINITION,
            LeakyRelu.DEFINITION,
            Elu.DEFINITION,
            Selu.DEFINITION,
            Gelu.DEFINITION,
            Silu.DEFINITION,
            Tanh.DEFINITION,
            Sigmoid.DEFINITION,
            Softmax.DEFINITION,
            Flatten.DEFINITION,
            Dropout.DEFINITION,
            AlphaDropout.DEFINITION,
            GaussianDropout.DEFINITION,
            GaussianNoise.DEFINITION,
            DropConnect.DEFINITION));

    private final Map<String, Definition> byAnnotation = new LinkedHashMap<>();

    private Operations(Collection<Definition> definitions) {
        for (Definition definition : definitions) {
            if (byAnnotation.put(definition.annotation(), definition) != null) {
                throw new IllegalArgumentException("two operations are called @" + definition.annotation());
            }
        }
    }

    /**
     * The operations of the language.
     *
     * @return each of them
     */
    public static Operations ofLanguage() {
        return LANGUAGE;
    }

    /**
     * These operations and further ones.
     *
     * @param further their definitions
     * @return all of them
     * @throws IllegalArgumentException if two have one name
     */
    public Operations with(Collection<Definition> further) {
        List<Definition> all = new ArrayList<>(definitions());
        all.addAll(further);
        return new Operations(all);
    }

    /**
     * The operations.
     *
     * @return the definition of each
     */
    public List<Definition> definitions() {
        return List.copyOf(byAnnotation.values());
    }

    /**
     * The operation that an annotation stands for.
     *
     * @param annotation simple name of the annotation type
     * @return its definition; empty for what is no operation
     */
    public Optional<Definition> find(String annotation) {
        return Optional.ofNullable(byAnnotation.get(annotation));
    }

    /**
     * What there is to say of an annotation's elements.
     *
     * @param annotation simple name of the annotation type, of an operation or of a setting
     * @return the attributes; none for an annotation without any
     */
    public List<Attribute> attributes(String annotation) {
        return find(annotation)
                .map(Definition::attributes)
                .orElseGet(() -> Settings.ATTRIBUTES.getOrDefault(annotation, List.of()));
    }
}
