package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Booking;
import io.headwaiter.schemas.TableFacts;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as it stands, locked until its batch is over.
 *
 * @param partnerId who booked it
 * @param table where it is, be the table in use or not
 * @param takenBy the transaction that took its time; 0 when it takes none
 */
record Standing(
        long id,
        long partnerId,
        int version,
        @Nullable Long clientId,
        @Nullable String reference,
        TableFacts table,
        Booking booking,
        long takenBy) {}
