package io.espalier.processor.fuzz;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A draft written out: each annotation and each field on a line of its own, so that a line tells what is meant.
 *
 * @param files the text of each file by its path
 * @param planted where the mistake stands that was planted, if one was
 */
record Sources(Map<String, String> files, Optional<Place> planted) {
    /** A place: the file, the line, and the name of the field or type as messages give it. */
    record Place(String file, long line, String name) {}

    private static final String PACKAGE = "io.espalier.annotation.";

    static Sources of(Draft draft) {
        return new Writer(draft).write();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        files.forEach(
                (path, source) -> text.append("==== ").append(path).append('\n').append(source));
        return text.toString();
    }

    private static final class Writer {
        private final Draft draft;
        private final Map<String, String> files = new LinkedHashMap<>();
        private Optional<Place> planted = Optional.empty();
        private List<String> lines = new ArrayList<>();
        private String path = "";

        Writer(Draft draft) {
            this.draft = draft;
        }

        Sources write() {
            if (draft.module()) {
                files.put("module-info.java", "module demo { requires io.espalier; requires java.compiler; }\n");
            }
            for (Draft.Unit unit : draft.units()) {
                lines = new ArrayList<>();
                path = fileName(unit.packageName().replace('.', '/')
                        + (unit.packageName().isEmpty() ? "" : "/") + unit.name() + ".java");
                if (!unit.packageName().isEmpty()) {
                    lines.add("package " + unit.packageName() + ";");
                }
                if (!draft.qualified()) {
                    lines.add("import io.espalier.Layer;");
                    lines.add("import io.espalier.annotation.*;");
                }
                unit.types().forEach(type -> type(type, "", ""));
                files.put(path, String.join("\n", lines) + "\n");
            }
            return new Sources(files, planted);
        }

        /** A file of a name that this machine cannot write has another; only public types mind. */
        private static String fileName(String wanted) {
            String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
            return Charset.forName(encoding).newEncoder().canEncode(wanted)
                    ? wanted
                    : wanted.replaceAll("[^\\x00-\\x7f]", "_");
        }

        private void type(Draft.Type type, String indent, String outer) {
            String name = outer + type.name();
            marks(type.marks(), indent, name);
            String body = indent + "    ";
            String header = indent + type.modifiers() + " " + type.name();
            List<Draft.Member> others = type.members();
            if (type.isRecord()) {
                add(header + "(", type.wrong(), name);
                List<Draft.Member> components =
                        type.members().stream().filter(Draft.Member::stage).toList();
                for (Draft.Member component : components) {
                    String end = component == components.getLast() ? "" : ",";
                    marks(component.marks(), body, name + "." + component.name());
                    add(
                            body + typeOf(component) + " " + component.name() + end,
                            component.wrong(),
                            name + "." + component.name());
                }
                lines.add(indent + ") " + type.tail() + " {");
                others = type.members().stream()
                        .filter(member -> !member.stage())
                        .toList();
            } else {
                add(header + type.tail() + " {", type.wrong(), name);
                if (type.modifiers().endsWith("enum")) {
                    lines.add(body + ";");
                }
            }
            for (Draft.Member member : others) {
                marks(member.marks(), body, name + "." + member.name());
                String initializer = member.stage() && type.modifiers().endsWith("interface") ? " = null;" : ";";
                add(
                        body + typeOf(member) + " " + member.name() + (member.stage() ? initializer : ""),
                        member.wrong(),
                        name + "." + member.name());
            }
            type.inner().forEach(inner -> type(inner, body, name + "."));
            lines.add(indent + "}");
        }

        private String typeOf(Draft.Member member) {
            return resolve(member.type().replace("§Layer", draft.qualified() ? "io.espalier.Layer" : "Layer"));
        }

        private void marks(List<Draft.Mark> marks, String indent, String name) {
            for (Draft.Mark mark : marks) {
                String type = mark.name().contains(".") || !draft.qualified() ? mark.name() : PACKAGE + mark.name();
                String arguments = mark.arguments().isEmpty() ? "" : "(" + resolve(mark.arguments()) + ")";
                add(indent + "@" + type + arguments, mark.wrong(), name);
            }
        }

        private String resolve(String text) {
            return text.replace(Draft.LANGUAGE, draft.qualified() ? PACKAGE : "");
        }

        private void add(String line, boolean wrong, String name) {
            lines.add(line);
            if (wrong) {
                planted = Optional.of(new Place(path, lines.size(), name));
            }
        }
    }
}
