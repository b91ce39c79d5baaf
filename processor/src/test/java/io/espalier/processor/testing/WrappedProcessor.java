package io.espalier.processor.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.Completion;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Runs a processor between itself and the compiler, and may give it other elements and another filer. */
abstract class WrappedProcessor implements Processor {
    private final Processor processor;

    WrappedProcessor(Processor processor) {
        this.processor = processor;
    }

    /** What the processor gets for the compiler's elements. */
    Elements elements(Elements elements) {
        return elements;
    }

    /** What the processor gets for the compiler's filer. */
    Filer filer(Filer filer) {
        return filer;
    }

    /** An object of an interface whose calls somebody else handles, with the exceptions of the calls themselves. */
    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxied, method, arguments) -> {
                    try {
                        return handler.invoke(proxied, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public final Set<String> getSupportedOptions() {
        return processor.getSupportedOptions();
    }

    @Override
    public final Set<String> getSupportedAnnotationTypes() {
        return processor.getSupportedAnnotationTypes();
    }

    @Override
    public final SourceVersion getSupportedSourceVersion() {
        return processor.getSupportedSourceVersion();
    }

    @Override
    public final void init(ProcessingEnvironment environment) {
        Elements elements = elements(environment.getElementUtils());
        Filer filer = filer(environment.getFiler());
        processor.init(new ProcessingEnvironment() {
            @Override
            public Map<String, String> getOptions() {
                return environment.getOptions();
            }

            @Override
            public Messager getMessager() {
                return environment.getMessager();
            }

            @Override
            public Filer getFiler() {
                return filer;
            }

            @Override
            public Elements getElementUtils() {
                return elements;
            }

            @Override
            public Types getTypeUtils() {
                return environment.getTypeUtils();
            }

            @Override
            public SourceVersion getSourceVersion() {
                return environment.getSourceVersion();
            }

            @Override
            public Locale getLocale() {
                return environment.getLocale();
            }
        });
    }

    @Override
    public final boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return processor.process(annotations, round);
    }

    @Override
    public final Iterable<? extends Completion> getCompletions(
            Element element, AnnotationMirror annotation, ExecutableElement member, String userText) {
        return processor.getCompletions(element, annotation, member, userText);
    }
}
