package io.espalier.processor.plan;

import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Arrays of a number for each example that all regions share: what lies in one is used up before its routine ends. */
final class Scratch {
    private final Timeline timeline;
    private final List<Integer> busyUntil = new ArrayList<>();

    Scratch(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The first array that is free when a value is written. */
    Storage take(Value value, int time) {
        int number = 0;
        while (number < busyUntil.size() && busyUntil.get(number) >= time) {
            number++;
        }
        if (number == busyUntil.size()) {
            busyUntil.add(0);
        }
        busyUntil.set(number, timeline.lastUse(value));
        return new Storage("rowScratch" + (number + 1), value.layout(), Storage.Kind.SCRATCH, number);
    }
}
