package io.espalier.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of Java virtual machines like this one: the same Java, the same class path. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * A process that can be started.
     *
     * @param flags flags of the virtual machine
     * @param classPath its class path
     * @param main the main class
     * @param args its arguments
     * @return the process, not started; where it prints to is for the caller to say
     */
    public static ProcessBuilder of(List<String> flags, String classPath, Class<?> main, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(flags);
        command.addAll(List.of("-classpath", classPath, main.getName()));
        command.addAll(args);
        return new ProcessBuilder(command);
    }

    /**
     * The class path of this virtual machine.
     *
     * @return directories and archives
     */
    public static String classPath() {
        return System.getProperty("java.class.path");
    }
}
