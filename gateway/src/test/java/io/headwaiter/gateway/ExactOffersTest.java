package io.headwaiter.gateway;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.local.fixtures.ARestaurant;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/**
 * The count on offer equals what the constraint lets in: every slot of random restaurants is tried out, on the days on which
 * their clocks change. Each has a seed of its own, which a failure names; {@code -Dheadwaiter.seed=...} runs that one alone.
 */
class ExactOffersTest {

    private static final String[] ZONES = {
        "Europe/Madrid",
        "America/New_York",
        "Australia/Lord_Howe", // by half an hour
        "America/Havana", // at midnight forwards, back to midnight
        "Asia/Beirut", // at midnight forwards, back across midnight
        "Africa/Cairo", // at midnight, both ways
        "America/Santiago", // at midnight, both ways
        "Antarctica/Troll", // by two hours
        "Pacific/Chatham", // at a quarter to four
        "America/Nuuk" // to the day before
    };
    private static final int HOUSES = 2 * ZONES.length;
    private static final int QUARTER = 15;
    /** More would open connections faster than they can be used again. */
    private static final int REQUESTS_AT_ONCE = 48;

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
    private SingleConnectionDataSource connection;
    private JdbcClient jdbc;

    /** One for all threads, who take turns: opening one for each statement would take longer than all the bookings. */
    @BeforeEach
    void connect() throws SQLException {
        connection = new SingleConnectionDataSource(headwaiter.connection(), true);
        jdbc = JdbcClient.create(connection);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    @Test
    void a_slot_takes_as_many_parties_as_it_says_and_what_is_no_slot_takes_none() throws Exception {
        Long only = Long.getLong("headwaiter.seed");
        List<Long> seeds = only != null
                ? List.of(only)
                : IntStream.range(0, HOUSES).mapToObj(Long::valueOf).toList();
        List<Integer> offered = inParallel(seeds.stream()
                .<Callable<Integer>>map(seed -> () -> tryOut(seed))
                .toList());

        if (only == null) {
            assertThat(offered.stream().mapToInt(Integer::intValue).sum())
                    .as("slots that were offered")
                    .isGreaterThan(HOUSES * 5);
        }
    }

    /** @return how many slots were offered */
    private int tryOut(long seed) {
        try {
            return new House(seed).tryOut();
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("Fails with -Dheadwaiter.seed=" + seed + ": " + failure.getMessage(), failure);
        }
    }

    private static <T> List<T> inParallel(List<Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(work)) {
                results.add(one.get());
            }
            return results;
        }
    }

    /** A random restaurant on the day of a change of its clocks, forwards or back by turns; some of its time is taken. */
    private final class House {

        private static final String[][] HOURS = {
            {"00:00", "00:00"},
            {"20:00", "03:30"},
            {"22:00", "02:15", "02:45", "06:00"},
            {"11:30", "15:00", "18:00", "00:30"},
            {"00:15", "05:00", "21:00", "00:00"}
        };
        private static final int[] STEPS = {45, 60, 90};

        private final Random random;
        private final ZoneId zone;
        private final LocalDate date;
        private final int step;
        private final int guests;
        private final List<Integer> smallest = new ArrayList<>();
        private final List<Integer> capacities = new ArrayList<>();
        private final Known restaurant;

        House(long seed) {
            random = new Random(seed);
            zone = ZoneId.of(ZONES[(int) (seed % ZONES.length)]);
            // What is tried out must not pass while it is.
            Instant from = Instant.now().plus(Duration.ofDays(2));
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (seed >= ZONES.length) {
                change = zone.getRules().nextTransition(change.getInstant());
            }
            date = random.nextInt(3) == 0
                    ? change.getDateTimeAfter().toLocalDate()
                    : change.getDateTimeBefore().minusNanos(1).toLocalDate();
            // Half an hour that comes twice, or never, must hold a slot.
            step = zone.getId().equals("Australia/Lord_Howe") ? 30 : STEPS[random.nextInt(STEPS.length)];
            guests = 1 + random.nextInt(4);
            restaurant = headwaiter.add(restaurant());
            takeSomeTime();
        }

        private ARestaurant restaurant() {
            ARestaurant house = aRestaurant()
                    .in(zone.getId())
                    .slotEvery(step)
                    .buffer(QUARTER * random.nextInt(3))
                    .turnUpTo(2, 45 + QUARTER * random.nextInt(4))
                    .turnUpTo(4, 60 + QUARTER * random.nextInt(6));
            String[] hours = HOURS[random.nextInt(HOURS.length)];
            for (int i = 0; i < hours.length; i += 2) {
                house.open(hours[i], hours[i + 1]);
            }
            for (int i = 2 + random.nextInt(2); i > 0; i--) {
                smallest.add(1 + random.nextInt(2));
                capacities.add(2 + random.nextInt(4));
                house.withTable(smallest.getLast(), capacities.getLast(), 0);
            }
            return house;
        }

        private void takeSomeTime() {
            Instant midnight = date.atStartOfDay(zone).toInstant();
            for (int i = 0; i < 8; i++) {
                Instant start = midnight.plus(Duration.ofMinutes(QUARTER * (random.nextLong(120) - 12)));
                jdbc.sql(
                                """
                                insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at)
                                values (:restaurant, :table, :start, :end) on conflict do nothing
                                """)
                        .param("restaurant", restaurant.id())
                        .param("table", restaurant.table(random.nextInt(capacities.size())))
                        .param("start", start.atOffset(ZoneOffset.UTC))
                        .param(
                                "end",
                                start.plus(Duration.ofMinutes(QUARTER * (1 + random.nextLong(6))))
                                        .atOffset(ZoneOffset.UTC))
                        .update();
            }
        }

        int tryOut() throws Exception {
            Map<Instant, Integer> offered = offered();
            List<Instant> slots = quarters().stream().filter(this::isOnTheGrid).toList();
            assertThat(slots).containsAll(offered.keySet());

            List<Callable<Reply>> refusals = new ArrayList<>();
            for (Instant slot : slots) {
                if (!offered.containsKey(slot)) {
                    seating().forEach(table -> refusals.add(() -> book(slot, table)));
                }
            }
            for (Reply reply : inParallel(refusals)) {
                assertThat(reply.status()).as("%s: %s", this, reply).isEqualTo(409);
            }
            for (Map.Entry<Instant, Integer> slot : offered.entrySet()) {
                assertThat(partiesThatGet(slot.getKey(), slot.getValue()))
                        .as("parties that get a table at %s, %s", slot.getKey(), this)
                        .isEqualTo(slot.getValue());
                freeAgain();
            }
            assertThat(offered()).isEqualTo(offered);
            return offered.size();
        }

        /** By table, or without naming any; in both cases it is asked for more than there is. */
        private int partiesThatGet(Instant slot, int tables) throws Exception {
            List<Callable<Reply>> requests = random.nextBoolean()
                    ? seating()
                            .<Callable<Reply>>map(table -> () -> book(slot, table))
                            .toList()
                    : Collections.nCopies(tables + 1, () -> book(slot, null));
            List<Reply> replies = inParallel(requests);
            assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(201, 409));
            return (int) replies.stream().filter(reply -> reply.status() == 201).count();
        }

        private Map<Instant, Integer> offered() {
            Reply reply =
                    headwaiter.of(restaurant).get(restaurant.availability("date=%s&guests=%d".formatted(date, guests)));
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            Map<Instant, Integer> offered = new LinkedHashMap<>();
            for (JsonNode slot : reply.at("/data/slots")) {
                OffsetDateTime start = OffsetDateTime.parse(slot.get("date").stringValue());
                assertThat(start).isEqualTo(start.atZoneSameInstant(zone).toOffsetDateTime());
                assertThat(start.toLocalDate()).isEqualTo(date);
                offered.put(start.toInstant(), slot.get("tables_available").intValue());
            }
            return offered;
        }

        /** Every quarter of an hour of the date, found by looking at the clock around it. */
        private List<Instant> quarters() {
            Instant from = date.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            return Stream.iterate(from, time -> time.plus(Duration.ofMinutes(QUARTER)))
                    .limit(4 * 72)
                    .filter(time -> LocalDate.ofInstant(time, zone).equals(date))
                    .toList();
        }

        private boolean isOnTheGrid(Instant time) {
            return time.atZone(zone).toLocalTime().toSecondOfDay() / 60 % step == 0;
        }

        private Stream<Long> seating() {
            return IntStream.range(0, capacities.size())
                    .filter(table -> smallest.get(table) <= guests && guests <= capacities.get(table))
                    .mapToObj(restaurant::table);
        }

        private Reply book(Instant start, @Nullable Long table) {
            requests.acquireUninterruptibly();
            try {
                return headwaiter
                        .of(restaurant)
                        .post(
                                restaurant.reservations(),
                                "{\"date\":\"%s\",\"guests\":%d%s}"
                                        .formatted(start, guests, table == null ? "" : ",\"table_id\":" + table),
                                "Prefer",
                                "wait=30");
            } finally {
                requests.release();
            }
        }

        /** But for what was taken from the start. */
        private void freeAgain() {
            jdbc.sql("delete from table_occupancy where restaurant_id = :restaurant and reservation_id is not null")
                    .param("restaurant", restaurant.id())
                    .update();
        }

        @Override
        public String toString() {
            return "%s in %s for %d, restaurant %d".formatted(date, zone, guests, restaurant.id());
        }
    }
}
