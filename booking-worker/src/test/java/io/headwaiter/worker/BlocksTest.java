package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.PARTNER;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static io.headwaiter.worker.testing.Asking.table;
import static io.headwaiter.worker.testing.Changing.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.BlockFacts;
import io.headwaiter.schemas.BookingChangeRejected;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingRejected.InTheWay;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.schemas.TableBlocked;
import io.headwaiter.schemas.TableUnblocked;
import io.headwaiter.schemas.UnblockTable;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.HeldTransaction;
import io.headwaiter.worker.testing.NoDoubleBooking;
import io.headwaiter.worker.testing.RunningWorker;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A block is an occupancy like any other. */
class BlocksTest {

    private final RunningWorker worker = RunningWorker.shared();
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4));
    private final long house = restaurant.id();
    private final long table = restaurant.table(0);

    @Test
    void a_long_block_stands_in_the_way_from_end_to_end_and_no_farther() {
        Instant to = minutesAfter(EVENING, 20 * 24 * 60 + 7);
        RequestMessage asked = worker.change(block(house, table, EVENING, to));

        BlockFacts block = ((TableBlocked) worker.events.of(asked)).block();
        assertThat(block).isEqualTo(new BlockFacts(block.id(), table, EVENING, to));
        for (int minutes : new int[] {-120, 0, 165, 10 * 24 * 60, 20 * 24 * 60}) {
            assertThat(ask(minutesAfter(EVENING, minutes))).as("%s", minutes).isEqualTo("table_taken");
        }
        assertThat(ask(minutesAfter(EVENING, -135))).isEqualTo("confirmed");
        assertThat(ask(minutesAfter(EVENING, 20 * 24 * 60 + 15))).isEqualTo("confirmed");
        new NoDoubleBooking(worker.jdbc()).check();
        assertThat(worker.jdbc()
                        .sql("select longest_occupancy_minutes from restaurants where id = ?")
                        .param(house)
                        .query(Integer.class)
                        .single())
                .isEqualTo(165);
    }

    @Test
    void what_is_unblocked_is_free_at_once_and_cannot_be_unblocked_again() {
        RequestMessage asked = worker.change(block(house, table, EVENING, minutesAfter(EVENING, 600)));
        long id = ((TableBlocked) worker.events.of(asked)).block().id();
        ARestaurant.Added elsewhere = worker.add(aRestaurant().withTables(4));
        assertThat(refusal(worker.change(new UnblockTable(elsewhere.id(), PARTNER, id))))
                .isEqualTo("block_not_found");

        RequestMessage ended = worker.change(new UnblockTable(house, PARTNER, id));

        assertThat(((TableUnblocked) worker.events.of(ended)).block().id()).isEqualTo(id);
        assertThat(new ByHand(worker.jdbc()).count("table_occupancy", house)).isZero();
        assertThat(refusal(worker.change(new UnblockTable(house, PARTNER, id)))).isEqualTo("block_not_found");
        assertThat(ask(EVENING)).isEqualTo("confirmed");
    }

    @Test
    void two_that_end_one_block_in_one_batch_are_decided_one_after_the_other() {
        RequestMessage asked = worker.change(block(house, table, EVENING, minutesAfter(EVENING, 600)));
        long id = ((TableBlocked) worker.events.of(asked)).block().id();
        RequestMessage[] sent = new RequestMessage[2];
        worker.whilePaused(() -> {
            sent[0] = worker.placeOn(4, RequestId.create(), new UnblockTable(house, PARTNER, id));
            sent[1] = worker.placeOn(4, RequestId.create(), new UnblockTable(house, PARTNER, id));
        });

        assertThat(worker.events.of(sent[0])).isInstanceOf(TableUnblocked.class);
        assertThat(refusal(sent[1])).isEqualTo("block_not_found");
    }

    @Test
    void a_block_over_a_party_is_refused_and_names_it() {
        assertThat(ask(minutesAfter(EVENING, 600))).isEqualTo("confirmed");

        RequestMessage asked = worker.change(block(house, table, EVENING, minutesAfter(EVENING, 601)));

        BookingChangeRejected refused = (BookingChangeRejected) worker.events.of(asked);
        assertThat(refused.reason()).isEqualTo("table_taken");
        assertThat(refused.inTheWay())
                .isEqualTo(new InTheWay(table, minutesAfter(EVENING, 600), minutesAfter(EVENING, 735)));
        assertThat(new ByHand(worker.jdbc()).count("table_blocks", house)).isZero();
    }

    @Test
    void a_block_that_loses_one_piece_to_a_race_leaves_none_behind() {
        RequestMessage asked;
        try (HeldTransaction other = new HeldTransaction(worker.database())) {
            other.with(
                    "insert into table_occupancy (restaurant_id, table_id, starts_at, ends_at) values (?, ?, ?, ?)",
                    house,
                    table,
                    minutesAfter(EVENING, 900).atOffset(ZoneOffset.UTC),
                    minutesAfter(EVENING, 960).atOffset(ZoneOffset.UTC));
            asked = worker.change(block(house, table, EVENING, minutesAfter(EVENING, 1000)));
            HeldTransaction.awaitWaiting(worker.jdbc(), 1);
            other.commit();
        }

        assertThat(refusal(asked)).isEqualTo("table_taken");
        assertThat(new ByHand(worker.jdbc()).count("table_occupancy", house)).isEqualTo(1);
    }

    private String ask(Instant date) {
        RequestMessage asked = worker.place(table(house, table, date, 4));
        return worker.events.of(asked) instanceof BookingRejected refused ? refused.reason() : "confirmed";
    }

    private String refusal(RequestMessage asked) {
        return ((BookingChangeRejected) worker.events.of(asked)).reason();
    }
}
