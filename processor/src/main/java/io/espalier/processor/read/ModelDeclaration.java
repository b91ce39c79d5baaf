package io.espalier.processor.read;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/**
 * A network's or block's class as the source writes it.
 *
 * @param type the class or record
 * @param packageName its package, empty for the unnamed one
 * @param qualifiedName its qualified name
 * @param simpleName its name with those of its enclosing types, joined by underscores
 * @param isPublic whether it and all that enclose it are public
 * @param annotations the language's annotations on the class, in source order
 * @param stages its stages in source order; none where that order cannot be known
 * @param faults what is wrong with the class itself
 * @param shownAt of a class file's model the source field that leads to it: there its findings can be shown and silenced; empty
 *     for a model from source
 * @param complete whether everything in it resolves; the compiler itself reports what does not
 */
public record ModelDeclaration(
        TypeElement type,
        String packageName,
        String qualifiedName,
        String simpleName,
        boolean isPublic,
        List<AnnotationDeclaration> annotations,
        List<StageDeclaration> stages,
        List<Fault> faults,
        Optional<SourcePoint> shownAt,
        boolean complete) {
    /** Copies the lists. */
    public ModelDeclaration {
        annotations = List.copyOf(annotations);
        stages = List.copyOf(stages);
        faults = List.copyOf(faults);
    }

    /**
     * One of the language's annotations on the class.
     *
     * @param annotation simple name of its type
     * @return the annotation, if the class has it
     */
    public Optional<AnnotationDeclaration> annotation(String annotation) {
        return annotations.stream().filter(a -> a.name().equals(annotation)).findFirst();
    }

    /**
     * The loss that a network names.
     *
     * @return its name; empty if it is no network, or the value does not resolve
     */
    public Optional<String> loss() {
        return annotation("Network")
                .filter(network -> network.value("loss").usable())
                .map(network -> network.enumValue("loss"));
    }

    /**
     * Whether the network is to draw Monte-Carlo samples.
     *
     * @return whether it has {@code @MonteCarlo}
     */
    public boolean isMonteCarlo() {
        return annotation("MonteCarlo").isPresent();
    }

    /**
     * Name of the class that is emitted for this network.
     *
     * @return its simple name
     */
    public String networkClassName() {
        return simpleName + "Network";
    }

    /**
     * Qualified name of the class that is emitted for this network.
     *
     * @return its name with that of its package
     */
    public String qualifiedNetworkClassName() {
        return packageName.isEmpty() ? networkClassName() : packageName + "." + networkClassName();
    }
}
