package io.espalier.processor.fuzz;

import io.espalier.processor.fuzz.Draft.Mark;
import io.espalier.processor.fuzz.Draft.Member;
import io.espalier.processor.fuzz.Draft.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws networks with their blocks that have nothing wrong with them, save what rules of style may say. */
final class SoundModels {
    private static final int[] WIDTHS = {1, 2, 3, 4, 7, 8, 8, 8, 15, 16, 16, 17, 31, 33, 70};

    private final Dice dice;
    private final Stages stages;
    private final Identifiers names;
    private final Decor decor;
    private final String blockPackage;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Type> networks = new ArrayList<>();

    /**
     * A block that later stages may run.
     *
     * @param type its declaration
     * @param reference its name where it is used
     * @param in the width that it takes, 0 for any
     * @param out the width that it gives, 0 for what it takes
     * @param needsBranch whether it stands in a residual branch only
     * @param joins whether it has residual branches of its own
     */
    record Block(Type type, String reference, int in, int out, boolean needsBranch, boolean joins, boolean flattens) {}

    /** What is known of the place where a stage is drawn. */
    static final class Line {
        final List<Member> members = new ArrayList<>();
        final Set<String> taken = new HashSet<>();
        int width;
        boolean needsBranch;
        boolean joins;
        boolean flattens;

        /** Examples have several positions, which a stage amid others must not make one of. */
        boolean positions;

        final boolean relative;

        Line(int width, boolean relative) {
            this.width = width;
            this.relative = relative;
        }
    }

    SoundModels(Dice dice, Identifiers names, String blockPackage) {
        this.dice = dice;
        this.names = names;
        this.decor = new Decor(dice);
        this.stages = new Stages(dice, names);
        this.blockPackage = blockPackage;
    }

    List<Type> networks() {
        return networks;
    }

    List<Type> blockTypes() {
        return blocks.stream().map(Block::type).toList();
    }

    /** Draws some of each. */
    void draw() {
        if (dice.onceIn(30)) {
            chain(dice.between(10, 30));
        }
        int count = dice.below(4);
        for (int i = 0; i < count; i++) {
            block(dice.onceIn(2));
        }
        int wanted = dice.onceIn(40) ? dice.between(8, 20) : dice.between(1, 2);
        for (int i = 0; i < wanted; i++) {
            network(dice.onceIn(60) ? dice.between(60, 500) : dice.between(0, 5));
        }
    }

    /** Blocks that run each other, the first levels twice. */
    private void chain(int depth) {
        for (int level = 0; level < depth; level++) {
            Line line = new Line(0, true);
            if (level == 0) {
                stages.operations(line, 0);
            } else {
                Block next = blocks.getLast();
                run(line, next);
                if (depth - level <= 3) {
                    run(line, next);
                }
            }
            add(line, 0);
        }
    }

    private void block(boolean relative) {
        int in = relative ? 0 : dice.one(4, 8, 16);
        Line line = new Line(in, relative);
        int count = dice.between(1, 3);
        for (int i = 0; i < count; i++) {
            stage(line);
        }
        if (line.needsBranch) {
            // Back to what entered the branch, so that any shortcut fits.
            stages.back(line);
        }
        add(line, in);
    }

    private void add(Line line, int in) {
        String name = names.type();
        Type type = new Type(
                new ArrayList<>(List.of(Mark.of("Block"))), "", name, "", line.members, new ArrayList<>(), false);
        blocks.add(new Block(
                type,
                blockPackage + name,
                in,
                line.relative ? 0 : line.width,
                line.needsBranch,
                line.joins,
                line.flattens));
    }

    private void network(int count) {
        boolean image = dice.onceIn(5);
        // Worked on position by position, and flattened before the last stage.
        boolean positions = !image && dice.onceIn(5);
        int width = image ? 12 : count > 20 ? dice.one(4, 8) : width();
        Line line = new Line(width, false);
        line.positions = positions;
        if (image) {
            stages.flatten(line);
        }
        for (int i = 0; i < count; i++) {
            stage(line);
        }
        if (positions) {
            stages.flatten(line);
        }
        stages.last(line, dice.between(2, 6));
        String input = image
                ? dice.one("{3, 4}", "{3, 2, 2}", "{12, 1}")
                : positions
                        ? dice.one("{3, " + width + "}", "{2, 2, " + width + "}")
                        : dice.one("" + width, "{" + width + "}");
        List<Mark> marks = decor.network(input, line.joins);
        networks.add(new Type(marks, "", names.type(), "", line.members, new ArrayList<>(), false));
    }

    private void stage(Line line) {
        List<Block> fitting = blocks.stream()
                .filter(block -> block.in() == 0 || block.in() == line.width)
                .filter(block -> !(line.positions && block.flattens()))
                // A block of fixed widths would fix the width of one that fits any.
                .filter(block -> !line.relative || block.in() == 0)
                .toList();
        if (!fitting.isEmpty() && dice.onceIn(3)) {
            run(line, dice.one(fitting));
        } else {
            stages.operations(line, line.relative ? 0 : width());
        }
    }

    private void run(Line line, Block block) {
        List<Mark> marks = new ArrayList<>();
        boolean residual = block.needsBranch() || dice.onceIn(3);
        int out = block.out() == 0 ? line.width : block.out();
        stages.whole(line, marks, residual, out == line.width, block.joins() ? 3 : 5);
        line.joins |= residual || block.joins();
        line.flattens |= block.flattens();
        line.members.add(new Member(marks, block.reference(), names.field(line.taken), true, false));
        line.width = out;
    }

    private int width() {
        return WIDTHS[dice.below(WIDTHS.length)];
    }
}
