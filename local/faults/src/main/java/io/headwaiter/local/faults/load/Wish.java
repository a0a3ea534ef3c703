package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Asked;
import io.headwaiter.schemas.MessageJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants, as the API is asked for it: the same each time, so that a retry is one.
 *
 * @param key the {@code Idempotency-Key}; null: none is sent
 * @param withdrawn the token of the request to be taken back
 */
record Wish(long restaurantId, Asked asked, @Nullable String key, @Nullable String withdrawn) {

    private static final int GUESTS_KNOWN_BY_NAME = 2_000;

    String method() {
        return switch (asked) {
            case Asked.Place place -> "POST";
            case Asked.Move move -> "PATCH";
            case Asked.Cancel cancel -> "DELETE";
            case Asked.Withdraw withdraw -> "DELETE";
            case Asked.Status status -> "PUT";
        };
    }

    String path() {
        String restaurant = "/api/restaurants/" + restaurantId;
        String reservations = restaurant + "/reservations";
        return switch (asked) {
            case Asked.Place place -> reservations;
            case Asked.Move move -> reservations + "/" + move.reservationId();
            case Asked.Cancel cancel -> reservations + "/" + cancel.reservationId();
            case Asked.Withdraw withdraw -> restaurant + "/booking-requests/" + withdrawn;
            case Asked.Status status -> reservations + "/" + status.reservationId() + "/status";
        };
    }

    /** Null: there is none. */
    @Nullable
    String body() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        switch (asked) {
            case Asked.Place place -> {
                body.put("date", place.date().toString());
                body.put("guests", place.guests());
                if (place.tableId() != null) {
                    body.put("table_id", place.tableId());
                }
                body.put("reference", place.reference());
                client(Objects.hashCode(place.reference()), body);
            }
            case Asked.Move move -> {
                if (move.date() != null) {
                    body.put("date", move.date().toString());
                }
                if (move.guests() != null) {
                    body.put("guests", move.guests());
                }
                if (move.tableId() != null || move.anyTable()) {
                    body.put("table_id", move.tableId());
                }
            }
            case Asked.Status status -> body.put("status", status.status());
            case Asked.Cancel cancel -> {}
            case Asked.Withdraw withdraw -> {}
        }
        return body.isEmpty() ? null : MessageJson.mapper().writeValueAsString(body);
    }

    /** Some give their name, and some of those come often, to several tables at once. */
    private static void client(int dice, Map<String, @Nullable Object> body) {
        if (Math.floorMod(dice, 4) == 0) {
            int number = Math.floorMod(dice / 4, GUESTS_KNOWN_BY_NAME);
            body.put("client", Map.of("name", "Guest " + number, "email", "guest." + number + "@example.com"));
        }
    }

    @Nullable
    Integer ifVersion() {
        return switch (asked) {
            case Asked.Move move -> move.ifVersion();
            case Asked.Cancel cancel -> cancel.ifVersion();
            default -> null;
        };
    }
}
