package io.headwaiter.gateway.webhooks;

import io.headwaiter.schemas.BookingCancelled;
import io.headwaiter.schemas.BookingChangeRejected;
import io.headwaiter.schemas.BookingConfirmed;
import io.headwaiter.schemas.BookingMoved;
import io.headwaiter.schemas.BookingRejected;
import io.headwaiter.schemas.BookingStatusChanged;
import io.headwaiter.schemas.TableBlocked;
import io.headwaiter.schemas.TableUnblocked;
import java.util.Set;

/** What an endpoint can hear of. */
final class EventTypes {

    /** That it can be reached, when its partner asks for that. */
    static final String TEST = "webhook.test";

    /** That another endpoint of its partner gets nothing any more. */
    private static final String DISABLED = "webhook.disabled";

    /** Nobody asked for these but the house itself. */
    static final Set<String> OF_TABLES = Set.of(TableBlocked.TYPE, TableUnblocked.TYPE);

    static final Set<String> ALL = Set.of(
            BookingConfirmed.TYPE,
            BookingRejected.TYPE,
            BookingMoved.TYPE,
            BookingCancelled.TYPE,
            BookingStatusChanged.TYPE,
            BookingChangeRejected.TYPE,
            TableBlocked.TYPE,
            TableUnblocked.TYPE,
            TEST,
            DISABLED);

    private EventTypes() {}
}
