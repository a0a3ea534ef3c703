package io.headwaiter.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/** Passwords and keys of one data folder: made once, readable by their owner only. */
record Secrets(String databasePassword, String workerPassword, String gatewayPassword, String tokenSecret) {

    private static final String DATABASE = "database-password";
    private static final String WORKER = "worker-password";
    private static final String GATEWAY = "gateway-password";
    private static final String TOKEN = "token-secret";

    static Secrets of(Path folder) throws IOException {
        Path file = folder.resolve("secrets.properties");
        if (!Files.exists(file)) {
            make(file);
        }
        var kept = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            kept.load(reader);
        }
        return new Secrets(
                kept.getProperty(DATABASE),
                kept.getProperty(WORKER),
                kept.getProperty(GATEWAY),
                kept.getProperty(TOKEN));
    }

    // Made beside and renamed, so that a full disk does not leave half of them.
    private static void make(Path file) throws IOException {
        var random = new SecureRandom();
        var lines = new StringBuilder();
        for (String name : List.of(DATABASE, WORKER, GATEWAY, TOKEN)) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            lines.append(name)
                    .append('=')
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append('\n');
        }
        Path beside = Files.createTempFile(
                file.getParent(),
                "secrets",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, lines);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
