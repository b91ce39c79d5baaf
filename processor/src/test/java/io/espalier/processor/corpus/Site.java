package io.espalier.processor.corpus;

import java.util.List;
import java.util.Optional;

/**
 * A place that an operator changes: a network or block, or one of its stages.
 *
 * @param model whose
 * @param type the network or block
 * @param stage the stage; empty for the network or block as a whole
 */
record Site(CorpusModel model, TypeText type, Optional<StageText> stage) {
    /** A name such as {@code PreNorm.FeedForward.expand}; that of the file is not repeated for the network. */
    String path() {
        String inModel = type.name().equals(model.name()) ? "" : "." + type.name();
        return model.name() + inModel + stage.map(s -> "." + s.name()).orElse("");
    }

    /** The path of its network or block. */
    String typePath() {
        return new Site(model, type, Optional.empty()).path();
    }

    boolean has(String annotation) {
        return stage.map(s -> s.has(annotation)).orElseGet(() -> type.has(annotation));
    }

    /** Whether it is a stage whose last operation is noise. */
    boolean endsInNoise() {
        return stage.filter(StageText::endsInNoise).isPresent();
    }

    /** Whether noise is the last that the stage before it does. */
    boolean followsNoise() {
        return before().filter(StageText::endsInNoise).isPresent();
    }

    /** The stage before it in its network or block. */
    Optional<StageText> before() {
        return neighbour(-1);
    }

    /** The stage behind it in its network or block. */
    Optional<StageText> behind() {
        return neighbour(1);
    }

    private Optional<StageText> neighbour(int offset) {
        int index = type.stages().indexOf(stage.orElseThrow(() -> new AssertionError(this + " is no stage"))) + offset;
        return index < 0 || index >= type.stages().size()
                ? Optional.empty()
                : Optional.of(type.stages().get(index));
    }

    /** Whether it is a stage with one of these names. */
    boolean isNamed(String... names) {
        return stage.filter(s -> List.of(names).contains(s.name())).isPresent();
    }

    /** What is written in the annotation's parentheses; empty without them. */
    String arguments(String annotation) {
        AnnotationText text = stage.map(s -> s.get(annotation)).orElseGet(() -> type.get(annotation));
        return text.text().replaceFirst("@\\w+\\(?", "").replaceFirst("\\)$", "");
    }

    /** The beginning of a change here. */
    Change change() {
        return new Change(this);
    }

    @Override
    public String toString() {
        return path();
    }
}
