package io.espalier.processor.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Random values for the elements of annotations, as source text. */
final class Values {
    private static final String[] ODD_INTS = {
        "0",
        "-1",
        "-2",
        "-3",
        "2147483647",
        "-2147483648",
        "1 << 20",
        "65536",
        "100000",
        "'a'",
        "(short) 3",
        "(byte) -1",
        "3 + 4",
        "7 / 2",
        "§Width.SAME",
        "§Width.BRANCH",
        "1 > 2 ? 3 : 4",
        "Integer.MAX_VALUE + 1"
    };
    private static final String[] ODD_DOUBLES = {
        "0",
        "1",
        "-0.1",
        "-0.0",
        "0.0 / 0",
        "1.0 / 0",
        "-1.0 / 0",
        "Double.MIN_VALUE",
        "Double.MAX_VALUE",
        "1e-46",
        "1e39",
        "0.9999999999",
        "1e-300",
        "'5'",
        "1f / 3",
        "7L",
        "0x1p-3",
        "0.8",
        "1.5",
        "50",
        "Float.MIN_VALUE"
    };
    private static final String[] WRONG = {
        "\"text\"",
        "null",
        "MISSING",
        "1 / 0",
        "2.5",
        "true",
        "{}",
        "{1, 2}",
        "3L",
        "@§Relu",
        "Object.class",
        "§Bias.ON",
        "§Loss.NOPE",
        "Missing.X",
        "{1, , 2}",
        "new int[3]",
        ""
    };

    private final Dice dice;

    Values(Dice dice) {
        this.dice = dice;
    }

    /** Arguments for an annotation: each value the usual one, an odd one, or, where that is asked for, one that does not compile. */
    String arguments(Language.Word word, boolean broken) {
        List<String> arguments = new ArrayList<>();
        for (Language.Element element : word.elements()) {
            if (element.required() ? !broken || !dice.onceIn(20) : dice.onceIn(2)) {
                String value = broken && dice.onceIn(8) ? dice.one(WRONG) : value(element.type());
                dice.insert(arguments, element.name() + " = " + value);
            }
        }
        if (broken && dice.onceIn(30)) {
            arguments.add("nonsense = 3");
        }
        boolean alone = arguments.size() == 1 && arguments.getFirst().startsWith("value = ");
        return alone && dice.onceIn(2)
                ? arguments.getFirst().substring("value = ".length())
                : String.join(", ", arguments);
    }

    private String value(Class<?> type) {
        if (type == int.class) {
            return dice.onceIn(5) ? dice.one(ODD_INTS) : String.valueOf(dice.between(1, 20));
        }
        if (type == double.class) {
            return dice.onceIn(5)
                    ? dice.one(ODD_DOUBLES)
                    : dice.one("0.1", "0.25", "0.5", "1e-3", "1e-5", "0.9", ".01");
        }
        if (type == boolean.class) {
            return dice.one("true", "false", "1 < 2");
        }
        if (type == int[].class) {
            return dice.one(
                    "8", "{8}", "{4}", "{2, 3}", "{2, 2, 2}", dice.one("{}", "0", "{-1, 8}", "{46341, 46341}", "16 "));
        }
        if (type.isEnum()) {
            return Draft.LANGUAGE + type.getSimpleName() + "."
                    + dice.one(Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .toList());
        }
        return "\"\"";
    }
}
