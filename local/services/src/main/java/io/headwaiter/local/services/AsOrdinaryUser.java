package io.headwaiter.local.services;

import com.sun.security.auth.module.UnixSystem;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL refuses to run as root, as which builds in containers often run. There it runs in a user namespace of its
 * own, where root is nobody in particular; where those are forbidden, as the user `nobody`, who then owns the data.
 */
final class AsOrdinaryUser {

    private static final int NOBODY = 65534;

    private AsOrdinaryUser() {}

    /** The command to run instead of `command`. It may write in `directory`. */
    static List<String> command(Path directory, List<String> command) {
        var prefixed = new ArrayList<String>();
        if (new UnixSystem().getUid() == 0) {
            if (LinuxUtils.isUnshareAvailable()) {
                prefixed.addAll(List.of("unshare", "-U"));
            } else {
                own(directory);
                prefixed.addAll(List.of(
                        "setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--inh-caps=-all"));
            }
        }
        prefixed.addAll(command);
        return List.copyOf(prefixed);
    }

    private static void own(Path directory) {
        letThrough(directory.toAbsolutePath().getParent());
        try (var files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", NOBODY);
                Files.setAttribute(file, "unix:gid", NOBODY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void letThrough(@Nullable Path directory) {
        if (directory != null && !directory.toFile().setExecutable(true, false)) {
            throw new IllegalStateException("Cannot let another user through " + directory);
        }
    }
}
