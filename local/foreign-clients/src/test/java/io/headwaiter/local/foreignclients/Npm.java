package io.headwaiter.local.foreignclients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packages that {@code package-lock.json} names, installed below {@code target}, and the programs of
 * {@code src/test/javascript} beside them. Begun at once, so that it goes on while the services start.
 */
final class Npm {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path FOLDER = MODULE.resolve("target/npm");
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final CopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;
    private static final int OLDEST_NODE = 20;

    /** What npm says when the registry cannot be reached. Anything else that goes wrong is ours. */
    private static final String[] UNREACHABLE = {
        "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH", "ENOTCACHED"
    };

    private static final Set<String> RAN = new ConcurrentSkipListSet<>();
    private static final Set<String> SKIPPED = new ConcurrentSkipListSet<>();

    /** The last of these, since it begins to install. Empty when all is well. */
    private static final CompletableFuture<String> WHY_NOT = CompletableFuture.supplyAsync(Npm::install);

    private Npm() {}

    /** Starts to install. */
    static void begin() {
        Objects.requireNonNull(WHY_NOT);
    }

    /** Skips the test, with the reason, where the packages cannot be had. */
    static void assumeInstalled(String... packages) {
        String whyNot = WHY_NOT.join();
        if (!whyNot.isEmpty()) {
            skip(String.join(", ", packages), whyNot);
        }
        Arrays.stream(packages).map(Npm::withVersion).forEach(RAN::add);
    }

    static void skip(String client, String whyNot) {
        SKIPPED.add(client + " (" + whyNot + ")");
        Assumptions.abort(whyNot);
    }

    /** Notes that this one is tried. @param client with its version */
    static void ran(String client) {
        RAN.add(client);
    }

    /** Which were tried, with their versions, and which not, and why: below all that the services say. */
    static String summary() {
        return "Foreign clients that ran: " + listed(RAN) + System.lineSeparator()
                + "Foreign clients that were skipped: " + listed(SKIPPED);
    }

    private static String listed(Set<String> clients) {
        return clients.isEmpty() ? "none" : String.join(", ", clients);
    }

    /** One of {@code src/test/javascript}, or one that was written to {@link #folder}. */
    static Program node(String program, String... arguments) {
        return Program.start(
                FOLDER,
                Stream.concat(Stream.of("node", program), Stream.of(arguments)).toArray(String[]::new));
    }

    static Path folder() {
        return FOLDER;
    }

    static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String withVersion(String name) {
        Path json = FOLDER.resolve("node_modules").resolve(name).resolve("package.json");
        return name + " "
                + new JsonMapper().readTree(json.toFile()).at("/version").asString();
    }

    /** Returns why it could not; empty when it could. */
    private static String install() {
        if (!isOnThePath("node") || !isOnThePath("npm")) {
            return "Node.js and npm are not on the PATH";
        }
        Program version = Program.start(FOLDER, "node", "-p", "process.versions.node");
        String node = version.result(PATIENCE).strip();
        if (Integer.parseInt(node.substring(0, node.indexOf('.'))) < OLDEST_NODE) {
            return "Node.js is " + node + ", and must be " + OLDEST_NODE + " or later";
        }
        RAN.add("Node.js " + node);
        try {
            copy(MODULE.resolve("src/test/javascript"));
            Files.writeString(FOLDER.resolve("redocly.yaml"), Files.readString(MODULE.resolve("redocly.yaml")));
            if (isInstalled()) {
                return "";
            }
            Files.copy(MODULE.resolve("package.json"), FOLDER.resolve("package.json"), REPLACE);
            Files.copy(MODULE.resolve("package-lock.json"), FOLDER.resolve("package-lock.json"), REPLACE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Program npm = Program.start(
                FOLDER,
                "npm",
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
                "--fetch-retries=0",
                "--fetch-timeout=30000");
        if (npm.endsWell(PATIENCE)) {
            return "";
        }
        String said = npm.said();
        if (said.isBlank() || Arrays.stream(UNREACHABLE).anyMatch(said::contains)) {
            return "npm's registry cannot be reached: "
                    + said.lines().findFirst().orElse("no answer in time");
        }
        throw new IllegalStateException("npm ci failed: " + said);
    }

    /** By this very lock: npm writes what it has installed when it is done. */
    private static boolean isInstalled() throws IOException {
        Path lock = FOLDER.resolve("package-lock.json");
        return Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
                && Files.exists(lock)
                && Files.mismatch(lock, MODULE.resolve("package-lock.json")) < 0;
    }

    private static void copy(Path programs) throws IOException {
        try (Stream<Path> files = Files.list(programs)) {
            for (Path program : files.toList()) {
                Files.copy(program, FOLDER.resolve(program.getFileName()), REPLACE);
            }
        }
    }
}
