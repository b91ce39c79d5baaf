package io.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabularEncodingTest {
    private static final String ROWS = """
            id,age,colour,flat,kind
            1,1,red,5,cat
            2,3,blue,5,dog
            3,,red,5,cat
            4,100,green,6,dog
            """;

    @TempDir
    Path directory;

    private CsvTable table(String text) throws IOException {
        return CsvTable.read(Files.writeString(directory.resolve("rows.csv"), text));
    }

    private static TabularEncoder encoder() {
        return TabularEncoder.target("kind").exclude("id");
    }

    /** The fourth row takes no part in what is learnt. By hand: age has mean 2 and deviation 1. */
    @Test
    void theTrainingRowsAloneAreLearntFrom() throws IOException {
        CsvTable table = table(ROWS);
        TabularEncoding encoding = encoder().fit(table.subset(0, 1, 2));
        assertThat(encoding.featureNames()).containsExactly("age", "colour=blue", "colour=red", "flat");
        assertThat(encoding.inputSize()).isEqualTo(4);
        assertThat(encoding.outputs()).isEqualTo(2);
        assertThat(encoding.labels()).containsExactly("cat", "dog");
        assertThat(encoding.isClassification()).isTrue();
        assertThat(encoding.features(table)).containsExactly(-1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 98, 0, 0, 1);
        Dataset dataset = encoding.dataset(table);
        assertThat(DatasetTest.labels(dataset)).containsExactly(0, 1, 0, 1);
        assertThat(dataset.outputs()).isEqualTo(2);
        assertThat(encoding).hasToString("[age, colour, flat] as 4 features -> kind of 2 classes");
    }

    @Test
    void missingValuesMayHaveAFeature() throws IOException {
        CsvTable table = table("n,t,y\n1,a,0\n,a,1\n3,,0\n5,b,1\n");
        TabularEncoding encoding =
                TabularEncoder.target("y").missingIndicators().fit(table);
        assertThat(encoding.featureNames()).containsExactly("n", "n is missing", "t=a", "t=b", "t is missing");
        float unit = (float) (2 / Math.sqrt(8.0 / 3));
        assertThat(encoding.features(table))
                .containsExactly(-unit, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, unit, 0, 0, 1, 0);
        assertThat(TabularEncoding.fromJson(encoding.toJson()).features(table)).isEqualTo(encoding.features(table));
    }

    @Test
    void valuesAreStandardizedAndComeBack() throws IOException {
        CsvTable table = table("x,y\n1,10\n2,20\n3,30\n");
        TabularEncoding encoding = TabularEncoder.target("y").regression().fit(table);
        assertThat(encoding.isClassification()).isFalse();
        assertThat(encoding.labels()).isEmpty();
        assertThat(encoding.outputs()).isEqualTo(1);
        Dataset dataset = encoding.dataset(table);
        Batch batch = dataset.newBatch(3);
        dataset.fill(new int[] {0, 1, 2}, 0, 3, batch);
        assertThat(encoding.targetDeviation()).isCloseTo(Math.sqrt(200.0 / 3), within(1e-12));
        for (int row = 0; row < 3; row++) {
            assertThat(encoding.targetValue(batch.targetValues()[row])).isCloseTo(10 * (row + 1), within(1e-5));
        }
        assertThat(TabularEncoder.target("y").classification().fit(table).labels())
                .containsExactly("10", "20", "30");
    }

    @Test
    void aRowInMemoryIsEncodedAsOneOfAFile() throws IOException {
        CsvTable table = table("n,t,y\n1,a,0\n,a,1\n3,,0\n5,b,1\n");
        TabularEncoding encoding =
                TabularEncoder.target("y").missingIndicators().fit(table);
        float[] all = encoding.features(table);
        for (int row = 0; row < table.rows(); row++) {
            Map<String, String> cells = new HashMap<>(Map.of("passed over", "x"));
            for (String column : List.of("n", "t")) {
                cells.put(column, Objects.requireNonNullElse(table.text(row, column), " "));
            }
            int width = encoding.inputSize();
            assertThat(encoding.features(cells)).isEqualTo(Arrays.copyOfRange(all, row * width, (row + 1) * width));
        }
        assertThat(encoding.features(Map.of("n", "3", "t", "never seen"))).containsExactly(0, 0, 0, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoding.features(Map.of("t", "a")))
                .withMessageContaining("no column 'n'");
        for (String bad : List.of("three", "1e400", "NaN", "0x1p3")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoding.features(Map.of("n", bad, "t", "a")))
                    .withMessageContaining("Column 'n': expected a number")
                    .withMessageContaining("found '" + bad + "'");
        }
    }

    /** Two rows of a later file, whose colours look like numbers: the encoding says what its columns are. */
    @Test
    void laterFilesAreReadAsTheTrainingRowsWere() throws IOException {
        TabularEncoding encoding = encoder().fit(table(ROWS));
        Path later = Files.writeString(directory.resolve("later.csv"), "flat,colour,age\n5,17,34\n6,red,?\n");
        CsvTable table = CsvTable.read(later, encoding.columnsOf(CsvFormat.standard()));
        assertThat(encoding.features(table)).hasSize(2 * encoding.inputSize());
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> encoding.dataset(table))
                .withMessageContaining("no column 'kind'");
        Files.writeString(later, "flat,colour\n5,red\n");
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> encoding.features(CsvTable.read(later)))
                .withMessageContaining("no column 'age'; the columns are flat, colour");
        Files.writeString(later, "flat,colour,age\n5,red,old\n");
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> encoding.features(CsvTable.read(later)))
                .withMessageContaining("line 2, column 'age': expected a number, found 'old'");
    }

    @Test
    void whatCannotBeLearntFromIsRefused() throws IOException {
        refused(
                encoder(),
                "id,age,kind\n1,2,cat\n2,3,cat\n",
                "column 'kind': expected at least two classes, found only");
        refused(encoder(), "id,kind\n1,cat\n2,dog\n", "no column left to predict from");
        refused(encoder(), "id,age,kind\n1,2,cat\n2,3,\n", "line 3, column 'kind': the target is missing");
        refused(encoder(), "id,age,kind\n1,NA,cat\n2,,dog\n", "column 'age': none of the 2 training rows has a value");
        refused(encoder(), "id,age\n1,2\n", "no column 'kind'");
        refused(encoder(), "age,kind\n1,cat\n2,dog\n", "no column 'id'");
        refused(encoder().regression(), "id,age,kind\n1,2,cat\n2,3,dog\n", "line 2, column 'kind': expected a number");
        refused(encoder().classification(), "id,age,kind\n1,2,1\n2,3,1.5\n", "expected a class, a text or a whole");
        StringBuilder names = new StringBuilder("id,name,kind\n");
        for (int i = 0; i < 200; i++) {
            names.append(i).append(",name").append(i).append(",").append(i % 2).append('\n');
        }
        refused(encoder(), names.toString(), "column 'name': found 200 different texts");
        TabularEncoding encoding = encoder().fit(table(ROWS).subset(0, 1, 2));
        CsvTable other = table("age,colour,flat,kind\n1,red,5,emu\n");
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> encoding.dataset(other))
                .withMessageContaining(
                        "line 2, column 'kind': expected a class of the training rows, cat, dog; found 'emu'");
        TabularEncoding tiny = TabularEncoder.withoutTarget().fit(table("x\n1e-30\n2e-30\n"));
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> tiny.features(table("x\n1e38\n")))
                .withMessageContaining("line 2, column 'x': 1.0E38 is too far from");
        assertThatIllegalStateException()
                .isThrownBy(() -> tiny.dataset(other))
                .withMessageContaining("without a target");
        assertThatIllegalStateException().isThrownBy(encoding::targetDeviation).withMessageContaining("holds classes");
    }

    private void refused(TabularEncoder encoder, String text, String problem) throws IOException {
        CsvTable table = table(text);
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> encoder.fit(table))
                .withMessageContaining(problem)
                .withMessageContaining("rows.csv");
    }

    @Test
    void theTextGivesEveryNumberBack() throws IOException {
        CsvTable table = table("x,t,y\n0.1,\"a \"\"quoted\"\"\nline\",1.1\n0.7,b,2.3\n1e-9,b,7.7\n");
        TabularEncoding encoding = TabularEncoder.target("y").fit(table);
        TabularEncoding again = TabularEncoding.fromJson(encoding.toJson());
        assertThat(again.toJson()).isEqualTo(encoding.toJson()).doesNotContain("\n");
        assertThat(again.features(table)).isEqualTo(encoding.features(table));
        assertThat(again.targetValue(0.3)).isEqualTo(encoding.targetValue(0.3));
        assertThat(again.featureNames()).isEqualTo(encoding.featureNames());
    }

    @Test
    @SuppressWarnings("NullAway") // what a map has for a network that was saved without an encoding
    void aMissingTextIsRefused() {
        Map<String, String> texts = Map.of();
        assertThatNullPointerException()
                .isThrownBy(() -> TabularEncoding.fromJson(texts.get("encoding")))
                .withMessage("There is no text to read a tabular encoding from; was it saved with the network?");
    }

    @Test
    void aMalformedTextIsRefused() throws IOException {
        String good = encoder().missingIndicators().fit(table(ROWS)).toJson();
        assertThat(TabularEncoding.fromJson(good).toJson()).isEqualTo(good);
        for (int length = 0; length < good.length(); length++) {
            String cut = good.substring(0, length);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TabularEncoding.fromJson(cut))
                    .withMessageStartingWith("No valid tabular encoding, character ");
        }
        String[][] changes = {
            {"tabular.1", "tabular.2", "expected the format espalier.tabular.1"},
            {"\"blue\"", "\"red\"", "each text once"},
            {"\"blue\"", "7", "expected a text, found 7"},
            {"\"flat\"", "\"age\"", "each column once"},
            {"\"kind\"", "\"age\"", "not to be a feature"},
            {"\"deviation\":", "\"deviation\":-", "greater than 0"},
            {"\"mean\":", "\"mean\":1e999,\"x\":", "finite"},
            {"\"mean\"", "\"means\"", "expected mean or categories"},
            {"\"indicator\":true", "\"indicator\":1", "true or false"},
            {"\"classes\":[\"cat\",", "\"classes\":[", "at least 2 texts"},
            {"\"target\"", "\"features\"", "'features'"},
            {"\"target\"", "\"goal\"", "expected the field target"},
        };
        for (String[] change : changes) {
            assertThat(good).contains(change[0]);
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> TabularEncoding.fromJson(good.replaceFirst(change[0].replace("[", "\\["), change[1])))
                    .withMessageContaining(change[2]);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TabularEncoding.fromJson(good + "{}"));
        long seed = System.nanoTime();
        System.out.println("TabularEncodingTest.aMalformedTextIsRefused seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            StringBuilder damaged = new StringBuilder(good);
            damaged.setCharAt(random.nextInt(good.length()), "{}[]\",:0e-\\x".charAt(random.nextInt(12)));
            try {
                TabularEncoding.fromJson(damaged.toString());
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("No valid tabular encoding, character ");
            }
        }
    }

    @Test
    void realTablesAreRead() throws IOException {
        Path folder = SharedData.folder("sklearn");
        CsvFormat counted = CsvFormat.standard().skipLines(1).numberedColumns();
        check(CsvTable.read(folder.resolve("iris.csv"), counted), "5", 150, 4, 3);
        check(CsvTable.read(folder.resolve("wine_data.csv"), counted), "14", 178, 13, 3);
        check(CsvTable.read(folder.resolve("breast_cancer.csv"), counted), "31", 569, 30, 2);
        CsvFormat bare = CsvFormat.standard().numberedColumns();
        check(CsvTable.read(folder.resolve("digits.csv.gz"), bare), "65", 1797, 64, 10);
        CsvFormat spaced = bare.delimiter(' ');
        CsvTable diabetes = CsvTable.read(folder.resolve("diabetes_data_raw.csv.gz"), spaced);
        assertThat(diabetes.rows()).isEqualTo(442);
        assertThat(TabularEncoder.withoutTarget().fit(diabetes).features(diabetes))
                .hasSize(4420);
        CsvTable progress = CsvTable.read(folder.resolve("diabetes_target.csv.gz"), spaced);
        assertThat(progress.holdsClasses("1")).isFalse();
        assertThat(progress.number(0, "1")).isEqualTo(151);
        CsvTable exercise = CsvTable.read(
                folder.resolve("linnerud_exercise.csv"), CsvFormat.standard().delimiter(' '));
        assertThat(exercise.columns()).containsExactly("Chins", "Situps", "Jumps");
    }

    private static void check(CsvTable table, String target, int rows, int features, int classes) throws IOException {
        assertThat(table.rows()).isEqualTo(rows);
        CsvTable.Split split = table.stratifiedSplit(target, 0.25, 1);
        TabularEncoding encoding = TabularEncoder.target(target).fit(split.train());
        assertThat(encoding.inputSize()).isEqualTo(features);
        assertThat(encoding.outputs()).isEqualTo(classes);
        assertThat(encoding.dataset(split.validation()).size())
                .isEqualTo(rows - split.train().rows());
    }
}
