package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.NaiveRestaurant.Open;
import io.headwaiter.worker.NaiveRestaurant.Table;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.RandomSeed;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On one partition the order is known, so every answer is: the worker gives the one that the naive model gives. */
class AgainstAModelTest {

    private static final int REQUESTS = 900;

    @RegisterExtension
    final RandomSeed seed = new RandomSeed();

    private final Random random = seed.random;
    private final RunningWorker worker = RunningWorker.shared();
    private final ByHand byHand = new ByHand(worker.jdbc());
    private final Map<Long, NaiveRestaurant> models = new HashMap<>();
    private final List<Long> tables = new ArrayList<>();
    private final List<Long> clients = new ArrayList<>();

    @Test
    void the_worker_answers_a_partition_as_the_model_does() {
        add(new NaiveRestaurant(), aRestaurant(), 0, 2, 2, 4, 4, 6);
        add(lateHouse(), lateHouseItself(), 1, 2, 3, 4, 4, 8);
        add(twiceADay(), twiceADayItself(), 0, 2, 2, 2, 6);
        add(noPreference(), noPreferenceItself(), 2, 5, 3, 8, 8);
        addSpecialDays();
        List<Long> restaurants = List.copyOf(models.keySet());

        List<String> answers = play(() -> anything(restaurants.get(random.nextInt(restaurants.size()))));

        assertThat(new TreeSet<>(answers)).contains("no_table_available", "table_taken", "closed", "off_slot_grid");
    }

    @Test
    void it_does_so_in_a_large_room_where_first_choices_run_out() {
        int[] capacities = new int[70];
        for (int i = 0; i < capacities.length; i++) {
            capacities[i] = i < 28 ? 2 : i < 50 ? 4 : i < 60 ? 6 : 8;
        }
        add(new NaiveRestaurant(), aRestaurant(), 0, capacities);
        long room = models.keySet().iterator().next();

        List<String> answers = play(() -> onOneEvening(anything(room)));

        assertThat(new TreeSet<>(answers)).contains("no_table_available", "table_taken");
    }

    /** @return the answers, which both gave */
    private List<String> play(Supplier<PlaceBooking> requests) {
        List<RequestMessage> asked = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        RequestKey onePartition = new RequestKey(models.keySet().iterator().next(), 0);
        while (asked.size() < REQUESTS) {
            PlaceBooking wanted = requests.get();
            NaiveRestaurant model = models.get(wanted.restaurantId());
            Instant now = Instant.now();
            if (model != null && !isOnTheVerge(model, wanted.start(), now)) {
                expected.add(model.decide(wanted, now));
                asked.add(worker.place(RequestId.create(), wanted, onePartition));
            }
        }
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(answer(asked.get(i)))
                    .as("request %s: %s", i, asked.get(i).asked())
                    .isEqualTo(expected.get(i));
        }
        return expected;
    }

    private PlaceBooking onOneEvening(PlaceBooking asked) {
        Instant date = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(1, ChronoUnit.DAYS)
                .plus(17 * 60 + 15 * random.nextInt(30), ChronoUnit.MINUTES);
        return new PlaceBooking(
                asked.restaurantId(),
                PARTNER,
                date,
                asked.guests(),
                oneIn(4) ? asked.tableId() : null,
                asked.clientId(),
                null,
                null,
                null,
                null);
    }

    private String answer(RequestMessage request) {
        return switch (worker.events.of(request)) {
            case BookingConfirmed confirmed -> Long.toString(confirmed.table().id());
            case BookingRejected refused -> refused.reason();
            default -> throw new AssertionError(request);
        };
    }

    /** Whether the answer may change between our look at the clock and the worker's. */
    private static boolean isOnTheVerge(NaiveRestaurant model, Instant start, Instant now) {
        Duration notice = Duration.between(now, start).minusMinutes(model.notice);
        return notice.abs().compareTo(Duration.ofMinutes(5)) < 0
                || Duration.between(now, start).abs().compareTo(Duration.ofMinutes(5)) < 0;
    }

    private PlaceBooking anything(long restaurant) {
        Instant date = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(1 + random.nextInt(3), ChronoUnit.DAYS)
                .plus(oneIn(10) ? 5L * random.nextInt(288) : 20L * random.nextInt(72), ChronoUnit.MINUTES);
        if (oneIn(40)) {
            date = date.minus(20, ChronoUnit.DAYS);
        } else if (oneIn(40)) {
            date = date.plus(500, ChronoUnit.DAYS);
        } else if (oneIn(40)) {
            date = date.plusSeconds(1 + random.nextInt(59));
        }
        int guests = oneIn(20) ? 9 + random.nextInt(12) : 1 + random.nextInt(8);
        List<Table> own = Objects.requireNonNull(models.get(restaurant)).tables;
        Long table = oneIn(2) ? (Long) own.get(random.nextInt(own.size())).id() : null;
        if (oneIn(30)) {
            table = tables.get(random.nextInt(tables.size()));
        }
        Long client = oneIn(10) ? clients.get(random.nextInt(clients.size())) : null;
        return new PlaceBooking(restaurant, PARTNER, date, guests, table, client, null, null, null, null);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private void add(NaiveRestaurant model, ARestaurant restaurant, int smallestFrom, int... capacities) {
        if (model.hours.isEmpty()) {
            model.hours.add(new Open(0, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
        }
        for (int capacity : capacities) {
            // Every other table is kept for larger parties, or given away sooner.
            int smallest = 1 + (smallestFrom > 0 && capacity > 2 ? random.nextInt(smallestFrom + 1) : 0);
            int priority = smallestFrom > 0 ? random.nextInt(3) : 0;
            restaurant.withTable(smallest, capacity, priority);
            model.tables.add(new Table(0, smallest, capacity, priority));
        }
        ARestaurant.Added added = worker.add(restaurant);
        for (int i = 0; i < capacities.length; i++) {
            Table table = model.tables.get(i);
            model.tables.set(i, new Table(added.table(i), table.smallestParty(), table.capacity(), table.priority()));
        }
        long client = byHand.client(added.id(), "Ann Lee", "ann@example.com", null);
        model.clients.add(client);
        clients.add(client);
        tables.addAll(added.tables());
        models.put(added.id(), model);
    }

    private static NaiveRestaurant lateHouse() {
        NaiveRestaurant model = new NaiveRestaurant();
        model.zone = ZoneId.of("America/New_York");
        model.step = 30;
        model.buffer = 0;
        model.notice = 600;
        model.policy = List.of("highest_priority", "tightest_gap");
        for (int weekday = 2; weekday <= 7; weekday++) {
            model.hours.add(new Open(weekday, LocalTime.of(17, 0), LocalTime.of(2, 0)));
        }
        return model;
    }

    private static ARestaurant lateHouseItself() {
        ARestaurant restaurant = aRestaurant()
                .in("America/New_York")
                .slotEvery(30)
                .buffer(0)
                .notice(600)
                .choosing("highest_priority", "tightest_gap");
        for (int weekday = 2; weekday <= 7; weekday++) {
            restaurant.open(weekday, "17:00", "02:00");
        }
        return restaurant;
    }

    private static NaiveRestaurant twiceADay() {
        NaiveRestaurant model = new NaiveRestaurant();
        model.zone = ZoneId.of("Europe/Madrid");
        model.step = 20;
        model.buffer = 10;
        model.turn = 75;
        model.policy = List.of("tightest_gap");
        model.hours.add(new Open(0, LocalTime.of(12, 0), LocalTime.of(16, 0)));
        model.hours.add(new Open(0, LocalTime.of(20, 0), LocalTime.of(23, 30)));
        return model;
    }

    private static ARestaurant twiceADayItself() {
        return aRestaurant()
                .in("Europe/Madrid")
                .slotEvery(20)
                .buffer(10)
                .turn(75)
                .choosing("tightest_gap")
                .open("12:00", "16:00")
                .open("20:00", "23:30");
    }

    private static NaiveRestaurant noPreference() {
        NaiveRestaurant model = new NaiveRestaurant();
        model.zone = ZoneId.of("Asia/Kathmandu");
        model.step = 60;
        model.horizon = 5;
        model.policy = List.of();
        return model;
    }

    private static ARestaurant noPreferenceItself() {
        return aRestaurant().in("Asia/Kathmandu").slotEvery(60).horizon(5).choosing();
    }

    /** In the second of the asked days every house has hours of its own, in the third half of them are closed. */
    private void addSpecialDays() {
        LocalDate day = LocalDate.ofInstant(Instant.now(), ZoneId.of("UTC")).plusDays(2);
        int houses = 0;
        for (Map.Entry<Long, NaiveRestaurant> house : models.entrySet()) {
            addSpecialDay(house.getKey(), house.getValue(), day, new Open(0, LocalTime.of(11, 0), LocalTime.of(1, 30)));
            if (houses++ % 2 == 0) {
                addSpecialDay(house.getKey(), house.getValue(), day.plusDays(1), null);
            }
        }
    }

    private void addSpecialDay(long restaurant, NaiveRestaurant model, LocalDate day, @Nullable Open hours) {
        model.specialDays.put(day, hours == null ? List.of() : List.of(hours));
        worker.jdbc()
                .sql("insert into special_days (restaurant_id, day) values (?, ?)")
                .params(restaurant, day)
                .update();
        if (hours != null) {
            worker.jdbc()
                    .sql("insert into special_hours (restaurant_id, day, opens, closes) values (?, ?, ?, ?)")
                    .params(restaurant, day, hours.opens(), hours.closes())
                    .update();
        }
    }
}
