package io.espalier.data;

import static io.espalier.data.IdxFiles.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvTableTest {
    private static final String PEOPLE = """
            age,city,smokes
            31, Kyiv ,yes
            NA,"Ob, the ""great""
            river",no
            4.5e1,,yes
            """;

    @TempDir
    Path directory;

    @Test
    void cellsAreTypedByColumn() throws IOException {
        for (byte[] content : new byte[][] {bytes(PEOPLE), gzip(bytes(PEOPLE)), bytes("\uFEFF" + PEOPLE)}) {
            CsvTable table = CsvTable.read(write(content));
            assertThat(table.columns()).containsExactly("age", "city", "smokes");
            assertThat(table.rows()).isEqualTo(3);
            assertThat(table.isNumeric("age")).isTrue();
            assertThat(table.isNumeric("city")).isFalse();
            assertThat(table.number(0, "age")).isEqualTo(31);
            assertThat(table.number(1, "age")).isNaN();
            assertThat(table.number(2, "age")).isEqualTo(45);
            assertThat(table.text(2, "age")).isEqualTo("45");
            assertThat(table.text(0, "city")).isEqualTo("Kyiv");
            assertThat(table.text(1, "city")).isEqualTo("Ob, the \"great\"\nriver");
            assertThat(table.text(2, "city")).isNull();
            assertThat(table.line(1)).isEqualTo(3);
            assertThat(table.line(2)).as("after a quoted end of line").isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"',', false", "';', false", "'\t', false", "' ', true", "'|', true"})
    void delimitersAreDetectedOrGiven(String delimiter, boolean given) throws IOException {
        Path file = write(bytes("a*b\n1*x\n2*\"y*z\"\n".replace("*", delimiter)));
        CsvFormat format = CsvFormat.standard();
        CsvTable table = CsvTable.read(file, given ? format.delimiter(delimiter.charAt(0)) : format);
        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(table.text(1, "b")).isEqualTo("y" + delimiter + "z");
    }

    @Test
    void linesEndAsTheyLike() throws IOException {
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            CsvTable table = CsvTable.read(write(bytes("a,b" + end + end + "1,x" + end + "2,y")));
            assertThat(table.rows()).isEqualTo(2);
            assertThat(table.line(1)).isEqualTo(4);
        }
    }

    @Test
    void columnsMayBeNamedByTheCaller() throws IOException {
        Path file = write(bytes("3,2,count\n1,x\n2,y\n"));
        CsvTable named = CsvTable.read(file, CsvFormat.standard().skipLines(1).columns("number", "letter"));
        assertThat(named.columns()).containsExactly("number", "letter");
        assertThat(named.rows()).isEqualTo(2);
        assertThat(named.line(0)).isEqualTo(2);
        CsvTable numbered =
                CsvTable.read(file, CsvFormat.standard().skipLines(1).numberedColumns());
        assertThat(numbered.columns()).containsExactly("1", "2");
        assertThat(numbered.text(1, "2")).isEqualTo("y");
    }

    @Test
    void whatCountsAsMissingCanBeSet() throws IOException {
        Path file = write(bytes("a,b\nna,null\n-,?\n1,x\n"));
        CsvTable standard = CsvTable.read(file, CsvFormat.standard().categories("a"));
        assertThat(standard.text(0, "a")).isNull();
        assertThat(standard.text(1, "a")).isEqualTo("-");
        assertThat(standard.text(1, "b")).isNull();
        CsvTable own = CsvTable.read(file, CsvFormat.standard().missing("-", "NA"));
        assertThat(own.isNumeric("a")).isTrue();
        assertThat(own.number(1, "a")).isNaN();
        assertThat(own.text(1, "b")).isEqualTo("?");
    }

    @Test
    void declaredColumnsKeepTheirTexts() throws IOException {
        Path file = write(bytes("code,n\n007,1\n7,2\n"));
        CsvTable table = CsvTable.read(file, CsvFormat.standard().categories("code"));
        assertThat(table.classes("code")).containsExactly("007", "7");
        assertThat(CsvTable.read(file).classes("code")).containsExactly("7");
    }

    @Test
    void classesAreToldFromValues() throws IOException {
        StringBuilder text = new StringBuilder("text,few,many,half\n");
        for (int i = 0; i < 30; i++) {
            text.append(i % 2 == 0 ? "b" : "a")
                    .append(',')
                    .append(20 - i % 20)
                    .append(',')
                    .append(i);
            text.append(',').append(i % 3).append(".5\n");
        }
        CsvTable table = CsvTable.read(write(bytes(text.toString())));
        assertThat(table.holdsClasses("text")).isTrue();
        assertThat(table.holdsClasses("few")).isTrue();
        assertThat(table.holdsClasses("many")).isFalse();
        assertThat(table.holdsClasses("half")).isFalse();
        assertThat(table.classes("text")).containsExactly("a", "b");
        assertThat(table.classes("few")).startsWith("1", "2", "3").endsWith("20");
        CsvTable.Split split = table.stratifiedSplit("text", 0.2, 1);
        assertThat(split.validation().rows()).isEqualTo(6);
        assertThat(split.validation().classes("text")).containsExactly("a", "b");
        assertThat(table.split(0.2, 1).train().rows()).isEqualTo(24);
        assertThatIllegalArgumentException().isThrownBy(table::subset);
        assertThat(table.subset(5, 3).subset(1).line(0)).isEqualTo(5);
    }

    static Stream<Arguments> malformed() {
        CsvFormat standard = CsvFormat.standard();
        return Stream.of(
                Arguments.of("", standard, "line 1", "expected rows"),
                Arguments.of("a,b\n\n", standard, "line 1", "expected rows of data after this line"),
                Arguments.of(
                        "a,b\n1,2\n1,2,3\n",
                        standard,
                        "line 3",
                        "expected 2 cells, one for each column of the header, line 1, found 3"),
                Arguments.of(
                        "x\n1,2\n1,2,3\n",
                        standard.skipLines(1).numberedColumns(),
                        "line 3",
                        "expected 2 cells, as many as line 2 has, found 3"),
                Arguments.of("a,b\n\"x\ny\",2\n1\n", standard, "line 4", "found 1 between ','"),
                Arguments.of("a,b,a\n1,2,3\n", standard, "line 1, column 'a'", "columns 1 and 3 have the same name"),
                Arguments.of("a,,b\n1,2,3\n", standard, "line 1", "column 2 of 3 has no name"),
                Arguments.of("1,2.5\n3,4\n", standard, "line 1", "found only numbers; name the columns"),
                Arguments.of("a,b\n1,2\n3,\"4\n", standard, "the row after line 2", "no valid CSV"),
                Arguments.of("a,b\n1,2\n3,\"4\"x\n", standard, "the row after line 2", "no valid CSV"),
                Arguments.of(
                        "a,b\n1,2\n",
                        standard.columns("a"),
                        "line 1",
                        "expected 1 cells, one for each name that was given, found 2"),
                Arguments.of("a,b\n1,2\n", standard.skipLines(9), "the first row", "no valid CSV"),
                Arguments.of(
                        "a,b\n1,2\n1x,3\n",
                        standard.numbers("a"),
                        "line 3, column 'a'",
                        "expected a number; found '1x'"),
                Arguments.of(
                        "a,b\n1,2\n7,3\n1;5,3\n", standard, "line 4, column 'a'", "as 2 of 3 cells of the column are"),
                Arguments.of("a,b\n1e99,2\n1,3\n4,4\n", standard, "line 2, column 'a'", "found '1e99'"),
                Arguments.of("a,b\n1,2\n", standard.numbers("c"), "header", "no column 'c'; the columns are a, b"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedFileIsRefusedByFileAndPlace(String text, CsvFormat format, String place, String problem)
            throws IOException {
        for (boolean packed : new boolean[] {false, true}) {
            Path file = write(packed ? gzip(bytes(text)) : bytes(text));
            assertThatExceptionOfType(DataFileException.class)
                    .isThrownBy(() -> CsvTable.read(file, format))
                    .withMessageStartingWith(file + ", " + place + ": ")
                    .withMessageContaining(problem)
                    .satisfies(e -> assertThat(e.place()).isEqualTo(place));
        }
    }

    @Test
    void whatIsNotUtf8IsRefusedByLine() throws IOException {
        byte[] latin = "name,n\nAnna,1\nJos\u00e9,2\nEva,3\n".getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] content : new byte[][] {latin, gzip(latin)}) {
            assertThatExceptionOfType(DataFileException.class)
                    .isThrownBy(() -> CsvTable.read(write(content)))
                    .withMessageContaining("line 3: the text is not UTF-8");
        }
        byte[] cut = bytes("a,b\n1,\u20ac");
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> CsvTable.read(write(Arrays.copyOf(cut, cut.length - 1))))
                .withMessageContaining("line 2: the text is not UTF-8");
        byte[] utf16 = PEOPLE.getBytes(StandardCharsets.UTF_16);
        assertThatExceptionOfType(DataFileException.class).isThrownBy(() -> CsvTable.read(write(utf16)));
    }

    /** Characters of two to four bytes over the ends of many buffers. */
    @Test
    void longTextsAreDecodedWhole() throws IOException {
        StringBuilder text = new StringBuilder("name,n\n");
        for (int i = 0; i < 5000; i++) {
            text.append("\u00e9\u20ac\uD83D\uDE00")
                    .append(i % 7)
                    .append(',')
                    .append(i)
                    .append('\n');
        }
        CsvTable table = CsvTable.read(write(bytes(text.toString())));
        assertThat(table.rows()).isEqualTo(5000);
        assertThat(table.text(4999, "name")).isEqualTo("\u00e9\u20ac\uD83D\uDE00" + 4999 % 7);
        assertThat(table.classes("name")).hasSize(7);
    }

    @Test
    void aPackedFileCutShortAnywhereIsRefusedAndAPlainOneNeverDoesWorse() throws IOException {
        byte[] plain = bytes(PEOPLE);
        byte[] packed = gzip(plain);
        for (int length = 2; length < packed.length; length++) {
            assertThat(reads(Arrays.copyOf(packed, length)))
                    .as("cut to " + length)
                    .isFalse();
        }
        assertThat(reads(packed)).isTrue();
        int refused = 0;
        for (int length = 0; length < plain.length; length++) {
            refused += reads(Arrays.copyOf(plain, length)) ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(plain.length / 2);
    }

    @Test
    void damagedFilesAreReadOrRefusedAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        System.out.println("CsvTableTest.damagedFilesAreReadOrRefusedAndNothingElse seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 1500; round++) {
            byte[] damaged = bytes(PEOPLE);
            for (int i = random.nextInt(4); i >= 0; i--) {
                String structure = ",;\"\n\r\t1.e-\u0000";
                damaged[random.nextInt(damaged.length)] = random.nextBoolean()
                        ? (byte) random.nextInt()
                        : (byte) structure.charAt(random.nextInt(structure.length()));
            }
            refused += reads(damaged) ? 0 : 1;
        }
        for (int round = 0; round < 300; round++) {
            byte[] garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            reads(garbage);
        }
        assertThat(refused).isGreaterThan(300);
    }

    @Test
    void aLineOfCommasMakesNoMillionsOfColumns() throws IOException {
        StringBuilder header = new StringBuilder("c0");
        for (int i = 1; i <= 70_000; i++) {
            header.append(",c").append(i);
        }
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> CsvTable.read(write(bytes(header.append('\n').toString()))))
                .withMessageContaining("65536");
    }

    @Test
    void whatIsNoFileIsNamed() throws IOException {
        assertThatExceptionOfType(DataFileException.class).isThrownBy(() -> CsvTable.read(directory));
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> CsvTable.read(directory.resolve("none.csv")));
        CsvTable table = CsvTable.read(write(bytes(PEOPLE)));
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> table.text(0, "height"))
                .withMessageContaining("no column 'height'; the columns are age, city, smokes");
        assertThatExceptionOfType(DataFileException.class)
                .isThrownBy(() -> table.classes("city"))
                .withMessageContaining("line 5, column 'city': the target is missing");
    }

    private boolean reads(byte[] content) throws IOException {
        try {
            CsvTable.read(write(content));
            return true;
        } catch (DataFileException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("table"), content);
    }
}
