package io.espalier.processor.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Numbered arrays of one kind, each of which holds values at different times. */
final class Slots {
    /** Whether all examples are through with the one value before any comes to the other. */
    private final BiPredicate<LiveRanges.Range, LiveRanges.Range> apart;

    private final List<Integer> strides = new ArrayList<>();
    private final List<List<Taken>> taken = new ArrayList<>();

    private record Taken(LiveRanges.Range range, int stride) {}

    /**
     * Some arrays.
     *
     * @param apart whether all examples are through with a value of one range before any comes to one of another range; if not,
     *     both must be equally long, since examples of longer rows lie elsewhere
     */
    Slots(BiPredicate<LiveRanges.Range, LiveRanges.Range> apart) {
        this.apart = apart;
    }

    /** The array that is free for so long and fits best: the shortest that is long enough, else the longest, which grows. */
    int take(LiveRanges.Range range, int stride) {
        int best = -1;
        for (int number = 0; number < strides.size(); number++) {
            if (isFree(number, List.of(range), stride)
                    && (best < 0 || isBetter(strides.get(number), strides.get(best), stride))) {
                best = number;
            }
        }
        return take(best < 0 ? strides.size() : best, List.of(range), stride);
    }

    private static boolean isBetter(int stride, int other, int wanted) {
        return other >= wanted ? stride >= wanted && stride < other : stride > other;
    }

    /** The first of some arrays in a row that are all free in these ranges. */
    int takeInRow(List<Integer> wanted, List<LiveRanges.Range> ranges) {
        int first = 0;
        while (!areFree(first, wanted, ranges)) {
            first++;
        }
        for (int i = 0; i < wanted.size(); i++) {
            take(first + i, ranges, wanted.get(i));
        }
        return first;
    }

    private boolean areFree(int first, List<Integer> wanted, List<LiveRanges.Range> ranges) {
        for (int i = 0; i < wanted.size() && first + i < strides.size(); i++) {
            if (!isFree(first + i, ranges, wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isFree(int number, List<LiveRanges.Range> ranges, int stride) {
        return ranges.stream()
                .allMatch(range -> taken.get(number).stream().noneMatch(other -> isInTheWay(other, range, stride)));
    }

    private boolean isInTheWay(Taken other, LiveRanges.Range range, int stride) {
        return other.range().overlaps(range) || (other.stride() != stride && !apart.test(other.range(), range));
    }

    private int take(int number, List<LiveRanges.Range> ranges, int stride) {
        if (number == strides.size()) {
            strides.add(0);
            taken.add(new ArrayList<>());
        }
        strides.set(number, Math.max(strides.get(number), stride));
        ranges.forEach(range -> taken.get(number).add(new Taken(range, stride)));
        return number;
    }

    /** Elements of an example in each array. */
    List<Integer> strides() {
        return strides;
    }
}
