package io.headwaiter.local.services;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once a user and version into the folder for temporary files. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The folder that has `bin/postgres` in it. */
    static synchronized Path unpacked() {
        try {
            byte[] archive = archive();
            Path home = Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve("headwaiter-postgresql-%s-%08x"
                            .formatted(System.getProperty("user.name"), checksum(archive)));
            if (!isComplete(home)) {
                unpack(archive, home);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try (var stream = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return stream.readAllBytes();
        }
    }

    private static long checksum(byte[] archive) {
        var crc = new CRC32();
        crc.update(archive);
        return crc.getValue();
    }

    // A folder for temporary files may be tidied up behind our back, a few files at a time: hence the count.
    private static boolean isComplete(Path home) throws IOException {
        Path count = home.resolve("files");
        return Files.exists(count) && Files.readString(count).equals(Long.toString(files(home)));
    }

    private static long files(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            return files.filter(f -> !f.endsWith("files")).count();
        }
    }

    /** Unpacks beside and renames, so that nobody ever sees half of it. */
    private static void unpack(byte[] archive, Path home) throws IOException {
        Path beside = Files.createTempDirectory(home.getParent(), "headwaiter-postgresql-unpacking-");
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, beside.resolve(entry.getName()).normalize());
            }
        }
        // Made for this user alone, as temporary folders are; PostgreSQL may run as another.
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(beside.resolve("files"), Long.toString(files(beside)));
        if (isComplete(home)) {
            // Another build was faster.
            delete(beside);
            return;
        }
        delete(home);
        Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("Cannot make " + target + " executable");
            }
        }
    }
}
