package io.headwaiter.local.services;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one start of an application leaves for those after it: its classes, loaded and linked (JEP 483, JEP 514). They start in
 * half the time, and with half the work. Only of class paths without folders can it be made.
 */
public final class AotCache {

    private final Path file;

    public AotCache(Path file) {
        this.file = file;
    }

    /** Whether this JVM can make one in one step. */
    public static boolean isPossible() {
        return Runtime.version().feature() >= 25;
    }

    /** For the start that leaves it, when it ends in order. */
    public List<String> toBeMade() {
        return List.of("-XX:AOTCacheOutput=" + file);
    }

    /** For a start that leaves it and ends before it would connect to anything, as when the images are built. */
    public List<String> toBeRehearsed() {
        return Stream.concat(toBeMade().stream(), Stream.of("-Dspring.context.exit=onRefresh"))
                .toList();
    }

    /** For all the others. Also when there is none: nothing then. */
    public List<String> ifMade() {
        return Files.exists(file) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** The same class path, each of its folders as a jar in this one. */
    public static String packed(String classPath, Path into) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .map(entry -> Files.isDirectory(entry) ? pack(entry, into) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @param folder as Maven has it: {@code module/target/classes} */
    private static Path pack(Path folder, Path into) {
        Path jar = into.resolve(folder.getName(folder.getNameCount() - 3) + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        try {
            Files.createDirectories(into);
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out);
                    Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.skip(1).toList()) {
                    String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                    // Folders too: whoever lists one of a class path looks for its entry.
                    entries.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
                    if (Files.isRegularFile(file)) {
                        Files.copy(file, entries);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
