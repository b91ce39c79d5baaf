package io.espalier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the runtime to its rooms: what each one may use, besides itself, the JDK's base and the nullness annotations. */
class ArchitectureTest {
    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.espalier");

    private static final String VECTORS = "jdk.incubator.vector";
    private static final String JSON = "com.fasterxml.jackson.core..";
    private static final String CSV = "de.siegmar.fastcsv..";

    /** The rooms; each names packages that it may use, and only earlier rooms, so that no two can use each other. */
    private enum Room {
        ANNOTATION("io.espalier.annotation.."),
        RANDOM("io.espalier.random.."),
        MODEL("io.espalier.model.."),
        KERNEL("io.espalier.kernel..", RANDOM.name, VECTORS),
        EMITTED("io.espalier.emitted..", RANDOM.name, MODEL.name, KERNEL.name),
        DATA("io.espalier.data..", RANDOM.name, JSON, CSV),
        METRIC("io.espalier.metric.."),
        STORE("io.espalier.store..", MODEL.name, JSON),
        TRAIN(
                "io.espalier.train..",
                RANDOM.name,
                MODEL.name,
                KERNEL.name,
                EMITTED.name,
                DATA.name,
                METRIC.name,
                STORE.name),
        FACE(
                "io.espalier",
                ANNOTATION.name,
                RANDOM.name,
                MODEL.name,
                KERNEL.name,
                EMITTED.name,
                DATA.name,
                METRIC.name,
                STORE.name,
                TRAIN.name);

        private final String name;
        private final String[] mayUse;

        Room(String name, String... others) {
            this.name = name;
            this.mayUse = Stream.of(Stream.of(name, "java..", "org.jspecify.annotations"), Arrays.stream(others))
                    .flatMap(packages -> packages)
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
                .check(RUNTIME);
    }

    @Test
    void everyClassStandsInARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        Arrays.stream(Room.values()).map(room -> room.name).toArray(String[]::new))
                .check(RUNTIME);
    }
}
