package io.headwaiter.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules against {@link NaiveHouse}, and against each other, on random restaurants. */
class NaiveComparisonTest {

    @Test
    void every_decision_is_the_naive_one() {
        Seeded.cases(400, random -> {
            RandomHouse house = new RandomHouse(random);
            NaiveHouse naive = new NaiveHouse(house.plan, house.taken);
            Ledger ledger = house.ledger();
            for (int i = 0; i < 60; i++) {
                Long table = random.nextBoolean()
                        ? null
                        : (long) random.nextInt(house.plan.tables().size() + 2);
                Ask ask = new Ask(house.start(random), random.nextInt(8), table);
                Instant now = house.now(random);
                boolean clientKnown = random.nextInt(10) != 0;
                assertThat(DecideBooking.decide(house.plan, ask, now, clientKnown, ledger))
                        .as("%s at %s, client known: %s, %s", ask, now, clientKnown, house)
                        .isEqualTo(naive.decide(ask, now, clientKnown, house.walk));
            }
        });
    }

    @Test
    void a_day_that_fills_up_is_decided_as_by_the_naive_house() {
        Seeded.cases(100, random -> {
            RandomHouse house = new RandomHouse(random);
            NaiveHouse naive = new NaiveHouse(house.plan, house.taken);
            Ledger ledger = house.ledger();
            Instant now =
                    house.date.minusDays(1).atStartOfDay(house.plan.timeZone()).toInstant();
            for (int i = 0; i < 100; i++) {
                Ask ask = new Ask(house.start(random), 1 + random.nextInt(4), null);
                Decision decision = DecideBooking.decide(house.plan, ask, now, true, ledger);
                assertThat(decision).as("%s at %s", ask, house).isEqualTo(naive.decide(ask, now, true, house.walk));
                if (decision instanceof Confirmed c) {
                    Occupancy o = new Occupancy(
                            c.table().id(), c.occupancy().start(), c.occupancy().end(), 1_000_000 + i);
                    ledger.add(o);
                    house.taken.add(o);
                }
            }
        });
    }

    @Test
    void what_is_offered_is_exactly_what_would_be_confirmed() {
        Seeded.cases(60, random -> {
            RandomHouse house = new RandomHouse(random);
            Ledger ledger = house.ledger();
            Instant now = house.now(random);
            int guests = random.nextInt(7);
            Map<Instant, FreeSlots.Slot> offered = new HashMap<>();
            List<Instant> offeredStarts = new ArrayList<>();
            for (FreeSlots.Slot slot : FreeSlots.on(house.plan, house.date, guests, now, ledger)) {
                offered.put(slot.start(), slot);
                offeredStarts.add(slot.start());
            }
            List<Instant> confirmedStarts = new ArrayList<>();
            for (Instant minute : house.walk.minutes()) {
                FreeSlots.Slot slot = offered.get(minute);
                Decision decision = DecideBooking.decide(house.plan, new Ask(minute, guests, null), now, true, ledger);
                if (decision instanceof Confirmed c) {
                    confirmedStarts.add(minute);
                    assertThat(slot).as("%s at %s", minute, house).isNotNull();
                    assertThat(requireNonNull(slot).stay()).isEqualTo(c.stay());
                    assertThat(slot.freeTables()).contains(c.table().id());
                    assertThat(slot.time())
                            .isEqualTo(minute.atZone(house.plan.timeZone()).toLocalTime());
                }
                List<Long> confirmedTables = Stream.concat(
                                house.plan.tablesFor(guests).stream(), house.plan.tables().stream())
                        .map(DiningTable::id)
                        .distinct()
                        .filter(table ->
                                DecideBooking.decide(house.plan, new Ask(minute, guests, table), now, true, ledger)
                                        instanceof Confirmed)
                        .toList();
                List<Long> offeredTables = slot == null ? List.of() : slot.freeTables();
                assertThat(offeredTables).as("%s at %s", minute, house).isEqualTo(confirmedTables);
            }
            assertThat(offeredStarts).as("%s", house).isEqualTo(confirmedStarts);
        });
    }

    @Test
    void a_slot_takes_as_many_parties_as_it_has_free_tables_and_not_one_more() {
        Seeded.cases(100, random -> {
            RandomHouse house = new RandomHouse(random);
            Instant now = house.now(random);
            int guests = 1 + random.nextInt(4);
            for (FreeSlots.Slot slot : FreeSlots.on(house.plan, house.date, guests, now, house.ledger())) {
                Ledger ledger = house.ledger();
                Ask ask = new Ask(slot.start(), guests, null);
                List<Long> given = new ArrayList<>();
                Decision decision = DecideBooking.decide(house.plan, ask, now, true, ledger);
                while (decision instanceof Confirmed c) {
                    given.add(c.table().id());
                    ledger.add(new Occupancy(
                            c.table().id(), c.occupancy().start(), c.occupancy().end(), 1_000_000));
                    decision = DecideBooking.decide(house.plan, ask, now, true, ledger);
                }
                assertThat(given).as("%s at %s", slot, house).containsExactlyInAnyOrderElementsOf(slot.freeTables());
                assertThat(((Rejected) decision).reason()).isEqualTo(RejectionReason.NO_TABLE_AVAILABLE);
            }
        });
    }

    @Test
    void a_decision_depends_on_nothing_outside_its_ledger_window() {
        Seeded.cases(300, random -> {
            RandomHouse house = new RandomHouse(random);
            Instant start = house.start(random);
            Instant now = start.minusSeconds(86400);
            int guests = 1 + random.nextInt(4);
            Interval window = house.plan.ledgerWindow(house.plan.occupancy(start, guests));
            Ledger read = new Ledger();
            for (Occupancy o : house.taken) {
                if (!o.start().isBefore(window.start()) && o.start().isBefore(window.end())) {
                    read.add(o);
                }
            }
            Ask ask = new Ask(start, guests, null);
            assertThat(DecideBooking.decide(house.plan, ask, now, true, read))
                    .isEqualTo(DecideBooking.decide(house.plan, ask, now, true, house.ledger()));
        });
    }
}
