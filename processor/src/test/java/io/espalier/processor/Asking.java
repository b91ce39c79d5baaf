package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Completion;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Asks for completions of every element of every annotation, as an editor would while the value is typed. */
final class Asking extends AbstractProcessor {
    private final EspalierProcessor asked;
    private final String typed;
    private final Map<String, List<Completion>> answers = new HashMap<>();
    private @Nullable Throwable failure;

    Asking(EspalierProcessor asked, String typed) {
        this.asked = asked;
        this.typed = typed;
    }

    /** What came of it, by annotation and element: {@code Dropout.p}. */
    Map<String, List<Completion>> answers() {
        return answers;
    }

    /** What the processor threw, or answered where there is nothing to answer. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    List<String> values(String member) {
        return answers.get(member).stream().map(Completion::getValue).toList();
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return asked.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        asked.init(processingEnv);
        round.getRootElements().forEach(this::ask);
        return false;
    }

    private void ask(Element element) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            Element type = mirror.getAnnotationType().asElement();
            for (ExecutableElement member : ElementFilter.methodsIn(type.getEnclosedElements())) {
                ask(element, mirror, member, typed);
                ask(null, mirror, member, null);
                ask(element, mirror, null, typed);
                ask(element, null, member, typed);
            }
        }
        element.getEnclosedElements().forEach(this::ask);
    }

    private void ask(
            @Nullable Element element,
            @Nullable AnnotationMirror mirror,
            @Nullable ExecutableElement member,
            @Nullable String userText) {
        try {
            List<Completion> completions = new ArrayList<>();
            asked.getCompletions(element, mirror, member, userText).forEach(completions::add);
            if (mirror == null || member == null) {
                assertThat(completions).isEmpty();
            } else if (element != null) {
                answers.put(
                        mirror.getAnnotationType().asElement().getSimpleName() + "." + member.getSimpleName(),
                        completions);
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }
}
