package io.espalier.processor.read;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a class file (Java Virtual Machine Specification, chapter 4) says of its instance fields. Eclipse's compiler hands over
 * those of a class file in alphabetical order; in the file itself they stand in source order, whichever compiler wrote it.
 *
 * @param name the binary name of the class, such as {@code demo.Outer$Inner}
 * @param instanceFields the names of its fields that are neither static nor synthetic, in the order of the file
 */
record ClassFile(String name, List<String> instanceFields) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int STATIC = 0x0008;
    private static final int SYNTHETIC = 0x1000;

    /** Copies the list. */
    ClassFile {
        instanceFields = List.copyOf(instanceFields);
    }

    /**
     * Reads as far as the fields.
     *
     * @param bytes the file; not closed
     * @return empty if it is no class file, or one of a form that is not known
     */
    static Optional<ClassFile> read(InputStream bytes) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        if (in.readInt() != MAGIC) {
            return Optional.empty();
        }
        in.readInt(); // the version
        int constants = in.readUnsignedShort();
        String[] texts = new String[constants];
        int[] classNames = new int[constants];
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classNames[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // a long or double takes two places
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        in.skipNBytes(2); // the class's own access flags
        String name = texts[classNames[in.readUnsignedShort()]];
        in.skipNBytes(2); // the superclass
        in.skipNBytes(2L * in.readUnsignedShort()); // the interfaces
        int fields = in.readUnsignedShort();
        List<String> instanceFields = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            int access = in.readUnsignedShort();
            String field = texts[in.readUnsignedShort()];
            in.skipNBytes(2); // the descriptor
            int attributes = in.readUnsignedShort();
            for (int k = 0; k < attributes; k++) {
                in.skipNBytes(2); // its name
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
            if ((access & (STATIC | SYNTHETIC)) == 0) {
                instanceFields.add(field);
            }
        }
        return Optional.of(new ClassFile(name.replace('/', '.'), instanceFields));
    }
}
