package io.headwaiter.gateway.contracts;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.gateway.testing.RunningGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that are nearly good: hundreds for each path of the document, with eighty rounds thousands for each. None is
 * answered 5xx, each answer is as the document describes it, and those that are refused have changed nothing: they are sent
 * once more, with a look at all tables before and after.
 *
 * <p>{@code -Dheadwaiter.seed=…} has the same requests made again, {@code -Dheadwaiter.fuzz-rounds=…} more or fewer of them.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("headwaiter.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("headwaiter.fuzz-rounds", 8);

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    /** No key is held back here. */
    private static final RunningGateway GATEWAY = HEADWAITER.startGateway(
            "--headwaiter.gateway.rate-limit=1000000", "--headwaiter.gateway.rate-burst=1000000");

    private static final OpenApi API = OpenApi.of(GATEWAY);

    /** Requests at once: fewer of those that may change what the others are about. */
    private static final int ROUND_OF_READS = 40;

    private static final int ROUND = 16;

    private record Sent(Operation operation, Draft draft, Reply reply) {
        @Override
        public String toString() {
            return draft + "\n  -> " + reply;
        }
    }

    private final Random random = new Random(SEED);
    private final Mutate mutate = new Mutate(random);
    private final Map<String, Integer> counts = new TreeMap<>();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void nothing_that_is_sent_breaks_the_gateway_and_what_it_refuses_changes_nothing() {
        System.out.println("The seed is " + SEED);
        List<Operation> operations = API.operations().stream()
                .filter(operation -> !operation.isOpen())
                .toList();
        Subjects subjects = subjects();
        for (Operation operation : operations) {
            subjects = operation.isWrite() ? write(operation, subjects) : read(operation, subjects);
        }
        System.out.println("Sent, by operation and answer: " + counts);
    }

    /** What reads changes nothing, whatever it answers. */
    private Subjects read(Operation operation, Subjects subjects) {
        Dump before = Dump.of(HEADWAITER, subjects.restaurant());
        for (int round = 0; round < ROUNDS; round++) {
            send(operation, subjects);
        }
        assertThat(before.differences(Dump.of(HEADWAITER, subjects.restaurant())))
                .as("seed %d: after %s", SEED, operation)
                .isEmpty();
        return subjects;
    }

    private Subjects write(Operation operation, Subjects before) {
        Subjects subjects = before;
        List<Sent> refused = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try {
                subjects.renew(operation);
            } catch (AssertionError ruined) {
                // The house was set up so that it takes no bookings any more: as its people may.
                subjects = subjects();
            }
            // One that is not refused may have changed what the others of its round are about.
            refused.addAll(send(operation, subjects));
        }
        changesNothing(operation, refused, subjects);
        return subjects;
    }

    /** A round of requests about one subject; those that were refused. */
    private List<Sent> send(Operation operation, Subjects subjects) {
        List<Draft> good = subjects.draft(operation);
        List<Draft> drafts = Stream.generate(() -> mutate.one(good.get(random.nextInt(good.size())), operation))
                .limit(operation.isWrite() ? ROUND : ROUND_OF_READS)
                .toList();
        List<Sent> sent = sendAll(operation, drafts, subjects.callers());
        for (Sent each : sent) {
            counts.merge(operation + " " + each.reply().status(), 1, Integer::sum);
            check(each, good.getFirst().path());
        }
        return sent.stream().filter(each -> each.reply().status() >= 400).toList();
    }

    private static List<Sent> sendAll(Operation operation, List<Draft> drafts, Callers callers) {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Sent>> sent = drafts.stream()
                    .map(draft -> senders.submit(() -> new Sent(operation, draft, draft.sendBy(callers))))
                    .toList();
            List<Sent> all = new ArrayList<>();
            for (Future<Sent> each : sent) {
                all.add(each.get());
            }
            all.forEach(each -> awaitDecided(each.reply(), callers));
            return all;
        } catch (ExecutionException | InterruptedException failure) {
            throw new AssertionError("seed " + SEED, failure);
        }
    }

    /** What was taken and not waited for would change the house at any moment. */
    private static void awaitDecided(Reply reply, Callers callers) {
        String place = reply.status() == 202 ? reply.header("Location") : "";
        if (place.contains("/booking-requests/")) {
            String path = place.substring(place.indexOf("/api/"));
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> !callers.get(path)
                    .at("/data/booking_request/status")
                    .stringValue()
                    .equals("pending"));
        }
    }

    private static void check(Sent sent, String path) {
        String message = "seed " + SEED + ": " + sent;
        assertThat(sent.reply().status()).as(message).isLessThan(500);
        if (sent.draft().path().equals(path)) {
            assertThat(sent.operation().wrongWith(sent.reply())).as(message).isEmpty();
        } else if (sent.reply().status() >= 400) {
            // Who knows which operation that is.
            assertThat(sent.reply().header("Content-Type")).as(message).isEqualTo("application/problem+json");
        }
        assertThat(sent.reply().text()).as(message).doesNotContain("Exception", "io.headwaiter", "\tat ");
    }

    private static void changesNothing(Operation operation, List<Sent> refused, Subjects subjects) {
        Dump before = dump(operation, subjects);
        List<Sent> again = new ArrayList<>();
        for (int i = 0; i < refused.size(); i += ROUND) {
            List<Draft> drafts = refused.subList(i, Math.min(i + ROUND, refused.size())).stream()
                    .map(Sent::draft)
                    .toList();
            again.addAll(sendAll(operation, drafts, subjects.callers()));
            if (again.stream().anyMatch(sent -> sent.reply().status() < 400)) {
                // What was refused may be granted now: the house has been changed by others in between.
                before = dump(operation, subjects);
                again.clear();
            }
        }
        assertThat(before.differences(dump(operation, subjects)))
                .as("seed %d: after %s", SEED, again)
                .isEmpty();
    }

    /** A refusal by the worker is a decision, and kept. */
    private static Dump dump(Operation operation, Subjects subjects) {
        Dump all = Dump.of(HEADWAITER, subjects.restaurant());
        return operation.documents(202) ? all.without("booking_requests") : all;
    }

    private static Subjects subjects() {
        Known restaurant = HEADWAITER.add(aRestaurant().withTables(4, 4, 4, 4));
        Callers callers = GATEWAY.with(HEADWAITER.addKey(ConformanceTest.ALL_SCOPES, restaurant.id()));
        await().until(() -> callers.get(restaurant.clients()).status() == 200);
        return Subjects.at(restaurant, callers, API);
    }
}
