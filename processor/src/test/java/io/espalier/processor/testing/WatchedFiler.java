package io.espalier.processor.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Processor;
import javax.lang.model.element.Element;

/** Runs a processor and notes what it asks of the filer. */
public final class WatchedFiler extends WrappedProcessor {
    private final List<String> calls = new ArrayList<>();

    /** Runs that processor. */
    public WatchedFiler(Processor processor) {
        super(processor);
    }

    /** The calls: the method, the name of the file, its originating elements. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    Filer filer(Filer filer) {
        return proxy(Filer.class, (proxied, method, arguments) -> {
            String origins =
                    arguments[arguments.length - 1] instanceof Element[] elements ? Arrays.toString(elements) : "";
            calls.add(method.getName() + " " + arguments[0] + " " + origins);
            return method.invoke(filer, arguments);
        });
    }
}
