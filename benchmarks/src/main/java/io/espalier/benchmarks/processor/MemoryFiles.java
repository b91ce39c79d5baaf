package io.espalier.benchmarks.processor;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** A compiler's files, of which what it writes stays in memory: no disk is measured. */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, Written> sources = new LinkedHashMap<>();

    MemoryFiles(StandardJavaFileManager manager) {
        super(manager);
    }

    /** The sources that processors wrote, by their paths below a source folder. */
    Map<String, String> sources() {
        Map<String, String> texts = new LinkedHashMap<>();
        sources.forEach((path, written) -> texts.put(path, written.text()));
        return texts;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        return written(className, kind);
    }

    @Override
    public JavaFileObject getJavaFileForOutputForOriginatingFiles(
            Location location, String className, JavaFileObject.Kind kind, FileObject... originatingFiles) {
        return written(className, kind);
    }

    private Written written(String className, JavaFileObject.Kind kind) {
        String path = className.replace('.', '/') + kind.extension;
        Written written = new Written(path, kind);
        if (kind == JavaFileObject.Kind.SOURCE) {
            sources.put(path, written);
        }
        return written;
    }

    /** A source that the compiler reads. */
    static JavaFileObject source(String path, String text) {
        return new SimpleJavaFileObject(URI.create("memory:/" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** A file that the compiler writes, and reads if it is a source. */
    private static final class Written extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Written(String path, Kind kind) {
            super(URI.create("memory:/" + path), kind);
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text();
        }
    }
}
