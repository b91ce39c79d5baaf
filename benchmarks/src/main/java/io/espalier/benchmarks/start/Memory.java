package io.espalier.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the operating system says of this process's memory; Linux only.
 *
 * @param resident bytes in memory now
 * @param peak the most that there ever were
 */
record Memory(long resident, long peak) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String MARK = "memory ";

    static Memory now() throws IOException {
        if (!Files.exists(STATUS)) {
            return new Memory(0, 0);
        }
        return new Memory(kilobytes("VmRSS:") * 1024, kilobytes("VmHWM:") * 1024);
    }

    /** As a line for another process. */
    String line() {
        return MARK + resident + " " + peak;
    }

    static boolean isLine(String line) {
        return line.startsWith(MARK);
    }

    static Memory ofLine(String line) {
        String[] parts = line.substring(MARK.length()).split(" ", -1);
        return new Memory(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static long kilobytes(String key) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("There is no " + key + " in " + STATUS);
    }
}
