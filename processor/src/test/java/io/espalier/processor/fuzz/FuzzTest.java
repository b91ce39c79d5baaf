package io.espalier.processor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the processor promises, whatever it is given. {@code -Despalier.fuzz.seed=…} draws cases from another seed on, and
 * {@code -Despalier.fuzz.cases=…} so many: one brings back a case that failed, thousands look for more.
 */
class FuzzTest {
    private static final int CASES = 25;
    private static final int LONG_CASES = 300;

    /** Seeds that once failed. */
    static LongStream kept() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FuzzTest.class.getResourceAsStream("/fuzz/seeds.txt")),
                StandardCharsets.UTF_8))) {
            return LongStream.of(reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                    .toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void keepsItsPromisesOnWhatOnceFailed(long seed) {
        check(seed);
    }

    @Test
    void keepsItsPromises() {
        draw(1, CASES);
    }

    @Test
    @Tag("long")
    void keepsItsPromisesOnManyCases() {
        draw(1_000, LONG_CASES);
    }

    /** Builds draw the same cases each time, so that one which fails fails again; properties of the system draw others. */
    private static void draw(long seed, int cases) {
        long first = Long.getLong("espalier.fuzz.seed", seed);
        int count = Integer.getInteger("espalier.fuzz.cases", cases);
        System.out.println("fuzz: " + count + " cases from seed " + first);
        for (int i = 0; i < count; i++) {
            check(first + i);
        }
    }

    private static void check(long seed) {
        Case subject = Case.of(seed);
        Checker.check(subject).ifPresent(complaint -> {
            Case smallest = Shrinker.shrink(subject, complaint);
            Complaint last = Checker.check(smallest).orElse(complaint);
            assertThat(last)
                    .as(
                            "seed %d, %s, cut down to%n%s%nwith %s%n%s%n",
                            seed,
                            subject.kind(),
                            Sources.of(smallest.draft()),
                            smallest.draft().options(),
                            last.text())
                    .isNull();
        });
    }
}
