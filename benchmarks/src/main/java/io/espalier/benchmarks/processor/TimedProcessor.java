package io.espalier.benchmarks.processor;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.annotation.processing.Completion;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * A processor that counts what another one takes in {@code init} and in {@code process} of all rounds. Inside are what that
 * processor asks the compiler, which reads class files of the annotations then, and the writing of its sources; outside
 * are the reading of the models before and of the written sources behind it.
 */
final class TimedProcessor implements Processor {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Processor timed;
    private long nanos;
    private long bytes;

    TimedProcessor(Processor timed) {
        this.timed = timed;
    }

    /** Nanoseconds in the processor so far, of the thread's own time. */
    long nanos() {
        return nanos;
    }

    /** What it allocated on the compiler's thread. */
    long bytes() {
        return bytes;
    }

    /** What this thread has allocated since it started. */
    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** How long this thread has run: what others take of a shared machine is not in it. */
    static long time() {
        return THREADS.getCurrentThreadCpuTime();
    }

    @Override
    public void init(ProcessingEnvironment environment) {
        long allocated = allocated();
        long start = time();
        timed.init(environment);
        nanos += time() - start;
        bytes += allocated() - allocated;
    }

    @Override
    @SuppressWarnings("DoNotClaimAnnotations") // claims what the other one claims
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        long allocated = allocated();
        long start = time();
        boolean claimed = timed.process(annotations, round);
        nanos += time() - start;
        bytes += allocated() - allocated;
        return claimed;
    }

    @Override
    public Set<String> getSupportedOptions() {
        return timed.getSupportedOptions();
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return timed.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return timed.getSupportedSourceVersion();
    }

    @Override
    public Iterable<? extends Completion> getCompletions(
            Element element, AnnotationMirror annotation, ExecutableElement member, String userText) {
        return timed.getCompletions(element, annotation, member, userText);
    }
}
