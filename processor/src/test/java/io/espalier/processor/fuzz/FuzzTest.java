package io.espalier.processor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the processor promises, whatever it is given. The seed of a case that failed, {@code -Despalier.fuzz.seed=…}, brings it
 * back; {@code -Despalier.fuzz.cases=…} says how many fresh ones are drawn.
 */
class FuzzTest {
    private static final int CASES = 25;
    private static final int LONG_CASES = 3_000;

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
    void keepsItsPromisesOnFreshCases() {
        fresh(CASES);
    }

    @Test
    @Tag("long")
    void keepsItsPromisesOnManyFreshCases() {
        fresh(LONG_CASES);
    }

    private static void fresh(int cases) {
        Long wanted = Long.getLong("espalier.fuzz.seed");
        if (wanted != null) {
            check(wanted);
            return;
        }
        long first = new Random().nextLong();
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
