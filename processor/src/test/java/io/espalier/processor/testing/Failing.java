package io.espalier.processor.testing;

import javax.annotation.processing.Filer;
import javax.annotation.processing.Processor;
import javax.lang.model.util.Elements;

/** Runs a processor under a compiler that fails when one of its methods is called with one name. */
public final class Failing extends WrappedProcessor {
    private final String method;
    private final String name;
    private final RuntimeException failure;

    /**
     * Runs that processor.
     *
     * @param method a method of the compiler's elements or filer
     * @param name its first argument where it fails
     */
    public Failing(Processor processor, String method, String name) {
        this(processor, method, name, new IllegalStateException("a failing compiler"));
    }

    /**
     * Runs that processor.
     *
     * @param method a method of the compiler's elements or filer
     * @param name its first argument where it fails
     * @param failure what it throws then
     */
    public Failing(Processor processor, String method, String name, RuntimeException failure) {
        super(processor);
        this.method = method;
        this.name = name;
        this.failure = failure;
    }

    @Override
    Elements elements(Elements elements) {
        return failing(Elements.class, elements);
    }

    @Override
    Filer filer(Filer filer) {
        return failing(Filer.class, filer);
    }

    private <T> T failing(Class<T> type, T compiler) {
        return proxy(type, (proxied, called, arguments) -> {
            if (called.getName().equals(method) && name.equals(arguments[0])) {
                throw failure;
            }
            return called.invoke(compiler, arguments);
        });
    }
}
