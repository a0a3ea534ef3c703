package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Outcome;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Outcome.InTheWay;
import io.headwaiter.local.faults.history.Outcome.Refused;
import io.headwaiter.local.faults.history.Ticket;
import io.headwaiter.schemas.MessageJson;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a gateway answered. */
record Reply(int status, JsonNode json, @Nullable String retryAfter) {

    private static final int NOT_NOW = 503;

    static Reply of(HttpResponse<byte[]> response) {
        JsonNode json;
        try {
            json = MessageJson.mapper().readTree(response.body());
        } catch (JacksonException notJson) {
            json = MessageJson.mapper().missingNode();
        }
        return new Reply(
                response.statusCode(),
                json,
                response.headers().firstValue("Retry-After").orElse(null));
    }

    /** The request's, if one is told. */
    @Nullable
    String token() {
        for (String place : new String[] {"/data/request_id", "/data/booking_request/id", "/request_id"}) {
            if (json.at(place).isString()) {
                return json.at(place).stringValue();
            }
        }
        return null;
    }

    boolean isTurnedAway() {
        return status == NOT_NOW || status == 429;
    }

    /** Looked at again, and not decided yet. */
    boolean isPending() {
        return status == 200
                && json.at("/data/booking_request/status").asString("").equals("pending");
    }

    /** The answer to this call. */
    Told told(long call, Instant at) {
        String token = token();
        return told(call, at, false, token);
    }

    /** What was told about this token. */
    Told polled(long call, Instant at, String token) {
        return told(call, at, true, token);
    }

    private Told told(long call, Instant at, boolean polled, @Nullable String token) {
        String code = json.path("code").asString(null);
        return new Told(
                call,
                at,
                polled,
                status,
                token == null ? null : Ticket.of(token),
                polled ? outcomePolled() : outcome(code),
                code == null ? null : code.intern(),
                retryAfter != null);
    }

    private @Nullable Outcome outcome(@Nullable String code) {
        if (json.at("/data/reservation").isObject()) {
            return done();
        }
        // Without a request there is nothing that was decided, whatever else is wrong.
        return code == null || status == NOT_NOW || token() == null ? null : refused(code, json.path("in_the_way"));
    }

    private @Nullable Outcome outcomePolled() {
        JsonNode request = json.at("/data/booking_request");
        return switch (request.path("status").asString("")) {
            case "confirmed" -> done();
            case "rejected" -> refused(request.path("code").asString(""), request.path("in_the_way"));
            default -> null;
        };
    }

    private Done done() {
        JsonNode reservation = json.at("/data/reservation");
        return new Done(new Booking(
                reservation.path("id").asLong(),
                reservation.path("table_id").asLong(),
                instant(reservation, "date"),
                instant(reservation, "end"),
                reservation.path("guests").asInt(),
                reservation.path("status").asString("").intern(),
                reservation.path("version").asInt(),
                reservation.path("reference").asString(null)));
    }

    private static Refused refused(String code, JsonNode inTheWay) {
        return new Refused(
                code.intern(),
                inTheWay.isObject()
                        ? new InTheWay(
                                inTheWay.path("table_id").asLong(),
                                instant(inTheWay, "starts_at"),
                                instant(inTheWay, "ends_at"))
                        : null);
    }

    private static Instant instant(JsonNode object, String member) {
        return Instant.parse(object.path(member).asString(""));
    }
}
