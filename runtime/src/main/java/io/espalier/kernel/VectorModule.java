package io.espalier.kernel;

/**
 * The check that the Vector API is there, and what to write where it is not.
 *
 * <p>The API lives in an incubator module, which is compiled against without being asked for ({@code --release 25}) and
 * then missing at run time. This class touches no vector type, so that it can say so before the first
 * {@code NoClassDefFoundError}.
 */
public final class VectorModule {

    private static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /**
     * Makes sure that the vector module is part of the running virtual machine.
     *
     * @throws IllegalStateException if it is not; the message holds the lines to add for Maven, Gradle, a module
     *     descriptor and the command line
     */
    public static void require() {
        if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
            throw new IllegalStateException(remedy());
        }
    }

    /** Returns the message of {@link #require()}: the cause, and the exact lines for every common set-up. */
    static String remedy() {
        return """
                Espalier computes with the Vector API, but this Java virtual machine was started without the module \
                jdk.incubator.vector. Add it where the program is compiled and where it is started:

                Command line:
                    java --add-modules jdk.incubator.vector ...

                Maven, compiler:
                    <plugin>
                      <artifactId>maven-compiler-plugin</artifactId>
                      <configuration>
                        <release>25</release>
                        <compilerArgs>
                          <arg>--add-modules</arg>
                          <arg>jdk.incubator.vector</arg>
                        </compilerArgs>
                      </configuration>
                    </plugin>

                Maven, tests:
                    <plugin>
                      <artifactId>maven-surefire-plugin</artifactId>
                      <configuration>
                        <argLine>--add-modules jdk.incubator.vector</argLine>
                      </configuration>
                    </plugin>

                Maven, running (mvn exec:exec; exec:java cannot add a module, there put the line
                --add-modules jdk.incubator.vector into .mvn/jvm.config):
                    <plugin>
                      <groupId>org.codehaus.mojo</groupId>
                      <artifactId>exec-maven-plugin</artifactId>
                      <configuration>
                        <executable>java</executable>
                        <arguments>
                          <argument>--add-modules</argument>
                          <argument>jdk.incubator.vector</argument>
                          <argument>-classpath</argument>
                          <classpath/>
                          <argument>your.main.Class</argument>
                        </arguments>
                      </configuration>
                    </plugin>

                Gradle:
                    tasks.withType(JavaCompile).configureEach {
                        options.compilerArgs.addAll(['--add-modules', 'jdk.incubator.vector'])
                    }
                    tasks.withType(Test).configureEach { jvmArgs '--add-modules', 'jdk.incubator.vector' }
                    tasks.withType(JavaExec).configureEach { jvmArgs '--add-modules', 'jdk.incubator.vector' }

                Module descriptor (module-info.java), which spares programs on the module path the flag:
                    requires jdk.incubator.vector;
                """;
    }
}
