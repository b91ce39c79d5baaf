package io.espalier.processor.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A segment while it grows. */
final class SegmentBuilder {
    /** More steps than this and the loop's method would come near what the JIT compiles well. */
    private static final int MOST_STEPS = 14;

    private final String name;
    private final @Nullable Product product;
    private final Value source;
    private final int startLevel;
    private final List<Step> steps = new ArrayList<>();
    private final List<Product> projections = new ArrayList<>();
    private String lastPath;
    private @Nullable Value stored;
    private boolean trained;

    /** The gradient buffer of what the loop ends with. */
    int endLevel;

    SegmentBuilder(String name, String path, @Nullable Product product, Value source, int level) {
        this.name = name;
        this.lastPath = path;
        this.product = product;
        this.source = source;
        this.startLevel = level;
        this.endLevel = level;
        this.stored = product == null ? source : null;
    }

    void add(Step step, String path) {
        steps.add(step);
        lastPath = path;
        stored = switch (step) {
            case Step.Keep keep -> keep.value();
            case Step.Fork fork -> fork.value();
            case Step.Softmax softmax -> softmax.result();
            default -> null;
        };
    }

    void addProjection(Product projection) {
        projections.add(projection);
    }

    /** Where the value after the last step lies; keeps it in memory of its own if it lies nowhere yet. */
    Value stored(Names names) {
        Value value = stored;
        if (value == null) {
            value = new Value(names.unique(lastPath), width());
            add(new Step.Keep(value), lastPath);
        }
        return value;
    }

    /**
     * Where the value that a norm reads lies. It takes the product's place when nothing but a bias came before: the raw
     * product is needed no more.
     */
    Value storedForNorm(Names names) {
        if (stored != null || product == null || !steps.stream().allMatch(Step.AddBias.class::isInstance)) {
            return stored(names);
        }
        if (!steps.isEmpty()) {
            add(new Step.Keep(product.result()), lastPath);
        }
        return product.result();
    }

    private int width() {
        return product == null ? source.width() : product.result().width();
    }

    boolean contains(Value value) {
        return steps.stream()
                .anyMatch(step -> (step instanceof Step.Keep keep && keep.value() == value)
                        || (step instanceof Step.Fork fork && fork.value() == value));
    }

    boolean hasBatchNorm() {
        return steps.stream().anyMatch(Step.BatchNorm.class::isInstance);
    }

    boolean isLong() {
        return steps.size() >= MOST_STEPS;
    }

    void trained() {
        trained = true;
    }

    boolean isTrained() {
        return trained;
    }

    Item.Segment build() {
        return new Item.Segment(
                name,
                Optional.ofNullable(product),
                List.copyOf(projections),
                source,
                List.copyOf(steps),
                startLevel,
                endLevel,
                trained);
    }
}
