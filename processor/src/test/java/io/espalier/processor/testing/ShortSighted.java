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
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** Runs a processor in an environment that does not tell which files elements come from, and reads no files, as editors do. */
public final class ShortSighted implements Processor {
    private final Processor processor;
    private final Answer answer;

    /** What {@link Elements#getFileObjectOf} answers, given the true answer. */
    public interface Answer {
        /** The answer; it may also fail. */
        @Nullable
        JavaFileObject of(@Nullable JavaFileObject file);
    }

    /** Runs that processor. */
    public ShortSighted(Processor processor, Answer answer) {
        this.processor = processor;
        this.answer = answer;
    }

    @Override
    public Set<String> getSupportedOptions() {
        return processor.getSupportedOptions();
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return processor.getSupportedSourceVersion();
    }

    @Override
    public void init(ProcessingEnvironment environment) {
        Elements elements = proxy(Elements.class, environment.getElementUtils(), (proxied, method, arguments) -> {
            Object result = method.invoke(environment.getElementUtils(), arguments);
            return method.getName().equals("getFileObjectOf") ? answer.of((JavaFileObject) result) : result;
        });
        Filer filer = proxy(Filer.class, environment.getFiler(), (proxied, method, arguments) -> {
            if (method.getName().equals("getResource")) {
                throw new IllegalArgumentException("unsupported location");
            }
            return method.invoke(environment.getFiler(), arguments);
        });
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
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return processor.process(annotations, round);
    }

    @Override
    public Iterable<? extends Completion> getCompletions(
            Element element, AnnotationMirror annotation, ExecutableElement member, String userText) {
        return processor.getCompletions(element, annotation, member, userText);
    }

    private static <T> T proxy(Class<T> type, T target, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxied, method, arguments) -> {
                    try {
                        return handler.invoke(proxied, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
