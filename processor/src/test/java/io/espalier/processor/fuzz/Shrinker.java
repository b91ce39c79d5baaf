package io.espalier.processor.fuzz;

import java.util.Optional;

/** Cuts a case down while it fails in the same way: whole runs of parts first, then one by one. */
final class Shrinker {
    private static final int MOST_TRIALS = 200;

    private Shrinker() {}

    static Case shrink(Case subject, Complaint complaint) {
        Case smallest = subject;
        int trials = 0;
        for (int run = 64; run > 0; run /= 2) {
            boolean smaller = true;
            while (smaller) {
                smaller = false;
                int from = 0;
                Optional<Draft> next = smallest.draft().without(from, run);
                while (next.isPresent() && trials++ < MOST_TRIALS) {
                    Case candidate = new Case(subject.seed(), subject.kind(), next.get());
                    if (Checker.check(candidate).filter(complaint::isLike).isPresent()) {
                        smallest = candidate;
                        smaller = true;
                    } else {
                        from += run;
                    }
                    next = smallest.draft().without(from, run);
                }
            }
        }
        return smallest;
    }
}
