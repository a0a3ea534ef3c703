package io.headwaiter.local.benchmark;

import io.headwaiter.rules.DiningTable;
import io.headwaiter.schemas.Fingerprint;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.RequestMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Place requests over 300 days, parties of 1 to 10 that come between 12:00 and 22:00. Three of five describe their guest, one
 * of 20,000; half carry a reference, one in ten a note. The same seed gives the same requests.
 */
final class RandomRequests {

    private static final int DAYS = 300;
    private static final int SLOTS_A_DAY = 40;
    private static final int GUESTS = 20_000;

    private final Hall hall;
    private final boolean namingTables;
    private final Random random;
    private final Instant firstNoon =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS).plus(12, ChronoUnit.HOURS);

    RandomRequests(Hall hall, boolean namingTables, long seed) {
        this.hall = hall;
        this.namingTables = namingTables;
        this.random = new Random(seed);
    }

    record Request(RequestId id, ProducerRecord<String, byte[]> record) {}

    Request next() {
        PlaceBooking asked = namingTables ? atNamedTable() : atAnyTable();
        // As the gateway keys them.
        Long table = asked.tableId() != null
                ? asked.tableId()
                : hall.plan().proposedTable(asked.guests()).map(DiningTable::id).orElse(0L);
        RequestMessage message = new RequestMessage(RequestId.random(), Fingerprint.of(asked), asked);
        return new Request(message.id(), message.toRecord(new RequestKey(hall.id(), table), Instant.now()));
    }

    private PlaceBooking atNamedTable() {
        DiningTable table =
                hall.plan().tables().get(random.nextInt(hall.plan().tables().size()));
        return asked(1 + random.nextInt(table.capacity()), table.id());
    }

    private PlaceBooking atAnyTable() {
        return asked(1 + random.nextInt(10), null);
    }

    private PlaceBooking asked(int guests, @Nullable Long table) {
        Instant start = firstNoon
                .plus(random.nextInt(DAYS), ChronoUnit.DAYS)
                .plus(Duration.ofMinutes(15L * random.nextInt(SLOTS_A_DAY)));
        GuestDetails guest = random.nextInt(5) < 3 ? guest(random.nextInt(GUESTS)) : null;
        String reference = random.nextBoolean() ? "ref-" + random.nextInt(1_000_000) : null;
        String notes = random.nextInt(10) == 0 ? "A birthday: by the window if you can." : null;
        return new PlaceBooking(hall.id(), hall.partnerId(), start, guests, table, null, guest, reference, notes, null);
    }

    private static GuestDetails guest(int number) {
        return new GuestDetails(
                "Guest Number " + number, "guest." + number + "@example.com", "+34 600 " + (100_000 + number));
    }
}
