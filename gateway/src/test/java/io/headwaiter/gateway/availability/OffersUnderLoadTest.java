package io.headwaiter.gateway.availability;

import static io.headwaiter.gateway.testing.Dates.JANUARY;
import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.availability.ReadOccupancy.Taken;
import io.headwaiter.gateway.directory.Directory;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import io.headwaiter.rules.FreeSlots;
import io.headwaiter.rules.FreeSlots.Slot;
import io.headwaiter.schemas.RequestId;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * "Offered means bookable": when a slot that was on offer is refused, somebody took it after the offer was made. That is
 * proved by what the offer's snapshot could see; the times of commits cannot show it.
 */
class OffersUnderLoadTest {

    private static final int CALLERS = 50;
    private static final int DAYS = 5;
    private static final LocalDate FIRST = LocalDate.parse(JANUARY + "-04");
    private static final int MOST_GUESTS = 6;

    private final Headwaiter headwaiter = Headwaiter.shared();
    private final ReadOccupancy occupancy = headwaiter.gateway().bean(ReadOccupancy.class);
    private final Directory directory = headwaiter.gateway().bean(Directory.class);

    /** @param snapshot of the offer that was believed */
    private record Refused(String requestId, String reason, String snapshot) {}

    /** Parties of several sizes, with a table named and without: so they meet from several partitions, at the same tables. */
    @Test
    void what_is_refused_though_it_was_offered_was_taken_after_the_offer() throws Exception {
        Known restaurant = headwaiter.add(aRestaurant()
                .withTables(2, 2, 4, 4, 6, 6)
                .open("18:00", "23:00")
                .slotEvery(30));
        Queue<Refused> refused = new ConcurrentLinkedQueue<>();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> all = IntStream.range(0, CALLERS)
                    .<Callable<Integer>>mapToObj(caller -> () -> book(restaurant, caller, refused))
                    .toList();
            int booked = 0;
            for (Future<Integer> one : callers.invokeAll(all)) {
                booked += one.get();
            }
            assertThat(booked).as("booked").isGreaterThan(10 * DAYS);
        }

        assertThat(refused).as("those who came too late").hasSizeGreaterThan(CALLERS);
        assertThat(refused).extracting(Refused::reason).contains("table_taken", "no_table_available");
        assertThat(takenBeforeTheOffer(refused)).isEmpty();
    }

    /** Believes each offer, whatever has become of it meanwhile. @return how many were kept */
    private int book(Known restaurant, int caller, Queue<Refused> refused) {
        Random random = new Random(caller);
        int booked = 0;
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = FIRST.plusDays(day);
            Taken taken = occupancy.between(
                    date, date, directory.plan(restaurant.id()).orElseThrow());
            int guests = 1 + random.nextInt(MOST_GUESTS);
            List<Slot> slots = FreeSlots.on(taken.plan(), date, guests, taken.now(), taken.ledger());
            if (slots.isEmpty()) {
                continue;
            }
            boolean namingTable = random.nextBoolean();
            Slot slot = slots.get(random.nextInt(slots.size()));
            Long table = slot.freeTables().get(random.nextInt(slot.freeTables().size()));
            Reply reply = headwaiter
                    .of(restaurant)
                    .post(
                            restaurant.reservations(),
                            "{\"date\":\"%s\",\"guests\":%d%s}"
                                    .formatted(slot.start(), guests, namingTable ? ",\"table_id\":" + table : ""),
                            "Prefer",
                            "wait=30");
            if (reply.status() == 201) {
                booked++;
            } else {
                assertThat(reply.code())
                        .as(reply.toString())
                        .isEqualTo(namingTable ? "table_taken" : "no_table_available");
                refused.add(new Refused(requestId(reply), reply.code(), taken.snapshot()));
            }
        }
        return booked;
    }

    /** The requests for whose refusal there is no reason that their offer did not see. */
    private List<@Nullable String> takenBeforeTheOffer(Collection<Refused> refused) {
        return headwaiter
                .jdbc()
                .sql(
                        """
                        select asked.id || ' was refused for ' || coalesce(r.detail::text, 'nothing') || ' and saw ' || asked.snapshot
                        from unnest(cast(:ids as uuid[]), cast(:snapshots as pg_snapshot[])) as asked(id, snapshot)
                        left join booking_requests r on r.id = asked.id
                        where not exists (
                          select from (select r.detail ->> 'taken_by' union all select jsonb_object_keys(r.detail -> 'others')) as named(xid)
                          where not pg_visible_in_snapshot(named.xid::xid8, asked.snapshot))
                        """)
                .param("ids", refused.stream().map(Refused::requestId).toArray(String[]::new))
                .param("snapshots", refused.stream().map(Refused::snapshot).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** Behind the version, which is one byte, a token begins with the id. */
    private static String requestId(Reply reply) {
        byte[] token = Base64.getUrlDecoder().decode(reply.at("/request_id").stringValue());
        return Objects.toString(RequestId.of(Arrays.copyOfRange(token, 1, 17)).value());
    }
}
