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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that are nearly good, for each operation of the document. None is answered 5xx, each answer is as the
 * document describes it, and those that are refused have changed nothing: they are sent once more, with a look at all
 * tables before and after.
 *
 * <p>{@code -Dheadwaiter.seed=…} has the same requests made again, {@code -Dheadwaiter.fuzz-seconds=…} more or fewer of them.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("headwaiter.seed", System.nanoTime());
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("headwaiter.fuzz-seconds", 20));

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    /** No key is held back here. */
    private static final RunningGateway GATEWAY = HEADWAITER.startGateway(
            "--headwaiter.gateway.rate-limit=1000000", "--headwaiter.gateway.rate-burst=1000000");

    private static final OpenApi API = OpenApi.of(GATEWAY);

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
        long share = TIME.toNanos() / operations.size();
        Subjects subjects = subjects();
        for (Operation operation : operations) {
            long start = System.nanoTime();
            List<Sent> refused = new ArrayList<>();
            while (System.nanoTime() - start < share * 2 / 3) {
                try {
                    subjects.renew(operation);
                } catch (AssertionError ruined) {
                    // Somebody set the house up so that it takes no bookings: as they may.
                    subjects = subjects();
                }
                refused.addAll(send(operation, subjects));
            }
            changesNothing(operation, refused, subjects, start + share);
        }
        System.out.println("Sent, by operation and answer: " + counts);
    }

    /** A round of requests about one subject; it ends when that may have changed. Those that were refused. */
    private List<Sent> send(Operation operation, Subjects subjects) {
        List<Draft> good = subjects.draft(operation);
        List<Sent> refused = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Draft draft = mutate.one(good.get(random.nextInt(good.size())), operation);
            Sent sent = new Sent(operation, draft, draft.sendBy(subjects.callers()));
            counts.merge(operation + " " + sent.reply().status(), 1, Integer::sum);
            check(sent, good.getFirst().path());
            if (sent.reply().status() >= 400) {
                refused.add(sent);
            } else if (operation.isWrite()) {
                break;
            }
        }
        return refused;
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

    private static void changesNothing(Operation operation, List<Sent> refused, Subjects subjects, long until) {
        Dump before = dump(operation, subjects);
        List<Sent> again = new ArrayList<>();
        for (Sent sent : refused) {
            if (System.nanoTime() > until) {
                break;
            }
            Reply reply = sent.draft().sendBy(subjects.callers());
            if (reply.status() < 400) {
                // What was refused may be granted now: the house has been changed by others in between.
                before = dump(operation, subjects);
                again.clear();
            } else {
                again.add(new Sent(operation, sent.draft(), reply));
            }
        }
        assertThat(before.differences(dump(operation, subjects)))
                .as("seed %d: after %s", SEED, again)
                .isEmpty();
    }

    /** A refusal by the worker is a decision, and kept. */
    private static Dump dump(Operation operation, Subjects subjects) {
        Dump all = Dump.of(subjects.restaurant(), HEADWAITER.jdbc());
        return operation.documents(202) ? all.without("booking_requests") : all;
    }

    private static Subjects subjects() {
        Known restaurant = HEADWAITER.add(aRestaurant().withTables(4, 4, 4, 4));
        Callers callers = GATEWAY.with(HEADWAITER.addKey(ConformanceTest.ALL_SCOPES, restaurant.id()));
        await().until(() -> callers.get(restaurant.clients()).status() == 200);
        return Subjects.at(restaurant, callers, API);
    }
}
