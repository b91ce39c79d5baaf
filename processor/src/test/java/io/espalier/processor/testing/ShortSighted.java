package io.espalier.processor.testing;

import javax.annotation.processing.Filer;
import javax.annotation.processing.Processor;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** Runs a processor as editors do: they do not tell which files elements come from, and open none. */
public final class ShortSighted extends WrappedProcessor {
    private final Answer answer;

    /** What {@link Elements#getFileObjectOf} answers, given the true answer. */
    public interface Answer {
        /** The answer; it may also fail. */
        @Nullable
        JavaFileObject of(@Nullable JavaFileObject file);
    }

    /** Runs that processor. */
    public ShortSighted(Processor processor, Answer answer) {
        super(processor);
        this.answer = answer;
    }

    @Override
    Elements elements(Elements elements) {
        return proxy(Elements.class, (proxied, method, arguments) -> {
            Object result = method.invoke(elements, arguments);
            return method.getName().equals("getFileObjectOf") ? answer.of((JavaFileObject) result) : result;
        });
    }

    @Override
    Filer filer(Filer filer) {
        return proxy(Filer.class, (proxied, method, arguments) -> {
            if (method.getName().equals("getResource")) {
                throw new IllegalArgumentException("unsupported location");
            }
            return method.invoke(filer, arguments);
        });
    }
}
