package io.espalier.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.espalier.processor.operation.Operation;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the processor to its rooms: what each one may use, besides itself, the JDK's base, the language model and the
 * nullness annotations. The runtime is in no list: the processor runs in editors that cannot load its classes.
 */
class ArchitectureTest {
    private static final JavaClasses PROCESSOR = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.espalier.processor");

    private static final DescribedPredicate<JavaClass> OPERATIONS = JavaClass.Predicates.assignableTo(Operation.class)
            .and(DescribedPredicate.not(JavaClass.Predicates.INTERFACES))
            .as("are operations");

    private static final String ENVIRONMENT = "javax.annotation.processing";
    private static final String COMPILER_TOOLS = "javax.tools";
    private static final String AUTO_SERVICE = "com.google.auto.service";
    private static final String JACKSON = "com.fasterxml.jackson.core..";
    private static final String JAVA_POET = "com.squareup.javapoet";

    /** The rooms; each names packages that it may use, and only earlier rooms: data flows one way. */
    private enum Room {
        READ("io.espalier.processor.read..", ENVIRONMENT, COMPILER_TOOLS),
        IR("io.espalier.processor.ir.."),
        OPERATION("io.espalier.processor.operation..", READ.name, IR.name),
        GRAPH("io.espalier.processor.graph..", READ.name, OPERATION.name, IR.name),
        LINT("io.espalier.processor.lint..", READ.name, GRAPH.name, OPERATION.name, IR.name),
        LOCATE("io.espalier.processor.locate.."),
        SARIF("io.espalier.processor.sarif..", READ.name, LINT.name, LOCATE.name, COMPILER_TOOLS, JACKSON),
        PLAN("io.espalier.processor.plan..", READ.name, GRAPH.name, OPERATION.name, IR.name),
        EMIT("io.espalier.processor.emit..", IR.name, JAVA_POET),
        FRONT(
                "io.espalier.processor",
                READ.name,
                IR.name,
                OPERATION.name,
                GRAPH.name,
                LINT.name,
                SARIF.name,
                PLAN.name,
                EMIT.name,
                ENVIRONMENT,
                COMPILER_TOOLS,
                AUTO_SERVICE,
                JAVA_POET);

        private final String name;
        private final String[] mayUse;

        Room(String name, String... others) {
            this.name = name;
            this.mayUse = Stream.concat(
                            Stream.of(name, "java..", "javax.lang.model..", "org.jspecify.annotations"),
                            Arrays.stream(others))
                    .toArray(String[]::new);
        }
    }

    @ParameterizedTest
    @EnumSource
    void roomUsesOnlyWhatItMay(Room room) {
        classes()
                .that()
                .resideInAPackage(room.name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(room.mayUse)
                .allowEmptyShould(true)
                .check(PROCESSOR);
    }

    /** An operation is known to its own file, to the rules about it, and to nobody else. */
    @ParameterizedTest
    @EnumSource(names = {"IR", "GRAPH", "PLAN", "EMIT", "FRONT"})
    void roomKnowsNoOperation(Room room) {
        noClasses()
                .that()
                .resideInAPackage(room.name)
                .should()
                .dependOnClassesThat(OPERATIONS)
                .check(PROCESSOR);
    }

    @Test
    void everyClassStandsInARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        Arrays.stream(Room.values()).map(room -> room.name).toArray(String[]::new))
                .allowEmptyShould(true)
                .check(PROCESSOR);
    }

    @Test
    void oneClassSpeaksToTheCompilersUser() {
        assertThat(usersOf(Messager.class)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void oneClassWritesFiles() {
        assertThat(usersOf(Filer.class)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void nothingIsPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
                .allowEmptyShould(true)
                .check(PROCESSOR);
    }

    /** The classes that call a method of the service, or hand it to a library that does; handing it around is no use. */
    private static Set<String> usersOf(Class<?> service) {
        return PROCESSOR.stream()
                .flatMap(user -> user.getCodeUnitAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isAssignableTo(service) || isHandedOut(access, service))
                .map(access -> outermost(access.getOriginOwner()).getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isHandedOut(JavaCodeUnitAccess<?> access, Class<?> service) {
        return !access.getTargetOwner().getPackageName().startsWith("io.espalier")
                && access.getTarget().getRawParameterTypes().stream()
                        .anyMatch(parameter -> parameter.isAssignableTo(service));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}
