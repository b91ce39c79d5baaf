package io.espalier.samples.cli;

import io.espalier.train.ConsoleProgress;
import io.espalier.train.TrainingListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Where a sample prints.
 *
 * @param out what it finds
 * @param err what is wrong
 * @param progress makes the listener of each training
 */
public record Console(PrintStream out, PrintWriter err, Supplier<TrainingListener> progress) {

    /** The terminal that the program was started in. */
    public static Console terminal() {
        // A terminal that claims to know ASCII only mostly shows UTF-8 all the same, and question marks help nobody.
        if (System.out.charset().equals(StandardCharsets.US_ASCII)) {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        }
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, System.out.charset());
        return new Console(System.out, err, ConsoleProgress::create);
    }
}
