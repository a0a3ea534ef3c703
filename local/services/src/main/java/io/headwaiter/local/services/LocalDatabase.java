package io.headwaiter.local.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server of this machine, reachable on 127.0.0.1 only.
 *
 * <p>Its data stay where they are told to: starting it again on the same directory goes on with the same databases.
 * Roles log in with passwords (SCRAM), here as in production: else nobody would notice that one was never set, and
 * everybody on the machine could read the guests.
 */
public final class LocalDatabase implements LocalServer {

    public static final String SUPERUSER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int STATUS_LINE = 7;

    // Given on the command line at every start, so that what an older version wrote to postgresql.conf does not count.
    // The first three are what keeps a committed booking when the power fails; tests run with them, too.
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=100",
            "shared_buffers=256MB",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=");

    private final GuardedProcess process;
    private final Path cluster;
    private final int port;
    private final Path log;

    private LocalDatabase(GuardedProcess process, Path cluster, int port, Path log) {
        this.process = process;
        this.cluster = cluster;
        this.port = port;
        this.log = log;
    }

    /**
     * How a server is started.
     *
     * @param dataDirectory made when missing; the log is in it, too
     * @param password the superuser's, set when the data are made; it must stay the same after that
     * @param throwaway it is stopped at once rather than in order, and its data are deleted
     * @param more settings of the server, each as {@code name=value}, besides ours or instead
     */
    public record Settings(Path dataDirectory, int port, String password, boolean throwaway, List<String> more) {

        public Settings(Path dataDirectory, int port, String password, boolean throwaway) {
            this(dataDirectory, port, password, throwaway, List.of());
        }
    }

    /** Returns when the server takes queries. */
    public static LocalDatabase start(Path dataDirectory, int port, String password) {
        return start(new Settings(dataDirectory, port, password, false));
    }

    /** Returns when the server takes queries. */
    public static LocalDatabase start(Settings settings) {
        var database = launch(settings);
        database.awaitReady(START_LIMIT);
        return database;
    }

    /** Makes the data when there are none, and returns before the server is ready; see {@link #awaitReady}. */
    public static LocalDatabase launch(Settings settings) {
        Path directory = settings.dataDirectory().toAbsolutePath();
        Path log = directory.resolve("postgresql.log");
        Path cluster = directory.resolve("cluster");
        Path binaries = PostgresBinaries.unpacked().resolve("bin");
        try {
            Files.createDirectories(directory);
            if (!Files.exists(cluster)) {
                make(cluster, settings.password(), binaries, log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(List.of(binaries.resolve("postgres").toString(), "-D", cluster.toString()));
        command.addAll(List.of("-p", Integer.toString(settings.port())));
        // Of two for one name the later counts.
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        settings.more().forEach(setting -> command.addAll(List.of("-c", setting)));
        // INT is PostgreSQL's fast shutdown: it does not wait for clients to leave. QUIT is the immediate one.
        var launch = GuardedProcess.Launch.of(AsOrdinaryUser.command(cluster, command), log)
                .stoppedBy("INT");
        if (settings.throwaway()) {
            launch = launch.stoppedBy("QUIT").thenDeleting(directory);
        }
        return new LocalDatabase(GuardedProcess.start(launch), cluster, settings.port(), log);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public GuardedProcess process() {
        return process;
    }

    @Override
    public Path log() {
        return log;
    }

    // Made beside and renamed: what was left half made by a kill is never taken for data. The locale is PostgreSQL's
    // own, so that it does not depend on the machine's.
    private static void make(Path cluster, String password, Path binaries, Path log) throws IOException {
        Path beside = Files.createTempDirectory(cluster.getParent(), "cluster-");
        // In there nobody else can read it.
        Path passwordFile = Files.writeString(beside.resolve("password"), password);
        try {
            Path target = beside.resolve("data");
            var command = List.of(
                    binaries.resolve("initdb").toString(),
                    "--pgdata=" + target,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions");
            int status = GuardedProcess.start(GuardedProcess.Launch.of(AsOrdinaryUser.command(beside, command), log))
                    .onExit()
                    .join();
            if (status != 0) {
                throw new DidNotStart("PostgreSQL could not make its data", log);
            }
            Files.move(target, cluster, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.delete(passwordFile);
            Files.deleteIfExists(beside);
        }
    }

    // The server itself says so in a file. To ask by connecting would not do: somebody else's may be on that port.
    @Override
    public boolean isReady() {
        try {
            var lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE
                    && lines.getFirst().equals(Long.toString(process.pid()))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (IOException notYet) {
            return false;
        }
    }
}
