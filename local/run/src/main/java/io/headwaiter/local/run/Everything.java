package io.headwaiter.local.run;

import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.LocalApp;
import io.headwaiter.local.services.LocalBroker;
import io.headwaiter.local.services.LocalDatabase;
import io.headwaiter.local.services.LocalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The four processes that make up Headwaiter, the order they start and stop in, and the example of a fifth.
 *
 * <pre>
 *   broker  --.                      .-- worker  --.
 *              >-- migrate -- demo --<              >-- (ready) -- mailer
 *   database --'                     '-- gateway --'
 * </pre>
 */
final class Everything {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    // Together less than ten seconds: first who takes requests, then who decides them, then what both stand on.
    private static final Duration STOP_LIMIT = Duration.ofMillis(2400);

    private final Settings settings;
    private final LeftBehind leftBehind;
    private final Progress progress;
    private final Database databases;
    private final Applications applications;
    private final Part broker;
    private final Part database;
    private final Part worker;
    private final Part gateway;
    private final Part mailer;
    private final Mailbox mailbox = new Mailbox(FreePort.find());

    Everything(Settings settings, DataFolder data, LeftBehind leftBehind, Progress progress) throws IOException {
        this.settings = settings;
        this.leftBehind = leftBehind;
        this.progress = progress;
        var secrets = Secrets.of(data.folder());
        this.databases = new Database(
                "jdbc:postgresql://127.0.0.1:" + settings.databasePort() + "/",
                LocalDatabase.SUPERUSER,
                secrets.databasePassword());
        this.applications = new Applications(settings, data, secrets, databases.url());
        this.broker = part(() ->
                LocalBroker.launch(new LocalBroker.Settings(data.broker(), settings.brokerPort(), "512m", false)));
        this.database = part(() -> LocalDatabase.launch(new LocalDatabase.Settings(
                data.database(), settings.databasePort(), secrets.databasePassword(), false)));
        this.worker = part(applications::worker);
        this.gateway = part(applications::gateway);
        this.mailer = part(() -> applications.notifications(mailbox.port()));
    }

    /** Returns when requests are taken and decided. */
    void start() throws IOException, SQLException {
        together(broker, database);
        databases.createIfMissing();
        migrate();
        if (databases.addDemoIfNew()) {
            progress.say("The demo restaurants are in");
        }
        together(worker, gateway);
    }

    String welcome() throws SQLException {
        return Welcome.text(settings, databases.durability(), databases.url(), Clock.systemUTC());
    }

    /** Returns before any is sent: whoever tries Headwaiter out need not wait for that. */
    void startMails() throws IOException {
        mailbox.start();
        MailPages.serve(mailbox, settings.mailsPort());
        mailer.begin();
    }

    void keepRunning(Consumer<CannotStart> giveUp) {
        inStopOrder().forEach(part -> part.keepRunning(giveUp));
        // Bookings are taken without mails, too.
        mailer.keepRunning(failure -> progress.say(String.valueOf(failure.getMessage())));
    }

    void stop() {
        var mailing = CompletableFuture.runAsync(() -> mailer.stop(STOP_LIMIT));
        inStopOrder().forEach(part -> part.stop(STOP_LIMIT));
        mailing.join();
    }

    private List<Part> inStopOrder() {
        return List.of(gateway, worker, broker, database);
    }

    private void together(Part one, Part other) {
        var first = CompletableFuture.runAsync(() -> one.start(START_LIMIT));
        other.start(START_LIMIT);
        first.join();
    }

    private void migrate() throws IOException {
        LocalApp migrate = applications.migrate(LocalDatabase.SUPERUSER);
        leftBehind.remember(migrate.process());
        int status = migrate.process().onExit().join();
        if (status != 0) {
            throw new CannotStart("The tables and topics could not be made (status " + status + "). The log says why: "
                    + migrate.log());
        }
        progress.say("Roles, tables and topics are made");
    }

    private Part part(Launch launch) {
        Supplier<LocalServer> remembered = () -> {
            try {
                LocalServer server = launch.now();
                leftBehind.remember(server.process());
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return new Part(remembered, progress);
    }

    private interface Launch {
        LocalServer now() throws IOException;
    }
}
