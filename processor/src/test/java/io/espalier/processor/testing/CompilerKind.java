package io.espalier.processor.testing;

import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** The compilers that every compile test runs under. */
public enum CompilerKind {
    /** The JDK's own. */
    JAVAC {
        @Override
        JavaCompiler compiler() {
            return Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "the tests need a JDK");
        }
    },
    /** Eclipse's, in its batch form. */
    ECJ {
        @Override
        JavaCompiler compiler() {
            return new EclipseCompiler();
        }
    };

    abstract JavaCompiler compiler();
}
