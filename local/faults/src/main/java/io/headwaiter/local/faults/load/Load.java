package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.history.Recorder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many callers, who together ask so often a second, and have at most one call each on its way. */
public final class Load {

    private static final int LOOKING_AT_ONCE = 16;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Gateways gateways;
    private final Undecided undecided = new Undecided();
    private final Progress progress = new Progress();
    private final List<Thread> callers = new ArrayList<>();
    private final Ask ask;
    private volatile boolean over;

    private Load(Settings settings, Recorder history) {
        this.gateways = new Gateways(settings.gateways(), settings.houses().key());
        this.ask = new Ask(gateways, settings.houses(), history, undecided, progress);
    }

    /** @param callers as many calls may be on their way at once */
    public record Settings(List<URI> gateways, Houses houses, long seed, int callsPerSecond, int callers) {

        /** Of 250 calls a second by 200 callers. */
        public static Settings of(List<URI> gateways, Houses houses, long seed) {
            return new Settings(gateways, houses, seed, 250, 200);
        }
    }

    /** Returns when all gateways know the restaurants, and the callers have begun. */
    public static Load start(Settings settings, Recorder history) {
        Load load = new Load(settings, history);
        load.awaitKnown(settings);
        Pace pace = new Pace(settings.callsPerSecond());
        Booked.Shared shared = new Booked.Shared();
        Instant now = Instant.now();
        for (int number = 0; number < settings.callers(); number++) {
            Random dice = new Random(settings.seed() * 1_000_003 + number);
            Choose choose = new Choose(dice, settings.houses(), now);
            Caller caller = new Caller(
                    Long.toString(settings.seed(), 36) + "-" + number,
                    dice,
                    choose,
                    load.ask,
                    pace,
                    shared,
                    () -> load.over);
            load.callers.add(Thread.ofVirtual().name("caller-" + number).start(caller));
        }
        return load;
    }

    /** A gateway reads its keys and restaurants every few seconds. */
    private void awaitKnown(Settings settings) {
        List<Long> houses = settings.houses().ids();
        String last = "/api/restaurants/" + houses.getLast() + "/reservations/1";
        for (int i = 0; i < settings.gateways().size(); i++) {
            int gateway = i;
            if (!Await.until(Duration.ofSeconds(60), () -> isKnown(gateway, last))) {
                throw new IllegalStateException(gateways.url(gateway) + " does not know the restaurants");
            }
        }
    }

    private boolean isKnown(int gateway, String path) {
        try {
            Reply reply = gateways.get(gateway, path);
            return reply.status() == 404
                    && reply.json().path("code").asString("").equals("reservation_not_found");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public Progress progress() {
        return progress;
    }

    /**
     * Lets the callers finish what they are at, and asks for every outcome that was not told yet.
     *
     * @return how many acknowledged requests were still not decided after so long
     */
    public int stop(Duration atMost) {
        over = true;
        Instant limit = Instant.now().plus(atMost);
        try {
            for (Thread caller : callers) {
                caller.join(Duration.between(Instant.now(), limit).plusMillis(1));
            }
            drain(limit);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        callers.forEach(Thread::interrupt);
        gateways.close();
        return undecided.count();
    }

    private void drain(Instant limit) throws InterruptedException {
        try (ExecutorService looking = Executors.newFixedThreadPool(LOOKING_AT_ONCE)) {
            for (int round = 0; undecided.count() > 0 && Instant.now().isBefore(limit); round++) {
                int gateway = round;
                looking.invokeAll(undecided.all().stream()
                        .map(open -> Executors.callable(() -> look(open, gateway)))
                        .toList());
                Await.pause(BETWEEN_LOOKS);
            }
        }
    }

    private void look(Undecided.Token open, int gateway) {
        try {
            ask.lookOnce(open, gateway);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
