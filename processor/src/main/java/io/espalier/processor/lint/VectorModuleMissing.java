package io.espalier.processor.lint;

/** The module that the network's class is written with is not visible to the compiler. */
final class VectorModuleMissing implements Rule {
    private static final String TEXT = """
            the compiler does not see the module jdk.incubator.vector, which the class of this network is written with. \
            Make it visible, in one of these ways:
              Maven, maven-compiler-plugin:  <compilerArgs><arg>--add-modules</arg><arg>jdk.incubator.vector</arg></compilerArgs>
              Gradle:  tasks.withType(JavaCompile) { options.compilerArgs.addAll(['--add-modules', 'jdk.incubator.vector']) }
              module-info.java:  requires jdk.incubator.vector;
              command line:  javac --add-modules jdk.incubator.vector ...
            The program needs it at run time too: java --add-modules jdk.incubator.vector ...""";

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "VectorModuleMissing",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.FIXED_ERROR,
                "the module jdk.incubator.vector is not visible to the compiler",
                "JEP 508");
    }

    @Override
    public void check(Subject subject, Report report) {
        if (!subject.isVectorModuleVisible()) {
            report.fixedError(subject.networkAnnotation().point(), TEXT);
        }
    }
}
